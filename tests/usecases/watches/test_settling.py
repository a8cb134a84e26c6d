"""*Redan gjort* about a watched date ends its alarm, with the decision's other dates, and can be taken back."""

from datetime import date, timedelta

import pytest

from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.errors import Refused
from domain.followup import Activity, FollowupState
from domain.notice import NoticeKind, NoticeState
from domain.people import Person
from domain.watch import Watch, WatchKind, WatchState
from storage.unit_of_work import Store
from tests.support.followups import followup
from tests.support.overview import CARIN, EVA, MIA, OLLE, PIA, STIG, waiting
from tests.support.remembering import after
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world
from usecases.watches.open_watch import alarming_watches, answerable_watches, open_watch
from usecases.watches.settle_watch import settle_watch
from usecases.watches.undo_watch import undo_watch

TOLD = {
    "decision": "extend",
    "decided_by": "Olle Ägare",
    "decided_on": "2027-08-02",
    "notice_sent_on": "2027-08-03",
    "notice_how": "e-post med kvittens",
}
AFTER_THE_FIRST_ALARM = local("2027-08-04", "12:00")


async def until_the_alarm(world: TestWorld) -> None:
    """A critical contract whose notice should be on its way by 13 August 2027, on the 4th."""
    await furnish(world, [contract("2026-0147")], (*PEOPLE, EVA, STIG))
    await world.turn_to(AFTER_THE_FIRST_ALARM)


@pytest.fixture
async def town(store: Store) -> TestWorld:
    return await after(until_the_alarm, store)


async def legal_date(world: TestWorld, period: str = "2028-02-29") -> Watch:
    return await one(world, WatchKind.SEND_BY, period)


async def one(world: TestWorld, kind: WatchKind, period: str = "2028-02-29") -> Watch:
    async with world.world.store.read(TENANT) as unit:
        return next(row for row in await unit.watches.all() if row.kind is kind and row.period_key == period)


def legal_letters(world: TestWorld) -> int:
    return sum(item.kind is NoticeKind.LEGAL_DATE for _, letter in world.teams.letters for item in letter.items)


async def test_the_alarm_ends_for_everybody_when_one_has_settled_it(town: TestWorld) -> None:
    before = legal_letters(town)
    settled = await settle_watch(town.world, TENANT, MIA, (await legal_date(town)).watch_id, TOLD)

    await town.turn_to(local("2027-10-01"))

    assert settled.is_new
    assert before > 0
    assert legal_letters(town) == before
    assert (await legal_date(town)).decision == TOLD


async def test_unsettled_it_alarms_every_working_day(town: TestWorld) -> None:
    before = legal_letters(town)

    await town.turn_to(local("2027-08-27", "18:00"))

    # Four people on the 6th, the 10th and the 13th, and then on each of ten working days.
    assert legal_letters(town) == before + 4 * 13


@pytest.mark.parametrize("missing", ["decision", "decided_by", "decided_on", "notice_sent_on", "notice_how"])
async def test_a_legal_date_stands_until_everything_has_been_said(town: TestWorld, missing: str) -> None:
    record = {field: said for field, said in TOLD.items() if field != missing}

    settled = await settle_watch(town.world, TENANT, MIA, (await legal_date(town)).watch_id, record)

    expected = ("decision",) if missing == "decision" else (missing,)
    assert settled.missing == expected
    assert not settled.is_new
    assert (await legal_date(town)).state is WatchState.OPEN


async def test_not_extending_needs_no_notice(town: TestWorld) -> None:
    record = {"decision": "not_extend", "decided_by": "Olle", "decided_on": "2027-08-02"}

    settled = await settle_watch(town.world, TENANT, OLLE, (await legal_date(town)).watch_id, record)

    assert settled.is_new


async def test_twice_settles_once_and_keeps_what_was_said_first(town: TestWorld) -> None:
    watch_id = (await legal_date(town)).watch_id
    await settle_watch(town.world, TENANT, MIA, watch_id, TOLD)

    again = await settle_watch(town.world, TENANT, OLLE, watch_id, TOLD | {"decided_by": "Någon annan"})

    assert not again.is_new
    assert again.seen.watch.decision == TOLD
    assert again.seen.settled_by_name == MIA.name


@pytest.mark.parametrize("person", [MIA, OLLE, CARIN, PIA], ids=lambda person: person.name)
async def test_everybody_who_is_alarmed_may_answer(town: TestWorld, person: Person) -> None:
    assert (await settle_watch(town.world, TENANT, person, (await legal_date(town)).watch_id, TOLD)).is_new


async def test_nobody_else_may(town: TestWorld) -> None:
    with pytest.raises(Refused, match="not_yours"):
        await settle_watch(town.world, TENANT, STIG, (await legal_date(town)).watch_id, TOLD)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"decided_on": "2027-12-24"}, "watching.refused.future_day"),
        ({"notice_sent_on": "igår kanske"}, "watching.refused.no_day"),
        ({"decision": "terminate"}, "watching.refused.choice"),
    ],
)
async def test_what_cannot_be_true_is_refused(town: TestWorld, wrong: dict[str, str], key: str) -> None:
    with pytest.raises(Refused, match=key):
        await settle_watch(town.world, TENANT, MIA, (await legal_date(town)).watch_id, TOLD | wrong)


async def test_the_passed_decision_day_of_the_same_period_is_settled_with_it(town: TestWorld) -> None:
    passed = await one(town, WatchKind.DECISION_DUE)
    assert passed.state is WatchState.TRIAGE

    await settle_watch(town.world, TENANT, MIA, (await legal_date(town)).watch_id, TOLD)

    assert (await one(town, WatchKind.DECISION_DUE)).state is WatchState.DONE


async def test_a_decision_without_a_notice_leaves_the_legal_date_standing(town: TestWorld) -> None:
    passed = await one(town, WatchKind.DECISION_DUE)
    decided = {field: TOLD[field] for field in ("decision", "decided_by", "decided_on")}

    settled = await settle_watch(town.world, TENANT, OLLE, passed.watch_id, decided)

    assert settled.is_new
    assert (await legal_date(town)).state is WatchState.OPEN


async def test_undone_it_alarms_again(town: TestWorld) -> None:
    watch_id = (await legal_date(town)).watch_id
    await settle_watch(town.world, TENANT, MIA, watch_id, TOLD)
    before = legal_letters(town)

    undone = await undo_watch(town.world, TENANT, MIA, watch_id)
    await town.turn_to(local("2027-08-06", "12:00"))

    assert undone.is_new
    assert undone.seen.watch.decision is None
    assert (await one(town, WatchKind.DECISION_DUE)).state is WatchState.TRIAGE
    assert legal_letters(town) == before + 4


async def test_only_the_one_who_did_it_takes_it_back_and_only_once_and_only_that_day(town: TestWorld) -> None:
    watch_id = (await legal_date(town)).watch_id
    await settle_watch(town.world, TENANT, MIA, watch_id, TOLD)

    assert not (await undo_watch(town.world, TENANT, OLLE, watch_id)).is_new
    assert (await undo_watch(town.world, TENANT, MIA, watch_id)).is_new
    assert not (await undo_watch(town.world, TENANT, MIA, watch_id)).is_new
    await settle_watch(town.world, TENANT, MIA, watch_id, TOLD)
    town.clock.now += timedelta(days=1)
    assert not (await undo_watch(town.world, TENANT, MIA, watch_id)).is_new


async def test_every_change_has_its_event(town: TestWorld) -> None:
    watch = await legal_date(town)
    await settle_watch(town.world, TENANT, MIA, watch.watch_id, TOLD)
    await undo_watch(town.world, TENANT, MIA, watch.watch_id)

    async with town.world.store.read(TENANT) as unit:
        events = await unit.events.about(f"watch:{watch.watch_id}")

    assert [(event.kind, event.actor) for event in events][-2:] == [
        ("watch.settled", MIA.mail),
        ("watch.undone", MIA.mail),
    ]


# ---------------------------------------------------------------- which one is meant


async def test_only_dates_that_have_begun_to_alarm_are_waiting(store: Store) -> None:
    world = make_world(store)
    await furnish(world, [contract("2026-0147")])
    await world.tick()
    before = await alarming_watches(world.world, TENANT, MIA)
    await world.turn_to(AFTER_THE_FIRST_ALARM)

    assert before == []
    assert [row.watch.kind for row in await alarming_watches(world.world, TENANT, MIA)] == [WatchKind.SEND_BY]


async def test_on_a_contract_the_legal_date_is_meant_before_the_passed_decision(town: TestWorld) -> None:
    found = await answerable_watches(town.world, TENANT, MIA, "2026-0147")

    assert [row.watch.kind for row in found] == [WatchKind.SEND_BY, WatchKind.DECISION_DUE]


async def test_nothing_is_answerable_on_somebody_elses_contract(town: TestWorld) -> None:
    assert await answerable_watches(town.world, TENANT, STIG, "2026-0147") == []
    assert await answerable_watches(town.world, TENANT, MIA, "1999-0001") == []


async def test_a_date_is_shown_to_those_with_a_part_only(town: TestWorld) -> None:
    watch = await legal_date(town)

    assert (await open_watch(town.world, TENANT, PIA, watch.watch_id)).watch == watch
    with pytest.raises(Refused, match="not_yours"):
        await open_watch(town.world, TENANT, STIG, watch.watch_id)
    with pytest.raises(Refused, match="gone"):
        await open_watch(town.world, TENANT, PIA, "no-such-watch")


# ---------------------------------------------------------------- renewing itself


def automatic() -> Contract:
    """Renews itself yearly on 1 January; three months' notice."""
    return contract(
        "2026-0200",
        start_on=date(2025, 1, 1),
        end_on=date(2027, 12, 31),
        renewal=Renewal(kind=RenewalKind.AUTOMATIC, months=12),
        notice_months=3,
        contract_class=ContractClass.MEDIUM,
    )


@pytest.fixture
async def renewing(store: Store) -> TestWorld:
    world = make_world(store)
    await furnish(world, [automatic()])
    await world.turn_to(local("2027-09-06", "12:00"))
    return world


@pytest.mark.parametrize(
    ("record", "next_year"),
    [
        pytest.param(
            TOLD | {"decision": "terminate", "decided_on": "2027-09-01", "notice_sent_on": "2027-09-02"},
            False,
            id="terminated it is never asked about again",
        ),
        pytest.param(
            {"decision": "let_renew", "decided_by": "Olle", "decided_on": "2027-09-01"},
            True,
            id="left alone it is asked about next year",
        ),
    ],
)
async def test_what_was_decided_rules_whether_the_next_period_is_watched(
    renewing: TestWorld, record: dict[str, str], *, next_year: bool
) -> None:
    watch = await legal_date(renewing, "2027-12-31")
    assert (await settle_watch(renewing.world, TENANT, OLLE, watch.watch_id, record)).is_new

    await renewing.tick()

    async with renewing.world.store.read(TENANT) as unit:
        periods = {row.period_key for row in await unit.watches.all() if row.kind is WatchKind.SEND_BY}
    assert ("2028-12-31" in periods) is next_year


async def test_the_open_extension_decision_is_settled_with_the_legal_date(store: Store) -> None:
    world = make_world(store)
    soon = contract(
        "2026-0300",
        start_on=date(2026, 6, 1),
        end_on=date(2028, 5, 31),
        contract_class=ContractClass.CRITICAL,
        notice_months=3,
    )
    await furnish(world, [soon])
    async with world.world.store.open(TENANT) as unit:
        await unit.contracts.mark_planned([soon.contract_id])
        await unit.watches.add_all(
            [
                waiting(
                    soon.contract_id,
                    date(2027, 1, 4),
                    kind=WatchKind.SEND_BY,
                    period_key="2028-05-31",
                    state=WatchState.OPEN,
                    notice_deadline=date(2027, 1, 18),
                )
            ]
        )
        await unit.followups.add_all(
            [
                followup(
                    contract_id=soon.contract_id,
                    activity=Activity.EXTENSION_DECISION,
                    period_key="2028-05-31",
                    modules=(),
                    next_action_at=None,
                )
            ]
        )
        await unit.commit()

    record = TOLD | {"decided_on": "2027-01-05", "notice_sent_on": "2027-01-08"}
    await settle_watch(world.world, TENANT, CARIN, f"w-{soon.contract_id}", record)

    async with world.world.store.read(TENANT) as unit:
        [row] = await unit.followups.all()
    assert row.state is FollowupState.ACCEPTED
    assert row.submitted_by == CARIN.mail
    assert row.next_action_at is None


async def test_a_queued_alarm_is_not_sent_once_the_date_is_settled(town: TestWorld) -> None:
    watch = await legal_date(town)
    town.clock.now = local("2027-08-06", "06:00")
    await town.tick()
    before = legal_letters(town)
    await settle_watch(town.world, TENANT, CARIN, watch.watch_id, TOLD)

    await town.turn_to(local("2027-08-06", "18:00"))

    async with town.world.store.read(TENANT) as unit:
        states = {row.state for row in await unit.notices.about([f"watch:{watch.watch_id}"]) if row.step == "L-7"}
    assert legal_letters(town) == before
    assert states == {NoticeState.NO_LONGER_NEEDED}
