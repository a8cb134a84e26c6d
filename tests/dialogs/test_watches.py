"""Watched dates in words and by buttons: settled in one breath or question by question, and the controller's triage."""

import pytest

from domain.contract import ContractClass, Renewal, RenewalKind
from domain.watch import Watch, WatchKind, WatchState
from storage.unit_of_work import Store
from tests.support.overview import CARIN, EVA, MIA, OLLE, STIG
from tests.support.remembering import after
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world

ONE_BREATH = "redan gjort avtal 2026-0147: beslutat av NN 2027-08-02, skickat 2027-08-03 med e-post"


async def until_the_alarm(world: TestWorld) -> None:
    """On 4 August 2027 the notice should soon be on its way; the decision itself is long overdue."""
    await furnish(world, [contract("2026-0147")], (*PEOPLE, EVA, STIG))
    await world.turn_to(local("2027-08-04", "12:00"))


async def until_the_alarm_alone(world: TestWorld) -> None:
    """The same date on a contract whose class is not in operation, so that nothing else waits for anybody."""
    await furnish(world, [contract("2026-0147", contract_class=ContractClass.MEDIUM)], (*PEOPLE, EVA, STIG))
    await world.turn_to(local("2027-08-04", "12:00"))


@pytest.fixture
async def town(store: Store) -> TestWorld:
    return await after(until_the_alarm, store)


@pytest.fixture
async def calm(store: Store) -> TestWorld:
    return await after(until_the_alarm_alone, store)


@pytest.fixture
def olle(calm: TestWorld) -> Talk:
    return Talk(calm, OLLE)


@pytest.fixture
def carin(town: TestWorld) -> Talk:
    return Talk(town, CARIN)


async def watch(world: TestWorld, kind: WatchKind = WatchKind.SEND_BY) -> Watch:
    async with world.world.store.read(TENANT) as unit:
        return next(row for row in await unit.watches.all() if row.kind is kind)


# ---------------------------------------------------------------- done already


async def test_everything_in_one_breath_ends_the_alarm(calm: TestWorld, olle: Talk) -> None:
    said = await olle.says(ONE_BREATH)

    settled = await watch(calm)
    assert "Noterat som klart" in said
    assert settled.state is WatchState.DONE
    assert settled.decision == {
        "decision": "extend",
        "decided_by": "NN",
        "decided_on": "2027-08-02",
        "notice_sent_on": "2027-08-03",
        "notice_how": "e-post",
    }


async def test_in_english_too(calm: TestWorld) -> None:
    words = "already done contract 2026-0147: decided by NN 2027-08-02, sent 2027-08-03 by e-mail"

    said = await Talk(calm, OLLE, locale="en-GB").says(words)

    assert "e-mail" in said
    assert (await watch(calm)).state is WatchState.DONE


async def test_what_is_missing_is_asked_for_one_thing_at_a_time(calm: TestWorld, olle: Talk) -> None:
    what = await olle.says("redan gjort")
    who = await olle.says("förlängs")
    when = await olle.says("Olle Ägare")
    sent = await olle.says("i måndags")
    how = await olle.says("i går")
    done = await olle.says("e-post med kvittens")

    assert "Vad blev beslutet" in what
    assert "Vem fattade beslutet" in who
    assert "Vilken dag fattades beslutet" in when
    assert "Vilken dag skickades beskedet" in sent
    assert "Hur skickades beskedet" in how
    assert "Noterat som klart" in done
    assert (await watch(calm)).decision == {
        "decision": "extend",
        "decided_by": "Olle Ägare",
        "decided_on": "2027-08-02",
        "notice_sent_on": "2027-08-03",
        "notice_how": "e-post med kvittens",
    }


async def test_not_extending_asks_for_no_notice(calm: TestWorld, olle: Talk) -> None:
    await olle.says("redan gjort")
    await olle.says("förlängs inte")

    assert "Noterat som klart" in await olle.says("Olle Ägare, 2 augusti")
    assert (await watch(calm)).state is WatchState.DONE


async def test_an_answer_that_is_no_day_is_asked_again(olle: Talk) -> None:
    await olle.says("redan gjort: förlängs, beslutat av NN")

    said = await olle.says("minns inte riktigt")

    assert "Jag förstod inte svaret" in said
    assert "Vilken dag fattades beslutet" in said


async def test_a_day_to_come_is_no_day_on_which_it_was_sent(calm: TestWorld, olle: Talk) -> None:
    refused = await olle.says(ONE_BREATH.replace("beslutat", "förlängs, beslutat").replace("2027-08-03", "2027-12-24"))

    assert "Vilken dag skickades beskedet" in refused
    assert (await watch(calm)).state is WatchState.OPEN


async def test_not_sent_yet_leaves_the_alarm_on(calm: TestWorld, olle: Talk) -> None:
    await olle.says("redan gjort: förlängs, beslutat av NN 2027-08-02")

    said = await olle.says("inte än")

    assert "påminnelserna tills beskedet är skickat" in said
    assert (await watch(calm)).state is WatchState.OPEN


async def test_the_questions_can_be_called_off(calm: TestWorld, olle: Talk) -> None:
    await olle.says("redan gjort")

    said = await olle.says("avbryt")
    after = await olle.says("status")

    assert "Inget har sparats" in said
    assert "Läget för dina avtal" in after
    assert (await watch(calm)).state is WatchState.OPEN


async def test_a_question_in_between_does_not_lose_the_thread(olle: Talk) -> None:
    await olle.says("redan gjort")
    await olle.says("förlängs")
    await olle.says("status")

    assert "Vilken dag fattades beslutet" in await olle.says("Olle Ägare")


async def test_the_card_settles_with_its_fields_and_asks_for_what_they_left_out(calm: TestWorld, olle: Talk) -> None:
    await olle.says("redan gjort")
    await olle.says("avbryt")
    live = await watch(calm)
    button = {"v": 1, "verb": "watch.already_done", "subject": live.watch_id, "rev": 1, "notice": None}
    fields = {"decision": "extend", "decided_by": "NN", "decided_on": "2027-08-02"}

    asked = await olle.presses_old(button, fields)
    await olle.says("3 augusti med e-post")

    assert "Vilken dag skickades beskedet" in asked
    assert (await watch(calm)).state is WatchState.DONE


async def test_an_old_card_answers_with_how_it_stands_and_changes_nothing(calm: TestWorld, olle: Talk) -> None:
    await olle.says(ONE_BREATH)
    settled = await watch(calm)
    button = {"v": 1, "verb": "watch.already_done", "subject": settled.watch_id, "rev": 1, "notice": None}
    fields = {"decision": "not_extend", "decided_by": "Någon", "decided_on": "2027-08-02"}

    said = await Talk(calm, CARIN).presses_old(button, fields)

    assert "Olle Ägare svarade." in said
    assert (await watch(calm)).decision == settled.decision


async def test_it_can_be_undone_in_words_and_by_the_button(calm: TestWorld, olle: Talk) -> None:
    await olle.says(ONE_BREATH)
    undone = await olle.says("ångra")
    await olle.says(ONE_BREATH)
    again = await olle.presses("watch.undo")

    assert "Ångrat" in undone
    assert "Ångrat" in again
    assert (await watch(calm)).state is WatchState.OPEN


async def test_nobody_settles_somebody_elses_date(calm: TestWorld) -> None:
    live = await watch(calm)
    button = {"v": 1, "verb": "watch.already_done", "subject": live.watch_id, "rev": 1, "notice": None}

    typed = await Talk(calm, STIG).says(ONE_BREATH)
    pressed = await Talk(calm, STIG).presses_old(button, {"decision": "not_extend"})

    assert "Noterat som klart" not in typed
    assert "ligger inte hos dig" in pressed
    assert (await watch(calm)).state is WatchState.OPEN


async def test_a_contract_that_renews_itself_is_asked_about_in_its_own_words(store: Store) -> None:
    world = make_world(store)
    renewing = contract(
        "2026-0200", contract_class=ContractClass.MEDIUM, renewal=Renewal(kind=RenewalKind.AUTOMATIC, months=12)
    )
    await furnish(world, [renewing])
    await world.turn_to(local("2027-08-04", "12:00"))
    olle = Talk(world, OLLE)

    asked = await olle.says("redan gjort")
    await olle.says("löper vidare")
    done = await olle.says("Olle Ägare 2 augusti")

    assert "sägs upp eller löper vidare" in asked
    assert "Avtalet får löpa vidare" in done


async def test_when_both_a_date_and_a_followup_wait_it_is_asked_which(town: TestWorld) -> None:
    await town.turn_to(local("2027-08-25", "12:00"))
    mia = Talk(town, MIA)

    asked = await mia.says("redan gjort")
    picked = await mia.says("1")

    assert "Vilket gäller det?" in asked
    assert "Kvartalsuppföljning" in asked
    assert "Vad blev beslutet" in picked


async def test_the_followup_can_be_picked_as_well(town: TestWorld) -> None:
    await town.turn_to(local("2027-08-25", "12:00"))
    mia = Talk(town, MIA)
    await mia.says("redan gjort")

    assert "När blev det gjort" in await mia.says("2")


# ---------------------------------------------------------------- triage


async def test_the_controller_works_the_list_off_by_typing(town: TestWorld, carin: Talk) -> None:
    listed = await carin.says("behöver beslut")
    opened = await carin.says("öppna 1")
    decided = await carin.says("beslutat: förlängs inte, av Olle Ägare 2027-08-02")

    assert "2026-0147" in listed
    assert "Beslutet skulle ha fattats" in opened
    assert "Avtalet förlängs inte" in decided
    assert (await watch(town, WatchKind.DECISION_DUE)).state is WatchState.DONE
    assert "Inget väntar på beslut" in await carin.says("behöver beslut")


async def test_by_number_out_of_the_list(town: TestWorld, carin: Talk) -> None:
    await carin.says("behöver beslut")

    raised = await carin.says("ta upp 1")
    undone = await carin.says("ångra")
    dismissed = await carin.says("avfärda 1: avtalet är ersatt")

    assert "De här får en påminnelse nästa arbetsdag: Olle Ägare och Mia Manager." in raised
    assert "Ångrat" in undone
    assert "avtalet är ersatt" in dismissed
    assert (await watch(town, WatchKind.DECISION_DUE)).state is WatchState.DISMISSED


async def test_a_reason_left_out_is_asked_for(town: TestWorld, carin: Talk) -> None:
    await carin.says("behöver beslut")

    asked = await carin.says("avfärda 1")
    done = await carin.says("Det är ersatt av ett nytt avtal.")

    assert "Varför behövs det inte?" in asked
    assert "ersatt av ett nytt avtal" in done


@pytest.mark.parametrize(
    ("verb", "fields", "answer"),
    [
        ("watch.raise", {}, "Tas upp nu"),
        ("watch.dismiss", {"reason": "Ersatt."}, "Skälet"),
        (
            "watch.decided",
            {"decision": "not_extend", "decided_by": "Olle", "decided_on": "2027-08-02"},
            "Noterat som klart",
        ),
    ],
)
async def test_by_buttons_and_twice_is_once(
    town: TestWorld, carin: Talk, verb: str, fields: dict[str, str], answer: str
) -> None:
    await carin.says("behöver beslut")
    await carin.says("öppna 1")
    button = carin.button(verb)

    first = await carin.presses_old(button, fields)
    state = (await watch(town, WatchKind.DECISION_DUE)).state
    second = await carin.presses_old(button, fields)

    assert answer in first
    assert answer not in second
    assert (await watch(town, WatchKind.DECISION_DUE)).state is state


async def test_the_owner_decides_and_the_manager_is_told_who_does(town: TestWorld) -> None:
    mia, olle = Talk(town, MIA), Talk(town, OLLE)
    await mia.says("behöver beslut")
    await olle.says("behöver beslut")

    assert "avtalsägaren eller avtalscontrollern" in await mia.says("ta upp 1")
    assert "Tas upp nu" in await olle.says("ta upp 1")


async def test_a_number_of_another_list_is_not_a_date(carin: Talk) -> None:
    await carin.says("vad löper ut före 2029-01-01")

    assert "behöver beslut" in await carin.says("ta upp 1")


async def test_in_english_the_list_is_worked_off_too(town: TestWorld) -> None:
    talk = Talk(town, CARIN, locale="en-GB")
    await talk.says("needs decision")

    assert "Dismissed" in await talk.says("dismiss 1: replaced by a new contract")


async def test_the_wrong_person_hands_the_date_over(town: TestWorld) -> None:
    mia = Talk(town, MIA)
    live = await watch(town)
    await mia.presses_old({"v": 1, "verb": "watch.open", "subject": live.watch_id, "rev": 1, "notice": None})

    said = await mia.says("fel person, Eva Ek")

    assert "Eva Ek tar över." in said
    assert "Ångrat" in await mia.presses("watch.undo")


async def test_a_date_that_is_gone_is_said_so(carin: Talk) -> None:
    button = {"v": 1, "verb": "watch.open", "subject": "no-such-watch", "rev": 1, "notice": None}

    assert "finns inte längre" in await carin.presses_old(button)
