"""Everything about one supplier across its contracts, for somebody who may ask about them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.adding_up import only_supplier
from domain.case_file import SanctionAnswer
from domain.contract import Contract
from domain.deviation import Deviation, Severity
from domain.due_dates import add_months
from domain.identifiers import ContractId, TenantId
from domain.joint_proposal import JointProposal, JointProposalState
from domain.light import ContractLight
from domain.people import Person
from usecases.questions.asking import Answer, Inquiry, inquiry
from usecases.questions.list_deviations import OpenDeviation, by_weight
from usecases.questions.list_lights import read_lights
from usecases.world import World

_YEAR_MONTHS = 12
_LIVE = frozenset({JointProposalState.OPEN, JointProposalState.ACCEPTED})
_UNLIT = 4
"""After every light: a contract that is not in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractOfSupplier:
    """One of the supplier's contracts."""

    contract: Contract
    light: ContractLight | None
    owner_name: str | None
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSupplier:
    """One supplier with all that is going on."""

    name: str
    org_number: str
    contracts: tuple[ContractOfSupplier, ...]
    open_cases: tuple[OpenDeviation, ...]
    year_by_severity: Mapping[Severity | None, int]
    ever_count: int
    sanctions: Mapping[SanctionAnswer, int]
    case: JointProposal | None
    """The supplier case, proposed or begun; for the controller only."""
    case_opened_by: str | None
    waiting: tuple[JointProposal, ...]
    """Other proposals that wait for the controller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSupplier:
    """What some words led to: one supplier, the names of several, or none."""

    whole: WholeSupplier | None
    several: tuple[str, ...]
    as_of: datetime
    is_own: bool
    has_contracts: bool


async def find_supplier(world: World, tenant_id: TenantId, person: Person, words: str) -> FoundSupplier:
    """The supplier among the asker's contracts whose name has the words, or that has this organisation number."""
    async with inquiry(world, tenant_id, person) as asked:
        contracts = await asked.contracts()
        names = _matching(contracts, words)
        is_one = len(names) == 1
        answer: Answer[Contract] = asked.answer(())
        return FoundSupplier(
            whole=await _whole(asked, *next(iter(names.items())), contracts) if is_one else None,
            several=() if is_one else tuple(sorted(set(names.values()))),
            as_of=answer.as_of,
            is_own=answer.is_own,
            has_contracts=answer.has_contracts,
        )


def _matching(contracts: Sequence[Contract], words: str) -> dict[str, str]:
    """Organisation number to name. A name written out in full goes before those that only hold the words."""
    sought = words.casefold().split()
    digits = "".join(sign for sign in words if sign.isdigit())
    suppliers = {one.org_number: one.name for contract in contracts for one in contract.suppliers}
    by_number = {number: name for number, name in suppliers.items() if digits and number == digits}
    by_name = {number: name for number, name in suppliers.items() if name.casefold().split() == sought}
    holding = {
        number: name for number, name in suppliers.items() if sought and all(word in name.casefold() for word in sought)
    }
    return by_number or by_name or holding


async def _whole(asked: Inquiry, org_number: str, name: str, contracts: Sequence[Contract]) -> WholeSupplier:
    mine = {row.contract_id: row for row in contracts if any(one.org_number == org_number for one in row.suppliers)}
    alone = {key for key, row in mine.items() if only_supplier(row) == org_number}
    rows = [row for row in await asked.unit.deviations.of_contracts(mine) if asked.may_see(row, _of(row, mine))]
    # What happened on a contract with several suppliers may be another's, and a joint case stands for others that
    # are counted one by one: both are shown and not counted.
    counted = [row for row in rows if row.contract_id in alone and not row.is_joint]
    year = add_months(asked.scene.today, -_YEAR_MONTHS)
    lately = [row for row in counted if asked.scene.post.day_of(row.reported_at) > year]
    proposals = [] if asked.is_own else await asked.unit.joint_proposals.of_supplier(org_number)
    case = next((one for one in proposals if one.is_supplier_case and one.state in _LIVE), None)
    opener = asked.scene.roster.people.get(case.decided_by or "") if case else None
    return WholeSupplier(
        name=name,
        org_number=org_number,
        contracts=await _contracts(asked, mine.values(), org_number),
        open_cases=_open(asked, [*rows, *await _joint(asked, proposals)], mine),
        year_by_severity=Counter(row.severity for row in lately),
        ever_count=len(counted),
        sanctions=await _sanctions(asked, [row.deviation_id for row in lately]),
        case=case,
        case_opened_by=opener.name if opener else None,
        waiting=tuple(one for one in proposals if one.is_open and not one.is_supplier_case),
    )


async def _joint(asked: Inquiry, proposals: Iterable[JointProposal]) -> list[Deviation]:
    """The cases that have been gathered across the supplier's contracts."""
    ids = [one.deviation_id for one in proposals if one.deviation_id is not None]
    return list((await asked.unit.deviations.by_ids(ids)).values())


async def _contracts(
    asked: Inquiry,
    contracts: Iterable[Contract],
    org_number: str,
) -> tuple[ContractOfSupplier, ...]:
    lit = {row.contract_id: row.light for row in await read_lights(asked)}
    rows = [
        ContractOfSupplier(
            contract=row,
            light=lit.get(row.contract_id),
            owner_name=owner.name if (owner := asked.scene.roster.owner_of(row)) else None,
            is_shared=only_supplier(row) != org_number,
        )
        for row in contracts
    ]
    return tuple(sorted(rows, key=_weight))


def _open(
    asked: Inquiry,
    rows: Iterable[Deviation],
    contracts: Mapping[ContractId, Contract],
) -> tuple[OpenDeviation, ...]:
    found = [
        OpenDeviation(
            deviation=row,
            contract=_of(row, contracts),
            kind=asked.kind_of(row),
            is_past_deadline=row.deadline_on is not None and row.deadline_on < asked.scene.today,
        )
        for row in rows
        if row.is_open
    ]
    return tuple(sorted(found, key=by_weight))


async def _sanctions(asked: Inquiry, deviation_ids: Collection[str]) -> Counter[SanctionAnswer]:
    files = await asked.unit.case_files.of_many(deviation_ids)
    return Counter(decision.answer for file in files.values() for decision in file.decisions)


def _of(row: Deviation, contracts: Mapping[ContractId, Contract]) -> Contract | None:
    return contracts.get(row.contract_id) if row.contract_id else None


def _weight(row: ContractOfSupplier) -> tuple[int, str]:
    return row.light.light.rank if row.light else _UNLIT, row.contract.contract_number
