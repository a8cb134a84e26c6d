"""Many small become one large: on one contract, or at one supplier across contracts and departments (domain.md 7.3, 8.1 t7)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.contract import Contract
from domain.deviation import ENDED_STATES, Deviation, DeviationState, Severity
from domain.identifiers import ContractId, DeviationId
from domain.joint_proposal import SUPPLIER_CASE, JointProposal, JointProposalState
from domain.rules.ladders import SupplierLadderRules
from domain.severity import aggregate, day_of, occurrences, within_window

_RUNGS = ((Severity.MODERATE, Severity.SERIOUS), (Severity.MINOR, Severity.MODERATE))
"""What several of one severity come to, the graver first."""
_FEWEST_CONTRACTS = 2
"""Before it is about the supplier rather than about a contract."""
_TAKEN_BACK = (ENDED_STATES - {DeviationState.CLOSED}) | {DeviationState.DRAFT}
"""States of what turned out to be nothing, or another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Deviations that come to something graver together."""

    contract_id: ContractId | None
    """None when it is about a supplier across contracts."""
    org_number: str | None
    supplier_name: str
    type: str
    severity: Severity
    evidence: tuple[DeviationId, ...]
    """Oldest first."""
    occurrence_count: int


def only_supplier(contract: Contract) -> str | None:
    """The organisation number of the contract's only supplier; None where a fault may be any of several suppliers'."""
    numbers = {supplier.org_number for supplier in contract.suppliers}
    return next(iter(numbers)) if len(numbers) == 1 else None


def sum_on_contract(
    rows: Iterable[Deviation],
    contract: Contract,
    type_code: str,
    proposals: Sequence[JointProposal],
    rules: SupplierLadderRules,
    today: date,
) -> Sum | None:
    """What the contract's deviations of one type come to, or None. What has been decided on already is left out."""
    spent = _spent(proposals, [one for one in proposals if one.contract_id == contract.contract_id])
    unspent = [row for row in rows if row.deviation_id not in spent]
    found = aggregate(
        unspent,
        type_code=type_code,
        today=today,
        contract_class=contract.contract_class,
        rules=rules,
    )
    if found is None:
        return None
    return Sum(
        contract_id=contract.contract_id,
        org_number=None,
        supplier_name=contract.supplier_names,
        type=type_code,
        severity=found.severity,
        evidence=tuple(event.deviation_id for event in found.evidence),
        occurrence_count=found.occurrences,
    )


def sum_at_supplier(
    rows: Iterable[Deviation],
    contracts: Mapping[ContractId, Contract],
    org_number: str,
    type_code: str,
    proposals: Sequence[JointProposal],
    rules: SupplierLadderRules,
    today: date,
) -> Sum | None:
    """What one type comes to at a supplier across its contracts; None while it is on one contract only.

    Each deviation counts for as long as the class of its own contract says.
    """
    spent = _spent(proposals, [one for one in proposals if one.org_number == org_number])
    unspent = [row for row in rows if row.deviation_id not in spent and row.type == type_code]
    current = [row for row in unspent if row.contract_id in contracts and _is_current(row, contracts, rules, today)]
    for small, large in _RUNGS:
        found = sorted((row for row in current if row.severity is small), key=day_of)
        total = occurrences(found)
        if total < rules.repeats or len({row.contract_id for row in found}) < _FEWEST_CONTRACTS:
            continue
        return Sum(
            contract_id=None,
            org_number=org_number,
            supplier_name=_name(contracts, org_number),
            type=type_code,
            severity=large,
            evidence=tuple(row.deviation_id for row in found),
            occurrence_count=total,
        )
    return None


def supplier_in_red(
    red_cases: Sequence[Deviation],
    contracts: Mapping[ContractId, Contract],
    org_number: str,
    proposals: Sequence[JointProposal],
) -> Sum | None:
    """A supplier with red cases on two contracts or more, when nobody has taken that up or said no to it already (t7)."""
    own = [one for one in proposals if one.org_number == org_number and one.is_supplier_case]
    is_taken_up = any(one.state is JointProposalState.ACCEPTED for one in own)
    red_on = {row.contract_id for row in red_cases}
    known = {known for one in own if one.state is not JointProposalState.ACCEPTED for known in one.evidence}
    news = [row for row in red_cases if row.deviation_id not in known]
    if is_taken_up or len(red_on) < _FEWEST_CONTRACTS or not news:
        return None
    return Sum(
        contract_id=None,
        org_number=org_number,
        supplier_name=_name(contracts, org_number),
        type=SUPPLIER_CASE,
        severity=Severity.SERIOUS,
        evidence=tuple(row.deviation_id for row in red_cases),
        occurrence_count=len(red_on),
    )


def still_counts(row: Deviation) -> bool:
    """Whether a deviation is still evidence: not dismissed or merged into another since."""
    return row.state not in _TAKEN_BACK


def _spent(proposals: Sequence[JointProposal], own: Collection[JointProposal]) -> frozenset[DeviationId]:
    """What somebody has gathered anywhere, and what has been said no to just here, is not proposed again."""
    gathered = [one for one in proposals if one.state is JointProposalState.ACCEPTED and not one.is_supplier_case]
    refused = [one for one in own if one.state is JointProposalState.DECLINED and not one.is_supplier_case]
    return frozenset(known for one in (*gathered, *refused) for known in one.evidence)


def _is_current(
    row: Deviation,
    contracts: Mapping[ContractId, Contract],
    rules: SupplierLadderRules,
    today: date,
) -> bool:
    contract = contracts.get(row.contract_id) if row.contract_id else None
    found = within_window(
        [row],
        type_code=row.type or "",
        today=today,
        contract_class=contract.contract_class if contract else None,
        rules=rules,
    )
    return bool(found)


def _name(contracts: Mapping[ContractId, Contract], org_number: str) -> str:
    named = (supplier for contract in contracts.values() for supplier in contract.suppliers)
    return next((supplier.name for supplier in named if supplier.org_number == org_number), org_number)
