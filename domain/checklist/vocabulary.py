"""The words people answer with, in Swedish and English at once, whatever language the card had."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from domain.checklist.answer import NO, PARTLY, YES, AnswerKind

KIND_PHRASES: Final[Mapping[AnswerKind, tuple[str, ...]]] = MappingProxyType(
    {
        AnswerKind.DONT_KNOW: (
            *(
                "vet inte",
                "vet ej",
                "jag vet inte",
                "det vet jag inte",
                "vet inte än",
                "ingen aning",
                "har ingen aning",
            ),
            *("inte säker", "osäker", "är osäker", "jag är osäker", "dunno", "don't know", "dont know", "do not know"),
            *("i don't know", "i dont know", "i do not know", "no idea", "not sure", "i'm not sure", "unsure", "?"),
        ),
        AnswerKind.NOT_APPLICABLE: (
            *("ej aktuellt", "inte aktuellt", "ej aktuell", "inte aktuell", "är inte aktuellt", "ej tillämpligt"),
            *("inte tillämpligt", "ej relevant", "inte relevant", "n/a", "na", "n.a.", "e/a", "ea", "not applicable"),
            *("not relevant", "doesn't apply", "does not apply"),
        ),
        AnswerKind.SKIPPED: ("hoppa över", "hoppa över den", "hoppa över frågan", "hoppa", "skip", "skip it", "pass"),
    },
)
CHOICE_PHRASES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        YES: (
            *("ja", "j", "jo", "japp", "jepp", "jadå", "jodå", "jajamän", "jajamen", "ja visst", "javisst", "absolut"),
            *("stämmer", "det stämmer", "yes", "y", "yep", "yeah", "yup", "yes indeed", "absolutely"),
        ),
        PARTLY: (
            *("delvis", "d", "till viss del", "till en del", "till stor del", "i viss mån", "både och", "nja"),
            *("sådär", "så där", "inte riktigt", "inte helt", "inte fullt ut", "partly", "partially", "in part"),
            *("somewhat", "not quite", "not entirely", "not fully", "sort of", "kind of"),
        ),
        NO: (
            *("nej", "n", "nä", "nää", "näe", "nepp", "nix", "nej då", "nejdå", "nej tack", "nej inget sådant"),
            *("nej, inget sådant", "inget sådant", "inte alls", "absolut inte", "no", "nope", "nah", "no thanks"),
            *("no, nothing like that", "no nothing like that", "nothing like that", "not at all", "absolutely not"),
        ),
    },
)
ALL_WELL: Final = (
    *("inga problem", "inget problem", "utan problem", "allt bra", "allt är bra", "allt fungerar", "allt funkar"),
    *("no problem", "no problems", "no worries", "all good", "all is well", "everything works"),
)
"""Words that say the opposite of a bad answer."""
NOTHING_TO_SAY: Final = frozenset(
    {
        *CHOICE_PHRASES[NO],
        "inget",
        "ingenting",
        "inga",
        "inget särskilt",
        "nothing",
        "none",
        "nothing special",
        "-",
        "–",
    },
)
"""Answers to *vill ni notera något?* that leave nothing to note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A known phrase a text begins with, and what was written after it."""

    phrase: str
    rest: str

    @property
    def is_all(self) -> bool:
        """Nothing but signs after the phrase."""
        return not said_beside(self.rest)

    @property
    def is_set_apart(self) -> bool:
        """What follows stands after a comma or the like, so it was meant as something more."""
        return bool(re.match(r"\s*[,.;:!?()\n–—-]", self.rest))


def starts_with(text: str, phrases: Iterable[str]) -> Start | None:
    """The longest of `phrases` that `text` begins with as whole words, however it is capitalised or spaced."""
    begun = text.lstrip()
    match = _pattern(frozenset(phrases)).match(begun.replace("’", "'").replace("\u00a0", " "))
    return Start(phrase=_flat(match.group()), rest=begun[match.end() :]) if match else None


def is_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether `text` is one of `phrases` and nothing else but signs."""
    start = starts_with(text, phrases)
    return start is not None and start.is_all


def said_beside(rest: str) -> str | None:
    """What was said after the value, without the signs that led to it; None when there was nothing."""
    words = rest.strip().lstrip(",.;:!–—- \t\n").strip()
    return words if any(sign.isalnum() for sign in words) else None


def mentions(text: str, phrases: Iterable[str]) -> bool:
    """Whether any of `phrases` stands anywhere in `text`, as whole words."""
    return bool(_anywhere(frozenset(phrase for phrase in phrases if len(phrase) > 1)).search(text))


@cache
def _pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    # A slash or a point without a space after it belongs to the word: `n` is no start of `n/a`.
    return re.compile(f"(?:{_alternatives(phrases)})(?![\\w/'])", re.IGNORECASE)


@cache
def _anywhere(phrases: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"(?<!\\w)(?:{_alternatives(phrases)})(?!\\w)", re.IGNORECASE)


def _alternatives(phrases: frozenset[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())
