"""Every card of the checklist is valid, small and speaks both languages, and shows what the person needs to know."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from cards.card import Card
from cards.checklist import page_card, paused_card, start_card
from cards.checklist_proposal import REASON_FIELD, SEVERITY_FIELD, TEXT_FIELD, proposal_card, proposal_subject
from cards.checklist_summary import CHANGE_FIELD, submitted_card, summary_card
from cards.checklist_view import (
    ChecklistView,
    ProposalLine,
    ProposalState,
    SignOffFacts,
    StartFacts,
    SubmittedFacts,
    SummaryFacts,
)
from cards.sign_off import COMMENT_FIELD, sign_off_card, signed_off_card
from cards.views import DeviationLine
from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.outcome import StatusLight, missing, proposals, todos
from domain.checklist.pages import page_of, pages
from domain.checklist.session import Known, preparation
from domain.checklist.typed import Misfit
from domain.contract import ContractClass
from domain.deviation import Severity
from domain.identifiers import WatchId
from domain.people import Language
from domain.watch import Watch, WatchKind, WatchState
from tests.support.card_checks import assert_good_card, buttons_of, fields_of, texts_of
from tests.support.checklists import FOLLOWUP_ID, TODAY, answered, contract, deviation_types, question, templates, view

BOTH = pytest.mark.parametrize("language", list(Language))
ALL = ("PU", "LK", "PF")
DEVIATIONS = (
    DeviationLine(
        deviation_id="d1", number="AVV-2027-0003", headline="Leveransen uteblev *nu*", severity=Severity.SERIOUS
    ),
)


def page_with(question_id: str, *modules: str, **answers: str) -> Card:
    session = view(modules or ("PU",), answers=answered(**answers))
    return page_card(session, page_of(session.questions, question_id, session.answers))


def worst_case(language: Language) -> ChecklistView:
    """Everything answered, as long as it can be, with every bad answer given."""
    bad = answered(
        PU1="1",
        PU3="no",
        PU5="yes",
        PU6="yes",
        LK1="no",
        LK2="seldom",
        LK3="12",
        LK4="no",
        LK5="no",
        LK6="no",
        LK7="no",
    )
    bad |= answered(LK8="remarks", LK9="1", LK10="no", LK11="1", PF1="0", PF2="no", PF3="yes", PF4="yes", PF5="18400.5")
    bad |= answered(PF6="no", PF7="otherwise", PF8="no", PF9="99", PF10="no", PU2="å_*" * 333, LK12="[å](x)" * 166)
    bad = {
        name: replace(answer, note=None if answer.value and len(answer.value) > 99 else "å" * 1000)
        for name, answer in bad.items()
    }
    bad["PU4"] = Answer(question_id="PU4", kind=AnswerKind.SKIPPED)
    known = Known(controller_name="Cecilia [Controller](http://x.example)", award_criteria=("miljö", "*bemanning*"))
    return view(ALL, answers=bad, language=language, known=known, earlier=bad)


def lines_for(session: ChecklistView, state: ProposalState = ProposalState.OPEN) -> tuple[ProposalLine, ...]:
    found = proposals(session.questions, session.answers, session.language)
    return tuple(
        ProposalLine(proposal=proposal, kind=deviation_types()[proposal.type], state=state, reason="Vårt eget fel")
        for proposal in found
    )


def every_card(language: Language) -> Iterator[Card]:
    for session in (view(ALL, language=language), worst_case(language)):
        watch = Watch(
            watch_id=WatchId("w"),
            contract_id=session.contract.contract_id,
            kind=WatchKind.SEND_BY,
            period_key="2028-02-29",
            plan_version=1,
            on=date(2027, 11, 15),
            notice_deadline=date(2027, 11, 29),
            state=WatchState.OPEN,
        )
        yield start_card(
            session,
            StartFacts(
                minutes=5,
                preparation=preparation(templates(), ALL, language),
                next_watch=watch,
                deviations=DEVIATIONS * 9,
                last_on=date(2026, 12, 3),
                last_light=StatusLight.YELLOW,
                todos=("Har personalen tillstånd?",) * 9,
            ),
        )
        for page in pages(session.questions):
            remark = Misfit(question_id=page.questions[0].question_id, text_key="checklist.misfit.grade")
            yield page_card(session, page, remark=remark if page.number == 1 else None)
        yield paused_card(session)
        lines = lines_for(session)
        given = (session.questions, session.answers, language)
        yield summary_card(session, SummaryFacts(proposals=lines, todos=todos(*given), missing=missing(*given)))
        yield summary_card(session, SummaryFacts(proposals=lines))
        yield from (proposal_card(session, line, number=1, total=len(lines)) for line in lines[:3])
        for light in StatusLight:
            submitted = SubmittedFacts(
                light=light,
                is_accepted=light is StatusLight.GREEN,
                waits_for_sign_off=light is StatusLight.RED,
                owner_name="Agneta Ägare",
                deviations=DEVIATIONS,
                todos=todos(*given),
                next_on=date(2027, 6, 1),
            )
            yield submitted_card(session, submitted)
        shown = SignOffFacts(
            submitted_by_name="Maria",
            submitted_on=TODAY,
            light=StatusLight.RED,
            deviations=DEVIATIONS,
            declined=lines,
            todos=todos(*given),
        )
        yield sign_off_card(session, shown)
        yield signed_off_card(session, by_name="Agneta Ägare")
        yield signed_off_card(session, by_name="Agneta Ägare", comment="å" * 1000)


@BOTH
def test_every_card_is_valid_small_labelled_and_wrapped(language: Language) -> None:
    for card in every_card(language):
        assert_good_card(card)
        assert card.content["lang"] == language.value


@BOTH
def test_nothing_people_or_registers_wrote_is_obeyed_as_markdown(language: Language) -> None:
    shown = [text for card in every_card(language) for text in markdown_of(card.content)]

    named = [text for text in shown if "x.example" in text]
    assert named
    assert all("\\[Controller\\](http" in text for text in named)
    assert not any("[å](x)" in text or " *bemanning*" in text for text in shown)


def markdown_of(value: object) -> Iterator[str]:
    """Every text that a client reads as Markdown."""
    if isinstance(value, dict):
        if value.get("type") == "TextBlock":
            yield value["text"]
        if value.get("type") == "FactSet":
            yield from (fact["value"] for fact in value["facts"])
        for part in value.values():
            yield from markdown_of(part)
    if isinstance(value, list):
        for part in value:
            yield from markdown_of(part)


def test_a_page_says_where_it_is_and_asks_with_labels() -> None:
    card = page_with("PU4", PU1="4")

    assert "Fråga 2–3 av 5" in texts_of(card)
    assert fields_of(card)["PU4"]["label"] == (
        "3. Har ni fått klagomål från verksamheten, brukare eller vårdnadshavare?"
    )
    assert fields_of(card)["PU4_note"]["label"] == "Om ja: hur många?"


@pytest.mark.parametrize("question_id", ["PU1", "PU3", "PU4", "LK1", "LK2", "LK3", "LK8", "PF7"])
def test_every_choice_offers_not_knowing_and_not_applicable(question_id: str) -> None:
    choices = fields_of(page_with(question_id, *ALL))[question_id]["choices"]

    assert [choice["title"] for choice in choices[-2:]] == ["Vet inte", "Ej aktuellt"]


@pytest.mark.parametrize("question_id", ["PF1", "PF9", "LK12"])
def test_every_written_answer_can_be_not_knowing_instead(question_id: str) -> None:
    choices = fields_of(page_with(question_id, *ALL))[f"{question_id}_instead"]["choices"]

    assert [choice["title"] for choice in choices] == ["Jag svarar ovanför", "Vet inte", "Ej aktuellt"]


@pytest.mark.parametrize("question_id", ["LK3", "PF3", "PF4"])
def test_the_good_answer_is_spelled_out_below_yes(question_id: str) -> None:
    choices = fields_of(page_with(question_id, *ALL))[question_id]["choices"]

    assert [choice["title"] for choice in choices[:2]] == ["Ja", "Nej, inget sådant"]


def test_no_field_is_forced_by_the_client_so_that_back_and_pause_always_work() -> None:
    session = view(ALL)

    for page in pages(session.questions):
        assert not any(field.get("isRequired") for field in fields_of(page_card(session, page)).values())


def test_saved_answers_stand_in_the_fields_again() -> None:
    answers = answered(LK1="partly", LK3="3", PF1="10", PF5="18400.5", PF2="no")
    answers |= {
        "LK1": Answer(question_id="LK1", value="partly", note="fel mopp"),
        "LK3": Answer(question_id="LK3", value="3", note="i maj"),
        "PF1": Answer(question_id="PF1", value="10", note="kvartal 3"),
        "PF9": Answer(question_id="PF9", kind=AnswerKind.DONT_KNOW),
        "LK7": Answer(question_id="LK7", kind=AnswerKind.NOT_APPLICABLE),
    }
    session = view(ALL, answers=answers)
    fields = {
        name: field for page in pages(session.questions) for name, field in fields_of(page_card(session, page)).items()
    }

    assert (fields["LK1"]["value"], fields["LK1_note"]["value"]) == ("partly", "fel mopp")
    assert (fields["LK3"]["value"], fields["LK3_note"]["value"]) == ("yes", "3, i maj")
    assert (fields["PF1"]["value"], fields["PF1_note"]["value"]) == ("10", "kvartal 3")
    assert fields["PF5"]["value"] == "18\u00a0400,5\u00a0kr"
    assert fields["PF9_instead"]["value"] == "dont_know"
    assert fields["LK7"]["value"] == "not_applicable"
    assert "value" not in fields["LK4"]


def test_the_last_answer_stands_beside_the_question() -> None:
    session = view(("PU",), earlier=answered(PU1="4"))

    card = page_card(session, page_of(session.questions, "PU1", {}))

    assert "Förra gången, fråga 1: 4 – Bra" in texts_of(card)


def test_why_we_ask_is_hidden_until_asked_for() -> None:
    card = page_with("PU1")
    (why,) = [block for block in card.content["body"] if block.get("id") == "why_PU1"]
    toggle = next(action for action in card.content["actions"] if action["type"] == "Action.ToggleVisibility")

    assert why["isVisible"] is False
    assert question("PU1").why.sv in why["text"]
    assert toggle["title"] == "Varför frågar vi?"
    assert toggle["targetElements"] == ["why_PU1"]


def test_the_page_says_what_can_be_typed_and_which_question_it_goes_to() -> None:
    card = page_with("PU4", PU1="4", PU3="yes")

    assert "Svaret gäller fråga 3. Skriv ja, nej, vet inte eller ej aktuellt." in texts_of(card)
    assert "nästa, tillbaka, hoppa över, paus" in texts_of(card)


def test_a_page_has_next_back_skip_and_pause() -> None:
    first, second = page_with("PU1", PU1="4"), page_with("PU3", PU1="4")

    assert list(buttons_of(first)) == ["checklist.next", "checklist.skip", "checklist.pause"]
    assert list(buttons_of(second)) == ["checklist.next", "checklist.back", "checklist.skip", "checklist.pause"]
    assert buttons_of(second)["checklist.next"]["subject"] == FOLLOWUP_ID
    assert buttons_of(second)["checklist.next"]["rev"] == 4


def test_the_last_unanswered_page_leads_to_the_summary() -> None:
    card = page_with("PU5", PU1="4", PU3="yes", PU4="no")

    assert card.content["actions"][0]["title"] == "Till sammanfattningen"
    assert page_with("PU5", PU1="4").content["actions"][0]["title"] == "Nästa"


def test_an_answer_that_did_not_fit_is_explained_on_the_page() -> None:
    session = view(("PU",), answers=answered(PU1="4"))
    remark = Misfit(question_id="PU3", text_key="checklist.misfit.yes_partly_no")

    card = page_card(session, page_of(session.questions, "PU3", session.answers), remark=remark)

    assert "Fråga 2: Jag förstod inte om det betyder ja, delvis eller nej." in texts_of(card)


def test_the_session_starts_with_the_state_of_the_contract() -> None:
    card = start_card(view(), StartFacts(minutes=5, deviations=DEVIATIONS, todos=("Har personalen tillstånd?",)))

    told = texts_of(card)
    for fact in ("2026-0147", "Rent & Snyggt i Väst AB", "Klass 1 – Kritiskt avtal", "29 februari 2028", "Ingen ännu"):
        assert fact in told
    assert "AVV-2027-0003: Leveransen uteblev \\*nu\\* (allvarlig)" in told
    assert "17 frågor, ungefär 5 minuter." in told
    assert "kan lämnas ut om någon begär det" in told
    assert list(buttons_of(card)) == ["checklist.begin"]


def test_a_session_already_begun_goes_on() -> None:
    card = start_card(view(answers=answered(PU1="4")), StartFacts(minutes=5))

    assert list(buttons_of(card)) == ["checklist.resume"]


def test_a_contract_without_an_end_runs_until_further_notice() -> None:
    session = view()
    card = start_card(replace(session, contract=replace(contract(), end_on=None)), StartFacts(minutes=5))

    assert "Tills vidare" in texts_of(card)


def test_the_summary_numbers_the_answers_as_they_are_typed() -> None:
    session = view(("PU",), answers=answered(PU1="4", PU3="partly"))

    told = texts_of(summary_card(session, SummaryFacts()))

    assert "1. Hur har leveransen fungerat sedan sist? – **4 – Bra**" in told
    assert "2. Om ni kom överens om något sist: är det gjort? – **Delvis**" in told
    assert "3. Har ni fått klagomål från verksamheten, brukare eller vårdnadshavare? – **Inte besvarad**" in told


def test_the_summary_can_be_handed_in_only_when_nothing_is_missing() -> None:
    session = view(("PU",), answers=answered(PU1="4"))

    ready = summary_card(session, SummaryFacts())
    waiting = summary_card(session, SummaryFacts(missing=missing(session.questions, session.answers)))

    assert list(buttons_of(ready)) == ["checklist.submit", "checklist.change", "checklist.back", "checklist.pause"]
    assert "checklist.submit" not in buttons_of(waiting)
    assert "Fråga 2, 3, 4 och 5 är inte besvarade." in texts_of(waiting)


def test_any_answer_can_be_changed_from_the_summary() -> None:
    session = view(("PU",), answers=answered(PU1="4"))

    field = fields_of(summary_card(session, SummaryFacts()))[CHANGE_FIELD]

    assert [choice["value"] for choice in field["choices"]] == ["PU1", "PU3", "PU4", "PU5", "PU6"]


def test_the_summary_tells_what_becomes_of_each_proposal() -> None:
    session = view(ALL, answers=answered(LK1="no", PF1="3", PU1="4"))

    told = texts_of(summary_card(session, SummaryFacts(proposals=lines_for(session, ProposalState.DECLINED))))

    assert "Fel vara eller mängd (måttlig) – avböjd" in told


def test_a_proposed_deviation_says_what_why_and_how_grave() -> None:
    session = view(("LK",), answers={"LK1": Answer(question_id="LK1", value="no", note="fel storlek")})
    (line,) = lines_for(session)

    card = proposal_card(session, line, number=1, total=1)

    told = texts_of(card)
    assert "Ska det här registreras som en avvikelse?" in told
    assert "Fel vara eller mängd" in told
    assert "Måttlig: stör verksamheten eller har hänt flera gånger" in told
    assert "Har ni fått rätt vara eller tjänst, i rätt mängd? Nej, fel storlek." in told
    assert buttons_of(card)["checklist.decline_proposal"]["subject"] == proposal_subject(FOLLOWUP_ID, "LK1")


def test_a_proposal_can_be_edited_and_is_declined_only_with_a_reason() -> None:
    session = view(("LK",), answers=answered(LK1="no"))
    (line,) = lines_for(session)

    fields = fields_of(proposal_card(session, line, number=1, total=1))

    assert fields[SEVERITY_FIELD]["value"] == "moderate"
    assert fields[TEXT_FIELD]["value"].startswith("Har ni fått rätt vara")
    assert fields[REASON_FIELD]["isRequired"] is True


def test_a_paused_session_says_how_far_it_has_come_and_when_it_is_due() -> None:
    card = paused_card(view(("PU",), answers=answered(PU1="4", PU3="yes")))

    assert "Du har svarat på 2 av 5 frågor. Allt är sparat." in texts_of(card)
    assert "Den ska vara klar senast fredag 5 mars." in texts_of(card)
    assert list(buttons_of(card)) == ["checklist.resume"]


def test_a_paused_session_past_its_day_is_not_called_coming() -> None:
    card = paused_card(view(("PU",), answers=answered(PU1="4"), today=date(2027, 3, 9)))

    assert "Den skulle ha varit klar fredag 5 mars." in texts_of(card)


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (SubmittedFacts(light=StatusLight.GREEN, is_accepted=True, waits_for_sign_off=False), "Den är godkänd direkt"),
        (
            SubmittedFacts(light=StatusLight.RED, is_accepted=False, waits_for_sign_off=True, owner_name="Agneta"),
            "Agneta läser igenom den och godkänner som avtalsägare.",
        ),
        (
            SubmittedFacts(light=StatusLight.RED, is_accepted=False, waits_for_sign_off=True),
            "Avtalet saknar avtalsägare, så avtalscontrollern",
        ),
    ],
)
def test_handing_in_says_who_reads_it_next(shown: SubmittedFacts, told: str) -> None:
    assert told in texts_of(submitted_card(view(("PU",), answers=answered(PU1="4")), shown))


def test_the_owner_sees_the_answers_and_sends_back_only_with_a_comment() -> None:
    session = view(("PU",), answers=answered(PU1="4"))
    shown = SignOffFacts(submitted_by_name="Maria", submitted_on=TODAY, light=StatusLight.GREEN)

    card = sign_off_card(session, shown)

    assert "Maria lämnade in uppföljningen 2 mars 2027." in texts_of(card)
    assert "Inga avvikelser registrerades." in texts_of(card)
    assert set(buttons_of(card)) == {"signoff.accept", "signoff.return"}
    assert fields_of(card)[COMMENT_FIELD]["isRequired"] is True


def test_what_the_owner_decided_is_told() -> None:
    session = view(("PU",), contract_class=ContractClass.HIGH)

    accepted = texts_of(signed_off_card(session, by_name="Agneta"))
    returned = texts_of(signed_off_card(session, by_name="Agneta", comment="Granska fler fakturor"))

    assert "Agneta godkände den i dag." in accepted
    assert "”Granska fler fakturor”" in returned
