"""A watched date as one person sees it, and whether it is theirs to act on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.contract import Contract, RenewalKind
from domain.errors import Refused
from domain.people import ContractRole, Person
from domain.watch import Watch, WatchState
from storage.events import Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

NEEDS_DECISION = frozenset({WatchState.TRIAGE, WatchState.LAPSED})
_DECIDING = frozenset({ContractRole.OWNER, ContractRole.CONTROLLER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWatch:
    """A watched date with what its card says."""

    watch: Watch
    contract: Contract
    today: date
    renews_automatically: bool
    notice_is_assumed: bool
    owner_name: str | None
    manager_name: str | None
    settled_by_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The date somebody wants to act on, with its contract and their parts in it."""

    watch: Watch
    contract: Contract
    parts: frozenset[ContractRole]

    @property
    def renews_automatically(self) -> bool:
        return self.contract.renewal.kind is RenewalKind.AUTOMATIC

    @property
    def needs_decision(self) -> bool:
        """It waits on the list *behöver beslut*."""
        return self.watch.state in NEEDS_DECISION

    def refuse_unless_deciding(self) -> None:
        """What stands on the list is the owner's or the controller's to decide."""
        if self.needs_decision and _DECIDING.isdisjoint(self.parts):
            raise Refused("watching.refused.not_yours_to_decide")


async def aim(unit: Unit, scene: Scene, person: Person, watch_id: str) -> Aim:
    """The date by its id; refused when it is not there, or belongs to a contract the person has no part in."""
    watch = await unit.watches.get(watch_id)
    contract = await unit.contracts.get(watch.contract_id) if watch else None
    if watch is None or contract is None:
        raise Refused("watching.refused.gone")
    parts = scene.roster.plays(person, contract)
    if not parts:
        raise Refused("watching.refused.not_yours")
    return Aim(watch=watch, contract=contract, parts=parts)


def seen(watch: Watch, contract: Contract, scene: Scene) -> SeenWatch:
    """The date as its card shows it."""
    owner, manager = scene.roster.owner_of(contract), scene.roster.manager_of(contract)
    settler = scene.roster.people.get(watch.settled_by or "")
    return SeenWatch(
        watch=watch,
        contract=contract,
        today=scene.today,
        renews_automatically=contract.renewal.kind is RenewalKind.AUTOMATIC,
        notice_is_assumed=contract.notice_months is None,
        owner_name=owner.name if owner else None,
        manager_name=manager.name if manager else None,
        settled_by_name=settler.name if settler else watch.settled_by,
    )


def subject_of(watch: Watch) -> str:
    """What its events and notices are about."""
    return f"watch:{watch.watch_id}"


def event_about(watch: Watch, kind: str, person: Person, scene: Scene, details: Mapping[str, object]) -> Event:
    """One event of a person's act on the date."""
    return new_event(
        kind=kind,
        subject=subject_of(watch),
        actor=person.mail,
        at=scene.now,
        details={"contract_id": watch.contract_id, **details},
    )
