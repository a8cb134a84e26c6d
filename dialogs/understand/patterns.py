"""The small language the vocabularies are written in, and how it is matched against a sentence.

A pattern is words in order. Each word stands for itself and its inflections, and may be

    utebli*        the beginning of a word        *skola       the end of one
    sen/sent       one or the other               =sen         exactly this form
    för+dyr/dyr    two words as one choice
    #              a number in digits             <came>       a word group of `words.<language>.toml`
    ..             up to two words between        ...          up to eight words between
    ^              the beginning of the text      $            its end
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from dialogs.understand.normalise import Sentence, Token, stem
from domain.people import Language

_GAPS: Final = {"..": r"(?: \S+){0,2}?", "...": r"(?: \S+){0,8}?"}
_ENDS: Final = {"^": r"\A", "$": r" ?\Z"}
_SAYS_NOT: Final = ("<not>", "<no>", "aldrig", "never", "inte")
_DIGITS: Final = r"\d[\d.,:/-]*\|\S+"
GUESS: Final = 2.0
"""What a guess weighs."""
_STRETCH: Final = 60
"""Words read at a time; few reports have more."""
_OVERLAP: Final = 20
"""Words two pieces share, so that what stands across their seam is heard."""
_SHORTEST_BEGINNING: Final = 2
_COMPOUND: Final = re.compile(
    r"(?!del|fel|rest|slut|kredit|samling|dubbel|e-|papper|under|över|lägsta|för|efter)[^\W\d_]{2,}-?"
    r"(?P<head>(?:faktur(?:an?|or|orna)|leverans(?:en|er|erna)?|chaufför(?:en|er|erna)?|förare|föraren|pris(?:et|er|erna)"
    r"|avgift(?:en|er)|personal(?:en)?|konsult(?:en|er|erna)?))",
)
"""Words read as what they end in, but for those that mean something else than their end."""
_DENIAL: Final = re.compile(
    r" (?:(?:inte|ej|aldrig|knappast|not|never|hardly|wasn't|weren't|isn't|aren't|ain't|hasn't|haven't|didn't)\|\S+"
    r"|varken\|\S+(?: \S+ eller\|\S+)?|neither\|\S+(?: \S+ nor\|\S+)?"
    r"|(?:ingen|nobody|no-one|none)\|\S+ (?:var|är|blev|was|is|were)\|\S+)"
    r"(?: (?:alls|heller|så|särskilt|längre|ens|riktigt|direkt|speciellt|vara|varit|blivit|legat|stått|suttit|at|all|really|very|"
    r"even|that|been|be|too)\|\S+){0,2}\Z",
)


class PatternFault(ValueError):  # noqa: N818 - says what it is
    """A vocabulary that cannot be read; says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One pattern with what it weighs. A negative weight speaks against."""

    source: str
    expression: str
    weight: float
    anchors: frozenset[str]
    """Keys of `_keys_of` of which a sentence must have one; empty where any sentence may match."""
    may_be_denied: bool = False
    """*Inte* right before it says that it is not so; of what is missing or late, not of papers nobody has."""

    def found_in(self, line: str) -> bool:
        return _compiled(self.expression).search(line) is not None

    def is_denied_in(self, line: str) -> bool:
        """Whether every place where it is found has a *not* right before it, or before its last word."""
        return self.may_be_denied and all(
            _DENIAL.search(line[: match.start()]) or _DENIAL.search(line[: line.rfind(" ", 0, match.end())])
            for match in _compiled(self.expression).finditer(line)
        )


@lru_cache(maxsize=8192)
def _compiled(expression: str) -> re.Pattern[str]:
    # Compiled when first needed: most are not in a day.
    return re.compile(expression)


class PatternBook:
    """Many patterns by what they speak for, with an index so that only those that may be heard are tried."""

    def __init__(self, rows: Mapping[str, Sequence[Pattern]]) -> None:
        self.rows = rows
        self._patterns = [(code, pattern) for code, patterns in rows.items() for pattern in patterns]
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for at, (_, pattern) in enumerate(self._patterns):
            for key in pattern.anchors:
                self._by_key[key].append(at)
            if not pattern.anchors:
                self._always.append(at)
        self._found = lru_cache(maxsize=128)(self._find)

    def weigh(self, sentence: Sentence) -> dict[str, float]:
        """How strongly each is heard: the heaviest counts whole, each further one a quarter, those against whole."""
        line = line_of(sentence)
        found = self._found(sentence)
        return {
            code: _weight([pattern.weight for pattern in patterns if not pattern.is_denied_in(line)])
            for code, patterns in found.items()
        }

    def mentions(self, sentence: Sentence, least: float) -> bool:
        """Whether anything speaks so strongly for one of them, also where it is denied or something speaks against it."""
        return any(pattern.weight >= least for patterns in self._found(sentence).values() for pattern in patterns)

    def denies(self, sentence: Sentence, least: float) -> bool:
        """Whether something that strong is spoken of only to say that it is not so."""
        line = line_of(sentence)
        found = [pattern for patterns in self._found(sentence).values() for pattern in patterns]
        return any(pattern.weight >= least and pattern.is_denied_in(line) for pattern in found)

    def _find(self, sentence: Sentence) -> dict[str, list[Pattern]]:
        heard: set[int] = set()
        for line, keys in _stretches(sentence):
            tried = set(self._always).union(*(self._by_key.get(key, ()) for key in keys)) - heard
            heard.update(at for at in tried if self._patterns[at][1].found_in(line))
        found: dict[str, list[Pattern]] = {code: [] for code in self.rows}
        for at in sorted(heard):
            code, pattern = self._patterns[at]
            found[code].append(pattern)
        return found


def _weight(found: list[float]) -> float:
    speaking = sorted((weight for weight in found if weight > 0), reverse=True)
    if not speaking:
        return 0.0
    more = sum(weight for weight in speaking[1:] if weight != GUESS)  # guesses do not add up to something heard
    return speaking[0] + more / 4 + sum(weight for weight in found if weight < 0)


def first(patterns: Iterable[Pattern], sentence: Sentence) -> bool:
    """Whether any of the patterns is heard."""
    stretches = _stretches(sentence)
    return any(
        pattern.found_in(line)
        for pattern in patterns
        for line, keys in stretches
        if not pattern.anchors or not pattern.anchors.isdisjoint(keys)
    )


def compile_pattern(
    source: str,
    weight: float,
    language: Language,
    groups: Mapping[str, Sequence[str]],
    *,
    may_be_denied: bool = False,
) -> Pattern:
    """A pattern ready to be heard in sentences of that language."""
    words = source.lower().split()
    if not words:
        raise PatternFault(f"an empty pattern in {language.value}")
    choices = [_expand(word, groups, source) if word not in _GAPS and word not in _ENDS else None for word in words]
    parts = [
        _GAPS.get(word) or _ENDS.get(word) or "" if forms is None else _either(forms, language)
        for word, forms in zip(words, choices, strict=True)
    ]
    anchored = [_anchors(forms, language) for forms in choices if forms is not None]
    usable = [anchors for anchors in anchored if anchors]
    return Pattern(
        source=source,
        expression="".join(parts),
        weight=weight,
        anchors=min(usable, key=len, default=frozenset()),
        may_be_denied=may_be_denied and weight > 0 and not any(sign in source for sign in _SAYS_NOT),
    )


@lru_cache(maxsize=256)
def line_of(sentence: Sentence) -> str:
    """The sentence as patterns see it: ` word|stem word|stem`."""
    return "".join(f" {_head(token.word, sentence.language)}|{token.stem}" for token in sentence.tokens)


@lru_cache(maxsize=256)
def _stretches(sentence: Sentence) -> tuple[tuple[str, frozenset[str]], ...]:
    """The sentence as patterns see it, a long one in pieces that overlap, each with everything an anchor may name there.

    A pattern reaches over few words, and short lines are searched much faster than one of a thousand words.
    """
    tokens = sentence.tokens
    if len(tokens) <= _STRETCH:
        return ((line_of(sentence), _keys_of(tokens, sentence.language)),)
    found = []
    for start in range(0, len(tokens), _STRETCH - _OVERLAP):
        part = tokens[start : start + _STRETCH]
        line = line_of(replace(sentence, tokens=part))
        # The signs for beginning and end hold for the text, not for a piece of it.
        line = line if start == 0 else f" ~|~{line}"
        line = line if start + _STRETCH >= len(tokens) else f"{line} ~|~"
        found.append((line, _keys_of(part, sentence.language)))
    return tuple(found)


def _keys_of(tokens: Sequence[Token], language: Language) -> frozenset[str]:
    """Each word, `~` its stem, and its beginnings with a star."""
    return frozenset(key for token in tokens for key in _keys(_head(token.word, language), token.stem))


@lru_cache(maxsize=16_384)
def _head(word: str, language: Language) -> str:
    """What a compound is at last: *konsultfakturan* is an invoice, *skolbusschauffören* a driver."""
    match = _COMPOUND.fullmatch(word) if language is Language.SV else None
    return match.group("head") if match else word


def _keys(word: str, short: str) -> Iterator[str]:
    yield word
    yield f"~{short}"
    yield from (f"{word[:length]}*" for length in range(_SHORTEST_BEGINNING, len(word) + 1))


def _anchors(forms: Sequence[str], language: Language) -> frozenset[str]:
    """The keys of one word of a pattern; none where one of its choices can look like anything."""
    found: set[str] = set()
    for form in forms:
        head = form.strip("+").split("+")[0]
        if head == "#" or head.startswith("*") or (head.endswith("*") and len(head) <= _SHORTEST_BEGINNING):
            return frozenset()
        if head.endswith("*"):
            found.add(head)
        elif head.startswith("="):
            found.add(head[1:])
        else:
            found |= {head, f"~{stem(head, language)}"}
    return frozenset(found)


def _expand(word: str, groups: Mapping[str, Sequence[str]], source: str) -> list[str]:
    found: list[str] = []
    for form in word.split("/"):
        if form.startswith("<"):
            name = form.strip("<>")
            if name not in groups:
                raise PatternFault(f"{source!r} names an unknown group <{name}>")
            found += groups[name]
        elif form:
            found.append(form)
    return found


def _either(forms: Sequence[str], language: Language) -> str:
    return f" (?:{'|'.join(_form(form, language) for form in forms)})(?= |\\Z)"


def _form(form: str, language: Language) -> str:
    if "+" in form.strip("+"):
        return r"(?= ) ".join(f"(?:{_form(word, language)})" for word in form.split("+"))
    if form == "#":
        return _DIGITS
    if form.startswith("="):
        return re.escape(form[1:]) + r"\|\S+"
    starts, ends = form.startswith("*"), form.endswith("*")
    core = re.escape(form.strip("*"))
    if starts and not ends:  # `*skola` means *Kinnaskolan* too
        return rf"[^ |]*{core}\|\S+|[^ |]+\|[^ |]*{re.escape(stem(form.strip('*'), language))}"
    if starts or ends:
        return rf"{'[^ |]*' if starts else ''}{core}[^ |]*\|\S+"
    return rf"{core}\|\S+|[^ |]+\|{re.escape(stem(form, language))}"
