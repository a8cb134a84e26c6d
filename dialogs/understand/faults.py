"""How many faults a message tells of: two faults are two drafts, one fault said twice is one."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from dialogs.understand.contract_index import ContractIndex
from dialogs.understand.intents import GUESSED, guess_types, rank_types
from dialogs.understand.matching import ENOUGH, Match, Sender, match_contract
from dialogs.understand.normalise import Sentence, read_words
from dialogs.understand.patterns import first
from dialogs.understand.places import read_place
from dialogs.understand.strangers import names_a_stranger
from dialogs.understand.vocabulary import vocabulary
from domain.severity import Signal

MOST_PIECES: Final = 60
"""Clauses looked at one by one; a longer text is no report any more."""
MOST_FAULTS: Final = 8
"""More than this in one message and the last draft takes the rest."""
_STRONG: Final = 4.0
_A_STATEMENT: Final = 4
"""Words from which a clause says enough to be guessed at."""
_LIKELIEST: Final = ("LEV_KVALITET", "LEV_FEL", "LEV_UTEBLIVEN")
"""What trouble of no known kind mostly is; the first is taken where a thing of a contract is spoken of."""
_NEAR: Final = 1.0
"""Another type this near the best is shown as a choice."""
_SEAM: Final = re.compile(
    r"(?<=[.!?])\s+|\s*;\s*|\s+(?:men|samt|dessutom|och|o|å|plus|and|but|also|additionally)\s+|,\s+(?!\d)",
)
_SAME_FAULT: Final = tuple(
    frozenset(codes.split())
    for codes in (
        "LEV_UTEBLIVEN LEV_SEN SAMV_ATGARD_UTEBLEV",
        "LEV_UTEBLIVEN LEV_FEL",
        "LEV_UTEBLIVEN LEV_KVALITET",
        "LEV_FEL LEV_KVALITET",
        "LEV_SEN SAMV_ATGARD_UTEBLEV",
        "LEV_KVALITET SAMV_ATGARD_UTEBLEV",
        "SAMV_SVARSTID SAMV_ATGARD_UTEBLEV",
        "UL_EJ_GODKAND UL_BRIST ARB_KRIM PERS_KOMPETENS",
        "FAKT_PRIS PRIS_JUSTERING",
        "FAKT_PRIS FAKT_AVGIFT",
        "FAKT_PRIS FAKT_EJ_LEVERERAT",
        "FAKT_EJ_LEVERERAT LEV_UTEBLIVEN",
        "ARB_KRIM ARB_VILLKOR",
        "ARB_KRIM EKO_BROTT",
        "SAK_INCIDENT PUB_UNDERBITRADE PUB_TREDJELAND SAK_BEHORIGHET EKO_BROTT",
        "INT_AVSTEG INT_SORTIMENT INT_AVTALSTROHET",
        "LEV_UPPSTART LEV_SEN",
        "KRAV_TILLDELNING LEV_UTEBLIVEN",
        "KRAV_TILLDELNING KRAV_SKALL",
        "LEV_UPPSTART LEV_KVALITET",
    )
)
"""Types that are two ways of seeing one fault, when they stand side by side in one message."""
_TAKES_IN: Final = frozenset({"KRAV_SKALL", "AVT_ANDRING"})
"""What may be said of any fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: its part of the message, its type, and the contract it speaks of."""

    sentence: Sentence
    type: str | None
    score: float
    alternatives: tuple[str, ...]
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A stretch of the message with the strongest type and the best contract heard in it so far."""

    start: int
    end: int
    type: str | None
    score: float
    match: Match
    days: frozenset[str] = frozenset()
    """Words for days in it, such as *igår*."""

    def and_then(self, other: "_Part") -> "_Part":
        """Both as one."""
        heard = self if self.score >= other.score else other
        named = self.match if self.match.score >= other.match.score else other.match
        return _Part(
            start=self.start,
            end=other.end,
            type=heard.type,
            score=heard.score,
            match=named,
            days=self.days | other.days,
        )


@dataclass(slots=True)
class _Splitter:
    whole: Sentence
    index: ContractIndex
    sender: Sender
    types: Collection[str]

    def read(self) -> tuple[Fault, ...]:
        parts: list[_Part] = []
        for start, end in self._pieces():
            part = self._part(start, end)
            if parts and (
                len(parts) >= MOST_FAULTS or not _is_new(parts[-1], part) or self._is_one_stop(parts[-1], part)
            ):
                parts[-1] = parts[-1].and_then(part)
            else:
                parts.append(part)
        return tuple(self._fault(part) for part in parts)

    def _is_one_stop(self, before: _Part, part: _Part) -> bool:
        """*Hissen står still. Den fungerar inte*: what stands still does not work."""
        stops = vocabulary(self.whole.language).signals[Signal.STANDS_STILL]
        is_pair = {before.type, part.type} == {"LEV_SEN", "LEV_KVALITET"}
        return is_pair and first(stops, self._words(before.start, before.end))

    def _pieces(self) -> list[tuple[int, int]]:
        text = self.whole.text
        seams = [(0, 0), *(match.span() for match in _SEAM.finditer(text)), (len(text), len(text))]
        pieces = [(before[1], after[0]) for before, after in pairwise(seams) if after[0] > before[1]]
        return pieces[:MOST_PIECES] or [(0, len(text))]

    def _part(self, start: int, end: int) -> _Part:
        sentence = self._words(start, end)
        code, score = next(self._ranked(sentence), (None, 0.0))
        return _Part(start=start, end=end, type=code, score=score, match=self._match(sentence), days=_days_in(sentence))

    def _fault(self, part: _Part) -> Fault:
        sentence = self._words(part.start, part.end)
        ranked = list(self._ranked(sentence)) or self._guessed(sentence)
        best = ranked[0] if ranked else (part.type, part.score)
        match = self._match(sentence)
        near = tuple(code for code, score in ranked[1:4] if score >= best[1] - _NEAR)
        if best[0] is None and match.score >= ENOUGH and _tells_what_is(sentence):
            best, near = (_LIKELIEST[0], GUESSED), _LIKELIEST[1:]
        elif best[0] is None:
            near = tuple(code for code in _LIKELIEST if code in self.types)
        return Fault(sentence=sentence, type=best[0], score=best[1], alternatives=near, match=match)

    def _guessed(self, sentence: Sentence) -> list[tuple[str, float]]:
        return [(code, score) for code, score in guess_types(sentence) if code in self.types]

    def _words(self, start: int, end: int) -> Sentence:
        return read_words(self.whole.text[start:end], self.whole.language)

    def _ranked(self, sentence: Sentence) -> Iterator[tuple[str, float]]:
        return ((code, score) for code, score in rank_types(sentence) if code in self.types)

    def _match(self, sentence: Sentence) -> Match:
        where = read_place(sentence, vocabulary(sentence.language), not_places=self.index.supplier_words)
        span = (where.start, where.end) if where else (0, 0)
        match = match_contract(sentence, self.index, sender=self.sender, place=span)
        if match.chosen and not match.is_named and names_a_stranger(sentence, self.index):
            return replace(match, chosen=None)
        return match


def _is_new(before: _Part, part: _Part) -> bool:
    """Whether this part begins a fault of its own rather than saying more of the one before."""
    if part.score < _STRONG or before.score < _STRONG:
        return False
    if _speak_of_others(before.match, part.match):
        return True
    if part.type == before.type or {part.type, before.type} & _TAKES_IN:
        return False
    if before.days and part.days and not before.days & part.days:
        return True  # *kall i går och borta i dag*
    return not any({part.type, before.type} <= same for same in _SAME_FAULT)


def _tells_what_is(sentence: Sentence) -> bool:
    """Whether it says how a thing is or was, without wondering or looking ahead: then its quality is what it is about."""
    said = {token.word for token in sentence.tokens}
    return len(said) >= _A_STATEMENT and said.isdisjoint(vocabulary(sentence.language).phrases["mood.wondering"])


def _days_in(sentence: Sentence) -> frozenset[str]:
    words = vocabulary(sentence.language)
    line = f" {' '.join(token.word for token in sentence.tokens)} "
    return frozenset(day for day in (*words.days, *words.weekdays) if f" {day} " in line or f" {day}s " in line)


def split_faults(
    sentence: Sentence,
    index: ContractIndex,
    sender: Sender,
    types: Collection[str],
) -> tuple[Fault, ...]:
    """The faults in the order they are told, at least one."""
    return _Splitter(sentence, index, sender, types).read()


def _speak_of_others(one: Match, other: Match) -> bool:
    """Whether both name contracts and none of them is the same."""
    return bool(one.score and other.score) and not set(one.candidates) & set(other.candidates)
