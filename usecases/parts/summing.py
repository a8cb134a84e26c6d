"""Many small become one large, at work: what adds up is proposed, once, to those who may gather it (domain.md 7.3)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from uuid6 import uuid7

from domain.adding_up import Sum, only_supplier, sum_at_supplier, sum_on_contract, supplier_in_red
from domain.contract import Contract
from domain.deviation import Deviation
from domain.identifiers import ContractId, DeviationId, JointProposalId
from domain.joint_proposal import JointProposal, JointProposalState
from domain.light import Light, glimpse, light_of
from domain.notice import NoticeKind, new_notice
from domain.people import ContractRole, Person
from domain.severity import day_of, occurrences
from storage.events import CLOCK, new_event
from storage.rows import StaleRow
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene


class Summing:
    """Looks at what deviations come to together. Somebody else opens and commits the unit."""

    def __init__(self, unit: Unit, scene: Scene) -> None:
        self._unit = unit
        self._scene = scene

    async def on_contract(self, contract: Contract, rows: Sequence[Deviation], types: Sequence[str]) -> None:
        """Propose what these types come to on one contract; `rows` are all its registered deviations."""
        proposals = await self._unit.joint_proposals.of_contracts([contract.contract_id])
        gathered = await self._unit.joint_proposals.of_supplier(only_supplier(contract))
        rules, today = self._scene.rules.supplier_ladder, self._scene.today
        for type_code in types:
            found = sum_on_contract(rows, contract, type_code, [*proposals, *gathered], rules, today)
            if found is not None:
                await self._propose(found, proposals, {row.deviation_id: row for row in rows}, contract)

    async def at_supplier(self, contract: Contract, types: Sequence[str]) -> None:
        """Propose what these types come to at the contract's only supplier, and tell of one that is red in two places."""
        org_number = only_supplier(contract)
        if org_number is None:
            return
        ids = await self._unit.contracts.ids_of_supplier(org_number)
        if len(ids) == 1:
            return
        contracts = {
            key: one
            for key, one in (await self._unit.contracts.by_ids(ids)).items()
            if only_supplier(one) == org_number
        }
        rows = await self._unit.deviations.of_contracts(contracts)
        proposals = await self._proposals_of(contracts, org_number)
        by_id = {row.deviation_id: row for row in rows}
        rules, today = self._scene.rules.supplier_ladder, self._scene.today
        for type_code in types:
            found = sum_at_supplier(rows, contracts, org_number, type_code, proposals, rules, today)
            if found is not None and not self._is_internal(type_code):
                await self._propose(found, proposals, by_id, None)
        red = supplier_in_red(await self._red(rows, contracts), contracts, org_number, proposals)
        if red is not None:
            await self._propose(red, proposals, by_id, None)

    async def _proposals_of(self, contracts: Mapping[ContractId, Contract], org_number: str) -> list[JointProposal]:
        of_contracts = await self._unit.joint_proposals.of_contracts(contracts)
        return [*of_contracts, *await self._unit.joint_proposals.of_supplier(org_number)]

    async def _red(self, rows: Sequence[Deviation], contracts: Mapping[ContractId, Contract]) -> list[Deviation]:
        """The open cases that make one of the contracts red, oldest first."""
        passed = await self._unit.lights.plans_passed(self._scene.today)
        found = []
        for row in sorted(rows, key=day_of):
            contract = contracts.get(row.contract_id) if row.contract_id else None
            kind = self._scene.in_force.deviation_types.get(row.type or "")
            if contract is None or not row.is_open or (kind is not None and kind.is_internal):
                continue
            seen = glimpse(row, contract.contract_id, plan_passed_on=passed.get(row.deviation_id))
            if light_of([seen], None, None, self._scene.today).light is Light.RED:
                found.append(row)
        return found

    async def _propose(
        self,
        found: Sum,
        proposals: Sequence[JointProposal],
        rows: Mapping[DeviationId, Deviation],
        contract: Contract | None,
    ) -> None:
        """A new proposal, or the open one with what has come since."""
        waiting = next((one for one in proposals if one.is_open and _is_about(one, found)), None)
        if waiting is None:
            new = self._new(found)
            if await self._unit.joint_proposals.add(new):
                await self._tell(new, contract, "joint.proposed")
            return
        if set(found.evidence) <= set(waiting.evidence):
            return
        with suppress(StaleRow):  # somebody is answering it at this moment; what comes next will be weighed anew
            renewed = await self._unit.joint_proposals.save(_renewed(waiting, found, rows))
            await self._tell(renewed, contract, "joint.renewed")

    def _new(self, found: Sum) -> JointProposal:
        return JointProposal(
            joint_proposal_id=JointProposalId(str(uuid7())),
            contract_id=found.contract_id,
            org_number=found.org_number,
            supplier_name=found.supplier_name,
            type=found.type,
            severity=found.severity,
            evidence=found.evidence,
            occurrence_count=found.occurrence_count,
            state=JointProposalState.OPEN,
            proposed_at=self._scene.now,
        )

    async def _tell(self, proposal: JointProposal, contract: Contract | None, what: str) -> None:
        subject = f"joint:{proposal.joint_proposal_id}"
        told = list(self._who(proposal, contract))
        notices = [
            new_notice(
                self._unit.tenant_id,
                kind=NoticeKind.JOINT_PROPOSED,
                subject=subject,
                # A supplier that is red in two places is told of once more only when it is red in a third.
                occurrence=str(proposal.occurrence_count if proposal.is_supplier_case else len(proposal.evidence)),
                step="proposed",
                role=role,
                recipient_mail=person.mail,
                not_before=self._scene.post.digest_moment(person, self._scene.now),
            )
            for role, person in told
        ]
        details = {
            "type": proposal.type,
            "severity": proposal.severity.value,
            "evidence": list(proposal.evidence),
            "contract_id": proposal.contract_id,
            "org_number": proposal.org_number,
            "to": [person.mail for _, person in told],
        }
        event = new_event(kind=what, subject=subject, actor=CLOCK, at=self._scene.now, details=details)
        await self._unit.notices.add_all(notices, at=self._scene.now)
        await self._unit.events.add_all([event])

    def _who(self, proposal: JointProposal, contract: Contract | None) -> Iterator[tuple[ContractRole, Person]]:
        """The manager for what is on one contract; the controller across contracts, and for what is kept from managers."""
        kind = self._scene.in_force.deviation_types.get(proposal.type)
        only_controller = contract is None or (kind is not None and kind.only_controller_and_legal)
        role = ContractRole.CONTROLLER if only_controller else ContractRole.MANAGER
        yield from ((role, person) for person in self._scene.roster.who(role, contract))

    def _is_internal(self, type_code: str) -> bool:
        kind = self._scene.in_force.deviation_types.get(type_code)
        return kind is not None and kind.is_internal


def _is_about(proposal: JointProposal, found: Sum) -> bool:
    same_place = proposal.contract_id == found.contract_id and proposal.org_number == found.org_number
    return same_place and proposal.type == found.type


def _renewed(waiting: JointProposal, found: Sum, rows: Mapping[DeviationId, Deviation]) -> JointProposal:
    """The same proposal with more evidence. What has gone out of the window while it waited is evidence still."""
    if waiting.severity is not found.severity or waiting.is_supplier_case:
        return replace(
            waiting,
            severity=found.severity,
            evidence=found.evidence,
            occurrence_count=found.occurrence_count,
        )
    ids = set(waiting.evidence) | set(found.evidence)
    together = sorted((row for row in rows.values() if row.deviation_id in ids), key=day_of)
    return replace(
        waiting,
        evidence=tuple(row.deviation_id for row in together),
        occurrence_count=max(occurrences(together), found.occurrence_count),
    )
