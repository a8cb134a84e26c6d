"""A decision told in one breath: *beslutat av Anna Ek 2027-03-01, skickat 2027-03-02 med e-post*."""

import re
from collections.abc import Iterator
from typing import Final

from dialogs.spoken_days import named_day
from dialogs.turn import Turn
from domain.decision import Choice

_CHOICES: Final = (
    (
        Choice.NOT_EXTEND,
        r"förläng\w*(?: \w+)? (?:inte|ej)|(?:inte|ej) förläng\w*|ingen förlängning|avslutas|(?:not|no|won't) (?:be )?exten\w+",
    ),
    (
        Choice.LET_RENEW,
        (
            r"(?:löp|rull)\w*(?: \w+)? vidare|löper på|låt\w*(?: \w+)? (?:förläng|löpa|rulla)\w*|sägs? inte upp|inte säga upp"
            r"|let (?:it )?renew|renews|not (?:be )?terminat\w+"
        ),
    ),
    (Choice.TERMINATE, r"säg[as]*(?: \w+)? upp|sagts? upp|uppsagt|uppsägning\w*|upp ?säg\w*|terminat\w+"),
    (Choice.EXTEND, r"förläng\w*|exten[ds]\w*"),
)
_DECIDED: Final = re.compile(
    r"\b(?:beslut(?:at|ad|et|ats|ade|as)?(?: (?:har )?(?:fattats|fattades|fattat|togs|tagits))?|decided|decision(?: (?:was )?(?:made|taken))?)\b",
    re.IGNORECASE,
)
_SENT: Final = re.compile(
    r"\b(?:skick\w+|sänt|sändes?|mejla\w*|mailad\w*|meddela\w+|besked(?:et)? \w+|sent|notified|notice (?:was )?sent)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"\b(?:besluts?(?:nummer|nr)|dnr|diarienummer|decision (?:number|no))\b[ .:]*(?P<number>[^,;\n]*\d[^,;\s]*)",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\b(?:av|by)\s+", re.IGNORECASE)
_HOW: Final = re.compile(r"^[\s,:;–-]*(?:med|via|per|genom|by|with|through|as)\s+", re.IGNORECASE)
_SUPPLIER: Final = re.compile(r"\b(?:(?:till|to) )?(?:leverantören|dem|the supplier|them)\b", re.IGNORECASE)
_CUT: Final = re.compile(
    r"[;,\n]+\s*|\s+(?:och|and)\s+(?=(?:skick|sent|meddel|mejl|mail|sänt|beslut|decid))", re.IGNORECASE
)
_EDGES: Final = " ,.;:–-"


def read_choice(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """What was decided, of what there is to choose from, as people put it."""
    found = _find_choice(text, choices)
    return found[0] if found else None


def read_decision(text: str, turn: Turn, choices: tuple[Choice, ...]) -> dict[str, str]:
    """Everything the words tell of a decision, by the ids of `domain.decision.FIELDS`; nothing is guessed."""
    found: dict[str, str] = {}
    number = _NUMBER.search(text)
    if number:
        found["decision_number"] = number["number"].strip(_EDGES)
        text = text[: number.start()] + text[number.end() :]
    chosen = _find_choice(text, choices)
    if chosen is not None:
        choice, match = chosen
        found["decision"] = choice.value
        text = text[: match.start()] + text[match.end() :]
    for is_notice, part in _parts(text):
        day, rest = named_day(part, turn)
        names = ("notice_sent_on", "notice_how") if is_notice else ("decided_on", "decided_by")
        if day is not None:
            found.setdefault(names[0], day.isoformat())
        rest = _SUPPLIER.sub("", rest)
        lead = _HOW.match(rest) if is_notice else _BY.search(rest)
        said = (rest[lead.end() :] if lead else rest).strip(_EDGES)
        if said and (lead or day is not None):
            found.setdefault(names[1], said)
    return found


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """The words after *beslutat* (False) and after *skickat* (True), each with what follows until the other."""
    is_notice: bool | None = None
    gathered: dict[bool, list[str]] = {False: [], True: []}
    for piece in _CUT.split(text):
        decided, sent = _DECIDED.search(piece), _SENT.search(piece)
        if decided or sent:
            is_notice = sent is not None and (decided is None or sent.start() < decided.start())
            mark = sent if is_notice else decided
            told = piece[: mark.start()] + piece[mark.end() :] if mark else piece
        else:
            told = piece
        if is_notice is not None and told.strip():
            gathered[is_notice].append(told.strip())
    for key, pieces in gathered.items():
        if pieces:
            yield key, " ".join(pieces)


def _find_choice(text: str, choices: tuple[Choice, ...]) -> "tuple[Choice, re.Match[str]] | None":
    for choice, said in _CHOICES:
        match = re.search(rf"\b(?:{said})\b[ ,]*", text, re.IGNORECASE) if choice in choices else None
        if match is not None:
            return choice, match
    return None
