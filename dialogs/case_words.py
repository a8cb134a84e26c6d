"""What the words after a move say, as fields by the names of `CaseFacts`: *kontaktad i går, telefon, Anna Berg, lovar till fredag*.

Nothing is made up: a field the words do not speak of is left out, and asked for where the move needs it.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from dialogs.spoken_days import day_ahead, named_day
from dialogs.turn import Turn
from domain.deviation import DeviationState, Severity

_S = DeviationState
Said = dict[str, str]
_PART: Final = re.compile(r"\s*[,;]\s+|\s*;\s*|,$")
_HOW: Final = MappingProxyType(
    {
        "phone": r"telefon\w*|tfn|ring\w*|phone|called|by phone",
        "mail": r"mejl\w*|mail\w*|e-post|epost|e-mail\w*",
        "meeting": r"möte\w*|avtalsmöte\w*|träff\w*|meeting",
        "letter": r"brev\w*|letter|rek",
        "system": r"system\w*|portal\w*|ärendesystem\w*",
    },
)
_HOW_ALONE: Final = re.compile(
    rf"(?:(?:per|via|på|i|med|genom|by|over|in|through|on|the|ett|en|a)\s+)*(?:{'|'.join(_HOW.values())})\b[ :,]*",
    re.IGNORECASE,
)
_PROMISE: Final = re.compile(
    r"\b(?:lova\w*|utlova\w*|promis\w*|klart?\s+(?:till|senast)|fixa\w*\s+till)\b", re.IGNORECASE
)
_ANSWER: Final = re.compile(
    r"\b(?:svar\w*|senast|sista dag\w*|answer\w*|reply|replies|by|deadline|lämnas?)\b", re.IGNORECASE
)
_REGISTRY: Final = re.compile(
    r"\b(?:dnr|diarienr|diarienummer|diariet|registry number|ref)[.: ]+(?P<number>.+)|^(?P<bare>[A-ZÅÄÖ]{1,5} ?\d{4}[/:-]\d+)$",
    re.IGNORECASE,
)
_WHOM: Final = re.compile(
    r"^(?:(?:jag|vi|i|we)\s+)?(?:(?:pratade|talade|pratat|talat|spoke|talked|mejlade|skrev|ringde|sa|sagt)\s+)?"
    r"(?:(?:med|till|hos|with|to)\s+)?",
    re.IGNORECASE,
)
_READ: Final = re.compile(r"\b(?:genomläst|granskad|läst igenom|korrekturläst|reviewed|read through)\b", re.IGNORECASE)
_NAMED: Final = MappingProxyType(
    {
        "requirement": r"krav(?:et)?|punkt(?=:)|requirement|clause(?=:)",
        "agreed": r"avtalat|avtalet säger|det avtalade|agreed",
        "consequence": r"följd(?:en)?|konsekvens(?:en)?|consequence",
        "requested_action": r"vi kräver|kräver|åtgärd|we (?:demand|ask for)|demand",
        "invoice_number": r"faktura(?:nummer|nr)?|invoice(?: number)?",
        "type_code": r"typ|type",
    },
)
_UNCLEAR: Final = re.compile(
    r"(?:oklart krav|kravet är oklart|krav(?:et)? oklart|oklart|unclear(?: requirement)?|requirement unclear|vet inte)",
    re.IGNORECASE,
)
_NOT: Final = r"(?:inte|ej|icke|not|un)"
_UNPAID: Final = re.compile(rf"\b{_NOT}\s?(?:är\s)?(?:betal\w*|paid)\b|\bobetal\w*", re.IGNORECASE)
_PAID: Final = re.compile(r"\bbetal(?:d|t|ats|ad|ades)\b|\bpaid\b", re.IGNORECASE)
_SEVERITIES: Final = MappingProxyType(
    {
        Severity.MINOR: frozenset({"liten", "litet", "minor"}),
        Severity.MODERATE: frozenset({"måttlig", "måttligt", "moderate"}),
        Severity.SERIOUS: frozenset({"allvarlig", "allvarligt", "serious"}),
        Severity.CRITICAL: frozenset({"akut", "critical"}),
    },
)
_UNTIL: Final = re.compile(r"(?:fram )?(?:till|tills|t\.?o\.?m\.?|until|to)\b", re.IGNORECASE)
_DAYS: Final = frozenset({"told_on", "promised_on", "answer_due_on", "hold_until"})
_YES_NO: Final = frozenset({"is_letter_reviewed", "was_supplier_told", "is_paid"})
_YES: Final = frozenset({"ja", "japp", "jo", "jodå", "yes", "sagt", "meddelat", "told", "absolut"})
_NO: Final = frozenset({"nej", "inte", "ej", "no", "not", "nä"})


def read_said(state: DeviationState, words: str, turn: Turn) -> Said:
    """The fields the words fill for a move to `state`; empty words fill none."""
    reader = _READERS.get(state, _reason)
    return {name: value for name, value in reader(words.strip(), turn).items() if value or name == "requirement"}


def read_answer(field: str, words: str, turn: Turn) -> Said:
    """What an answer to the question about one field fills; empty when it does not answer it."""
    text = words.strip().strip(".! ")
    if field in _DAYS:
        day = named_day(text, turn)[0] if field == "told_on" else day_ahead(text, turn)
        return {field: day.isoformat()} if day else {}
    if field in _YES_NO:
        answer = yes_or_no(text)
        said = {} if answer is None else {field: "yes" if answer else "no"}
        return {**said, **_day_said(text, turn, answer)}
    return _answer_in_words(field, text, turn) if text else {}


def _answer_in_words(field: str, text: str, turn: Turn) -> Said:
    match field:
        case "told_how":
            return {field: how_in(text) or text}
        case "told_whom":
            return {field: text, **_telling(text, turn)}
        case "requirement":
            return {field: "" if _UNCLEAR.fullmatch(text) else text}
        case "severity":
            severity = severity_in(text)
            return {field: severity.value} if severity else {}
        case _:
            return {field: text}


def yes_or_no(text: str) -> bool | None:
    """None when the words say neither."""
    words = set(re.findall(r"\w+", text.casefold()))
    if words & _NO:
        return False
    return True if words & _YES else None


def how_in(text: str) -> str | None:
    """The channel the words name."""
    return next((how for how, names in _HOW.items() if re.search(rf"\b(?:{names})\b", text, re.IGNORECASE)), None)


def severity_in(text: str) -> Severity | None:
    words = set(re.findall(r"\w+", text.casefold()))
    return next((severity for severity, said in _SEVERITIES.items() if words & said), None)


def _parts(words: str) -> list[str]:
    return [part.strip() for part in _PART.split(words) if part.strip()]


def _assessed(words: str, _turn: Turn) -> Said:
    said: Said = {}
    rest: list[str] = []
    for part in _parts(words):
        found = _of_assessment(part)
        said |= found
        if not found:
            rest.append(part)
    if rest and "requirement" not in said:
        said["requirement"] = ", ".join(rest)
    return said


def _of_assessment(part: str) -> Said:
    if _UNPAID.search(part):
        return {"is_paid": "no"}
    if _PAID.search(part):
        return {"is_paid": "yes"}
    if _UNCLEAR.fullmatch(part):
        return {"requirement": ""}
    severity = severity_in(part)
    if severity is not None and len(part.split()) == 1:
        return {"severity": severity.value}
    for field, names in _NAMED.items():
        match = re.match(rf"(?:{names})[ :]+(?P<value>.+)", part, re.IGNORECASE)
        if match:
            return {field: match["value"].strip()}
    return {}


def _told(words: str, turn: Turn) -> Said:
    """Day, channel, whom and promise, in any order; *i dag* where no day is named and something is."""
    said: Said = {}
    for part in _parts(words):
        if _PROMISE.search(part):
            day = day_ahead(part, turn)
            said |= {"promised_on": day.isoformat()} if day else {}
        else:
            said = {**_telling(part, turn), **said}
    if said:
        said.setdefault("told_on", turn.today.isoformat())
    return said


def _telling(part: str, turn: Turn) -> Said:
    day, rest = named_day(part, turn)
    ahead = None if day or len(part.split()) > _DAY_WORDS else day_ahead(part, turn)
    if ahead is not None:
        # A day to come cannot be the day they were told: it is kept as it was said, and refused as such.
        return {"told_on": ahead.isoformat()}
    said: Said = {"told_on": day.isoformat()} if day else {}
    how = how_in(rest)
    if how is not None:
        said["told_how"] = how
        rest = _HOW_ALONE.sub("", rest)
    whom = _WHOM.sub("", rest.strip(" ,.:")).strip(" ,.:")
    return {**said, "told_whom": whom} if whom else said


def _complained(words: str, turn: Turn) -> Said:
    said: Said = {}
    rest: list[str] = []
    for part in _parts(words):
        registry, day = _REGISTRY.search(part), day_ahead(part, turn) if _ANSWER.search(part) else None
        if registry:
            said["registry_number"] = (registry["number"] or registry["bare"]).strip()
        elif day is not None:
            said["answer_due_on"] = day.isoformat()
        elif _READ.search(part):
            said["is_letter_reviewed"] = "yes"
        elif part.casefold().startswith(("kräver", "vi kräver", "we demand", "demand")):
            said |= _of_assessment(part)
        else:
            rest.append(part)
    return {**_told(", ".join(rest), turn), **said}


def _plan_requested(words: str, turn: Turn) -> Said:
    day = day_ahead(words, turn) if words else None
    return {"reason": words, **({"answer_due_on": day.isoformat()} if day else {})}


def _on_hold(words: str, turn: Turn) -> Said:
    """The day after *till*, or else the last one named; what else is said is the reason."""
    parts = _parts(words)
    days = [(part, day) for part in parts if (day := day_ahead(part, turn))]
    after = [found for found in days if _UNTIL.match(found[0])]
    if not days:
        return {"reason": words}
    part, day = (after or days)[-1]
    is_day_alone = len(part.split()) <= _DAY_WORDS
    rest = [one for one in parts if one is not part or not is_day_alone]
    return {"hold_until": day.isoformat(), "reason": ", ".join(rest)}


_DAY_WORDS: Final = 4
"""A part of more words than this says more than a day."""


def _in_remedy(words: str, turn: Turn) -> Said:
    day = day_ahead(words, turn) if _PROMISE.search(words) else None
    return {"reason": words, **({"promised_on": day.isoformat()} if day else {})}


def _closed(words: str, turn: Turn) -> Said:
    answer = yes_or_no(words)
    told = {} if answer is None else {"was_supplier_told": "yes" if answer else "no"}
    return {"reason": words, **told, **_day_said(words, turn, answer)}


def _day_said(words: str, turn: Turn, is_told: bool | None) -> Said:  # noqa: FBT001 - the answer to the question before
    day = named_day(words, turn)[0] if is_told else None
    return {"told_on": day.isoformat()} if day else {}


def _field(name: str) -> Callable[[str, Turn], Said]:
    return lambda words, _turn: {name: words}


def _reason(words: str, _turn: Turn) -> Said:
    return {"reason": words}


_READERS: Final[Mapping[DeviationState, Callable[[str, Turn], Said]]] = MappingProxyType(
    {
        _S.ASSESSED: _assessed,
        _S.COMMUNICATED: _told,
        _S.COMPLAINT_SENT: _complained,
        _S.PLAN_REQUESTED: _plan_requested,
        _S.IN_REMEDY: _in_remedy,
        _S.CLAIMED_FIXED: _field("supplier_message"),
        _S.VERIFIED: _field("how_verified"),
        _S.CLOSED: _closed,
        _S.DISPUTED: _field("objection"),
        _S.SANCTIONED: _field("decision_reference"),
        _S.ON_HOLD: _on_hold,
    },
)
