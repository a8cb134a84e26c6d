"""*Imorgon* shows the exact messages of the next working day, and each can be held and let go."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest

from cards.letters import letter_text
from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.errors import Refused
from domain.people import Person
from storage.unit_of_work import Store
from tests.support.overview import CARIN, MIA, OLLE
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person
from usecases.controls.edit_allow_list import take_out
from usecases.controls.preview_messages import (
    Tomorrow,
    hold_message,
    preview_messages,
    release_message,
)
from usecases.controls.stop_sending import stop_sending
from usecases.set_preferences import send_at
from usecases.set_rollout import set_rollout

STAFF = (
    *PEOPLE,
    *(person(f"{name} Exempel") for name in ("Ada", "Bo", "Cia", "Dag")),
    person("Per Mail", teams_locale="en-GB"),
)


def register() -> tuple[Contract, ...]:
    """Sixteen contracts whose follow-ups, alarms and other dates fall on many days."""
    starts = [date(2025, 1, 1) + timedelta(days=41 * number) for number in range(16)]
    kinds = [
        Renewal(kind=RenewalKind.OPTION, count=1, months=12),
        Renewal(kind=RenewalKind.AUTOMATIC, months=12),
        Renewal(kind=RenewalKind.NONE),
        Renewal(kind=RenewalKind.OPEN_ENDED),
    ]
    return tuple(
        contract(
            f"2025-{number:04}",
            title=f"Avtal nummer {number}",
            start_on=start,
            end_on=None if kinds[number % 4].kind is RenewalKind.OPEN_ENDED else start + timedelta(days=900 + number),
            renewal=kinds[number % 4],
            contract_class=list(ContractClass)[number % 3],
            notice_months=(None, 3, 6)[number % 3],
            owner_mail=STAFF[number % len(STAFF)].mail,
            manager_mail=STAFF[(number * 3 + 1) % len(STAFF)].mail,
        )
        for number, start in enumerate(starts)
    )


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await furnish(world, register(), STAFF)
    await set_rollout(world.world, TENANT, list(ContractClass), actor="cli")
    return world


def shown(tomorrow: Tomorrow) -> list[tuple[str, str]]:
    return sorted((one.letter.recipient.mail, letter_text(one.letter)) for one in tomorrow.messages if not one.is_held)


def sent(world: TestWorld, since: int) -> list[tuple[str, str]]:
    return sorted((mail, letter_text(letter)) for mail, letter in world.teams.letters[since:])


@pytest.mark.parametrize(
    "asked_at",
    [
        pytest.param(local("2027-02-10", "15:00"), id="a Wednesday afternoon"),
        pytest.param(local("2027-02-12", "16:30"), id="a Friday, about Monday"),
        pytest.param(local("2027-03-24", "23:00"), id="late in the evening before Maundy Thursday"),
        pytest.param(local("2027-03-25", "12:00"), id="about the Tuesday after Easter"),
    ],
)
async def test_what_is_shown_is_what_is_sent(town: TestWorld, asked_at: datetime) -> None:
    await town.turn_to(asked_at)
    tomorrow = await preview_messages(town.world, TENANT, CARIN)
    before = len(town.teams.letters)

    await town.turn_to(local(tomorrow.day.isoformat(), "23:30"))

    assert sent(town, before) == shown(tomorrow)
    assert tomorrow.day > asked_at.date()


async def test_in_the_quiet_weeks_nothing_but_alarms_is_shown_and_sent(store: Store) -> None:
    world = make_world(store, at=local("2027-07-05"))
    await furnish(world, [contract("2026-0147", end_on=date(2028, 1, 31))])
    await world.turn_to(local("2027-07-20", "12:00"))
    tomorrow = await preview_messages(world.world, TENANT, CARIN)
    before = len(world.teams.letters)

    await world.turn_to(local(tomorrow.day.isoformat(), "18:00"))

    assert sent(world, before) == shown(tomorrow)
    assert {one.bundle for one in tomorrow.messages} == {"legal"}


async def test_it_holds_day_after_day_for_weeks(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-08", "18:00"))
    seen = 0

    for _ in range(8):
        tomorrow = await preview_messages(town.world, TENANT, CARIN)
        before = len(town.teams.letters)
        await town.turn_to(local(tomorrow.day.isoformat(), "18:00"))
        assert sent(town, before) == shown(tomorrow)
        seen += len(tomorrow.messages)

    assert seen > 3


async def test_messages_of_later_today_are_not_tomorrows(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-15", "06:30"))

    tomorrow = await preview_messages(town.world, TENANT, CARIN)

    assert tomorrow.day == date(2027, 2, 16)
    assert all(one.at.date() == tomorrow.day for one in tomorrow.messages)


async def test_looking_changes_nothing(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    before = await everything(town)

    await preview_messages(town.world, TENANT, CARIN)

    assert await everything(town) == before


async def everything(world: TestWorld) -> Sequence[object]:
    async with world.world.store.read(TENANT) as unit:
        people = await unit.people.all()
        return [
            await unit.tenant.get(),
            await unit.followups.all(),
            await unit.watches.all(),
            await unit.notices.all(),
            await unit.events.all(),
            await unit.people.routes([one.person_id for one in people]),
        ]


async def test_each_message_goes_at_the_hour_the_person_chose(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    earlier = {one.letter.recipient.mail for one in (await preview_messages(town.world, TENANT, CARIN)).messages}
    who = next(one for one in STAFF if one.mail in earlier)
    await send_at(town.world, TENANT, who, time(13, 30))

    messages = (await preview_messages(town.world, TENANT, CARIN)).messages

    assert {one.at.strftime("%H:%M") for one in messages if one.letter.recipient.mail == who.mail} == {"13:30"}


async def test_those_outside_the_allow_list_are_counted_and_not_shown(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    all_in = await preview_messages(town.world, TENANT, CARIN)
    who = all_in.messages[0].letter.recipient
    await take_out(town.world, TENANT, CARIN, who.mail)

    tomorrow = await preview_messages(town.world, TENANT, CARIN)

    assert who.mail not in {one.letter.recipient.mail for one in tomorrow.messages}
    assert tomorrow.outside_count == 1


async def test_while_stopped_it_shows_what_would_go_and_says_that_it_does_not(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    before = await preview_messages(town.world, TENANT, CARIN)
    await stop_sending(town.world, TENANT, CARIN)

    tomorrow = await preview_messages(town.world, TENANT, CARIN)

    assert shown(tomorrow) == shown(before)
    assert tomorrow.is_stopped
    async with town.world.store.read(TENANT) as unit:
        tenant = await unit.tenant.get()
    assert tenant is not None
    assert tenant.outgoing_stopped_at is not None


async def test_only_the_controller_may_look(town: TestWorld) -> None:
    with pytest.raises(Refused, match="only_controller"):
        await preview_messages(town.world, TENANT, OLLE)


# ---------------------------------------------------------------- held


async def first_of(world: TestWorld) -> tuple[str, Person, Tomorrow]:
    tomorrow = await preview_messages(world.world, TENANT, CARIN)
    one = tomorrow.messages[0]
    return one.subject(tomorrow.day), one.letter.recipient, tomorrow


async def test_a_held_message_stays_and_the_others_go(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    subject, _, tomorrow = await first_of(town)
    before = len(town.teams.letters)

    handled = await hold_message(town.world, TENANT, CARIN, subject)
    after = await preview_messages(town.world, TENANT, CARIN)
    await town.turn_to(local(tomorrow.day.isoformat(), "18:00"))

    held = [one for one in after.messages if one.is_held]
    assert handled.is_found
    assert [one.subject(after.day) for one in held] == [subject]
    assert letter_text(held[0].letter) == letter_text(tomorrow.messages[0].letter)
    assert sent(town, before) == shown(after)
    assert len(sent(town, before)) == len(tomorrow.messages) - 1


async def test_held_it_stays_held_day_after_day_until_it_is_released(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    subject, who, _ = await first_of(town)
    await hold_message(town.world, TENANT, CARIN, subject)
    await town.turn_to(local("2027-02-17", "10:00"))
    kept = [one for one in (await preview_messages(town.world, TENANT, CARIN)).messages if one.is_held]
    before = len(town.teams.letters)

    released = await release_message(town.world, TENANT, CARIN, kept[0].subject(date(2027, 2, 18)))
    await town.turn_to(local("2027-02-18", "18:00"))

    assert released.is_found
    assert who.mail in {mail for mail, _ in sent(town, before)}
    assert not [one for one in (await preview_messages(town.world, TENANT, CARIN)).messages if one.is_held]


async def test_held_and_released_in_time_it_goes_as_if_nothing_had_happened(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    subject, _, tomorrow = await first_of(town)
    before = len(town.teams.letters)

    await hold_message(town.world, TENANT, CARIN, subject)
    await release_message(town.world, TENANT, CARIN, subject)
    await town.turn_to(local(tomorrow.day.isoformat(), "18:00"))

    assert sent(town, before) == shown(tomorrow)


async def test_holding_twice_holds_once_and_an_old_card_holds_nothing(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    subject, _, tomorrow = await first_of(town)

    first = await hold_message(town.world, TENANT, CARIN, subject)
    second = await hold_message(town.world, TENANT, CARIN, subject)
    await release_message(town.world, TENANT, CARIN, subject)
    await town.turn_to(local(tomorrow.day.isoformat(), "18:00"))
    late = await hold_message(town.world, TENANT, CARIN, subject)

    assert (first.is_found, second.is_found, late.is_found) == (True, True, False)


async def test_it_can_be_held_in_the_morning_of_the_day_itself(town: TestWorld) -> None:
    await town.turn_to(local("2027-02-10", "15:00"))
    subject, _, tomorrow = await first_of(town)
    await town.turn_to(local(tomorrow.day.isoformat(), "07:55"))
    before = len(town.teams.letters)

    handled = await hold_message(town.world, TENANT, CARIN, subject)
    await town.turn_to(local(tomorrow.day.isoformat(), "18:00"))

    assert handled.is_found
    assert len(sent(town, before)) == len(tomorrow.messages) - 1


@pytest.mark.parametrize("subject", ["", "message:2027-02-11", "message:i-morgon:p:digest", "notice:1"])
async def test_nonsense_is_refused(town: TestWorld, subject: str) -> None:
    with pytest.raises(Refused, match="no_such_message"):
        await hold_message(town.world, TENANT, CARIN, subject)


@pytest.mark.parametrize("act", [hold_message, release_message])
async def test_nobody_else_holds_or_releases(town: TestWorld, act: object) -> None:
    assert callable(act)
    with pytest.raises(Refused, match="only_controller"):
        await act(town.world, TENANT, MIA, "message:2027-02-11:p-1:digest")


async def test_the_ladder_does_not_climb_past_a_held_reminder(store: Store) -> None:
    world = make_world(store)
    await furnish(world, [contract("2026-0147")])
    await world.turn_to(local("2027-02-12", "12:00"))
    subject, who, _ = await first_of(world)
    await hold_message(world.world, TENANT, CARIN, subject)

    await world.turn_to(local("2027-03-20", "12:00"))

    assert who == MIA
    assert world.teams.letters == []
