"""What the traffic lights of all contracts take, in one plain query each: no row is unpacked that is not needed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, and_, bindparam, func, or_, select

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


# Built once: putting a statement together costs more than the database needs to carry it out.
_TODAY = bindparam("today", type_=Date)
_CONTRACTS = select(_C.contract_id, _C.contract_class, _C.department).where(
    _C.tenant_id == bindparam("own_tenant"),
    _C.closed_at.is_(None),
    is_active(_TODAY),
)
_MINE = _CONTRACTS.where(or_(*(part == bindparam("mail") for part in (_C.owner_mail, _C.manager_mail, _C.deputy_mail))))
_CASES = (
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
    .where(_D.tenant_id == bindparam("own_tenant"), _D.state.not_in(_NOT_OPEN), _D.contract_id.is_not(None))
    .order_by(_D.number)
)
_PLANS = (
    select(_P.deviation_id, func.min(_P.due_on).label("due_on"))
    .select_from(
        table_of(PlanActionRow).join(
            table_of(DeviationRow),
            and_(_D.tenant_id == _P.tenant_id, _D.deviation_id == _P.deviation_id),
        ),
    )
    .where(
        _P.tenant_id == bindparam("own_tenant"),
        _P.verdict.is_(None),
        _P.due_on < _TODAY,
        _D.state.not_in((*_NOT_OPEN, DeviationState.VERIFIED.value)),
    )
    .group_by(_P.deviation_id)
)
_HANDED_IN_ROWS = (
    select(_F.contract_id, func.max(_F.submitted_at).label("at"), func.max(_F.due_on).label("due"))
    .where(
        _F.tenant_id == bindparam("own_tenant"),
        _F.state.in_(_HANDED_IN),
        _F.submitted_at.is_not(None),
        _F.activity != Activity.EXTENSION_DECISION.value,
    )
    .group_by(_F.contract_id)
)
_HANDED_IN_OF_ONE = _HANDED_IN_ROWS.where(_F.contract_id == bindparam("contract_id"))


class Lights(Rows):
    """The facts behind the lights of a tenant's contracts."""

    async def contracts(self, today: date, *, mail: str | None = None) -> list[ContractGlimpse]:
        """The contracts in force; with `mail`, those the person owns, manages or deputises for."""
        if mail is None:
            rows = await self._fetch(_CONTRACTS, today=today)
        else:
            rows = await self._fetch(_MINE, today=today, mail=mail)
        return [
            ContractGlimpse(contract_id=ContractId(contract_id), contract_class=_CLASSES[code], department=department)
            for contract_id, code, department in rows
        ]

    async def open_cases(self, today: date) -> list[CaseGlimpse]:
        """Every open case that has a contract, by number."""
        passed = await self.plans_passed(today)
        return [
            CaseGlimpse(
                deviation_id=DeviationId(row.deviation_id),
                contract_id=ContractId(row.contract_id),
                number=row.number,
                type=row.type,
                severity=Severity(row.severity) if row.severity else None,
                state=DeviationState(row.state),
                deadline_on=row.deadline_on,
                failed_remedies=row.failed_remedies,
                plan_passed_on=passed.get(DeviationId(row.deviation_id)),
            )
            for row in await self._fetch(_CASES)
        ]

    async def plans_passed(self, today: date) -> dict[DeviationId, date]:
        """Open cases with an action of their plan that has passed its day unchecked, and the earliest such day."""
        rows = await self._fetch(_PLANS, today=today)
        return {DeviationId(row.deviation_id): row.due_on for row in rows}

    async def followed_up(self, contract_id: ContractId | None = None) -> dict[ContractId, tuple[datetime, date]]:
        """When each contract's last follow-up was handed in, and the latest day one of those handed in was due.

        Of one contract when it is named. Decisions about extension are no follow-ups.
        """
        if contract_id is None:
            rows = await self._fetch(_HANDED_IN_ROWS)
        else:
            rows = await self._fetch(_HANDED_IN_OF_ONE, contract_id=contract_id)
        return {ContractId(one): (at, due) for one, at, due in rows}


_CLASSES: dict[str | None, ContractClass | None] = {None: None, **{code.value: code for code in ContractClass}}
