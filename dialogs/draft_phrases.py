"""How people talk about a draft: what begins a correction or an addition, what tells of a talk, and what is mere abuse."""

import re
from typing import Final

from dialogs.draft_contracts import OTHERWISE

INSTEAD: Final = re.compile(
    r"(?:nej|nä|jag menar|menar|i mean|jag (?:skrev|tog|sa) fel)\b|no(?=[,.:;!–-]|$| (?:it|that|the)\b)|(?:fel|wrong)(?: \w+)?(?=[,.:;!?–-]|$)|(?:fel|wrong) (?:det|it)\b",
    re.IGNORECASE,
)
"""*Fel skola, det var …* corrects; *fel varor kom till …* tells of a fault, and so does *no milk came*."""
OPENING: Final = re.compile(
    r"(?:(?:nej|nä|no(?=[,.:;!–-]| (?:it|that|the)\b)|jag menar|menar|i mean|jag (?:skrev|tog|sa) fel|(?:fel|wrong)(?: \w+)?(?=[,.:;!–-]))[ ,.:;!–-]+)+",
    re.IGNORECASE,
)
"""What a correction begins with, before what it says instead."""
TALKED: Final = re.compile(
    r"\b(?:lova\w*|ringde|ringt|pratade|pratat|mejla\w*|promis\w*|talked|spoke|called|e-?mailed)\b", re.IGNORECASE
)
"""The day of a talk or a promise is no day of the fault."""
ADDED: Final = re.compile(
    r"(?:lägg till(?: att)?|kan du lägga till att|tillägg|tilläggas kan(?: att)?|add(?: that)?)[ :,]+(?P<words>.+)",
    re.IGNORECASE,
)
_INSULTS: Final = frozenset(
    "idiot idioter jävla jävel jävlar fan käften fitta kuk hora dum dumma korkad värdelös stupid fuck fucking shit useless moron".split(),
)
_TO_THE_BOT: Final = frozenset("du dig din ditt bot boten botten you your yourself off".split())
AN_ANSWER: Final = 8
"""Words up to which an answer is just that."""


def is_abuse(text: str) -> bool:
    """Whether the words are thrown at the bot rather than told of a fault."""
    words = set(re.findall(r"\w+", text.casefold()))
    return bool(words & _INSULTS) and bool(words & _TO_THE_BOT)


def is_addition(text: str) -> bool:
    """Whether the words ask to be added to the draft."""
    return ADDED.fullmatch(text.strip()) is not None


def is_correction(text: str) -> bool:
    """Whether the words begin as a correction does."""
    is_short = len(text.split()) <= AN_ANSWER
    return INSTEAD.match(text.strip()) is not None or (is_short and OTHERWISE.match(text.strip()) is not None)
