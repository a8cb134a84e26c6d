"""What happens to a case if nobody does anything: what is listed is what the clock does, step by step and to the day."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.deviation import Deviation, DeviationState, Severity
from domain.letter import DeviationItem
from domain.supplier_silence import Coming, ComingKind
from storage.unit_of_work import Store
from tests.support.case_talk import CARIN, MIA, OLLE, case_now, events_of, given_case, house_of_cases
from tests.support.talking import Talk
from tests.support.world import TENANT, TestWorld, local
from usecases.deviations.move_case import show_case

S = DeviationState
TOLD = ("deadline", "proposal", "reminder", "resumed", "action_late", "untold")
HEAD = ("bedömd, punkt 4.2", "kontaktad, telefon, Anna Berg")
LEFT_ALONE = {
    "registered": (),
    "assessed": HEAD[:1],
    "communicated": HEAD,
    "promised": (HEAD[0], "kontaktad, telefon, Anna Berg, lovar till 30 januari"),
    "complained": (HEAD[0], "reklamerad, mejl, Anna Berg, svar senast 22 januari, granskad"),
    "in remedy": (*HEAD, "åtgärdas, de byter personal"),
    "claimed fixed": (*HEAD, "åtgärdad, klart nu"),
    "disputed": (*HEAD, "bestridd, de säger nej"),
    "on hold": (*HEAD, "vilande, de har stängt, till 30 januari"),
    "sanction pending": (*HEAD, "påföljd prövas"),
    "a plan": (
        *HEAD,
        "reklamerad, mejl, Anna Berg, svar senast 22 januari, granskad",
        "åtgärdsplan begärd, till 25 januari",
        "plan: Ny personal, Anna Berg, 29 januari",
        "plan: Extra städning, Anna Berg, 5 februari",
    ),
}


async def foreseen(house: TestWorld, case: Deviation) -> Sequence[Coming]:
    shown = await show_case(house.world, TENANT, CARIN, str(case.deviation_id))
    return [item for item in shown.case.coming if item.at > house.clock()]


async def happened(house: TestWorld, case: Deviation, since: datetime) -> list[tuple[str, date]]:
    """What the clock told of, and on which local day."""
    kinds = tuple(f"deviation.{kind}_told" for kind in TOLD)
    return [
        (event.kind.removeprefix("deviation.").removesuffix("_told"), event.at.astimezone(UTC).date())
        for event in await events_of(house, case, *kinds)
        if event.at >= since
    ]


@pytest.mark.parametrize("severity", [Severity.MODERATE, Severity.SERIOUS])
@pytest.mark.parametrize("left", list(LEFT_ALONE))
async def test_what_is_listed_is_what_the_clock_does(store: Store, left: str, severity: Severity) -> None:
    house = await house_of_cases(store)
    case = await given_case(house, severity)
    for words in LEFT_ALONE[left]:
        await Talk(house, OLLE).says(f"{case.number} {words}")
    if left == "a plan":
        await Talk(house, MIA).says(f"{case.number} godkänn planen")
        await Talk(house, OLLE).says(f"{case.number} godkänn planen")
    await house.tick()
    began, listed = house.clock(), await foreseen(house, case)

    await house.turn_to(listed[-1].at + timedelta(days=3))
    told = await happened(house, case, began)

    assert listed, left
    assert told == [(item.kind.value, item.at.date()) for item in listed]
    proposed = [item.proposal.step for item in listed if item.proposal is not None]
    assert (await case_now(house, case)).proposed_step == (int(proposed[-1]) if proposed else None)


async def test_people_hear_on_the_very_day_that_was_foretold(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house)
    await house.tick()
    listed = await foreseen(house, case)

    for day in sorted({item.on for item in listed}):
        before = len(house.teams.letters)
        await house.turn_to(local(day.isoformat(), "12:00"))
        assert len(house.teams.letters) > before, day


async def test_nobody_is_moved_up_the_ladder_by_silence(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house, Severity.SERIOUS)

    await house.turn_to(local("2027-04-01"))

    after = await case_now(house, case)
    assert (after.ladder_step, after.state) == (0, S.REGISTERED)
    assert after.proposed_step is not None


async def test_a_promised_day_is_waited_for_in_silence_and_then_the_ladder_goes_on(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house)
    await Talk(house, MIA).says(f"{case.number} bedömd, punkt 4.2")
    await Talk(house, MIA).says(f"{case.number} kontaktad, telefon, Anna Berg, lovar till 12 februari")

    await house.turn_to(local("2027-02-11", "17:00"))
    before = await events_of(house, case, "deviation.deadline_told", "deviation.step_proposed")
    await house.turn_to(local("2027-02-17", "17:00"))
    after = await case_now(house, case)

    assert before == []
    assert (after.ladder_step, after.proposed_step) == (1, 2)


async def test_a_hold_ends_by_itself_with_a_line_to_the_manager(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house)
    for words in ("bedömd, punkt 4.2", "kontaktad, telefon, Anna Berg", "vilande, de har stängt, till 29 januari"):
        await Talk(house, MIA).says(f"{case.number} {words}")

    await house.turn_to(local("2027-01-29", "17:00"))

    after = await case_now(house, case)
    assert (after.state, after.hold_until, after.held_from) == (S.COMMUNICATED, None, None)
    items = [item for letter in house.teams.to(MIA.mail) for item in letter.items if isinstance(item, DeviationItem)]
    assert items[-1].text_key == "case.told.resumed"


async def test_whoever_was_told_hears_the_all_clear_once(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house, Severity.SERIOUS)
    await house.turn_to(local("2027-01-25", "17:00"))
    for words in (*HEAD, "åtgärdad, klart", "kontrollerad, jag var där"):
        await Talk(house, MIA).says(f"{case.number} {words}")
    await house.turn_to(local("2027-01-27", "17:00"))
    await Talk(house, OLLE).says(f"{case.number} stäng")
    await house.turn_to(local("2027-02-05", "17:00"))

    for person in (OLLE, CARIN):
        items = [item for letter in house.teams.to(person.mail) for item in letter.items]
        clear = [item for item in items if isinstance(item, DeviationItem) and "all_clear" in item.text_key]
        assert [item.text_key for item in clear] == ["case.all_clear.verified"], person.name


async def test_only_whoever_decides_is_told_that_they_do(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house, Severity.SERIOUS)
    for words in HEAD:
        await Talk(house, MIA).says(f"{case.number} {words}")

    await house.turn_to(local("2027-02-26", "17:00"))

    said = {}
    for person in (OLLE, CARIN):
        items = [item for letter in house.teams.to(person.mail) for item in letter.items]
        steps = [item for item in items if isinstance(item, DeviationItem) and item.deviation.proposed_step == 2]
        said[person.name] = {item.decider_name for item in steps}
    assert said == {OLLE.name: {None}, CARIN.name: {OLLE.name}}


async def test_new_rules_do_not_move_a_running_case(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house)
    before = await foreseen(house, case)
    async with house.world.store.open(TENANT) as unit:
        files = await unit.rules.get(1)
        assert files is not None
        quicker = files.texts["supplier_ladder"].replace("grace_days = 2", "grace_days = 9")
        await unit.rules.add({**files.texts, "supplier_ladder": quicker}, at=house.clock(), by="test")
        await unit.commit()
    newer = await given_case(house, ruleset_number=2)

    after, under_the_new = await foreseen(house, case), await foreseen(house, newer)
    await house.turn_to(before[-1].at + timedelta(hours=1))

    assert after == before
    assert under_the_new[-1].at > before[-1].at
    assert (await case_now(house, case)).proposed_step == before[-1].proposal.step  # type: ignore[union-attr]
    assert (await case_now(house, newer)).proposed_step is None


async def test_the_future_is_told_with_names_days_and_steps(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house)
    await Talk(house, MIA).says(f"{case.number} bedömd, punkt 4.2")
    await Talk(house, MIA).says(f"{case.number} vilande, de har stängt, till 29 januari")

    said = await Talk(house, MIA).says(f"{case.number} framtid")

    assert "fredag 29 januari: vilan är slut" in said
    assert all(name in said for name in (MIA.name, OLLE.name, CARIN.name))


def test_a_kind_of_moment_is_one_the_log_knows() -> None:
    passive = {ComingKind.UNDECIDED, ComingKind.RESERVATION_ENDING, ComingKind.RESERVATION_ENDED}
    assert {kind.value for kind in ComingKind} - set(TOLD) == {kind.value for kind in passive}


async def test_what_is_kept_from_the_manager_is_kept_from_them_by_the_clock_too(store: Store) -> None:
    house = await house_of_cases(store)
    held = {"state": S.ON_HOLD, "held_from": S.ASSESSED, "hold_until": date(2027, 1, 20)}
    case = await given_case(house, Severity.CRITICAL, type="ARB_KRIM", reported_by=CARIN.mail, **held)
    await house.turn_to(local("2027-03-05", "17:00"))

    heard = {
        person.name
        for person in (MIA, OLLE, CARIN)
        for letter in house.teams.to(person.mail)
        for item in letter.items
        if isinstance(item, DeviationItem)
    }
    assert (await case_now(house, case)).state is S.ASSESSED
    assert heard == {CARIN.name}


async def test_a_case_without_a_contract_is_the_controllers_to_be_told_of(store: Store) -> None:
    house = await house_of_cases(store)
    await given_case(house, contract_id=None, contract_number=None)

    await house.turn_to(local("2027-01-19", "17:00"))

    assert any(isinstance(item, DeviationItem) for letter in house.teams.to(CARIN.mail) for item in letter.items)


async def test_two_who_move_a_case_at_the_same_moment_are_both_answered(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house)

    answers = await asyncio.gather(
        *(Talk(house, who).says(f"{case.number} bedömd, punkt 4.2") for who in (MIA, OLLE, CARIN)),
    )

    assert all(str(case.number) in answer for answer in answers)
    assert len(await events_of(house, case, "deviation.moved")) == 1


async def test_silence_at_every_step_proposes_the_next_and_never_rescission(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house, Severity.SERIOUS)
    for words in HEAD:
        await Talk(house, MIA).says(f"{case.number} {words}")

    proposed = []
    for _ in range(5):
        await house.turn_to(house.clock() + timedelta(days=20))
        silent = await case_now(house, case)
        proposed.append(silent.proposed_step)
        await Talk(house, OLLE).says(f"{case.number} steg {silent.proposed_step}, de svarar inte")

    assert proposed == [2, 3, 4, 5, 5]
    assert (await case_now(house, case)).ladder_step == 5


async def test_a_case_left_for_weeks_foretells_nothing_that_has_been(store: Store) -> None:
    house = await house_of_cases(store)
    case = await given_case(house)

    await house.turn_to(local("2027-03-01", "12:00"))
    shown = await Talk(house, OLLE).says(f"{case.number} vad händer om ingen gör något?")

    assert "januari: jag föreslår" not in shown
    assert "Alla som ska påminnas har fått veta" in shown
