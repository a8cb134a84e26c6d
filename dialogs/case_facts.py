"""The fields of a move, typed or filled in on a card, as the facts the table of moves asks for."""

from collections.abc import Mapping
from datetime import date

from dialogs.turn import Turn
from domain.case_guards import CaseFacts
from domain.deviation import DeviationState, Severity

_S = DeviationState


def facts_of(said: Mapping[str, str], turn: Turn) -> CaseFacts:
    """What has been said, as the facts the table of moves asks for."""
    severity = said.get("severity")
    return CaseFacts(
        now=turn.at,
        severity=Severity(severity) if severity in set(Severity) else None,
        type_code=said.get("type_code") or None,
        reason=said.get("reason") or None,
        requirement=said.get("requirement"),
        agreed=said.get("agreed") or None,
        consequence=said.get("consequence") or None,
        requested_action=said.get("requested_action") or None,
        is_paid=_bool(said.get("is_paid")),
        invoice_number=said.get("invoice_number") or None,
        was_supplier_told=_bool(said.get("was_supplier_told")),
        told_on=_day(said.get("told_on")),
        told_how=said.get("told_how") or None,
        told_whom=said.get("told_whom") or None,
        is_letter_reviewed=said.get("is_letter_reviewed") == "yes",
        answer_due_on=_day(said.get("answer_due_on")),
        promised_on=_day(said.get("promised_on")),
        registry_number=said.get("registry_number") or None,
        # Without a number the task *registreras* stands on the case until somebody fills it in.
        is_to_be_registered=not said.get("registry_number"),
        supplier_message=said.get("supplier_message") or None,
        how_verified=said.get("how_verified") or None,
        objection=said.get("objection") or None,
        decision_reference=said.get("decision_reference") or None,
        hold_until=_day(said.get("hold_until")),
    )


def of_old_card(state: DeviationState, fields: Mapping[str, str]) -> dict[str, str]:
    """Cards of before had one field for the reason and one for the day, whatever the move called them."""
    reason, day = fields.get("reason"), fields.get("day")
    names = {_S.DISPUTED: "objection", _S.SANCTIONED: "decision_reference", _S.CLAIMED_FIXED: "supplier_message"}
    said = {names.get(state, "how_verified" if state is _S.VERIFIED else "reason"): reason} if reason else {}
    return {**said, **({"hold_until" if state is _S.ON_HOLD else "answer_due_on": day} if day else {})}


def _bool(text: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(text or "")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
