"""What became of each message is written down, whatever became of the others."""

from typing import cast

from storage.unit_of_work import Store
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world
from usecases.ports import TryLater

MANAGER, OWNER, *_ = (one.mail for one in PEOPLE)


async def told_on_one_morning(store: Store) -> TestWorld:
    """An owner who manages a contract of their own, so that two people have a digest the same minute."""
    house = make_world(store)
    await furnish(house, [contract("2026-0001"), contract("2026-0002", manager_mail=OWNER, owner_mail=MANAGER)])
    return house


async def wake(house: TestWorld) -> None:
    """After a morning without power: what should have gone minute by minute goes at once."""
    for moment in (house.clock.now, local("2027-02-15", "07:30"), local("2027-02-15", "08:30")):
        house.clock.now = moment
        await house.tick()


async def state_of_notices(house: TestWorld) -> dict[str, set[str]]:
    async with house.world.store.read(TENANT) as unit:
        found: dict[str, set[str]] = {}
        for notice in await unit.notices.all():
            found.setdefault(notice.recipient_mail, set()).add(notice.state.value)
    return found


async def test_an_outcome_that_cannot_be_written_takes_no_other_with_it(store: Store) -> None:
    house = await told_on_one_morning(store)
    unwritable = cast("str", object())
    house.teams.answers[MANAGER] = lambda _letter: TryLater(after_seconds=60, reason=unwritable)

    await wake(house)

    states = await state_of_notices(house)
    assert "sent" in states[OWNER]
    assert states[MANAGER].isdisjoint({"sent", "pending"})


async def test_a_sent_message_is_written_down_as_sent_with_its_event(store: Store) -> None:
    house = await told_on_one_morning(store)

    await wake(house)

    async with store.read(TENANT) as unit:
        sent = {notice.notice_id for notice in await unit.notices.all() if notice.sent_at}
        logged = {
            event.subject.removeprefix("notice:") for event in await unit.events.all() if event.kind == "notice.sent"
        }
    told = {notice_id for _, letter in house.teams.letters for notice_id in letter.notice_ids}
    assert sent == logged == told
