"""Ending the silence in words and by buttons: later, not me, done already, cannot, and taking it back."""

from dataclasses import replace
from datetime import date

import pytest

from domain.contract import Renewal, RenewalKind
from domain.followup import Activity, FollowupState
from domain.identifiers import WatchId
from domain.watch import Watch, WatchKind, WatchState
from storage.unit_of_work import Store
from tests.support.followups import (
    EVERYBODY,
    MIA,
    OLLE,
    SAMIRA,
    STADNING,
    STRANGER,
    chat_of,
    contract_now,
    followup,
    given,
    queued,
    row,
    verbs,
)
from tests.support.talking import Talk
from tests.support.world import TENANT, TestWorld, local, make_world, person


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world)
    return world


@pytest.fixture
def mia(town: TestWorld) -> Talk:
    return Talk(town, MIA)


async def open_item(talk: Talk) -> None:
    await talk.says("öppna 1")


# ---------------------------------------------------------------- later


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("påminn mig på fredag", date(2027, 1, 29)),
        ("påminn mig den 3 februari", date(2027, 2, 3)),
        ("Påminn mig 2027-02-05!", date(2027, 2, 5)),
        ("påminn mig i morgon", date(2027, 1, 26)),
        ("påminn mig om en vecka", date(2027, 2, 1)),
        ("remind me on Thursday", date(2027, 1, 28)),
        ("skjut upp till torsdag", date(2027, 1, 28)),
    ],
)
async def test_put_off_in_words(town: TestWorld, mia: Talk, words: str, day: date) -> None:
    said = await mia.says(words)

    assert (await row(town)).snoozed_until == day
    assert "Framflyttad" in said


async def test_without_a_day_it_is_asked_for(town: TestWorld, mia: Talk) -> None:
    asked = await mia.says("påminn mig")
    await mia.says("på fredag")

    assert "Vilken dag ska jag påminna dig?" in asked
    assert (await row(town)).snoozed_until == date(2027, 1, 29)


async def test_a_day_that_is_not_understood_is_asked_for_again(town: TestWorld, mia: Talk) -> None:
    await mia.says("påminn mig")

    said = await mia.says("när det passar")
    await mia.says("fredag")

    assert "Jag förstod inte vilken dag" in said
    assert (await row(town)).snoozed_until == date(2027, 1, 29)


async def test_a_question_can_be_taken_back(town: TestWorld, mia: Talk) -> None:
    await mia.says("påminn mig")

    said = await mia.says("avbryt")

    assert "Kvartalsuppföljning" in said
    assert (await chat_of(town)).expects is None


async def test_put_off_too_far_is_explained(mia: Talk) -> None:
    said = await mia.says("påminn mig 2027-06-01")

    assert "Senaste dagen är 2027-02-08" in said


async def test_put_off_by_its_button(town: TestWorld, mia: Talk) -> None:
    await open_item(mia)

    await mia.presses("followup.snooze", {"until": "2027-01-29"})

    assert (await row(town)).snoozed_until == date(2027, 1, 29)


async def test_put_off_by_a_button_without_a_day_is_explained_and_the_buttons_stay(mia: Talk) -> None:
    await open_item(mia)

    said = await mia.presses("followup.snooze", {"until": ""})

    assert "Jag förstod inte vilken dag" in said
    assert "followup.snooze" in verbs(mia.cards)


async def test_a_day_in_words_that_is_not_understood_is_asked_for(town: TestWorld, mia: Talk) -> None:
    await mia.says("påminn mig när det passar")
    await mia.says("fredag")

    assert (await row(town)).snoozed_until == date(2027, 1, 29)


# ---------------------------------------------------------------- not me


@pytest.mark.parametrize(
    "words", ["fel person, Samira Holm", "fel person samira på fastighet", "wrong person: Samira Holm"]
)
async def test_handed_over_in_words(town: TestWorld, mia: Talk, words: str) -> None:
    said = await mia.says(words)

    assert "Samira Holm tar över" in said
    assert (await contract_now(town)).manager_mail == SAMIRA.mail


async def test_who_it_should_be_is_asked_for(town: TestWorld, mia: Talk) -> None:
    asked = await mia.says("fel person")
    said = await mia.says("Samira Holm")

    assert "Vem ska ha den i stället?" in asked
    assert "Samira Holm tar över" in said


async def test_two_who_may_be_meant_are_asked_about_and_the_next_words_say_who(store: Store) -> None:
    world = make_world(store)
    await given(world, people=(*EVERYBODY, person("Samira Ek")))
    mia = Talk(world, MIA)

    said = await mia.says("fel person, Samira")
    await mia.says("Samira Holm")

    assert "Samira Ek" in said
    assert (await contract_now(world)).manager_mail == SAMIRA.mail


async def test_who_does_not_know_leaves_it_to_the_controller(mia: Talk) -> None:
    await mia.says("fel person")

    said = await mia.says("vet inte")

    assert "Carin Controller" in said


async def test_said_in_a_sentence_of_one_s_own(town: TestWorld, mia: Talk) -> None:
    await mia.says("Jag är inte ansvarig för det avtalet längre, det är Samira på fastighet.")

    assert (await contract_now(town)).manager_mail == SAMIRA.mail


async def test_a_whole_report_is_no_name(town: TestWorld, mia: Talk) -> None:
    await mia.says("fel person")

    heard = await mia.says("Städningen på Kinnaskolan uteblev i går och ingen har svarat i telefon")

    assert "Har jag förstått dig rätt?" in heard


async def test_handed_over_by_its_button(town: TestWorld, mia: Talk) -> None:
    await open_item(mia)

    await mia.presses("followup.wrong_person", {"who": SAMIRA.mail})

    assert (await contract_now(town)).manager_mail == SAMIRA.mail


# ---------------------------------------------------------------- done already


async def test_done_already_in_one_sentence(town: TestWorld, mia: Talk) -> None:
    said = await mia.says("redan gjort, i torsdags på mötet med leverantören")

    stored = await row(town)
    assert "Olle Ägare får läsa och godkänna" in said
    assert stored.state is FollowupState.SUBMITTED
    assert stored.closed_reason == "2027-01-21: på mötet med leverantören"


async def test_when_and_how_are_asked_for(town: TestWorld, mia: Talk) -> None:
    asked = await mia.says("redan gjort")
    how = await mia.says("i torsdags")
    await mia.says("Vi gick igenom allt på mötet.")

    assert "När blev det gjort" in asked
    assert "hur gick det" in how
    assert (await row(town)).closed_reason == "2027-01-21: Vi gick igenom allt på mötet."


async def test_done_already_by_its_button(town: TestWorld, mia: Talk) -> None:
    await open_item(mia)

    await mia.presses("followup.already_done", {"done_on": "2027-01-20", "done_note": "Möte hölls."})

    assert (await row(town)).closed_reason == "2027-01-20: Möte hölls."


async def test_the_owner_reads_what_was_said_of_it(town: TestWorld, mia: Talk) -> None:
    await mia.says("redan gjort, i torsdags på mötet med leverantören")

    said = await Talk(town, OLLE).says("att godkänna")

    assert "på mötet med leverantören" in said
    assert "Inte besvarad" not in said


# ---------------------------------------------------------------- cannot


@pytest.mark.parametrize(
    "words",
    [
        "går inte, därför att leverantören är i konkurs",
        "Det går inte eftersom leverantören är i konkurs.",
        "går inte: leverantören är i konkurs",
        "not possible because leverantören är i konkurs",
    ],
)
async def test_what_stands_in_the_way_in_words(mia: Talk, town: TestWorld, words: str) -> None:
    said = await mia.says(words)

    assert "leverantören är i konkurs" in said
    assert await queued(town) == [("olle.agare", "followup_note", "notes.cannot")]


async def test_what_stands_in_the_way_is_asked_for(town: TestWorld, mia: Talk) -> None:
    asked = await mia.says("går inte")
    await mia.says("Leverantören svarar inte.")

    assert "Vad är det som hindrar?" in asked
    assert len(await queued(town)) == 1


async def test_what_stands_in_the_way_by_its_button(town: TestWorld, mia: Talk) -> None:
    await open_item(mia)

    await mia.presses("followup.cannot", {"reason": "Leverantören svarar inte."})

    assert len(await queued(town)) == 1


# ---------------------------------------------------------------- taking it back


async def test_taken_back_in_words(town: TestWorld, mia: Talk) -> None:
    await mia.says("påminn mig på fredag")

    said = await mia.says("ångra")

    assert (await row(town)).snoozed_until is None
    assert "followup.snooze" in verbs(mia.cards), said


async def test_taken_back_by_the_button_of_what_was_done(town: TestWorld, mia: Talk) -> None:
    await mia.says("fel person, Samira Holm")

    await mia.presses("followup.undo")

    assert (await contract_now(town)).manager_mail == MIA.mail


async def test_an_old_button_to_undo_shows_how_it_stands(town: TestWorld, mia: Talk) -> None:
    await mia.says("påminn mig på fredag")
    old = mia.button("followup.undo")
    town.clock.now = local("2027-01-26", "10:00")

    said = await mia.presses_old(old)

    assert "Kvartalsuppföljning" in said
    assert (await row(town)).snoozed_until == date(2027, 1, 29)


async def test_nothing_to_take_back_is_said(mia: Talk) -> None:
    said = await mia.says("ångra")

    assert "Det finns inget att ångra" in said


async def test_a_stranger_s_words_reach_nobody_s_follow_up(town: TestWorld) -> None:
    stig = Talk(town, STRANGER)

    for words in ("redan gjort", "påminn mig på fredag", "fel person", "går inte", "börja"):
        await stig.says(words)

    assert (await row(town)).version == 1


# ---------------------------------------------------------------- extension decisions


async def deciding(world: TestWorld, renewal: Renewal | None = None) -> None:
    contract = replace(STADNING, renewal=renewal) if renewal else STADNING
    await given(world, followup(activity=Activity.EXTENSION_DECISION, modules=()), contracts=(contract,))
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
        )
        await unit.watches.add_all([watch])
        await unit.commit()


async def legal_date(world: TestWorld) -> Watch:
    async with world.world.store.read(TENANT) as unit:
        watch = await unit.watches.get("w-1")
    assert watch is not None
    return watch


async def test_a_decision_is_asked_for_one_thing_at_a_time(store: Store) -> None:
    world = make_world(store)
    await deciding(world)
    mia = Talk(world, MIA)

    what = await mia.says("redan gjort")
    who = await mia.says("förläng")
    told = await mia.says("Olle Ägare, 20 januari")
    done = await mia.says("21 januari, med e-post")

    assert "Skriv förläng eller förläng inte" in what
    assert "Vem fattade beslutet" in who
    assert "När och hur fick leverantören besked?" in told
    assert "Beslutet finns nu sparat" in done
    watch = await legal_date(world)
    assert watch.state is WatchState.DONE
    assert watch.decision == {
        "decision": "extend",
        "decided_by": "Olle Ägare",
        "decided_on": "2027-01-20",
        "notice_sent_on": "2027-01-21",
        "notice_how": "med e-post",
    }


async def test_a_decision_told_in_one_breath_is_recorded_at_once(store: Store) -> None:
    world = make_world(store)
    await deciding(world)

    await Talk(world, MIA).says(
        "redan gjort: förlängning beslutad av Olle Ägare 20 januari, skickat 21 januari med e-post",
    )

    watch = await legal_date(world)
    assert watch.state is WatchState.DONE
    assert watch.decision is not None
    assert watch.decision["decided_by"] == "Olle Ägare"
    assert watch.decision["notice_how"] == "e-post"


async def test_a_decision_not_to_extend_asks_nothing_about_the_supplier(store: Store) -> None:
    world = make_world(store)
    await deciding(world)
    mia = Talk(world, MIA)

    await mia.says("redan gjort")
    await mia.says("förläng inte")
    await mia.says("Olle Ägare den 20 januari")

    assert (await legal_date(world)).state is WatchState.DONE


async def test_a_decision_nobody_has_sent_keeps_the_legal_date_and_says_so(store: Store) -> None:
    world = make_world(store)
    await deciding(world)
    mia = Talk(world, MIA)

    await mia.says("redan gjort")
    await mia.says("förläng")
    await mia.says("Olle Ägare, 20 januari")
    said = await mia.says("inte än")

    assert "Leverantören har inte fått besked än" in said
    assert (await legal_date(world)).state is WatchState.OPEN
    assert (await row(world)).state is FollowupState.ACCEPTED


async def test_a_contract_that_renews_itself_is_ended_or_left_alone(store: Store) -> None:
    world = make_world(store)
    await deciding(world, Renewal(kind=RenewalKind.AUTOMATIC, count=1, months=12))
    mia = Talk(world, MIA)

    asked = await mia.says("redan gjort")
    again = await mia.says("förläng")
    await mia.says("låt förlängas")

    assert "säg upp eller låt förlängas" in asked
    assert "säg upp eller låt förlängas" in again


async def test_a_decision_by_its_button(store: Store) -> None:
    world = make_world(store)
    await deciding(world)
    mia = Talk(world, MIA)
    await open_item(mia)

    fields = {"decision": "not_extend", "decided_by": "Olle Ägare", "decided_on": "2027-01-20"}
    await mia.presses("followup.already_done", fields)

    assert (await row(world)).state is FollowupState.ACCEPTED
