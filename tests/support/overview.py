"""An organisation with something of everything a controller may ask about."""

from datetime import date
from typing import Any

from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.deviation import Deviation, Severity
from domain.followup import Followup
from domain.identifiers import ContractId, DeviationId, FollowupId, WatchId
from domain.people import Role
from domain.watch import Watch, WatchKind, WatchState
from tests.support.deviations import deviation
from tests.support.followups import followup
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, person

MIA, OLLE, CARIN, PIA = PEOPLE
EVA = person("Eva Ek", department="Skolförvaltningen")
LENA = person("Lena Lag", Role.LEGAL_COUNSEL)
DORA = person("Dora Dataskydd", Role.DPO)
STIG = person("Stig Stranger")
GONE = person("Gösta Gången", has_left=True)
EVERYBODY = (*PEOPLE, EVA, LENA, DORA, STIG, GONE)
NOW = local("2027-01-25", "09:00")

STADNING = contract("2026-0147")
MAT = contract(
    "2026-0148",
    title="Mat till förskolor",
    area="Livsmedel",
    contract_class=ContractClass.HIGH,
    owner_mail=EVA.mail,
    manager_mail=EVA.mail,
    department="Skolförvaltningen",
)
LARM = contract(
    "2026-0149",
    title="Larmtjänster",
    area="Larm",
    contract_class=None,
    manager_mail=GONE.mail,
    start_on=date(2024, 1, 1),
    end_on=date(2027, 6, 30),
    renewal=Renewal(kind=RenewalKind.AUTOMATIC, months=12),
    notice_months=3,
)


def late(contract_id: str, due_on: date, **changes: Any) -> Followup:  # noqa: ANN401 - any field of a follow-up
    return followup(
        followup_id=FollowupId(f"f-{contract_id}-{due_on}"),
        contract_id=ContractId(contract_id),
        period_key=due_on.isoformat(),
        due_on=due_on,
        next_action_at=None,
        **changes,
    )


def case(number: str, contract_id: str, type_code: str, **changes: Any) -> Deviation:  # noqa: ANN401 - any field
    plain = {
        "deviation_id": DeviationId(number),
        "number": number,
        "contract_id": ContractId(contract_id),
        "type": type_code,
        "severity": Severity.MODERATE,
    }
    return deviation(**plain | changes)


def waiting(contract_id: str, on: date, **changes: Any) -> Watch:  # noqa: ANN401 - any field of a watch
    """A decision day that had passed when the reminders began."""
    plain: dict[str, Any] = {
        "watch_id": WatchId(f"w-{contract_id}"),
        "contract_id": ContractId(contract_id),
        "kind": WatchKind.DECISION_DUE,
        "period_key": "2028-02-29",
        "plan_version": 1,
        "on": on,
        "notice_deadline": None,
        "state": WatchState.TRIAGE,
    }
    return Watch(**plain | changes)


async def given(
    world: TestWorld,
    *,
    contracts: tuple[Contract, ...] = (STADNING, MAT, LARM),
    followups: tuple[Followup, ...] = (),
    deviations: tuple[Deviation, ...] = (),
    watches: tuple[Watch, ...] = (),
) -> None:
    """These and nothing planned."""
    world.clock.now = NOW
    await furnish(world, contracts, EVERYBODY)
    async with world.world.store.open(TENANT) as unit:
        await unit.contracts.mark_planned([one.contract_id for one in contracts])
        await unit.followups.add_all(followups)
        await unit.watches.add_all(watches)
        for one in deviations:
            await unit.deviations.add(one)
        await unit.commit()
