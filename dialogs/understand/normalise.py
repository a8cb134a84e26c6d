"""A sentence made comparable: one case, one kind of space and dash, and each word with its stem."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import snowballstemmer

from dialogs.understand.marks import with_marks
from domain.people import Language

MOST_SIGNS: Final = 5000
"""Longer texts are read up to here; nobody reports in so many words, and time is bounded."""

_SPACES: Final = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]")
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES: Final = re.compile(r"[\u2018\u2019\u201a\u201b\u00b4`]")
_WORD: Final = re.compile(r"\w+(?:[-':]\w+|(?<=\d)[./](?=\d)\w+)*")
"""Full stops and strokes join digits only: `08.15` is one word, `färdtjänsten/skolskjutsen` two."""
_STEMMERS: Final = {
    Language.SV: snowballstemmer.stemmer("swedish"),
    Language.EN: snowballstemmer.stemmer("english"),
}
_LATE_AFTER: Final = frozenset(
    "är var va vart blev blir kom för lite mycket min minuter timme timmar dag dagar alltid ofta".split()
)
"""Words after which *sen* is late."""
_SINCE_THAT: Final = re.compile(
    r"dess|förra|den|vi|de|dom|ni|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    r"jul|påsk|midsommar|nyår|\w{4,}(?:ingen|ionen|skiftet|starten|bytet|lovet|semestern|våren|hösten|sommaren|vintern)|"
    r"(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)(?:en|s)?|våren|hösten|sommaren|vintern|årsskiftet|starten",
)
"""What *sen* before it makes a time since when."""
_LONG_ENOUGH: Final = 5
"""Shorter words are not shortened further: `plan` is no definite form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a sentence."""

    raw: str
    """As written."""
    word: str
    """In lower case."""
    stem: str
    start: int
    end: int
    """Where it stands in the cleaned text."""

    @property
    def is_capitalised(self) -> bool:
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A text as words."""

    text: str
    """Cleaned, in the writer's own case."""
    lower: str
    """The same in lower case; every place in it is the same place in `text`."""
    tokens: tuple[Token, ...]
    language: Language

    def __hash__(self) -> int:
        # The words follow from the text; a thousand of them need not be hashed each time.
        return hash((self.text, self.language, len(self.tokens)))

    def part(self, start: int, end: int) -> "Sentence":
        """The words between two places of the text, as a sentence of its own."""
        return read_words(self.text[start:end], self.language)


def clean(text: str) -> str:
    """One line with ordinary spaces, dashes and quotes, without signs that cannot be seen; line breaks become ` ; `."""
    whole = unicodedata.normalize("NFC", text[: MOST_SIGNS * 2])
    whole = _UNSEEN.sub("", whole)
    whole = re.sub(r"[\r\n]+", " ; ", whole)
    whole = _QUOTES.sub("'", _DASHES.sub("-", whole))
    whole = "".join(sign if sign.isprintable() else " " for sign in whole)
    return _SPACES.sub(" ", whole).strip()[:MOST_SIGNS]


def read_words(text: str, language: Language) -> Sentence:
    """The text as words with stems in that language."""
    cleaned = clean(text)
    lower = "".join(_lower(sign) for sign in cleaned)
    lower = with_marks(lower) if language is Language.SV else lower
    tokens = tuple(
        Token(
            raw=cleaned[match.start() : match.end()],
            word=match.group(),
            stem=stem(match.group(), language),
            start=match.start(),
            end=match.end(),
        )
        for match in _WORD.finditer(lower)
    )
    tokens = _since(tokens) if language is Language.SV else tokens
    return Sentence(text=cleaned, lower=lower, tokens=tokens, language=language)


def _since(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """*Sen uppdateringen*, *sen oktober*: since then, not late."""
    found = list(tokens)
    for at, token in enumerate(tokens[:-1]):
        before = tokens[at - 1].word if at else ""
        if token.word == "sen" and before not in _LATE_AFTER and _SINCE_THAT.fullmatch(tokens[at + 1].word):
            found[at] = replace(token, word="sedan", stem=stem("sedan", Language.SV))
    return tuple(found)


def _lower(sign: str) -> str:
    # Sign by sign, and only where the length stays, so that places in the text stay the same.
    small = sign.lower()
    return small if len(small) == 1 else sign


@lru_cache(maxsize=65_536)
def stem(word: str, language: Language) -> str:
    """The word without its ending. Definite and genitive forms that the stemmer leaves are taken off too."""
    if language is Language.EN:
        return str(_STEMMERS[language].stemWord(word))
    short = str(_STEMMERS[language].stemWord(word))
    for ending in ("s", "an"):
        if len(short) > _LONG_ENOUGH and short.endswith(ending) and not short.endswith("ss"):
            short = short[: -len(ending)]
    return short


def guess_language(text: str, marks: Iterable[tuple[Language, frozenset[str]]], hint: Language) -> Language:
    """The language whose small words are most; `hint` when they are as many."""
    words = {match.group() for match in _WORD.finditer(text.lower())}
    counts = {language: len(words & known) for language, known in marks}
    best = max(counts.values(), default=0)
    if counts.get(hint, 0) == best:
        return hint
    return next(language for language, count in counts.items() if count == best)
