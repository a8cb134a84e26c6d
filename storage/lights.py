"""What the traffic lights of all contracts take, in one plain query each: no row is unpacked that is not needed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select

from domain.contract import ContractClass
from domain.deviation import ENDED_STATES, DeviationState, Severity
from domain.followup import Activity, FollowupState
from domain.identifiers import ContractId, DeviationId
from domain.light import CaseGlimpse
from storage.case_models import PlanActionRow
from storage.models import ContractRow, DeviationRow, FollowupRow
from storage.overview import is_active
from storage.rows import Rows, table_of

_C, _D, _F, _P = (table_of(row).c for row in (ContractRow, DeviationRow, FollowupRow, PlanActionRow))
_NOT_OPEN = (DeviationState.DRAFT.value, *sorted(state.value for state in ENDED_STATES))
_HANDED_IN = (FollowupState.SUBMITTED.value, FollowupState.ACCEPTED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractGlimpse:
    """As much of a contract in force as the light takes."""

    contract_id: ContractId
    contract_class: ContractClass | None
    department: str | None


class Lights(Rows):
    """The facts behind the lights of a tenant's contracts."""

    async def contracts(self, today: date, *, mail: str | None = None) -> list[ContractGlimpse]:
        """The contracts in force; with `mail`, those the person owns, manages or deputises for."""
        statement = select(_C.contract_id, _C.contract_class, _C.department).where(
            _C.tenant_id == self._tenant_id,
            _C.closed_at.is_(None),
            is_active(today),
        )
        if mail is not None:
            statement = statement.where(or_(_C.owner_mail == mail, _C.manager_mail == mail, _C.deputy_mail == mail))
        rows = await self._connection.execute(statement)
        return [
            ContractGlimpse(
                contract_id=ContractId(contract_id),
                contract_class=_CLASSES[code],
                department=department,
            )
            for contract_id, code, department in rows
        ]

    async def open_cases(self, today: date) -> list[CaseGlimpse]:
        """Every open case that has a contract, by number."""
        passed = await self.plans_passed(today)
        rows = await self._connection.execute(
            select(
                _D.deviation_id,
                _D.contract_id,
                _D.number,
                _D.type,
                _D.severity,
                _D.state,
                _D.deadline_on,
                _D.failed_remedies,
            )
            .where(_D.tenant_id == self._tenant_id, _D.state.not_in(_NOT_OPEN), _D.contract_id.is_not(None))
            .order_by(_D.number),
        )
        return [
            CaseGlimpse(
                deviation_id=DeviationId(row.deviation_id),
                contract_id=ContractId(row.contract_id or ""),
                number=row.number,
                type=row.type,
                severity=Severity(row.severity) if row.severity else None,
                state=DeviationState(row.state),
                deadline_on=row.deadline_on,
                failed_remedies=row.failed_remedies,
                plan_passed_on=passed.get(DeviationId(row.deviation_id)),
            )
            for row in rows
        ]

    async def plans_passed(self, today: date) -> dict[DeviationId, date]:
        """Open cases with an action of their plan that has passed its day unchecked, and the earliest such day."""
        join = and_(_D.tenant_id == _P.tenant_id, _D.deviation_id == _P.deviation_id)
        rows = await self._connection.execute(
            select(_P.deviation_id, func.min(_P.due_on).label("due_on"))
            .select_from(table_of(PlanActionRow).join(table_of(DeviationRow), join))
            .where(
                _P.tenant_id == self._tenant_id,
                _P.verdict.is_(None),
                _P.due_on < today,
                _D.state.not_in((*_NOT_OPEN, DeviationState.VERIFIED.value)),
            )
            .group_by(_P.deviation_id),
        )
        return {DeviationId(row.deviation_id): row.due_on for row in rows}

    async def followed_up(self, contract_id: ContractId | None = None) -> dict[ContractId, tuple[datetime, date]]:
        """When each contract's last follow-up was handed in, and the latest day one of those handed in was due.

        Of one contract when it is named. Decisions about extension are no follow-ups.
        """
        statement = (
            select(_F.contract_id, func.max(_F.submitted_at).label("at"), func.max(_F.due_on).label("due"))
            .where(
                _F.tenant_id == self._tenant_id,
                _F.state.in_(_HANDED_IN),
                _F.submitted_at.is_not(None),
                _F.activity != Activity.EXTENSION_DECISION.value,
            )
            .group_by(_F.contract_id)
        )
        if contract_id is not None:
            statement = statement.where(_F.contract_id == contract_id)
        rows = await self._connection.execute(statement)
        return {ContractId(row.contract_id): (row.at, row.due) for row in rows}


_CLASSES: dict[str | None, ContractClass | None] = {None: None, **{code.value: code for code in ContractClass}}
