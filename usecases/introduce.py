"""What the bot says of itself to one person: the welcome, a sample, and what help fits their parts."""

from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from domain.contract import Contract, ContractClass, ContractSupplier, Renewal, RenewalKind
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import ContractId, FollowupId, NoticeId, TenantId
from domain.letter import Letter, WelcomeItem
from domain.notice import NoticeKind
from domain.people import Person, Role
from domain.roster import Roster
from usecases.parts.letters import followup_item
from usecases.parts.scene import Scene, read_scene
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What somebody can do here."""

    is_responsible: bool
    is_controller: bool
    contact_name: str | None


async def parts_of(world: World, tenant_id: TenantId, person: Person) -> Parts:
    """The parts a person plays, and who to ask."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        mine = await unit.contracts.of_person(person.mail)
    return Parts(
        is_responsible=bool(mine),
        is_controller=person.is_controller,
        contact_name=_contact(scene.roster),
    )


async def welcome(world: World, tenant_id: TenantId, person: Person) -> Letter | None:
    """The one welcome, or None when they have had it."""
    async with world.store.open(tenant_id) as unit:
        route = (await unit.people.routes([person.person_id])).get(person.person_id)
        if route is None or route.welcomed_at is not None:
            return None
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        has_part = bool(person.roles or await unit.contracts.of_person(person.mail))
        await unit.people.save_route(person.person_id, welcomed_at=scene.now)
        await unit.events.add(
            kind="person.welcomed",
            subject=f"person:{person.person_id}",
            actor=person.mail,
            at=scene.now,
        )
        await unit.commit()
    item = WelcomeItem(
        notice_id=NoticeId(f"welcome-{person.person_id}"),
        kind=NoticeKind.WELCOME,
        organisation=scene.tenant.name,
        contact_name=_contact(scene.roster),
        has_part=has_part,
    )
    return Letter(recipient=person, language=person.speaks, items=(item,), today=scene.today)


async def sample(world: World, tenant_id: TenantId, person: Person) -> Letter:
    """A nudge as it would look, about a contract that does not exist."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
    contract = _sample_contract(person, scene.today)
    item = followup_item(
        NoticeId("sample"),
        NoticeKind.FOLLOWUP_NUDGE,
        "N0",
        _sample_followup(contract, scene),
        contract,
        scene,
        scene.today,
    )
    return Letter(recipient=person, language=person.speaks, items=(item,), today=scene.today, is_sample=True)


def _contact(roster: Roster) -> str | None:
    controllers = roster.with_role(Role.CONTRACT_CONTROLLER)
    return controllers[0].name if controllers else None


def _sample_contract(person: Person, today: date) -> Contract:
    return Contract(
        contract_id=ContractId("sample"),
        contract_number="0000-0001",
        title="Frukt till personalrummen",
        suppliers=(ContractSupplier(org_number="0000000000", name="Exempelfrukt AB", lot="Frukt"),),
        start_on=date(today.year - 1, 1, 1),
        end_on=date(today.year + 1, 12, 31),
        renewal=Renewal(kind=RenewalKind.NONE),
        contract_class=ContractClass.CRITICAL,
        manager_mail=person.mail,
    )


def _sample_followup(contract: Contract, scene: Scene) -> Followup:
    due_on = scene.calendar.add_open_days(scene.today, 10)
    row = Followup(
        followup_id=FollowupId("sample"),
        contract_id=contract.contract_id,
        activity=Activity.QUARTERLY,
        period_key=due_on.isoformat(),
        plan_version=1,
        due_on=due_on,
        state=FollowupState.NOTIFIED,
        contract_class=contract.contract_class,
        ruleset_number=scene.rules.number,
        modules=("PU", "LK"),
        template_versions=MappingProxyType({}),
    )
    return replace(row, rungs_done=1, reminder_level="N0")
