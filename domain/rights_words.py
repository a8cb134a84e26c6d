"""Reads what people and registers write about a contract's rights: `vite § 7.2 5 000 kr per påbörjad vecka; prisavdrag § 8`.

Only what is written is kept: which right, where it stands, what it says, and for a time limit how many days.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from domain.contract_right import TIME_LIMITS, ContractRight, RightKind
from domain.identifiers import ContractId

_K = RightKind
_WITHIN: Final = r"(?:\s+(?:ska\s+)?(?:ske\s+|göras\s+|vara\s+\w+\s+)?(?:inom|senast|within|in)\b)"
_WORDS: Final[tuple[tuple[RightKind, str], ...]] = (
    # The first that begins at a place is meant, so what is said in more words stands first.
    (_K.ANSWER_TIME, r"svarstid\w*|svar\s+på\s+reklamation\w*|leverantörens\s+svar\w*|(?:be)?svar(?:as?)?" + _WITHIN),
    (_K.ANSWER_TIME, r"(?:answer|response|reply)\s+times?|(?:answer|respond|reply)" + _WITHIN),
    (_K.COMPLAINT_TIME, r"reklamations?(?:tid|frist|rätt)\w*|reklamation(?:en|er|erna)?|reklamera(?:s|t)?"),
    (_K.COMPLAINT_TIME, r"complaints?(?:\s+(?:time|period|deadline))?|complain|notice\s+of\s+defects?"),
    (_K.CORRECTION_TIME, r"(?:åtgärds|avhjälpande|rättelse|inställelse)(?:tid|frist)\w*"),
    (_K.CORRECTION_TIME, r"(?:åtgärd(?!splan)\w*|avhjälp\w*|rätta\w*|rättelse)" + _WITHIN),
    (_K.CORRECTION_TIME, r"(?:correction|cure|remedy)\s+(?:time|period)|(?:remed\w+|correct\w*|rectif\w+)" + _WITHIN),
    (_K.PENALTY, r"(?:avtals|förseningse?|kontrakts)?viten?(?:t|s?belopp|s?klausul\w*|n)?|penalt(?:y|ies)"),
    (_K.PENALTY, r"liquidated\s+damages|(?:försenings|straff)avgift\w*"),
    (_K.PRICE_REDUCTION, r"prisavdrag\w*|prisreduktion\w*|prisnedsättning\w*|avdrag\s+på\s+priset"),
    (_K.PRICE_REDUCTION, r"price\s+(?:reductions?|deductions?|abatements?)"),
    (_K.WITHHELD_PAYMENT, r"innehåll(?:en|na|ande|a|et)?\s+(?:av\s+)?betalning\w*|hålla\s+inne\s+betalning\w*"),
    (_K.WITHHELD_PAYMENT, r"withh(?:o|e)ld(?:ing)?\s+(?:of\s+)?payments?|withheld\s+payments?"),
    (_K.REPAYMENT, r"återbetalning\w*|återkrav\w*|repayments?|refunds?"),
    (_K.DAMAGES, r"skadestånd\w*|damages"),
    (_K.ACTION_PLAN, r"åtgärdsplan\w*|action\s+plans?"),
    (_K.TERMINATION, r"uppsägning\w*|förtida\s+uppsägning\w*|säga\s+upp|terminat(?:ion|e)\w*"),
    (_K.RESCISSION, r"hävning\w*|häva(?:s)?|resci(?:ssion|nd)\w*"),
    (
        _K.REPORT_TO_AUTHORITY,
        r"anmälan\s+till\s+myndighet\w*|myndighetsanmälan|anmälan|report\s+to\s+(?:an\s+)?authorit\w+",
    ),
    (_K.RECTIFICATION, r"rättelse\w*|avhjälpande\w*|omleverans\w*|rectification|redelivery|remedy"),
)
_KIND: Final = "|".join(f"(?P<k{at}>{words})" for at, (_, words) in enumerate(_WORDS))
_A_KIND: Final = re.compile(rf"(?<!\w)(?:{_KIND})(?!\w)", re.IGNORECASE)
_CLAUSE_TEXT: Final = (
    r"(?:(?:§{1,2}|punkt(?:en)?|p\.|avsnitt|stycke|kap(?:itel|\.)?|bilaga|clauses?|sections?|appendix|ch\.)\s*"
    r"[0-9][\w.:]*(?<![.:])(?:\s*(?:st|mom|p)\.?\s*\d+)?|\d+(?:\.\d+)*\s*(?:kap\.?\s*\d+\s*)?§)"
)
_CLAUSE: Final = re.compile(
    rf"(?:(?:enligt|enl\.?|under|i|se|in|see|per)\s+)?(?P<clause>{_CLAUSE_TEXT})"
    r"|(?:enligt|enl\.?|see|se)\s+(?P<bare>\d+(?:\.\d+)*)(?![\w.,]*\d| ?(?:kr|%))",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(
    r"[;\n\r|•]+"
    rf"|(?:\s*[,/+&]\s*|\s*\b\d{{1,2}}[.)]\s+|(?<!kap)(?<!\bp)\.\s+|\s+(?:och|samt|and)\s+)(?=(?:{_CLAUSE_TEXT}[:\s]+)?(?:{_KIND.replace('?P<k', '?P<z')})(?!\w))",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "fjorton": 14,
    "femton": 15,
    "tjugo": 20,
    "trettio": 30,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "fourteen": 14,
    "fifteen": 15,
    "thirty": 30,
}
_TIME: Final = re.compile(
    rf"(?:(?:inom|senast|within|in|på|högst|max)\s+)?(?<![\w.,])(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})\s*(?:\(\w+\)\s*)?(?:st\s+)?"
    r"(?P<unit>arbetsd\w*|vardag\w*|helgfria\s+\w+|working\s+days?|business\s+days?|kalenderdag\w*|calendar\s+days?"
    r"|dag\w*|dgr|dygn|days?|d|veck\w*|weeks?|v|mån\w*|months?|tim\w*|hours?|h)(?!\w)\.?",
    re.IGNORECASE,
)
_WORKING: Final = re.compile(r"arbetsd|vardag|helgfri|working|business", re.IGNORECASE)
_NONE: Final = re.compile(
    r"(?<!\w)(?:inget|ingen|inga|ej|inte|saknas|utan\s+rätt|nej|no|none|not)(?!\w)", re.IGNORECASE
)
_MERE_YES: Final = re.compile(r"(?:ja|yes|x|finns|gäller|1|true|sant)\.?", re.IGNORECASE)
_EDGES: Final = " \t,.;:–-()"
_JOINTS: Final = re.compile(
    r"^(?:rätt\s+till|right\s+to)(?=\s|$)|^(?:på|om|är|med|enligt|inom|of|is|at|per\s+the)\s+(?=\d)|\s+(?:enligt|enl|under|se|i|in|see)$",
    re.IGNORECASE,
)
_LONGEST: Final = 300
_MOST_SIGNS: Final = 4000
"""Read of one text: far more than any contract's list of sanctions."""
_DAYS_OF: Final = {"veck": (7, 7), "week": (7, 7), "v": (7, 7), "mån": (28, 31), "mont": (28, 31)}
"""Fewest and most days: our own time limit is taken as the shorter, the supplier's as the longer."""
NOBODYS: Final = ContractId("")
"""A right that has been read and belongs to no contract yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRead:
    """What a text says about rights."""

    rights: tuple[ContractRight, ...]
    """At most one of each kind."""
    unread: tuple[str, ...]
    """Parts in which no right was recognised."""


def read_rights(text: str, *, usual: RightKind | None = None) -> RightsRead:
    """The rights a text names. `usual` is the kind meant where none is named, as under a heading *Vite*."""
    found: list[ContractRight] = []
    unread: list[str] = []
    for part in filter(None, (part.strip(_EDGES) for part in _parts(text))):
        kind, start, end = _kind_in(part, usual)
        if kind is None:
            unread.append(part)
        elif not _denies(part, start):
            found.append(_right(kind, f"{part[:start]} {part[end:]}", part))
    return RightsRead(rights=_one_of_each(found), unread=tuple(unread))


def read_days(text: str, kind: RightKind, *, is_working: bool = False) -> ContractRight | None:
    """The time limit in a cell of its own column: `7 dagar`, `10 arbetsdagar`, `7`; None when it says no number.

    `is_working` is what the heading says of a bare number.
    """
    bare = re.fullmatch(r"\s*(\d{1,3})(?:[.,]0+)?\s*", text)
    if bare:
        return ContractRight(contract_id=NOBODYS, kind=kind, limit_days=int(bare[1]), is_working_days=is_working)
    right = _right(kind, text, text)
    return right if right.limit_days is not None else None


def kind_named(text: str) -> RightKind | None:
    """The right a word or two names, such as `vite` or `price reduction`; None for anything more or else."""
    match = _A_KIND.fullmatch(text.strip())
    return _kind_of(match) if match else None


def is_plainly_rights(text: str) -> bool:
    """Whether a text that stands alone is about rights and nothing else: it begins with one, and says where or how much."""
    begins = _A_KIND.match(text.strip()[:_MOST_SIGNS])
    read = read_rights(text)
    return (
        bool(begins)
        and not read.unread
        and all(right.clause or re.search(r"\d", _said(right)) for right in read.rights)
    )


def _said(right: ContractRight) -> str:
    return f"{right.terms} {'' if right.limit_days is None else right.limit_days}"


def _parts(text: str) -> list[str]:
    # Blanks are gathered first: what a person pastes may hold thousands, and patterns would try them all.
    text = "\n".join(" ".join(line.split()) for line in text[:_MOST_SIGNS].splitlines())
    parts, start = [], 0
    for match in _PARTS.finditer(text):
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def _kind_in(part: str, usual: RightKind | None) -> tuple[RightKind | None, int, int]:
    match = _A_KIND.search(part)
    if match is not None:
        return _kind_of(match), match.start(), match.end()
    return usual, 0, 0


def _kind_of(match: "re.Match[str]") -> RightKind:
    name = next(name for name, value in match.groupdict().items() if value is not None and name.startswith("k"))
    return _WORDS[int(name[1:])][0]


def _denies(part: str, start: int) -> bool:
    """*Inget vite*, *ej prisavdrag*, *nej*: what a contract says it does not give."""
    return _NONE.match(part) is not None or _NONE.search(part[:start]) is not None


def _right(kind: RightKind, rest: str, whole: str) -> ContractRight:
    clauses = [" ".join((match["clause"] or match["bare"]).split()) for match in _CLAUSE.finditer(rest)]
    terms = _tidy(_CLAUSE.sub(" ", rest))
    right = ContractRight(contract_id=NOBODYS, kind=kind, clause=", ".join(clauses), terms=terms)
    timed = _TIME.search(whole if kind in TIME_LIMITS and not _TIME.search(rest) else rest)
    if kind not in TIME_LIMITS or timed is None:
        return right
    days, is_working = _days(timed, is_ours=kind is _K.COMPLAINT_TIME)
    left = _tidy(_TIME.sub(" ", terms, count=1)) if _is_whole(timed) else terms
    return replace(right, terms=left, limit_days=days, is_working_days=is_working)


def _days(match: "re.Match[str]", *, is_ours: bool) -> tuple[int, bool]:
    said, unit = match["number"].casefold(), match["unit"].casefold()
    number = _NUMBERS.get(said) or int(said if said.isdigit() else 0)
    if unit.startswith(("tim", "hour")) or unit == "h":
        # Hours do not fit a clock of days: ours are rounded down, the supplier's up.
        return (number // 24 if is_ours else -(-number // 24)), False
    fewest, most = next(
        (days for word, days in _DAYS_OF.items() if unit == word or (word != "v" and unit.startswith(word))), (1, 1)
    )
    return number * (fewest if is_ours else most), bool(_WORKING.search(unit))


def _is_whole(match: "re.Match[str]") -> bool:
    """Whether the days alone say it all; hours, weeks and months are kept as they were written beside."""
    return bool(
        re.match(
            r"(?:arbetsd|vardag|working|business|dag|dgr|days?|d$|kalender|calendar|helgfri)",
            match["unit"],
            re.IGNORECASE,
        )
    )


def _tidy(text: str) -> str:
    line = " ".join(text.split()).strip(_EDGES)
    line = _JOINTS.sub("", line).strip(_EDGES)
    return "" if _MERE_YES.fullmatch(line) else line[:_LONGEST]


def _one_of_each(found: Iterable[ContractRight]) -> tuple[ContractRight, ...]:
    """One of each kind; what is said twice of one kind stands together."""
    kept: dict[RightKind, ContractRight] = {}
    for right in found:
        before = kept.get(right.kind)
        if before is None:
            kept[right.kind] = right
            continue
        kept[right.kind] = replace(
            before,
            clause=", ".join(filter(None, dict.fromkeys((before.clause, right.clause)))),
            terms="; ".join(filter(None, dict.fromkeys((before.terms, right.terms))))[:_LONGEST],
            limit_days=before.limit_days if before.limit_days is not None else right.limit_days,
            is_working_days=before.is_working_days if before.limit_days is not None else right.is_working_days,
        )
    return tuple(kept.values())
