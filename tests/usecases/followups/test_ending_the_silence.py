"""Put off, hand over, done already, cannot: each ends the reminders for a while or for good, and can be undone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.contract import ContractClass
from domain.errors import Refused
from domain.followup import Activity, FollowupState
from domain.identifiers import WatchId
from domain.watch import Watch, WatchKind, WatchState
from storage.unit_of_work import Store
from tests.support.followups import (
    CARIN,
    DORIS,
    MIA,
    OLLE,
    SAMIRA,
    STADNING,
    STRANGER,
    contract_now,
    followup,
    given,
    kinds,
    queued,
    row,
)
from tests.support.world import TENANT, TestWorld, local, make_world, person
from usecases.followups.hand_over_followup import hand_over_followup
from usecases.followups.list_mine import list_mine
from usecases.followups.report_done import report_decision, report_done
from usecases.followups.report_obstacle import report_obstacle
from usecases.followups.snooze_followup import snooze_followup
from usecases.followups.undo_answer import undo_answer

MONDAY = date(2027, 1, 25)
FRIDAY = date(2027, 1, 29)
DECISION = {
    "decision": "extend",
    "decided_by": "Olle Ägare",
    "decided_on": "2027-01-20",
    "notice_sent_on": "2027-01-21",
    "notice_how": "e-post",
}


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world)
    return world


async def snooze(world: TestWorld, until: date = FRIDAY) -> None:
    await snooze_followup(world.world, TENANT, MIA, "f-1", until)


# ---------------------------------------------------------------- put off


async def test_put_off_it_is_silent_until_the_day_and_then_sounds_again(town: TestWorld) -> None:
    await snooze(town)

    await town.turn_to(local("2027-01-28", "12:00"))
    before = len(town.teams.to(MIA.mail))
    await town.turn_to(local("2027-01-29", "12:00"))

    assert before == 0
    assert len(town.teams.to(MIA.mail)) == 1


async def test_put_off_twice_the_owner_sees_it_and_then_no_more(town: TestWorld) -> None:
    await snooze(town)
    first = await queued(town)
    await snooze(town, date(2027, 2, 1))

    assert first == []
    assert await queued(town) == [("olle.agare", "followup_note", "notes.put_off_again")]
    with pytest.raises(Refused, match="no_snooze_left"):
        await snooze(town, date(2027, 2, 2))


@pytest.mark.parametrize(
    ("until", "why"),
    [(MONDAY, "snooze_in_the_past"), (MONDAY - timedelta(days=1), "snooze_in_the_past"), (date(2027, 2, 9), "too_far")],
)
async def test_it_cannot_be_put_off_to_any_day(town: TestWorld, until: date, why: str) -> None:
    with pytest.raises(Refused, match=why):
        await snooze(town, until)


async def test_ten_working_days_is_as_far_as_it_goes(town: TestWorld) -> None:
    await snooze(town, date(2027, 2, 8))

    assert (await row(town)).snoozed_until == date(2027, 2, 8)


async def test_pressing_twice_puts_off_once(town: TestWorld) -> None:
    await snooze(town)
    await snooze(town)

    assert (await row(town)).snooze_count == 1


async def test_who_only_helps_does_not_put_off(town: TestWorld) -> None:
    with pytest.raises(Refused, match="only_manager_snoozes"):
        await snooze_followup(town.world, TENANT, OLLE, "f-1", FRIDAY)


async def test_undone_it_is_as_before(town: TestWorld) -> None:
    before = await row(town)
    await snooze(town)

    undone = await undo_answer(town.world, TENANT, MIA)

    after = await row(town)
    assert undone is not None
    assert undone.act == "snoozed"
    assert (after.snoozed_until, after.snooze_count) == (None, 0)
    assert after.next_action_at == before.next_action_at


async def test_undoing_takes_back_what_has_not_been_told(town: TestWorld) -> None:
    await snooze(town)
    await snooze(town, date(2027, 2, 1))

    await undo_answer(town.world, TENANT, MIA)

    assert await queued(town) == []


async def test_only_today_only_by_oneself_and_only_while_nothing_else_has_happened(town: TestWorld) -> None:
    await snooze(town)

    by_another = await undo_answer(town.world, TENANT, OLLE)
    town.clock.now = local("2027-01-26", "09:00")
    another_day = await undo_answer(town.world, TENANT, MIA)

    assert by_another is None
    assert another_day is None


async def test_nothing_is_undone_twice(town: TestWorld) -> None:
    await snooze(town)
    await undo_answer(town.world, TENANT, MIA)

    assert await undo_answer(town.world, TENANT, MIA) is None


# ---------------------------------------------------------------- hand over


async def test_a_named_colleague_becomes_manager_at_once_and_is_told(town: TestWorld) -> None:
    handed = await hand_over_followup(town.world, TENANT, MIA, "f-1", "Samira Holm")
    await town.turn_to(local("2027-01-26", "12:00"))

    assert handed.new_name == "Samira Holm"
    assert (await contract_now(town)).manager_mail == SAMIRA.mail
    assert len(town.teams.to(SAMIRA.mail)) == 1
    assert town.teams.to(MIA.mail) == []
    assert "contract.manager_changed" in await kinds(town, "contract:c-2026-0147")


async def test_a_first_name_and_a_department_are_enough(town: TestWorld) -> None:
    handed = await hand_over_followup(town.world, TENANT, MIA, "f-1", "Samira på fastighet")

    assert handed.new_name == "Samira Holm"


async def test_the_deputy_hands_on_the_deputy_s_part(town: TestWorld) -> None:
    await hand_over_followup(town.world, TENANT, DORIS, "f-1", SAMIRA.mail)

    contract = await contract_now(town)
    assert (contract.manager_mail, contract.deputy_mail) == (MIA.mail, SAMIRA.mail)


async def test_the_owner_names_another_manager_who_hears_of_it(town: TestWorld) -> None:
    await hand_over_followup(town.world, TENANT, OLLE, "f-1", "Samira Holm")

    assert (await contract_now(town)).manager_mail == SAMIRA.mail
    assert ("mia.manager", "followup_note", "notes.handed_over") in await queued(town)


async def test_without_a_known_name_the_controller_is_asked_and_the_manager_left_in_peace(town: TestWorld) -> None:
    handed = await hand_over_followup(town.world, TENANT, MIA, "f-1", "någon på gatukontoret")
    await town.turn_to(local("2027-01-29", "12:00"))

    assert handed.new_name is None
    assert handed.controller_name == CARIN.name
    assert town.teams.to(MIA.mail) == []
    assert len(town.teams.to(CARIN.mail)) == 1


async def test_two_who_may_be_meant_are_asked_about(store: Store) -> None:
    world = make_world(store)
    other = person("Samira Ek")
    await given(world, people=(MIA, OLLE, CARIN, SAMIRA, other))

    with pytest.raises(Refused, match="several_people"):
        await hand_over_followup(world.world, TENANT, MIA, "f-1", "Samira")


async def test_nobody_hands_over_to_themselves(town: TestWorld) -> None:
    with pytest.raises(Refused, match="same_person"):
        await hand_over_followup(town.world, TENANT, MIA, "f-1", "Mia Manager")


async def test_a_hand_over_can_be_undone_by_the_one_who_no_longer_has_it(town: TestWorld) -> None:
    await hand_over_followup(town.world, TENANT, MIA, "f-1", "Samira Holm")

    undone = await undo_answer(town.world, TENANT, MIA)

    assert undone is not None
    assert (await contract_now(town)).manager_mail == MIA.mail


# ---------------------------------------------------------------- done already, cannot


async def test_done_already_is_recorded_and_read_by_the_owner(town: TestWorld) -> None:
    done = await report_done(town.world, TENANT, MIA, "f-1", date(2027, 1, 21), "Möte hos leverantören, allt väl.")

    stored = await row(town)
    assert done.sign_off_name == OLLE.name
    assert stored.state is FollowupState.SUBMITTED
    assert stored.closed_reason == "2027-01-21: Möte hos leverantören, allt väl."


async def test_on_a_routine_contract_done_is_done(store: Store) -> None:
    world = make_world(store)
    routine = replace(STADNING, contract_class=ContractClass.LOW)
    await given(world, followup(contract_class=ContractClass.LOW), contracts=(routine,))

    done = await report_done(world.world, TENANT, MIA, "f-1", MONDAY, "Klart.")

    assert done.sign_off_name is None
    assert (await row(world)).state is FollowupState.ACCEPTED


async def test_done_already_can_be_undone_and_the_owner_is_not_asked(town: TestWorld) -> None:
    await report_done(town.world, TENANT, MIA, "f-1", MONDAY, "Klart.")

    await undo_answer(town.world, TENANT, MIA)

    stored = await row(town)
    assert (stored.state, stored.closed_at, stored.submitted_by) == (FollowupState.NOTIFIED, None, None)
    assert await queued(town) == []


async def test_what_has_not_happened_yet_is_not_done(town: TestWorld) -> None:
    with pytest.raises(Refused, match="done_in_the_future"):
        await report_done(town.world, TENANT, MIA, "f-1", FRIDAY, "Klart.")


async def test_identity_numbers_are_never_kept(town: TestWorld) -> None:
    with pytest.raises(Refused, match="identity_number"):
        await report_obstacle(town.world, TENANT, MIA, "f-1", "Det gäller 19850713-9809.")


async def test_an_obstacle_is_told_to_the_owner_and_gives_some_days_of_peace(town: TestWorld) -> None:
    told = await report_obstacle(town.world, TENANT, MIA, "f-1", "Leverantören är i konkurs.")

    assert told.told_name == OLLE.name
    assert await queued(town) == [("olle.agare", "followup_note", "notes.cannot")]
    assert (await row(town)).snoozed_until == date(2027, 2, 1)
    assert (await row(town)).snooze_count == 0


async def test_an_obstacle_pressed_twice_is_told_once(town: TestWorld) -> None:
    await report_obstacle(town.world, TENANT, MIA, "f-1", "Leverantören är i konkurs.")
    await report_obstacle(town.world, TENANT, MIA, "f-1", "Leverantören är i konkurs.")

    assert len(await queued(town)) == 1


async def test_strangers_can_do_none_of_it(town: TestWorld) -> None:
    with pytest.raises(Refused, match="not_yours"):
        await snooze_followup(town.world, TENANT, STRANGER, "f-1", FRIDAY)
    with pytest.raises(Refused, match="not_yours"):
        await hand_over_followup(town.world, TENANT, STRANGER, "f-1", "Samira Holm")
    with pytest.raises(Refused, match="not_yours"):
        await report_done(town.world, TENANT, STRANGER, "f-1", MONDAY, "Klart.")


# ---------------------------------------------------------------- extension decisions


@pytest.fixture
async def deciding(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world, followup(activity=Activity.EXTENSION_DECISION, modules=()))
    async with world.world.store.open(TENANT) as unit:
        watch = Watch(
            watch_id=WatchId("w-1"),
            contract_id=STADNING.contract_id,
            kind=WatchKind.SEND_BY,
            period_key="2028-02-29",
            plan_version=1,
            on=date(2027, 2, 12),
            notice_deadline=date(2027, 2, 28),
            state=WatchState.OPEN,
            next_action_at=local("2027-01-29", "06:00"),
        )
        await unit.watches.add_all([watch])
        await unit.commit()
    return world


async def legal_date(world: TestWorld) -> Watch:
    async with world.world.store.read(TENANT) as unit:
        watch = await unit.watches.get("w-1")
    assert watch is not None
    return watch


async def test_a_decision_the_supplier_knows_of_ends_the_legal_date(deciding: TestWorld) -> None:
    done = await report_decision(deciding.world, TENANT, MIA, "f-1", DECISION)

    watch = await legal_date(deciding)
    assert done.still_watched is None
    assert (await row(deciding)).state is FollowupState.ACCEPTED
    assert (watch.state, watch.settled_by, watch.next_action_at) == (WatchState.DONE, MIA.mail, None)
    assert watch.decision == DECISION


async def test_a_decision_nobody_has_told_the_supplier_of_keeps_the_legal_date_alive(deciding: TestWorld) -> None:
    done = await report_decision(deciding.world, TENANT, MIA, "f-1", {**DECISION, "notice_sent_on": ""})

    assert done.still_watched is not None
    assert (await legal_date(deciding)).state is WatchState.OPEN


async def test_letting_a_contract_end_needs_no_word_to_the_supplier(deciding: TestWorld) -> None:
    decision = {**DECISION, "decision": "not_extend", "notice_sent_on": "", "notice_how": ""}

    await report_decision(deciding.world, TENANT, MIA, "f-1", decision)

    assert (await legal_date(deciding)).state is WatchState.DONE


async def test_undone_the_legal_date_alarms_again(deciding: TestWorld) -> None:
    before = await legal_date(deciding)
    await report_decision(deciding.world, TENANT, MIA, "f-1", DECISION)

    await undo_answer(deciding.world, TENANT, MIA)

    watch = await legal_date(deciding)
    assert (watch.state, watch.next_action_at) == (WatchState.OPEN, before.next_action_at)
    assert watch.decision is None
    assert (await row(deciding)).is_open


async def test_what_is_missing_is_asked_for_and_nothing_changes(deciding: TestWorld) -> None:
    asked = await report_decision(deciding.world, TENANT, MIA, "f-1", {"decision": "extend"})

    assert asked.missing == ("decided_by", "decided_on")
    assert (await row(deciding)).is_open


async def test_a_decision_needs_more_than_that_it_is_done(deciding: TestWorld) -> None:
    with pytest.raises(Refused, match="decision_needs_more"):
        await report_done(deciding.world, TENANT, MIA, "f-1", MONDAY, "Klart.")


# ---------------------------------------------------------------- the list


async def test_what_waits_longest_and_matters_most_comes_first(store: Store) -> None:
    world = make_world(store)
    late = followup(followup_id="f-2", period_key="a", due_on=date(2027, 1, 18), activity=Activity.PULSE)
    paused = followup(
        followup_id="f-3", period_key="b", state=FollowupState.IN_PROGRESS, is_paused=True, activity=Activity.YEARLY
    )
    far = followup(followup_id="f-4", period_key="c", state=FollowupState.PLANNED, due_on=date(2027, 6, 1))
    await given(world, followup(), late, paused, far)

    mine = await list_mine(world.world, TENANT, MIA)

    assert [item.followup.followup_id for item in mine] == ["f-3", "f-2", "f-1"]


async def test_the_owner_s_list_has_what_has_been_told_to_them(store: Store) -> None:
    world = make_world(store)
    told = followup(followup_id="f-2", period_key="a", reminder_level="N3", activity=Activity.PULSE)
    await given(world, followup(), told)

    mine = await list_mine(world.world, TENANT, OLLE)

    assert [(item.followup.followup_id, item.is_own) for item in mine] == [("f-2", False)]


async def test_with_nobody_managing_the_contract_it_is_on_the_stand_in_s_list(store: Store) -> None:
    world = make_world(store)
    await given(world, contracts=(replace(STADNING, manager_mail=None, deputy_mail=None),))

    mine = await list_mine(world.world, TENANT, OLLE)

    assert [item.is_own for item in mine] == [True]
