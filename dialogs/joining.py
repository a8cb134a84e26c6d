"""What a case's reports add up to, cases that are one, one that is two, and a case at the wrong contract."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cards.card import Card
from cards.evidence import EvidenceView, evidence_card
from cards.joining import choose_twin_card, contract_moved_card, divided_card, merged_card, recounted_card
from dialogs.at_hand import whose
from dialogs.case_at_hand import about, at_case, meant, press_of, pressed_on
from dialogs.commands import Command, Pressed, command
from dialogs.turn import Reply, Turn, say
from domain.case_file import CaseFile
from domain.errors import Refused
from usecases.deviations.correct_case import accept_recount, move_to_contract, show_reports
from usecases.deviations.draft_deviation import list_drafts
from usecases.deviations.keep_evidence import list_evidence
from usecases.deviations.merge_cases import divide_case, merge_cases, others_to_merge

_REASON: Final = r"(?:[ ,:;]+(?P<rest>.+))?"
_MERGE: Final = r"slå ihop|slå samman|merge"
_TWIN: Final = r"(?P<twin>avv-\d{4}-\d{1,6})"
_DIVIDE: Final = r"dela(?: ut)?|ta isär|split"
_MOVE: Final = r"byt avtal(?: till)?|flytta till(?: avtal)?|change contract(?: to)?|move to(?: contract)?"
_RECOUNT: Final = r"räkna om|recount"


async def reports_card_of(turn: Turn, reference: str) -> tuple[Card, str]:
    """Everything reported and sent, of a case or of one's own draft, and the id of it."""
    drafts = {draft.deviation_id for draft in await list_drafts(*whose(turn))}
    if reference in drafts:
        there = await list_evidence(*whose(turn), reference)
        view = EvidenceView(deviation=there.deviation, file=CaseFile(evidence=there.kept), today=turn.today)
        return evidence_card(view, turn.language), there.deviation.deviation_id
    found = await show_reports(*whose(turn), reference)
    view = EvidenceView(
        deviation=found.deviation,
        file=found.file,
        today=turn.today,
        names=found.names,
        numbers=found.merged,
        report_count=found.report_count,
        recount=found.recount,
        may_change=found.may_change,
    )
    return evidence_card(view, turn.language), found.deviation.deviation_id


async def said_merge(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0002 slå ihop med AVV-2027-0001, samma städning*."""
    reference = meant(turn, match)
    if reference is None:
        return None
    said = f"{match['what']} {match['twin'].upper()}"
    return await _merge(turn, reference, match["twin"].upper(), _reason(match, reference, said))


async def asked_to_merge(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0002 slå ihop*: with which, is asked."""
    reference = meant(turn, match)
    return await _choose(turn, reference) if reference else None


async def said_divide(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0002 dela, fel skola*, or *dela 1, fel skola* for one report of several."""
    reference = meant(turn, match)
    if reference is None:
        return None
    reason = _reason(match, reference, match["what"])
    report = int(match["report"]) if match["report"] else None
    found = await divide_case(*whose(turn), reference, reason, report=report)
    card = divided_card(found.case, turn.language, today=turn.today, is_new=report is not None)
    return say(card, chat=at_case(turn.chat, found.case.deviation_id))


async def said_move(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0002 byt avtal 2026-0147, fel avtal valdes*."""
    reference = meant(turn, match)
    if reference is None:
        return None
    reason = _reason(match, reference, f"{match['what']} {match['contract']}")
    found = await move_to_contract(*whose(turn), reference, match["contract"], reason)
    names = [person.name for person in found.told]
    return say(contract_moved_card(found.deviation, found.contract, names, turn.language, today=turn.today))


async def said_recount(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0002 räkna om*: what the reports speak for."""
    reference = meant(turn, match)
    return await _recount(turn, reference) if reference else None


async def pressed_recount(turn: Turn) -> Reply:
    return await _recount(turn, pressed_on(turn))


async def pressed_which(turn: Turn) -> Reply:
    return await _choose(turn, pressed_on(turn))


async def pressed_merge(turn: Turn) -> Reply:
    """The case chosen on the card, and why."""
    press = press_of(turn)
    into, reason = press.typed("into"), press.typed("reason")
    if not into:
        return await _choose(turn, pressed_on(turn))
    if not reason:
        raise Refused("deviation.refused.needs_reason", number="")
    return await _merge(turn, pressed_on(turn), into, reason)


async def _merge(turn: Turn, reference: str, into: str, reason: str) -> Reply:
    found = await merge_cases(*whose(turn), reference, into, reason)
    card = merged_card(found.case, found.other, turn.language, today=turn.today)
    return say(card, chat=at_case(turn.chat, found.other.deviation_id))


async def _choose(turn: Turn, reference: str) -> Reply:
    case, others = await others_to_merge(*whose(turn), reference)
    card = choose_twin_card(case.deviation, others, turn.language, today=turn.today)
    return say(card, chat=at_case(turn.chat, case.deviation.deviation_id))


async def _recount(turn: Turn, reference: str) -> Reply:
    changed = await accept_recount(*whose(turn), reference)
    card = recounted_card(changed, turn.language, today=turn.today)
    return say(card, chat=at_case(turn.chat, changed.deviation_id))


def _reason(match: "re.Match[str]", reference: str, said: str) -> str:
    reason = (match["rest"] or "").strip()
    if not reason:
        number = reference if reference.upper().startswith("AVV-") else "AVV-…"
        raise Refused("joining.refused.needs_reason", number=number, said=said)
    return reason


COMMANDS: tuple[Command, ...] = (
    command("case.merge", said_merge, *about(rf"(?P<what>{_MERGE})(?: med| with| into)? {_TWIN}{_REASON}")),
    command("case.merge_which", asked_to_merge, *about(_MERGE)),
    command("case.divide", said_divide, *about(rf"(?P<what>{_DIVIDE})(?: (?P<report>\d{{1,2}}))?{_REASON}")),
    command("case.move_contract", said_move, *about(rf"(?P<what>{_MOVE}) (?P<contract>[\w/.-]*\d[\w/.-]*){_REASON}")),
    command("case.recount", said_recount, *about(_RECOUNT)),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {"case.recount": pressed_recount, "case.merge": pressed_which, "case.merge_into": pressed_merge},
)
