"""Proposals to treat many small deviations as one large."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import bindparam
from sqlalchemy.engine import Row

from domain.deviation import Severity
from domain.identifiers import ContractId, JointProposalId
from domain.joint_proposal import JointProposal, JointProposalState
from storage.case_models import JointProposalRow
from storage.rows import Rows, columns_of, own_rows, table_of, these

_J = table_of(JointProposalRow)
_ALL = own_rows(JointProposalRow).order_by(_J.c.proposed_at, _J.c.joint_proposal_id)
_BY_ID = own_rows(JointProposalRow).where(these(_J.c.joint_proposal_id))
_OF_CONTRACTS = _ALL.where(these(_J.c.contract_id))
_OF_SUPPLIER = _ALL.where(_J.c.org_number == bindparam("org_number"))
_OPEN = _ALL.where(_J.c.state == JointProposalState.OPEN.value)


class JointProposals(Rows):
    """The tenant's proposals, oldest first."""

    async def get(self, joint_proposal_id: str) -> JointProposal | None:
        found = await self.by_ids([joint_proposal_id])
        return found.get(JointProposalId(joint_proposal_id))

    async def all(self) -> list[JointProposal]:
        return [_proposal(row) for row in await self._fetch(_ALL)]

    async def open(self) -> list[JointProposal]:
        return [_proposal(row) for row in await self._fetch(_OPEN)]

    async def by_ids(self, joint_proposal_ids: Collection[str]) -> dict[JointProposalId, JointProposal]:
        found = [_proposal(row) for row in await self._fetch_these(_BY_ID, joint_proposal_ids)]
        return {proposal.joint_proposal_id: proposal for proposal in found}

    async def of_supplier(self, org_number: str | None) -> list[JointProposal]:
        """Those about a supplier across its contracts; none when no supplier is named."""
        if org_number is None:
            return []
        return [_proposal(row) for row in await self._fetch(_OF_SUPPLIER, org_number=org_number)]

    async def of_contracts(self, contract_ids: Collection[ContractId]) -> list[JointProposal]:
        return [_proposal(row) for row in await self._fetch_these(_OF_CONTRACTS, contract_ids)]

    async def add(self, proposal: JointProposal) -> bool:
        """Keep a new one; False when one about the same already waits for its answer."""
        return await self._insert_new(JointProposalRow, [columns_of(proposal)]) == 1

    async def save(self, proposal: JointProposal) -> JointProposal:
        changed = replace(proposal, version=proposal.version + 1)
        await self._save(JointProposalRow, [columns_of(changed)])
        return changed


def _proposal(row: Row[tuple[object, ...]]) -> JointProposal:
    columns = {name: value for name, value in row._mapping.items() if name != "tenant_id"}  # noqa: SLF001 - the row's public mapping
    return JointProposal(
        **{
            **columns,
            "severity": Severity(row.severity),
            "state": JointProposalState(row.state),
            "evidence": tuple(row.evidence),
        },
    )
