"""Which contract: by number, supplier, title and area against the sender's own contracts first, never chosen silently when two fit."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from dialogs.understand.contract_index import SHORTEST_PART, ContractFacts, ContractIndex
from dialogs.understand.normalise import Sentence, Token, read_words, stem
from dialogs.understand.spelling import everyday_words
from dialogs.understand.vocabulary import vocabulary
from domain.identifiers import ContractId
from domain.people import Language

__all__ = ["ENOUGH", "ContractFacts", "ContractIndex", "Match", "Sender", "match_contract"]

_SCORE_NUMBER: Final = 100.0
_SCORE_SUPPLIER: Final = 10.0
_SCORE_PART_OF_SUPPLIER: Final = 6.0
_SCORE_WORD: Final = 5.0
_SCORE_PART_OF_WORD: Final = 4.0
_SCORE_SUBJECT: Final = 3.0
_SCORE_MISSPELT: Final = 3.0
_SCORE_FACILITY: Final = 2.0
_SCORE_SECOND_TERM: Final = 1.5
_AREA_SHARE: Final = 0.6
"""A contract's area says less of it than its title."""
ENOUGH: Final = 3.0
"""Less than this and no contract is spoken of."""
_CLOSE: Final = 1.0
"""Contracts this near the best fit as well as it."""
MOST_CANDIDATES: Final = 10
_HALF: Final = 5
"""So many of them where words speak for others as well."""
_ALIKE: Final = 86.0
"""Likeness in per cent from which a word is taken for a misspelling of another."""
_SHORTEST_MISSPELT: Final = 5
"""Shorter stems are too like each other: *stängt* is no *säng*."""
_SUPPLIER_ALIKE: Final = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes, as far as it says which contract is meant."""

    mail: str = ""
    department: str | None = None


_ANYBODY: Final = Sender()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The contract spoken of, or those it may be."""

    chosen: ContractId | None
    candidates: tuple[ContractId, ...]
    """Best first, the chosen one among them; the sender's own when nothing fits."""
    score: float = 0.0
    is_named: bool = False
    """By its number or its supplier."""


def match_contract(
    sentence: Sentence,
    index: ContractIndex,
    *,
    sender: Sender = _ANYBODY,
    place: tuple[int, int] = (0, 0),
) -> Match:
    """The contract the words speak of. Among those that fit as well, the sender's own go first, then those that run.

    Words within `place` say where, not what: *Örby skola* is no word for a contract about schools, only a hint.
    """
    scores, named = _scores(sentence, index, place)
    best = max(scores.values(), default=0.0)
    if best < ENOUGH:
        own = [at for at, facts in enumerate(index.contracts) if sender.mail in facts.people]
        return Match(chosen=None, candidates=_ids(own, index))
    fitting = [at for at, score in scores.items() if score >= best - _CLOSE]
    fitting.sort(key=lambda at: (_distance(index.contracts[at], sender), -scores[at], at))
    mine = [at for at in fitting if sender.mail in index.contracts[at].people]
    meant = _running(mine or fitting, index)
    others = [] if named else _spoken_of_too(sentence, index, place, meant[0])
    is_ended = not index.contracts[meant[0]].is_running and any(index.contracts[at].is_running for at in fitting)
    is_sure = bool(named) or (
        _speaks_of_head(sentence, place, index.contracts[meant[0]].title)
        and _speaks_plainly(sentence, index, place, meant[0])
    )
    return Match(
        chosen=index.contracts[meant[0]].contract_id
        if len(meant) == 1 and not others and is_sure and not is_ended
        else None,
        candidates=_ids(list(dict.fromkeys([*meant[: _HALF if others else None], *others, *meant, *fitting])), index),
        score=best,
        is_named=meant[0] in named,
    )


def _spoken_of_too(sentence: Sentence, index: ContractIndex, place: tuple[int, int], chosen: int) -> list[int]:
    """Contracts another word speaks plainly for: *taxin glömde rullstolen* is about taxis or about wheelchairs."""
    found: list[int] = []
    for token in _telling_words(sentence, place):
        scores = _by_words([token], index.titles, sentence.language)
        best = max(scores.values(), default=0.0)
        if best >= ENOUGH and chosen not in scores:
            found += sorted((at for at, score in scores.items() if score >= best and index.contracts[at].is_running))
    return found


def _speaks_of_head(sentence: Sentence, place: tuple[int, int], title: str) -> bool:
    """*Tvätt av arbetskläder* is a contract for washing: of clothes alone it is not chosen silently."""
    head, _, rest = title.partition(" av ")
    if not rest:
        return True
    terms: dict[str, set[int]] = {token.stem: {0} for token in read_words(head, Language.SV).tokens}
    return bool(_by_words(_telling_words(sentence, place), terms, sentence.language))


def _speaks_plainly(sentence: Sentence, index: ContractIndex, place: tuple[int, int], chosen: int) -> bool:
    """*Bilen* and *golvet* are found everywhere: by such words alone no contract is chosen silently."""
    vague = vocabulary(sentence.language).phrases["names.vague"]
    plain = [token for token in _telling_words(sentence, place) if token.word not in vague]
    return any(chosen in _by_words(plain, terms, sentence.language) for terms in (index.titles, index.areas))


def _telling_words(sentence: Sentence, place: tuple[int, int]) -> list[Token]:
    """The words that may say what it is about: neither the place nor a word such as *skolan*."""
    where = _facility_words(sentence.language)
    return [
        token
        for token in sentence.tokens
        if _speaks(token, sentence.language) and not place[0] <= token.start < place[1] and token.word not in where
    ]


def _distance(facts: ContractFacts, sender: Sender) -> tuple[bool, bool, bool]:
    """How far a contract is from the sender: their own first, then what runs, then their department's."""
    is_near = sender.department is not None and facts.department == sender.department
    return (sender.mail not in facts.people, not facts.is_running, not is_near)


def _running(positions: Sequence[int], index: ContractIndex) -> Sequence[int]:
    """Those that run today, where there are any."""
    return [at for at in positions if index.contracts[at].is_running] or positions


def _ids(positions: Sequence[int], index: ContractIndex) -> tuple[ContractId, ...]:
    return tuple(index.contracts[at].contract_id for at in positions[:MOST_CANDIDATES])


def _scores(
    sentence: Sentence,
    index: ContractIndex,
    place: tuple[int, int],
) -> tuple[dict[int, float], set[int]]:
    """How well each contract fits, and which are named by number or supplier."""
    scores: dict[int, float] = defaultdict(float)
    named: set[int] = set()
    for at in _by_number(sentence, index):
        scores[at] += _SCORE_NUMBER
        named.add(at)
    for at, score in _by_supplier(sentence, index).items():
        scores[at] += score
        named.add(at)
    speaking = [token for token in sentence.tokens if _speaks(token, sentence.language)]
    words = _telling_words(sentence, place)
    for at, score in _by_words(words, index.titles, sentence.language).items():
        scores[at] += score
    for at, score in _by_words(words, index.areas, sentence.language).items():
        scores[at] += score * _AREA_SHARE
    for at, score in _by_facility(speaking, index, sentence.language).items():
        if at in scores:
            scores[at] += score
    return scores, named


def _by_number(sentence: Sentence, index: ContractIndex) -> set[int]:
    found: set[int] = set()
    for word in re.findall(r"[\w/.-]*\d[\w/.-]*", sentence.text.casefold()):
        found |= index.numbers.get(word.strip(".-/"), set())
    for match in re.finditer(r"(?<!\w)[a-zåäö]{1,5} \d{4}[/:-]\d+", sentence.lower):
        found |= index.numbers.get(match.group(), set())
    return found


def _by_supplier(sentence: Sentence, index: ContractIndex) -> dict[int, float]:
    words = [token.word for token in sentence.tokens]
    found: dict[int, float] = {}
    for start in range(len(words)):
        for length in (4, 3, 2, 1):
            for at, score in _named(words[start : start + length], length, sentence, index).items():
                found[at] = max(found.get(at, 0.0), score)
    return found


def _named(words: list[str], length: int, sentence: Sentence, index: ContractIndex) -> dict[int, float]:
    if len(words) < length:
        return {}
    name = " ".join(words)
    for form in (name, name.removesuffix("s")):
        if form in index.suppliers and form not in _stopwords(sentence.language):
            return dict.fromkeys(index.suppliers[form], _SCORE_SUPPLIER + length / 10)
    if length > 1 or len(name) < SHORTEST_PART + 1 or name in _stopwords(sentence.language):
        return {}
    for form in (name, name.removesuffix("s")):
        if form in index.supplier_parts:
            return dict.fromkeys(index.supplier_parts[form], _SCORE_PART_OF_SUPPLIER)
    return _misspelt_supplier(name, sentence, index)


def _misspelt_supplier(name: str, sentence: Sentence, index: ContractIndex) -> dict[int, float]:
    # Only words that look like names, and no ordinary word of ours, are worth a guess.
    capital = next((token.is_capitalised and token.start > 0 for token in sentence.tokens if token.word == name), False)
    if not capital and name in everyday_words(sentence.language):
        return {}
    if stem(name, sentence.language) in index.titles:
        return {}
    best = process.extractOne(name, index.supplier_parts.keys(), scorer=fuzz.ratio, score_cutoff=_SUPPLIER_ALIKE)
    return dict.fromkeys(index.supplier_parts[best[0]], _SCORE_PART_OF_SUPPLIER - 1) if best else {}


def _by_words(words: Sequence[Token], terms: Mapping[str, set[int]], language: Language) -> dict[int, float]:
    """Each word's best likeness to a term counts once for each contract; unlike words do not count against."""
    found: dict[int, float] = defaultdict(float)
    known = frozenset(terms)
    for token in words:
        like = _like(token.word, token.stem, known, language)
        best: dict[int, float] = {}
        for term in sorted(like, key=token.stem.endswith):
            for at in terms[term]:
                # *Skoltaxi* speaks of both words of *Skolskjuts taxi*.
                more = _SCORE_SECOND_TERM if at in best and token.stem.endswith(term) else 0.0
                best[at] = max(best.get(at, 0.0), like[term]) + more
        for at, score in best.items():
            found[at] += score
    return found


@lru_cache(maxsize=32_768)
def _like(word: str, short: str, terms: frozenset[str], language: Language) -> Mapping[str, float]:
    """The terms a word speaks of: itself, a part of a compound, a word for the same thing, a misspelling."""
    if short in terms:
        longer = {term: score for term in terms if len(term) > len(short) and (score := _shared(short, term))}
        return {short: _SCORE_WORD, **longer}
    known = _subject_stems(language).get(short)
    # *Skrivbord* is known for what it is, and so no word for *Skrivare*; nor are *tomater* for *Kaffeautomater*.
    found = {
        term: score
        for term in terms
        if (score := _shared(short, term)) and not (known and term not in known and _begins_or_ends(short, term))
    }
    for same in _same_subject(short, language):
        for term in terms:
            if term not in found and (term == same or (len(same) >= SHORTEST_PART and term.startswith(same))):
                found[term] = _SCORE_SUBJECT
    if not found and len(short) > _SHORTEST_MISSPELT and word not in everyday_words(language):
        best = process.extractOne(short, sorted(terms), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best:
            found[best[0]] = _SCORE_MISSPELT
    return found


def _begins_or_ends(word: str, term: str) -> bool:
    return word.startswith(term) or term.endswith(word)


def _shared(word: str, term: str) -> float:
    """How much one says of the other as the beginning or the end of a compound: `städ` of `städning`, `system` of `ärendesystem`."""
    short, long = (word, term) if len(word) < len(term) else (term, word)
    if len(short) < SHORTEST_PART or len(short) == len(long):
        return 0.0
    if long.startswith(short):
        return _SCORE_PART_OF_WORD
    return _SCORE_SUBJECT if long.endswith(short) else 0.0


def _by_facility(words: Sequence[Token], index: ContractIndex, language: Language) -> dict[int, float]:
    found: dict[int, float] = {}
    for kind, endings in vocabulary(language).facilities.items():
        if not any(token.word.endswith(tuple(endings)) for token in words):
            continue
        if kind == "skola" and any("förskol" in token.word for token in words):
            continue
        stems = {stem(ending, Language.SV) for ending in endings}  # titles are Swedish
        for term in stems & index.titles.keys():
            found |= dict.fromkeys(index.titles[term], _SCORE_FACILITY)
    return found


@cache
def _facility_words(language: Language) -> frozenset[str]:
    """*Skolan*, *äldreboendet*: they say where, and what only beside another word."""
    return frozenset(word for words in vocabulary(language).facilities.values() for word in words)


@cache
def _stopwords(language: Language) -> frozenset[str]:
    return vocabulary(language).stopwords


def _speaks(token: Token, language: Language) -> bool:
    return len(token.word) > 1 and not token.word[0].isdigit() and token.word not in _stopwords(language)


@cache
def _subject_stems(language: Language) -> Mapping[str, frozenset[str]]:
    """A stem to every stem for the same subject. Titles are Swedish, so English words lead to Swedish ones."""
    found: dict[str, set[str]] = defaultdict(set)
    for known in vocabulary(language).subjects.values():
        stems = {stem(word, Language.SV) for word in known}
        for one in stems | {stem(word, language) for word in known}:
            found[one] |= stems
    return {one: frozenset(stems - {one}) for one, stems in found.items()}


@lru_cache(maxsize=8192)
def _same_subject(word: str, language: Language) -> frozenset[str]:
    """The other stems for what a word, or the end or beginning of a compound, is about."""
    known = _subject_stems(language)
    if word in known:
        return known[word]
    begins = [one for one in known if len(one) >= SHORTEST_PART and word.startswith(one)]
    # English writes compounds apart: a *price* is no *rice*.
    ends = [one for one in known if len(one) >= SHORTEST_PART and word.endswith(one) and language is Language.SV]
    # *Mjölkbilen* brings milk, no flour: the longest beginning of a compound says what of.
    longest = max((len(one) for one in begins), default=0)
    said = [one for one in begins if len(one) == longest] or ends
    found = {same for one in said for same in (*known[one], one)}
    if len(word) > SHORTEST_PART and word.endswith("mat"):  # *hemtjänstmat* is food before all
        found = set(known.get("mat", frozenset()))
    return frozenset(found)
