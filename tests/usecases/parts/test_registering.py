"""Who hears of a new case, and when; the number it gets and the deadline it runs under."""

from datetime import date
from typing import Any

import pytest

from domain.contract import Contract
from domain.deviation import Deviation, DeviationState, Severity
from domain.errors import Refused
from domain.identifiers import DeviationId
from domain.notice import NoticeKind
from domain.people import Role
from storage.unit_of_work import Store
from tests.support.deviations import deviation
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person
from usecases.parts.registering import Registered, register
from usecases.parts.scene import read_scene

MONDAY = local("2027-01-11", "10:00")
MIA, OLLE, CARIN = "mia.manager@exempel.example", "olle.agare@exempel.example", "carin.controller@exempel.example"
RITA, LEO, DORA = person("Rita Reporter"), person("Leo Lag", Role.LEGAL_COUNSEL), person("Dora Dpo", Role.DPO)


def draft(**changes: Any) -> Deviation:  # noqa: ANN401 - any field of a deviation
    fields = {
        "number": None,
        "state": DeviationState.DRAFT,
        "contract_id": contract("2026-0147").contract_id,
        "reported_by": RITA.mail,
        "reported_at": MONDAY,
        "occurred_from": date(2027, 1, 8),
    }
    return deviation(**fields | changes)


async def registered(
    world: TestWorld, case: Deviation, about: Contract | None, *, is_stored: bool = False
) -> Registered:
    async with world.world.store.open(TENANT) as unit:
        if is_stored:
            await unit.deviations.add(case)
        scene = await read_scene(unit, now=MONDAY, is_local=True)
        done = await register(unit, scene, case, about, is_stored=is_stored)
        await unit.commit()
    return done


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store, at=MONDAY)
    await furnish(world, [contract("2026-0147")], people=[*PEOPLE, RITA, LEO, DORA])
    return world


def mails(done: Registered) -> list[str]:
    return sorted(one.mail for one in done.told)


async def test_a_serious_case_reaches_manager_owner_and_controller_at_once(town: TestWorld) -> None:
    done = await registered(town, draft(severity=Severity.SERIOUS), contract("2026-0147"))

    assert mails(done) == sorted([MIA, OLLE, CARIN])
    async with town.world.store.read(TENANT) as unit:
        notices = await unit.notices.all()
    assert {notice.kind for notice in notices} == {NoticeKind.DEVIATION_URGENT}
    assert {notice.not_before for notice in notices} == {MONDAY}


async def test_a_moderate_case_waits_for_the_digests_of_manager_and_controller(town: TestWorld) -> None:
    done = await registered(town, draft(), contract("2026-0147"))

    assert mails(done) == sorted([MIA, CARIN])
    async with town.world.store.read(TENANT) as unit:
        notices = await unit.notices.all()
    assert {notice.kind for notice in notices} == {NoticeKind.DEVIATION_NEW}
    assert all(notice.not_before > MONDAY for notice in notices)


async def test_the_reporter_is_not_told_what_they_said_themselves(town: TestWorld) -> None:
    done = await registered(town, draft(severity=Severity.CRITICAL, reported_by=MIA), contract("2026-0147"))

    assert mails(done) == sorted([OLLE, CARIN])


async def test_suspected_crime_is_never_told_to_owner_or_manager(town: TestWorld) -> None:
    done = await registered(town, draft(type="ARB_KRIM", severity=Severity.CRITICAL), contract("2026-0147"))

    assert mails(done) == sorted([CARIN, LEO.mail])


async def test_a_missing_data_processing_agreement_is_told_to_the_data_protection_officer_too(town: TestWorld) -> None:
    done = await registered(town, draft(type="PUB_SAKNAS", severity=Severity.SERIOUS), contract("2026-0147"))

    assert DORA.mail in mails(done)
    assert LEO.mail not in mails(done)


async def test_numbers_run_without_gaps(town: TestWorld) -> None:
    first = await registered(town, draft(deviation_id=DeviationId("d1")), contract("2026-0147"))
    second = await registered(town, draft(deviation_id=DeviationId("d2")), contract("2026-0147"))

    assert [first.deviation.number, second.deviation.number] == ["AVV-2027-0001", "AVV-2027-0002"]


async def test_a_case_runs_under_the_deadline_for_assessing_it(town: TestWorld) -> None:
    """Moderate on a critical contract: five working days, halved and rounded up to three."""
    done = await registered(town, draft(), contract("2026-0147"))

    assert done.deviation.deadline_on == date(2027, 1, 14)
    assert done.deviation.next_action_at is not None
    assert done.deviation.next_action_at > MONDAY


async def test_a_stored_draft_becomes_the_case(town: TestWorld) -> None:
    await registered(town, draft(), contract("2026-0147"), is_stored=True)

    async with town.world.store.read(TENANT) as unit:
        rows = await unit.deviations.all()
        events = await unit.events.about("deviation:d1")
    assert [row.state for row in rows] == [DeviationState.REGISTERED]
    assert [event.kind for event in events] == ["deviation.registered"]


async def test_a_draft_without_a_day_is_refused(town: TestWorld) -> None:
    with pytest.raises(Refused, match=r"deviation\.refused\.needs_when"):
        await registered(town, draft(occurred_from=None), contract("2026-0147"))


async def test_an_emergency_without_a_known_contract_reaches_the_controller(town: TestWorld) -> None:
    case = draft(contract_id=None, contract_number=None, is_emergency=True, severity=Severity.CRITICAL)

    done = await registered(town, case, None)

    assert mails(done) == [CARIN]
    assert done.is_told_at_once
