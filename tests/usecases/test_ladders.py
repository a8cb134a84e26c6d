"""The clock, the ladder and the outbox together, on the real store."""

from dataclasses import replace
from datetime import date

import pytest

from domain.contract import ContractClass, Renewal, RenewalKind
from domain.followup import Activity, FollowupState
from domain.letter import FollowupItem, LegalDateItem, WelcomeItem
from domain.notice import NoticeKind, NoticeState
from domain.people import Role
from domain.watch import WatchKind, WatchState
from storage.people import RecipientRule
from storage.unit_of_work import Store
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person
from usecases.ports import Ambiguous, Delivered, TryLater, Undeliverable
from usecases.set_rollout import set_rollout

MANAGER, OWNER, CONTROLLER, PROCUREMENT = (one.mail for one in PEOPLE)
PLAIN = Renewal(kind=RenewalKind.NONE)


@pytest.fixture
async def house(store: Store) -> TestWorld:
    """One critical contract without options, live since Monday 2027-01-11; its yearly follow-up is due 1 March."""
    test_world = make_world(store)
    await furnish(test_world, [contract("2026-0001", renewal=PLAIN)])
    return test_world


def nudges(house: TestWorld, mail: str) -> list[tuple[date, str]]:
    return [
        (letter.today, item.level)
        for letter in house.teams.to(mail)
        for item in letter.items
        if isinstance(item, FollowupItem)
    ]


async def test_the_reminder_ladder_climbs_from_manager_to_owner_to_controller(house: TestWorld) -> None:
    await house.turn_to(local("2027-03-20"))

    assert nudges(house, MANAGER)[:4] == [
        (date(2027, 2, 15), "N0"),
        (date(2027, 2, 24), "N1"),
        (date(2027, 3, 1), "N1"),
        (date(2027, 3, 4), "N2"),
    ]
    assert nudges(house, OWNER) == [(date(2027, 3, 8), "N3")]
    assert nudges(house, CONTROLLER) == [(date(2027, 3, 15), "N4")]


async def test_the_first_letter_ever_begins_with_a_welcome_and_the_second_does_not(house: TestWorld) -> None:
    await house.turn_to(local("2027-03-01", "17:00"))

    first, second = house.teams.to(MANAGER)[:2]
    assert isinstance(first.items[0], WelcomeItem)
    assert not any(isinstance(item, WelcomeItem) for item in second.items)


async def test_two_ticks_at_the_same_moment_say_nothing_twice(house: TestWorld) -> None:
    await house.turn_to(local("2027-02-15", "09:00"))
    before = len(house.teams.letters)

    await house.tick()
    await house.tick()

    assert len(house.teams.letters) == before


async def test_thirty_days_of_darkness_lead_to_one_letter_not_five(house: TestWorld) -> None:
    await house.tick()
    house.clock.now = local("2027-03-20")

    await house.turn_to(local("2027-03-22", "17:00"))

    assert nudges(house, MANAGER) == [(date(2027, 3, 22), "N0")]
    assert nudges(house, OWNER) == []


async def test_the_ladder_does_not_pass_a_manager_who_cannot_be_reached(house: TestWorld) -> None:
    house.teams.answers[MANAGER] = lambda _letter: Undeliverable(reason="ForbiddenOperationException")

    await house.turn_to(local("2027-04-30"))

    assert nudges(house, OWNER) == []
    async with house.world.store.read(TENANT) as unit:
        assert {notice.state for notice in await unit.notices.undelivered()} == {NoticeState.UNREACHABLE}


async def test_a_throttled_message_is_sent_again_later_and_once(house: TestWorld) -> None:
    answers = iter([TryLater(after_seconds=90, reason="429", is_throttled=True)])
    house.teams.answers[MANAGER] = lambda _letter: next(answers, Delivered(message_id="m", conversation_id="c"))

    await house.turn_to(local("2027-02-15", "10:00"))

    assert len(nudges(house, MANAGER)) == 1


async def test_a_message_of_unknown_fate_is_sent_again_once_and_then_left_to_a_person(house: TestWorld) -> None:
    tries: list[object] = []

    def lose(letter: object) -> Ambiguous:
        tries.append(letter)
        return Ambiguous(reason="504")

    house.teams.answers[MANAGER] = lose

    await house.turn_to(local("2027-02-15", "12:00"))

    assert len(tries) == 2
    async with house.world.store.read(TENANT) as unit:
        states = {notice.state for notice in await unit.notices.all() if notice.recipient_mail == MANAGER}
    assert states == {NoticeState.UNRESOLVED}


async def test_nobody_outside_the_allow_list_gets_anything(store: Store) -> None:
    house = make_world(store, is_local=False)
    await furnish(house, [contract("2026-0001", renewal=PLAIN)])
    async with store.open(TENANT) as unit:
        await unit.people.set_recipient_rule(RecipientRule(kind="person", value=OWNER, is_allowed=True))
        await unit.commit()

    await house.turn_to(local("2027-04-30"))

    assert house.teams.letters == []


async def test_a_person_taken_off_the_list_gets_nothing_in_local_mode_either(house: TestWorld) -> None:
    async with house.world.store.open(TENANT) as unit:
        await unit.people.set_recipient_rule(RecipientRule(kind="person", value=MANAGER, is_allowed=False))
        await unit.commit()

    await house.turn_to(local("2027-03-30"))

    assert house.teams.to(MANAGER) == []


async def test_a_class_not_in_operation_plans_but_says_nothing(store: Store) -> None:
    house = make_world(store)
    await furnish(house, [contract("2026-0002", contract_class=ContractClass.HIGH, renewal=PLAIN)])

    await house.turn_to(local("2027-04-30"))

    assert nudges(house, MANAGER) == []
    async with store.read(TENANT) as unit:
        live = [row for row in await unit.followups.all() if row.state is not FollowupState.CANCELLED]
    assert {row.state for row in live} == {FollowupState.SKIPPED_RAMP}


async def test_switching_a_class_on_gives_people_twenty_working_days(store: Store) -> None:
    house = make_world(store)
    await furnish(house, [contract("2026-0002", contract_class=ContractClass.HIGH, renewal=PLAIN)])
    await house.turn_to(local("2027-02-22"))

    await set_rollout(house.world, TENANT, [ContractClass.CRITICAL, ContractClass.HIGH], actor="cli")
    await house.tick()

    async with store.read(TENANT) as unit:
        open_ = await unit.followups.open()
    assert open_
    assert min(row.due_on for row in open_) >= date(2027, 3, 22)


async def test_a_changed_end_date_voids_the_decision_and_plans_a_new_one(store: Store) -> None:
    house = make_world(store)
    option = Renewal(kind=RenewalKind.OPTION, count=1, months=12)
    deal = contract("2026-0003", renewal=option, start_on=date(2026, 3, 1), end_on=date(2030, 2, 28))
    await furnish(house, [deal])
    await house.tick()

    async with store.open(TENANT) as unit:
        stored = await unit.contracts.get(deal.contract_id)
        assert stored is not None
        await unit.contracts.save(replace(stored, end_on=date(2031, 2, 28)), needs_planning=True)
        await unit.commit()
    await house.tick()

    async with store.read(TENANT) as unit:
        decisions = [row for row in await unit.followups.all() if row.activity is Activity.EXTENSION_DECISION]
        alarms = [row for row in await unit.watches.all() if row.kind is WatchKind.SEND_BY]
    assert [(row.period_key, row.state) for row in sorted(decisions, key=lambda row: row.period_key)] == [
        ("2030-02-28", FollowupState.CANCELLED),
        ("2031-02-28", FollowupState.PLANNED),
    ]
    assert {(row.period_key, row.state) for row in alarms} == {
        ("2030-02-28", WatchState.VOIDED),
        ("2031-02-28", WatchState.OPEN),
    }


async def test_a_legal_date_alarms_every_working_day_until_it_runs_out(store: Store) -> None:
    house = make_world(store)
    option = Renewal(kind=RenewalKind.OPTION, count=1, months=12)
    deal = contract("2026-0004", renewal=option, start_on=date(2025, 4, 1), end_on=date(2027, 3, 31), notice_months=1)
    await furnish(house, [deal])

    await house.turn_to(local("2027-04-05"))

    alarms = [
        letter.today for letter in house.teams.to(OWNER) for item in letter.items if isinstance(item, LegalDateItem)
    ]
    assert alarms[:4] == [date(2027, 1, 29), date(2027, 2, 5), date(2027, 2, 9), date(2027, 2, 12)]
    assert alarms[4:7] == [date(2027, 2, 15), date(2027, 2, 16), date(2027, 2, 17)]
    assert max(alarms) <= date(2027, 3, 31)
    assert house.teams.to(PROCUREMENT)
    async with store.read(TENANT) as unit:
        states = {row.state for row in await unit.watches.all() if row.kind is WatchKind.SEND_BY}
    assert states == {WatchState.LAPSED}


async def test_a_date_that_had_passed_at_go_live_waits_for_the_controller_in_silence(store: Store) -> None:
    house = make_world(store)
    option = Renewal(kind=RenewalKind.OPTION, count=1, months=12)
    await furnish(house, [contract("2025-0009", renewal=option, start_on=date(2024, 3, 1), end_on=date(2027, 2, 28))])

    await house.turn_to(local("2027-01-15"))

    assert house.teams.letters == []
    async with store.read(TENANT) as unit:
        waiting = await unit.watches.needing_decision()
    assert [row.kind for row in waiting] == [WatchKind.SEND_BY]


async def test_a_stopped_house_sends_nothing_and_its_ladders_wait(house: TestWorld) -> None:
    async with house.world.store.open(TENANT) as unit:
        tenant = await unit.tenant.ensure("", at=house.clock())
        await unit.tenant.save(replace(tenant, outgoing_stopped_at=house.clock()))
        await unit.commit()

    await house.turn_to(local("2027-04-30"))

    assert house.teams.letters == []
    async with house.world.store.read(TENANT) as unit:
        kinds = {notice.kind for notice in await unit.notices.all()}
    assert kinds <= {NoticeKind.FOLLOWUP_NUDGE}


async def test_no_manager_is_nudged_about_more_than_three_followups_in_a_week(store: Store) -> None:
    house = make_world(store)
    deals = [contract(f"2026-010{number}", renewal=PLAIN) for number in range(5)]
    await furnish(house, deals)

    await house.turn_to(local("2027-02-19", "17:00"))

    told = {
        item.followup.followup_id
        for letter in house.teams.to(MANAGER)
        for item in letter.items
        if isinstance(item, FollowupItem)
    }
    assert len(told) == 3


async def test_every_change_of_state_has_its_event(house: TestWorld) -> None:
    await house.turn_to(local("2027-03-20"))

    async with house.world.store.read(TENANT) as unit:
        events = await unit.events.all()
        notices = await unit.notices.all()
        rows = await unit.followups.all()
    sent = [event for event in events if event.kind == "notice.sent"]
    taken = [event for event in events if event.kind == "followup.rung_taken"]
    assert len(sent) == sum(notice.state is NoticeState.SENT for notice in notices)
    assert len(taken) == sum(row.rungs_done for row in rows)


async def test_a_new_manager_hears_what_the_old_one_would_have(house: TestWorld) -> None:
    newcomer = person("Nina Ny", Role.FINANCE_CONTROLLER)
    await house.turn_to(local("2027-02-15", "07:00"))
    async with house.world.store.open(TENANT) as unit:
        await unit.people.add(newcomer)
        stored = (await unit.contracts.all())[0]
        await unit.contracts.save(replace(stored, manager_mail=newcomer.mail), needs_planning=False)
        await unit.commit()

    await house.turn_to(local("2027-02-25", "17:00"))

    assert nudges(house, MANAGER) == []
    assert nudges(house, newcomer.mail)
