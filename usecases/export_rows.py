"""Everything the organisation owns, as plain rows for other systems."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.contract import Contract
from domain.flags import contract_flags
from domain.identifiers import TenantId
from domain.watch import WatchState
from storage.unit_of_work import Unit
from usecases.parts.lighting import read_lighting, seen_outside
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

Row = Mapping[str, Any]


class Export(StrEnum):
    """What can be exported."""

    CONTRACTS = "contracts"
    FOLLOWUPS = "followups"
    DEVIATIONS = "deviations"
    NOTICES = "notices"
    EVENTS = "events"
    WATCHES = "watches"
    PEOPLE = "people"


async def export_rows(world: World, tenant_id: TenantId, what: Export) -> list[Row]:
    """All rows of one kind as JSON-ready values: people by mail address, times in ISO 8601 UTC, None where empty."""
    async with world.store.read(tenant_id) as unit:
        if await unit.tenant.get() is None:
            return []
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return await _EXPORTS[what](unit, scene)


async def _contracts(unit: Unit, scene: Scene) -> list[Row]:
    living = scene.roster.living_mails
    waiting = {watch.contract_id for watch in await unit.watches.needing_decision()}
    lighting = await read_lighting(unit, scene, seen_outside(scene))
    return [
        {
            "id": row.contract_id,
            "contract_number": row.contract_number,
            "title": row.title,
            "suppliers": [{"org_number": one.org_number, "name": one.name, "lot": one.lot} for one in row.suppliers],
            "department": row.department,
            "area": row.area,
            "class": row.contract_class,
            "owner": row.owner_mail,
            "manager": row.manager_mail,
            "deputy": row.deputy_mail,
            "start_on": _text(row.start_on),
            "end_on": _text(row.end_on),
            "renewal": {"kind": row.renewal.kind, "count": row.renewal.count, "months": row.renewal.months},
            "notice_months": row.notice_months,
            "annual_value_sek": _text(row.annual_value_sek),
            "ceiling_sek": _text(row.ceiling_sek),
            "state": row.state_on(scene.today),
            "flags": list(
                contract_flags(
                    row,
                    scene.rules,
                    scene.calendar,
                    scene.today,
                    living,
                    has_triage=row.contract_id in waiting,
                ),
            ),
            "plan_version": row.plan_version,
            "status_light": lighting.of(row.contract_id, row.contract_class).light,
        }
        for row in await unit.contracts.all()
    ]


async def _followups(unit: Unit, scene: Scene) -> list[Row]:
    contracts = await _by_id(unit)
    return [
        {
            "id": row.followup_id,
            "contract_id": row.contract_id,
            "contract_number": contracts[row.contract_id].contract_number,
            "activity": row.activity,
            "period_key": row.period_key,
            "plan_version": row.plan_version,
            "state": row.state,
            "due_on": _text(row.due_on),
            "is_overdue": row.is_overdue_on(scene.today),
            "reminder_level": row.reminder_level,
            "owner": contracts[row.contract_id].owner_mail,
            "manager": contracts[row.contract_id].manager_mail,
            "class": row.contract_class,
            "modules": list(row.modules),
            "submitted_at": _text(row.submitted_at),
            "accepted_at": _text(row.accepted_at),
            "closed_reason": row.closed_reason,
        }
        for row in await unit.followups.all()
    ]


async def _deviations(unit: Unit, _scene: Scene) -> list[Row]:
    return [
        {
            "id": row.deviation_id,
            "number": row.number,
            "contract_id": row.contract_id,
            "contract_number": row.contract_number,
            "type": row.type,
            "severity": row.severity,
            "state": row.state,
            "ladder_step": row.ladder_step,
            "proposed_step": row.proposed_step,
            "reported_by": row.reported_by,
            "reported_at": _text(row.reported_at),
            "description": row.description,
            "location": row.location,
            "occurrence_count": row.occurrence_count,
            "occurred_from": _text(row.occurred_from),
            "occurred_to": _text(row.occurred_to),
            "amount_sek": _text(row.amount_sek),
            "deadline_on": _text(row.deadline_on),
            "source": row.source,
        }
        for row in await unit.deviations.all()
    ]


async def _notices(unit: Unit, _scene: Scene) -> list[Row]:
    return [
        {
            "id": row.notice_id,
            "kind": row.kind,
            "subject": row.subject,
            "occurrence": row.occurrence,
            "step": row.step,
            "recipient": row.recipient_mail,
            "state": row.state,
            "not_before": _text(row.not_before),
            "sent_at": _text(row.sent_at),
            "reason": row.reason,
        }
        for row in await unit.notices.all()
    ]


async def _events(unit: Unit, _scene: Scene) -> list[Row]:
    return [
        {
            "id": row.event_id,
            "at": _text(row.at),
            "kind": row.kind,
            "subject": row.subject,
            "actor": row.actor,
            "details": dict(row.details),
        }
        for row in await unit.events.all()
    ]


async def _watches(unit: Unit, _scene: Scene) -> list[Row]:
    contracts = await _by_id(unit)
    return [
        {
            "id": row.watch_id,
            "contract_id": row.contract_id,
            "contract_number": contracts[row.contract_id].contract_number,
            "kind": row.kind,
            "period_key": row.period_key,
            "on": _text(row.on),
            "notice_deadline": _text(row.notice_deadline),
            "state": row.state,
            "needs_decision": row.state in {WatchState.TRIAGE, WatchState.LAPSED},
            "decision": dict(row.decision) if row.decision else None,
        }
        for row in await unit.watches.all()
    ]


async def _people(unit: Unit, scene: Scene) -> list[Row]:
    people = await unit.people.all()
    routes = await unit.people.routes([row.person_id for row in people])
    return [
        {
            "id": row.person_id,
            "mail": row.mail,
            "name": row.name,
            "department": row.department,
            "roles": sorted(row.roles),
            "is_listed": row.is_listed,
            "works_here": scene.roster.living(row.mail) is not None,
            "may_receive": scene.may_receive(row),
            "reachability": routes[row.person_id].reachability,
        }
        for row in people
    ]


_EXPORTS = {
    Export.CONTRACTS: _contracts,
    Export.FOLLOWUPS: _followups,
    Export.DEVIATIONS: _deviations,
    Export.NOTICES: _notices,
    Export.EVENTS: _events,
    Export.WATCHES: _watches,
    Export.PEOPLE: _people,
}


async def _by_id(unit: Unit) -> dict[str, Contract]:
    return {row.contract_id: row for row in await unit.contracts.all()}


def _text(value: date | datetime | Decimal | None) -> str | None:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if value is not None else None
