"""Letters in words: which kind is meant, which gap is filled, and how somebody says that they sent one."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from dialogs.spoken_days import day_behind
from dialogs.turn import Turn
from domain.case_file import LetterKind
from domain.letter_sending import Sending
from domain.people import Language

_K = TypeVar("_K")

KINDS: Final[Mapping[LetterKind, str]] = MappingProxyType(
    {
        LetterKind.DIALOGUE_NOTE: r"dialog|samtal|anteckning|anteckning om samtal|talk|dialogue|note",
        LetterKind.COMPLAINT: r"reklamation|reklamationen|skriftlig reklamation|complaint|written complaint",
        LetterKind.PLAN_REQUEST: r"åtgärdsplan|begäran om åtgärdsplan|plan|action plan",
        LetterKind.WARNING: r"varning|varningen|skriftlig varning|warning|written warning",
    },
)
"""What each kind is called after *brev*."""
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "requested_action": r"krav|vi kräver|demand|we demand",
        "agreed": r"avtalat|vi har avtalat|agreed",
        "consequence": r"konsekvens|följd|consequence",
        "requirement": r"punkt|klausul|clause",
        "invoice_number": r"faktura|fakturanummer|invoice",
        "registry_number": r"diarienummer|dnr|registry number",
        "recipient": r"mottagare|mottagaren|recipient",
    },
)
"""What may be filled in, by the field of the case."""
LANGUAGES: Final = MappingProxyType({Language.SV: r"på svenska|in swedish", Language.EN: r"på engelska|in english"})

_REGISTRY: Final = re.compile(
    r"(?:(?:dnr|diarienummer|registry number)[: ]*)?(\b[A-ZÅÄÖ]{1,8}[ .-]?\d{2,4}[/:.-]\d{1,6}\b)"
)
_UNREGISTERED: Final = re.compile(
    r"\b(?:ska |skall )?(?:registreras|diarieföras)\b|\bto be registered\b|\bwill be registered\b", re.IGNORECASE
)
_PROOF: Final = re.compile(
    r"kvitto|kvittens|kvitterat|mottagningsbevis|mottagningsbekräft|läskvitto|rek\b|receipt|proof|confirmed",
    re.IGNORECASE,
)
_HOW: Final = MappingProxyType(
    {
        "mail": r"(?:via |per |med |by |with )?(?:mejl|mail|e-post|epost|mejlade|e-mail|email)",
        "letter": r"(?:via |per |med |by |with )?(?:brev|post|rekommenderat brev|letter)",
        "phone": r"(?:via |per |på |by )?(?:telefon|ringde|phone|telephone|called)",
        "meeting": r"(?:på |i |at a )?(?:möte|avtalsmöte|mötet|meeting)",
        "system": r"(?:via |i )?(?:system|systemet|portal|portalen|the portal)",
    },
)
_TO: Final = re.compile(r"^(?:till|to|med|with)\s+", re.IGNORECASE)
_BY_TO: Final = re.compile(rf"\b({'|'.join(_HOW.values())})\s+((?:till|to)\s)", re.IGNORECASE)
"""*Mejl till Anna Berg*: the way and the recipient in one breath."""


def any_of(words: Mapping[_K, str]) -> str:
    """All of the words as one pattern, the longest first, so that none hides another."""
    every = (word for alternatives in words.values() for word in alternatives.split("|"))
    return "|".join(sorted(every, key=len, reverse=True))


def meant_by(words: Mapping[_K, str], text: str | None) -> _K | None:
    """Which of them the text is; None when it is none."""
    said = (text or "").strip()
    return next((key for key, pattern in words.items() if re.fullmatch(pattern, said, re.IGNORECASE)), None)


def read_sending(text: str, turn: Turn) -> Sending:
    """*12 mars, mejl, Anna Berg, KS 2027/44*: in any order, with what is missing left empty."""
    registry = _REGISTRY.search(text)
    rest = text.replace(registry.group(), "") if registry else text
    is_to_be_registered = _UNREGISTERED.search(rest) is not None
    sent_on, rest = day_behind(_UNREGISTERED.sub("", rest), turn)
    how = whom = proof = ""
    for part in (part.strip(" .;:") for part in _BY_TO.sub(r"\1, \2", rest).split(",")):
        found = next((way for way, words in _HOW.items() if re.fullmatch(words, part, re.IGNORECASE)), "")
        if found and not how:
            how = found
        elif _PROOF.search(part) and not proof:
            proof = part
        elif part and not whom:
            whom = _TO.sub("", part)
    return Sending(
        sent_on=sent_on,
        how=how,
        to_whom=whom,
        proof=proof,
        registry_number=registry.group(1) if registry else None,
        is_to_be_registered=is_to_be_registered,
    )
