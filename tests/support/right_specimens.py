"""One specimen of each card about rights and sanctions, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from cards.card import Card
from cards.rights import RightsView, rights_card
from cards.sanctions import ProposalLine, SanctionsView, sanctions_card
from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract import Contract, Renewal, RenewalKind
from domain.contract_right import ContractRight, RightKind
from domain.deviation import DeviationState
from domain.identifiers import ContractId
from domain.people import Language
from domain.sanction import SanctionGiven
from tests.support.deviations import deviation

_TODAY = date(2027, 3, 8)
_CONTRACT = Contract(
    contract_id=ContractId("0192f0c1-7b1a-7c3e-9a51-000000000081"),
    contract_number="2026-0147",
    title="Städning av skolor",
    suppliers=(),
    start_on=date(2026, 3, 1),
    end_on=date(2028, 2, 29),
    renewal=Renewal(kind=RenewalKind.NONE),
)
_RIGHTS = tuple(
    ContractRight(contract_id=_CONTRACT.contract_id, kind=kind, clause=clause, terms=terms, limit_days=days)
    for kind, clause, terms, days in (
        (RightKind.PENALTY, "§ 7.2", "5 000 kr per påbörjad vecka, högst tio veckor", None),
        (RightKind.PRICE_REDUCTION, "", "**i [skälig](https://example.org) mån**", None),
        (RightKind.DAMAGES, "§ 12", "", None),
        (RightKind.RECTIFICATION, "§ 6", "", None),
        (RightKind.COMPLAINT_TIME, "§ 6.1", "", 7),
    )
)
_CASE = deviation(number="AVV-2027-0042", state=DeviationState.VERIFIED, contract_id=_CONTRACT.contract_id)
_DECIDED = tuple(
    SanctionDecision(
        deviation_id=_CASE.deviation_id,
        kind=kind,
        answer=answer,
        reason=reason,
        reserved_until=until,
        reference=reference,
        amount_sek=amount,
        decided_by="karl.strand@exempelkommun.example",
        decided_at=datetime(2027, 3, 1, 9, tzinfo=UTC),
    )
    for kind, answer, reason, until, reference, amount in (
        (RightKind.PENALTY, SanctionAnswer.YES, "", None, "KS 2027/12", Decimal(15000)),
        (RightKind.PRICE_REDUCTION, SanctionAnswer.NO, "leverantören rättade samma dag", None, None, None),
        (RightKind.DAMAGES, SanctionAnswer.RESERVED, "", date(2027, 3, 5), None, None),
    )
)
_WAITING = SanctionsView(
    deviation=_CASE,
    contract=_CONTRACT,
    rights=_RIGHTS,
    decisions=(),
    undecided=_RIGHTS[:3],
    today=_TODAY,
    days_waited=12,
    may_decide=True,
    owner_name="Karl Strand",
)


def right_specimens(language: Language) -> Iterator[tuple[str, Card]]:
    """A contract's rights, and a case's sanctions as owner, manager and colleague see them."""
    rights = RightsView(contract=_CONTRACT, rights=_RIGHTS, today=_TODAY, may_change=True)
    yield "rights", rights_card(rights, language)
    yield "rights_changed", rights_card(replace(rights, changed=(RightKind.PENALTY, RightKind.RESCISSION)), language)
    yield "rights_none", rights_card(replace(rights, rights=()), language)
    yield "rights_read_only", rights_card(replace(rights, may_change=False), language)
    yield "sanctions", sanctions_card(_WAITING, language)
    yield "sanctions_before_closing", sanctions_card(replace(_WAITING, is_before_closing=True), language)
    decided = replace(_WAITING, decisions=_DECIDED, undecided=_RIGHTS[2:3], days_waited=3)
    yield "sanctions_decided", sanctions_card(decided, language)
    given = SanctionGiven(answer=SanctionAnswer.NO, reason="leverantören rättade samma dag")
    proposal = ProposalLine(kind=RightKind.PENALTY, given=given, by_name="Maria Åker")
    manager = replace(_WAITING, may_decide=False, may_propose=True, proposals=(proposal,), was_proposed=True)
    yield "sanctions_proposed", sanctions_card(manager, language)
    yield "sanctions_read_only", sanctions_card(replace(_WAITING, may_decide=False), language)
    yield "sanctions_none", sanctions_card(replace(_WAITING, rights=(), undecided=()), language)
    yield "sanctions_no_contract", sanctions_card(replace(_WAITING, contract=None, rights=(), undecided=()), language)
