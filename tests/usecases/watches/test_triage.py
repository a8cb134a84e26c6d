"""The list *behöver beslut*: taken up, dismissed or decided, and taken back."""

from datetime import date
from typing import Any

import pytest

from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.errors import Refused
from domain.followup import Activity, Followup, FollowupState
from domain.notice import NoticeKind
from domain.people import Person
from domain.watch import Watch, WatchKind, WatchState
from storage.unit_of_work import Store
from tests.support.overview import CARIN, EVA, MIA, OLLE, STIG
from tests.support.remembering import after
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world
from usecases.watches.dismiss_watch import dismiss_watch
from usecases.watches.hand_over_watch import hand_over_watch
from usecases.watches.raise_watch import raise_watch
from usecases.watches.settle_watch import settle_watch
from usecases.watches.undo_watch import undo_watch


def late_decision(**changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    """The decision should have been taken in August 2026; the notice can still be sent."""
    return contract("2026-0147", **changes)


def late_notice(**changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    """The notice should have reached the supplier in November 2026; the contract runs on till February."""
    return contract("2024-0001", start_on=date(2024, 3, 1), end_on=date(2027, 2, 28), notice_months=3, **changes)


def run_out(**changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    return contract(
        "2020-0001",
        start_on=date(2020, 1, 1),
        end_on=date(2026, 12, 31),
        renewal=Renewal(kind=RenewalKind.NONE),
        **changes,
    )


async def until_the_first_tick(world: TestWorld) -> None:
    await furnish(world, [late_decision(), late_notice(), run_out()], (*PEOPLE, EVA, STIG))
    await world.tick()


@pytest.fixture
async def town(store: Store) -> TestWorld:
    return await after(until_the_first_tick, store)


async def passed(world: TestWorld, kind: WatchKind) -> Watch:
    async with world.world.store.read(TENANT) as unit:
        [found] = [row for row in await unit.watches.needing_decision() if row.kind is kind]
    return found


async def now(world: TestWorld, watch: Watch) -> Watch:
    async with world.world.store.read(TENANT) as unit:
        found = await unit.watches.get(watch.watch_id)
    assert found is not None
    return found


async def decision(world: TestWorld) -> Followup | None:
    async with world.world.store.read(TENANT) as unit:
        rows = [row for row in await unit.followups.all() if row.activity is Activity.EXTENSION_DECISION]
    return rows[0] if rows else None


def told(world: TestWorld, person: Person, kind: NoticeKind) -> int:
    return sum(item.kind is kind for letter in world.teams.to(person.mail) for item in letter.items)


async def test_nothing_is_sent_for_what_had_passed(town: TestWorld) -> None:
    await town.turn_to(local("2027-01-14", "18:00"))

    assert town.teams.letters == []


# ---------------------------------------------------------------- taken up


async def test_a_passed_decision_becomes_one_to_take_within_twenty_working_days(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.DECISION_DUE)

    raised = await raise_watch(town.world, TENANT, CARIN, watch.watch_id)

    row = await decision(town)
    assert row is not None
    assert (row.due_on, row.state) == (date(2027, 2, 8), FollowupState.PLANNED)
    assert raised.told_names == (OLLE.name, MIA.name)
    assert (await now(town, watch)).state is WatchState.DONE


async def test_owner_and_manager_hear_of_it_in_their_next_digest_and_the_ladder_follows(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.DECISION_DUE)
    await raise_watch(town.world, TENANT, CARIN, watch.watch_id)

    await town.turn_to(local("2027-01-12", "18:00"))
    heard = [told(town, person, NoticeKind.WATCH_DATE) for person in (OLLE, MIA, CARIN)]
    await town.turn_to(local("2027-02-08", "18:00"))

    assert heard == [1, 1, 0]
    assert told(town, MIA, NoticeKind.FOLLOWUP_NUDGE) >= 1


async def test_the_decision_is_never_due_after_the_notice_should_be_sent(store: Store) -> None:
    world = make_world(store)
    await furnish(world, [late_decision(end_on=date(2027, 8, 2))])
    await world.tick()
    watch = await passed(world, WatchKind.DECISION_DUE)

    await raise_watch(world.world, TENANT, CARIN, watch.watch_id)

    row = await decision(world)
    assert row is not None
    assert row.due_on == date(2027, 1, 19)


async def test_where_the_roll_out_has_not_come_the_date_is_told_once_instead(store: Store) -> None:
    world = make_world(store)
    await furnish(world, [late_decision(contract_class=ContractClass.HIGH, end_on=date(2027, 12, 31))])
    await world.tick()
    watch = await passed(world, WatchKind.DECISION_DUE)

    await raise_watch(world.world, TENANT, CARIN, watch.watch_id)
    await world.turn_to(local("2027-01-20", "18:00"))

    assert await decision(world) is None
    assert [told(world, person, NoticeKind.WATCH_DATE) for person in (OLLE, MIA)] == [1, 1]
    assert (await now(world, watch)).state is WatchState.DONE


async def test_a_passed_legal_date_alarms_every_working_day_until_the_period_ends(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.SEND_BY)

    raised = await raise_watch(town.world, TENANT, CARIN, watch.watch_id)
    await town.turn_to(local("2027-01-15", "18:00"))

    assert raised.told_names == ("Olle Ägare", "Mia Manager", "Carin Controller", "Pia Procurement")
    # Raised on Monday at eight, after the day's own digests have their minute: Monday or Tuesday to Friday.
    assert told(town, OLLE, NoticeKind.LEGAL_DATE) in {4, 5}


async def test_taken_up_and_never_answered_it_comes_back_to_the_list(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.SEND_BY)
    await raise_watch(town.world, TENANT, CARIN, watch.watch_id)

    await town.turn_to(local("2027-03-02", "12:00"))

    assert (await passed(town, WatchKind.SEND_BY)).state is WatchState.LAPSED


async def test_what_ran_out_is_told_again_when_taken_up_and_stays_on_the_list(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.SEND_BY)
    await raise_watch(town.world, TENANT, CARIN, watch.watch_id)
    await town.turn_to(local("2027-03-02", "12:00"))

    raised = await raise_watch(town.world, TENANT, CARIN, watch.watch_id)
    await town.turn_to(local("2027-03-03", "18:00"))

    assert raised.told_names == (OLLE.name, MIA.name)
    assert told(town, OLLE, NoticeKind.WATCH_DATE) == 1
    assert (await now(town, watch)).state is WatchState.LAPSED


async def test_taken_up_twice_it_is_taken_up_once(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.DECISION_DUE)
    await raise_watch(town.world, TENANT, CARIN, watch.watch_id)

    again = await raise_watch(town.world, TENANT, CARIN, watch.watch_id)
    await town.turn_to(local("2027-01-13", "18:00"))

    assert not again.is_new
    assert told(town, OLLE, NoticeKind.WATCH_DATE) == 1


async def test_with_neither_owner_nor_manager_there_is_nobody_to_ask(store: Store) -> None:
    world = make_world(store)
    await furnish(world, [late_decision(owner_mail=None, manager_mail="gone@exempel.example")])
    await world.tick()
    watch = await passed(world, WatchKind.DECISION_DUE)

    raised = await raise_watch(world.world, TENANT, CARIN, watch.watch_id)

    assert raised.told_names == ()
    assert (await now(world, watch)).state is WatchState.TRIAGE


async def test_undone_nothing_is_asked_and_it_can_be_taken_up_again(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.DECISION_DUE)
    await raise_watch(town.world, TENANT, CARIN, watch.watch_id)

    undone = await undo_watch(town.world, TENANT, CARIN, watch.watch_id)
    cancelled = await decision(town)
    again = await raise_watch(town.world, TENANT, CARIN, watch.watch_id)
    revived = await decision(town)

    assert undone.seen.watch.state is WatchState.TRIAGE
    assert cancelled is not None
    assert cancelled.state is FollowupState.CANCELLED
    assert again.is_new
    assert revived is not None
    assert revived.state is FollowupState.PLANNED
    await town.turn_to(local("2027-01-12", "18:00"))
    assert told(town, OLLE, NoticeKind.WATCH_DATE) == 1


# ---------------------------------------------------------------- dismissed, decided


async def test_dismissed_it_leaves_the_list_with_its_reason(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.EXPIRED)

    dismissed = await dismiss_watch(town.world, TENANT, CARIN, watch.watch_id, " Ersatt av 2026-0147. ")

    assert dismissed.is_new
    assert (await now(town, watch)).state is WatchState.DISMISSED
    async with town.world.store.read(TENANT) as unit:
        [event] = [one for one in await unit.events.about(f"watch:{watch.watch_id}") if one.actor == CARIN.mail]
    assert event.details["reason"] == "Ersatt av 2026-0147."


@pytest.mark.parametrize("reason", ["", "   "])
async def test_dismissing_needs_a_reason(town: TestWorld, reason: str) -> None:
    watch = await passed(town, WatchKind.EXPIRED)

    with pytest.raises(Refused, match="dismiss_needs_reason"):
        await dismiss_watch(town.world, TENANT, CARIN, watch.watch_id, reason)


async def test_a_reason_that_names_an_identity_is_not_kept(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.EXPIRED)

    with pytest.raises(Refused, match="identity_number"):
        await dismiss_watch(town.world, TENANT, CARIN, watch.watch_id, "Gällde 850713-9809.")


async def test_a_live_legal_date_cannot_be_dismissed(store: Store) -> None:
    world = make_world(store)
    await furnish(world, [late_decision()])
    await world.tick()
    async with world.world.store.read(TENANT) as unit:
        [live] = [row for row in await unit.watches.open() if row.kind is WatchKind.SEND_BY]

    dismissed = await dismiss_watch(world.world, TENANT, CARIN, live.watch_id, "Behövs inte.")

    assert not dismissed.is_new
    assert (await now(world, live)).state is WatchState.OPEN


async def test_what_ran_out_is_settled_by_a_day_and_a_note(town: TestWorld) -> None:
    watch = await passed(town, WatchKind.EXPIRED)

    bare = await settle_watch(town.world, TENANT, CARIN, watch.watch_id, {"done_on": "2027-01-04"})
    whole = await settle_watch(
        town.world, TENANT, CARIN, watch.watch_id, {"done_on": "2027-01-04", "done_note": "Nytt avtal från årsskiftet."}
    )

    assert bare.missing == ("done_note",)
    assert whole.is_new


@pytest.mark.parametrize("person", [CARIN, OLLE], ids=lambda person: person.name)
async def test_the_controller_and_the_owner_decide(town: TestWorld, person: Person) -> None:
    watch = await passed(town, WatchKind.DECISION_DUE)

    assert (await raise_watch(town.world, TENANT, person, watch.watch_id)).is_new


@pytest.mark.parametrize(("person", "key"), [(MIA, "not_yours_to_decide"), (STIG, r"not_yours$"), (EVA, r"not_yours$")])
async def test_nobody_else_decides(town: TestWorld, person: Person, key: str) -> None:
    watch = await passed(town, WatchKind.DECISION_DUE)

    with pytest.raises(Refused, match=key):
        await raise_watch(town.world, TENANT, person, watch.watch_id)
    with pytest.raises(Refused, match=key):
        await dismiss_watch(town.world, TENANT, person, watch.watch_id, "Behövs inte.")


# ---------------------------------------------------------------- the wrong person


async def until_the_alarm(world: TestWorld) -> None:
    await furnish(world, [late_decision()], (*PEOPLE, EVA, STIG))
    await world.turn_to(local("2027-08-04", "12:00"))


@pytest.fixture
async def alarming(store: Store) -> tuple[TestWorld, Watch]:
    world = await after(until_the_alarm, store)
    async with world.world.store.read(TENANT) as unit:
        [live] = [row for row in await unit.watches.open() if row.kind is WatchKind.SEND_BY]
    return world, live


async def test_the_right_person_takes_over_the_part_and_hears_the_alarm(alarming: tuple[TestWorld, Watch]) -> None:
    world, live = alarming

    handed = await hand_over_watch(world.world, TENANT, MIA, live.watch_id, "Eva Ek")
    await world.turn_to(local("2027-08-05", "18:00"))

    assert handed.new_name == EVA.name
    assert handed.seen.contract.manager_mail == EVA.mail
    assert told(world, EVA, NoticeKind.LEGAL_DATE) == 1


async def test_an_owner_hands_over_the_ownership(alarming: tuple[TestWorld, Watch]) -> None:
    world, live = alarming

    handed = await hand_over_watch(world.world, TENANT, OLLE, live.watch_id, EVA.mail)

    assert (handed.seen.contract.owner_mail, handed.seen.contract.manager_mail) == (EVA.mail, MIA.mail)


async def test_with_nobody_named_the_controller_is_asked_and_the_alarms_go_on(
    alarming: tuple[TestWorld, Watch],
) -> None:
    world, live = alarming

    handed = await hand_over_watch(world.world, TENANT, MIA, live.watch_id, "")
    # The first open day after the holiday weeks, which hold nothing but alarms.
    await world.turn_to(local("2027-08-09", "18:00"))

    assert (handed.new_name, handed.controller_name) == (None, CARIN.name)
    assert told(world, CARIN, NoticeKind.HELP_WANTED) == 1
    assert told(world, MIA, NoticeKind.LEGAL_DATE) >= 1


async def test_handing_over_can_be_undone(alarming: tuple[TestWorld, Watch]) -> None:
    world, live = alarming
    await hand_over_watch(world.world, TENANT, MIA, live.watch_id, "Eva Ek")

    undone = await undo_watch(world.world, TENANT, MIA, live.watch_id)

    assert undone.is_new
    assert undone.seen.contract.manager_mail == MIA.mail


async def test_handing_it_to_oneself_is_refused(alarming: tuple[TestWorld, Watch]) -> None:
    world, live = alarming

    with pytest.raises(Refused, match="same_person"):
        await hand_over_watch(world.world, TENANT, MIA, live.watch_id, "Mia Manager")
