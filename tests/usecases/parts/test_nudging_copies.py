"""What is said to the owner and the controller about a follow-up, its manager reads too."""

from dataclasses import replace

from cards.letters import letter_text
from domain.notice import NoticeKind
from storage.unit_of_work import Store
from tests.support.followups import CARIN, MIA, OLLE, STADNING, followup, given
from tests.support.world import TestWorld, local, make_world


async def climbed(store: Store, until: str, manager: str | None = MIA.mail) -> TestWorld:
    world = make_world(store)
    await given(world, followup(), contracts=(replace(STADNING, manager_mail=manager, deputy_mail=None),))
    await world.turn_to(local(until, "12:00"))
    return world


def reported(world: TestWorld) -> list[str]:
    return [
        letter_text(letter)
        for letter in world.teams.to(MIA.mail)
        if any(item.kind is NoticeKind.MANAGER_REPORTED for item in letter.items)
    ]


async def test_the_manager_reads_what_the_owner_was_told_on_the_same_day(store: Store) -> None:
    """Due on 8 February; the owner is told five open days later."""
    world = await climbed(store, "2027-02-16")

    to_owner = [item.kind for letter in world.teams.to(OLLE.mail) for item in letter.items]
    assert to_owner == [NoticeKind.WELCOME, NoticeKind.FOLLOWUP_TO_OWNER]
    assert len(reported(world)) == 1
    assert "Olle Ägare" in reported(world)[0]


async def test_the_manager_reads_what_the_controller_was_told(store: Store) -> None:
    world = await climbed(store, "2027-02-24")

    assert len(reported(world)) == 2
    assert "Carin Controller" in reported(world)[1]


async def test_with_no_manager_there_is_nobody_to_copy(store: Store) -> None:
    world = await climbed(store, "2027-02-24", manager=None)

    kinds = [item.kind for letters in (OLLE, CARIN) for letter in world.teams.to(letters.mail) for item in letter.items]
    assert NoticeKind.MANAGER_REPORTED not in kinds
