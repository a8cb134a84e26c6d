"""The cards of a deviation: what was understood, who hears, where the case stands and what one may do."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.card import Card
from cards.deviation import (
    case_card,
    discarded_card,
    draft_card,
    list_card,
    meaning_card,
    registered_card,
    rewrite_card,
)
from cards.deviation_moves import read_fields
from cards.deviation_views import (
    CaseView,
    DeviationListView,
    DeviationRow,
    DraftView,
    HistoryLine,
    RegisteredView,
    TwinView,
)
from cards.drafts import Joined, confide_card, drafts_card, joined_card, kept_card, taken_back_card
from cards.texts import Texts
from domain.case_guards import CaseFacts
from domain.contract import Contract, ContractClass, ContractSupplier, Renewal, RenewalKind
from domain.deviation import Deviation, DeviationState, Severity
from domain.deviation_case import moves_for
from domain.deviation_types import AskFor
from domain.identifiers import ContractId, DeviationId
from domain.people import ContractRole, Language
from domain.privacy import PersonalKind
from domain.rules.ladders import DeadlinePhase
from domain.severity import Reason
from domain.supplier_ladder import Trigger
from domain.supplier_silence import what_happens_if_nobody_acts
from tests.support.card_checks import assert_good_card, buttons_of, fields_of, texts_of
from tests.support.deviations import NOON, TODAY, calendar, deviation, shipped_rules, shipped_types

S = DeviationState
HOSTILE = "**Fet** [länk](https://example.org) <at>alla</at> \u202e \x00 `kod`"


def contract(number: int = 1, **changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    plain = Contract(
        contract_id=ContractId(f"c{number}"),
        contract_number=f"2026-{number:04d}",
        title=f"Städning område {number}",
        suppliers=(ContractSupplier(org_number="5500010001", name="Furastäd AB", lot="Städning"),),
        start_on=date(2025, 1, 1),
        end_on=date(2028, 12, 31),
        renewal=Renewal(kind=RenewalKind.NONE),
        contract_class=ContractClass.HIGH,
    )
    return replace(plain, **changes)


_THREE_TIMES = {"location": "Kinnaskolan", "occurrence_count": 3, "reasons": (Reason.THREE_TIMES.value,)}


def draft(**changes: Any) -> Deviation:  # noqa: ANN401 - any field
    return deviation(state=S.DRAFT, number=None, **_THREE_TIMES | changes)


def draft_view(**changes: Any) -> DraftView:  # noqa: ANN401 - any field
    plain = DraftView(
        deviation=draft(),
        contracts=(contract(1), contract(2)),
        types=shipped_types(),
        today=TODAY,
    )
    return replace(plain, **changes)


def case_view(case: Deviation, *roles: ContractRole, **changes: Any) -> CaseView:  # noqa: ANN401 - any field
    kind = shipped_types()[case.type or "LEV_SEN"]
    facts = CaseFacts(now=NOON, is_internal=kind.is_internal, only_controller=kind.only_controller_and_legal)
    plain = CaseView(
        deviation=case,
        contract=contract(),
        kind=kind,
        today=TODAY,
        moves=moves_for(case, roles, facts),
        may_move_step=bool(roles) and not kind.is_internal and case.state is not S.REGISTERED,
        coming=what_happens_if_nobody_acts(case, ContractClass.HIGH, shipped_rules(), calendar(), kind=kind),
        names={ContractRole.MANAGER: "Maria Åker", ContractRole.OWNER: "Karl Strand"},
        reporter_name="Sara Berg",
        history=(HistoryLine(kind="deviation.registered", at=NOON, actor_name="Sara Berg"),),
    )
    return replace(plain, **changes)


def twin(**changes: Any) -> TwinView:  # noqa: ANN401 - any field
    plain = TwinView(
        deviation=deviation(deviation_id=DeviationId("d7"), number="AVV-2026-0007"),
        may_see=True,
        may_reopen=False,
        reporter_name="Sara",
        report_count=2,
        reported_on=TODAY - timedelta(days=1),
    )
    return replace(plain, **changes)


ALL_ROLES = tuple(ContractRole)


def specimens(language: Language) -> Iterator[tuple[str, Card]]:
    yield "draft", draft_card(draft_view(), language)
    yield (
        "draft without anything known",
        draft_card(
            draft_view(deviation=draft(contract_id=None, type=None, severity=None, missing=tuple(AskFor))), language
        ),
    )
    yield "draft of somebody without a part", draft_card(draft_view(may_see_contracts=False), language)
    yield "draft of a crime", draft_card(draft_view(deviation=draft(type="ARB_KRIM"), contracts=()), language)
    yield (
        "draft of ourselves",
        draft_card(
            draft_view(deviation=draft(type="INT_AVSTEG"), asks_legal_question=True, is_danger=True, count=2), language
        ),
    )
    yield "draft like an open case", draft_card(draft_view(twin=twin()), language)
    yield "draft like one's own", draft_card(draft_view(twin=twin(reporter_name=None)), language)
    yield "draft like what a colleague saw", draft_card(draft_view(twin=twin(may_see=False)), language)
    closed = twin(may_reopen=True, closed_on=TODAY)
    yield "draft like a closed case", draft_card(draft_view(twin=closed), language)
    for asked in AskFor:
        yield f"draft that asks {asked}", draft_card(draft_view(deviation=draft(missing=(asked.value,))), language)
    incident = draft_view(deviation=draft(type="SAK_INCIDENT"), contacts=("Disa Dahl", "Ivar Is"), since=NOON)
    yield "draft of an incident", draft_card(incident, language)
    invoice = draft(type="FAKT_PRIS", is_paid=True, invoice_number="4711", is_supplier_told=False, requirement="4.2")
    yield "draft of an invoice", draft_card(draft_view(deviation=invoice, evidence_count=1), language)
    yield "kept draft", kept_card(NOON, language, today=TODAY)
    yield "no drafts", drafts_card((), language, today=TODAY)
    yield "own drafts", drafts_card((draft(), draft(deviation_id=DeviationId("d2"))), language, today=TODAY)
    for is_reopened in (True, False):
        joined = Joined(deviation=deviation(), report_count=3, may_open=True, is_reopened=is_reopened)
        yield f"joined {is_reopened}", joined_card(joined, language, today=TODAY)
    yield "taken back", taken_back_card(deviation(), ("Maria",), language, today=TODAY)
    yield "taken back from nobody", taken_back_card(deviation(), (), language, today=TODAY)
    yield "dismissed", taken_back_card(deviation(state=S.DISMISSED), (), language, today=TODAY)
    yield "confided", confide_card("Fick betalt i handen", "ARB_KRIM", language, today=TODAY)
    registered = deviation(number="AVV-2026-0412", deadline_on=TODAY + timedelta(days=7))
    kinds = shipped_types()
    yield (
        "thanks",
        registered_card(
            RegisteredView(deviation=registered, kind=kinds["LEV_FEL"], today=TODAY, told=("Maria",)), language
        ),
    )
    yield (
        "thanks at once",
        registered_card(
            RegisteredView(
                deviation=registered, kind=kinds["SAK_INCIDENT"], today=TODAY, told=("Maria",), is_told_at_once=True
            ),
            language,
        ),
    )
    yield (
        "joined",
        registered_card(
            RegisteredView(deviation=registered, kind=None, today=TODAY, joined_number="AVV-2026-0007"), language
        ),
    )
    yield "discarded", discarded_card(language)
    yield "meaning", meaning_card(language)
    yield "rewrite", rewrite_card(frozenset(PersonalKind), language)
    rows = tuple(
        DeviationRow(deviation=deviation(severity=severity), contract=contract(), kind=kinds["LEV_SEN"])
        for severity in Severity
    )
    yield (
        "list",
        list_card(
            DeviationListView(rows=rows, count=4, as_of=NOON, filter_line="Alla avtal", is_own_only=True), language
        ),
    )
    yield "empty list", list_card(DeviationListView(rows=(), count=0, as_of=NOON, filter_line="Alla avtal"), language)
    cases = [(state, Severity.SERIOUS) for state in S if state is not S.DRAFT]
    for state, severity in [*cases, (S.REGISTERED, Severity.MINOR), (S.VERIFIED, Severity.MODERATE)]:
        case = deviation(state=state, severity=severity, ladder_step=2, proposed_step=3, closed_reason="Klart")
        yield f"case {state} {severity}", case_card(case_view(case, *ALL_ROLES), language)
    yield "case of ourselves", case_card(case_view(deviation(type="INT_AVSTEG"), *ALL_ROLES), language)
    yield "case of a crime", case_card(case_view(deviation(type="ARB_KRIM", is_emergency=True), *ALL_ROLES), language)


SPECIMENS = [pytest.param(card, id=f"{name}-{language}") for language in Language for name, card in specimens(language)]


@pytest.mark.parametrize("card", SPECIMENS)
def test_every_card_is_valid_small_labelled_and_pressable(card: Card) -> None:
    assert_good_card(card)


@pytest.mark.parametrize("card", SPECIMENS)
def test_the_line_of_the_notification_is_plain_text(card: Card) -> None:
    assert "\n" not in card.summary
    assert "\\" not in card.summary
    assert "{" not in card.summary


def test_both_languages_offer_the_same_buttons() -> None:
    ours = [(name, set(buttons_of(card))) for name, card in specimens(Language.SV)]

    assert ours == [(name, set(buttons_of(card))) for name, card in specimens(Language.EN)]


@pytest.mark.parametrize("card", SPECIMENS)
def test_no_card_says_that_a_contract_is_broken(card: Card) -> None:
    said = texts_of(card).lower()

    assert "avtalsbrott" not in said
    assert "breach of contract" not in said


def test_the_draft_shows_what_was_understood_beside_the_reporters_own_words() -> None:
    said = texts_of(draft_card(draft_view(), Language.SV))

    assert "Du skrev: ”Städningen uteblev.”" in said
    assert "Leveransen uteblev" in said
    assert "Kinnaskolan" in said
    assert "2026-0001 Städning område 1" in said
    assert "Måttlig, eftersom det har hänt minst tre gånger" in said


def test_every_part_of_the_draft_can_be_changed() -> None:
    fields = fields_of(draft_card(draft_view(deviation=draft(amount_sek=Decimal("2450.00"))), Language.SV))

    assert set(fields) == {
        "addition",
        "contract",
        "type",
        "severity",
        "location",
        "count",
        "occurred_from",
        "occurred_to",
        "amount",
        "search",
        "supplier_told",
    }
    assert fields["amount"]["value"] == "2450"
    assert fields["contract"]["value"] == "c1"
    assert len(fields["type"]["choices"]) == 50


def test_the_draft_is_registered_saved_or_thrown_away() -> None:
    buttons = buttons_of(draft_card(draft_view(), Language.SV))

    assert set(buttons) == {"deviation.register", "deviation.change", "deviation.discard", "draft.keep"}
    assert buttons["deviation.register"]["subject"] == "d1"
    assert buttons["deviation.register"]["rev"] == 1


def test_when_two_contracts_match_the_choice_stands_open() -> None:
    card = draft_card(draft_view(deviation=draft(contract_id=None, missing=("contract",))), Language.SV)
    choice = next(part for part in card.content["body"] if part.get("id") == "contract")

    assert [option["value"] for option in choice["choices"]] == ["c1", "c2"]
    assert "value" not in choice


def test_somebody_with_no_part_chooses_by_title_and_supplier_without_numbers() -> None:
    card = draft_card(draft_view(deviation=draft(contract_id=None), may_see_contracts=False), Language.SV)

    assert "Städning område 1 – Furastäd AB" in texts_of(card)
    assert "2026-0001" not in texts_of(card)


def test_one_question_is_asked_at_a_time_and_may_be_passed_over() -> None:
    card = draft_card(draft_view(deviation=draft(missing=("which_days", "invoice_number"))), Language.SV)

    assert "Vilka dagar var det?" in texts_of(card)
    assert "Vilket fakturanummer" not in texts_of(card)
    assert {"draft.answer", "draft.skip"} <= set(buttons_of(card))


def test_a_question_of_yes_or_no_has_both_as_buttons() -> None:
    card = draft_card(draft_view(deviation=draft(missing=("is_paid",))), Language.SV)

    assert {"draft.yes", "draft.no", "draft.skip"} <= set(buttons_of(card))


def test_contract_and_day_cannot_be_passed_over() -> None:
    card = draft_card(draft_view(deviation=draft(missing=("when",))), Language.SV)

    assert "draft.skip" not in buttons_of(card)


def test_types_nearly_as_likely_come_first() -> None:
    card = draft_card(draft_view(deviation=draft(alternatives=("LEV_SEN", "PERS_BEMOTANDE"))), Language.SV)

    codes = [option["value"] for option in fields_of(card)["type"]["choices"]]
    assert codes[:3] == ["LEV_UTEBLIVEN", "LEV_SEN", "PERS_BEMOTANDE"]


def test_what_was_added_stands_below_the_first_words() -> None:
    said = texts_of(draft_card(draft_view(deviation=draft(additions=("Vaktmästaren såg det också.",))), Language.SV))

    assert "Du skrev: ”Städningen uteblev.”" in said
    assert "Tillagt: ”Vaktmästaren såg det också.”" in said


@pytest.mark.parametrize(("may_see", "said"), [(True, "AVV-2026-0007, som Sara rapporterade"), (False, "En kollega")])
def test_who_may_not_see_a_case_hears_only_that_a_colleague_has_reported_it(*, may_see: bool, said: str) -> None:
    card = draft_card(draft_view(twin=twin(may_see=may_see)), Language.SV)

    assert said in texts_of(card)
    assert ("AVV-2026-0007" in texts_of(card)) is may_see
    assert {"draft.join", "draft.other"} <= set(buttons_of(card))


def test_suspected_crime_shows_the_whistleblower_function_before_anything_is_registered() -> None:
    said = texts_of(draft_card(draft_view(deviation=draft(type="ARB_KRIM")), Language.SV))

    assert "visselblåsarfunktionen" in said
    assert "Ta inte upp det med dem det gäller" in said


def test_a_data_incident_says_whom_to_contact_now_and_asks_for_no_details() -> None:
    said = texts_of(draft_card(draft_view(deviation=draft(type="SAK_INCIDENT")), Language.SV))

    assert "Kontakta dataskyddsombudet" in said
    assert "72 timmar" in said


def test_a_question_about_what_is_allowed_is_sent_to_procurement() -> None:
    said = texts_of(draft_card(draft_view(asks_legal_question=True), Language.SV))

    assert "Upphandlarna bedömer" in said


def test_the_reporter_is_thanked_with_the_number_and_who_hears_when() -> None:
    view = RegisteredView(
        deviation=deviation(number="AVV-2026-0412", deadline_on=TODAY + timedelta(days=7)),
        kind=shipped_types()["LEV_UTEBLIVEN"],
        today=TODAY,
        told=("Maria Åker", "Karl Strand"),
        is_told_at_once=True,
        asks_if_supplier_told=True,
    )

    said = texts_of(registered_card(view, Language.SV))

    assert "AVV-2026-0412" in said
    assert "Maria Åker och Karl Strand får veta det nu." in said
    assert "Den ska bedömas senast fredag 27 november." in said
    assert "Har du sagt till leverantören?" in said


def test_a_personal_number_is_answered_with_why_and_how_to_take_the_message_away() -> None:
    said = texts_of(rewrite_card(frozenset({PersonalKind.PERSONAL_NUMBER}), Language.SV))

    assert "Jag har inte sparat det du skrev." in said
    assert "personnummer" in said
    assert "Ta också bort meddelandet i Teams" in said


def test_the_case_says_its_plain_word_step_and_how_long_the_supplier_has_not_been_told() -> None:
    case = deviation(state=S.ASSESSED, ladder_step=1, reported_at=NOON - timedelta(days=4))

    said = texts_of(case_card(case_view(case, ContractRole.MANAGER), Language.SV))

    assert "Ny – bedömd" in said
    assert "Steg 1: dialog" in said
    assert "Vi har vetat om det i 4 dagar utan att leverantören har fått veta." in said


def test_once_the_supplier_knows_nothing_is_said_about_silence() -> None:
    case = deviation(state=S.COMMUNICATED, supplier_notified_at=NOON, reported_at=NOON - timedelta(days=4))

    assert "Vi har vetat om det" not in texts_of(case_card(case_view(case, ContractRole.MANAGER), Language.SV))


def test_controllers_who_are_several_are_spoken_of_as_several() -> None:
    names = {ContractRole.CONTROLLER: "Cia Ek, Bo Fors"}

    view = case_view(deviation(), decider=ContractRole.CONTROLLER, names=names)
    said = texts_of(case_card(replace(view, deviation=deviation(proposed_step=2)), Language.SV))

    assert "avtalscontrollerna Cia Ek och Bo Fors" in said


def test_a_proposed_step_says_who_must_decide() -> None:
    case = deviation(state=S.COMMUNICATED, ladder_step=1, proposed_step=2)

    to_other = texts_of(case_card(case_view(case, decider=ContractRole.MANAGER), Language.SV))
    to_decider = texts_of(case_card(case_view(case, ContractRole.MANAGER, is_decider=True), Language.SV))

    assert "Förslag: Steg 2: skriftlig reklamation." in to_other
    assert "Det är avtalsförvaltaren Maria Åker som bestämmer." in to_other
    assert "Det är du som bestämmer." in to_decider


def test_the_case_shows_what_happens_if_nobody_acts_with_names_and_days() -> None:
    said = texts_of(case_card(case_view(deviation(), ContractRole.MANAGER), Language.SV))

    assert "fredag 27 november: tiden går ut. Avtalsförvaltaren Maria Åker får en rad på morgonen." in said
    assert "tisdag 1 december: jag föreslår steg 1: dialog och frågar avtalsförvaltaren Maria Åker." in said
    assert "torsdag 3 december: jag berättar det också för avtalsägaren Karl Strand." in said


def test_a_manager_may_assess_solve_and_dismiss_a_new_small_one() -> None:
    case = deviation(severity=Severity.MINOR)

    buttons = buttons_of(case_card(case_view(case, ContractRole.MANAGER), Language.SV))

    assert {"deviation.assess", "deviation.solve", "deviation.dismiss"} <= set(buttons)


def test_the_reporter_sees_the_case_and_no_moves() -> None:
    assert list(buttons_of(case_card(case_view(deviation(), ContractRole.REPORTER), Language.SV))) == ["case.file"]


def test_an_assessed_case_offers_contact_complaint_step_and_the_rest() -> None:
    case = deviation(state=S.ASSESSED, ladder_step=1)

    card = case_card(case_view(case, ContractRole.MANAGER), Language.SV)

    assert list(buttons_of(card)) == [
        "deviation.contacted",
        "deviation.complained",
        "deviation.move_step",
        "deviation.move",
        "case.file",
    ]
    assert fields_of(card)["step:step"]["value"] == "2"
    assert {option["value"] for option in fields_of(card)["more:move"]["choices"]} == {
        "in_remedy",
        "disputed",
        "on_hold",
    }


def test_fields_are_read_by_the_names_the_rules_know() -> None:
    known = set(CaseFacts.__dataclass_fields__) | {"severity", "promised_on", "step", "note", "move", "day"}
    cards = [card for name, card in specimens(Language.SV) if name.startswith("case")]
    ids = {field_id for card in cards for field_id in fields_of(card)}

    assert set(read_fields(dict.fromkeys(ids, ""))) <= known


def test_the_list_tells_severity_plain_word_step_and_deadline() -> None:
    late = deviation(state=S.COMMUNICATED, ladder_step=1, deadline_on=TODAY - timedelta(days=1), proposed_step=2)
    row = DeviationRow(
        deviation=late, contract=contract(), kind=shipped_types()["LEV_UTEBLIVEN"], is_past_deadline=True
    )

    said = texts_of(
        list_card(DeviationListView(rows=(row,), count=1, as_of=NOON, filter_line="Alla avtal"), Language.SV)
    )

    assert "AVV-2026-0001 Leveransen uteblev" in said
    assert "Måttlig, Hos leverantören" in said
    assert "tiden gick ut torsdag 19 november" in said
    assert "väntar på beslut om steg 2" in said


ANYTHING = st.text(max_size=300).map(lambda text: text.replace("{", ""))


@settings(max_examples=20, deadline=None)
@given(words=ANYTHING, place=ANYTHING)
def test_whatever_people_write_the_cards_stay_cards(words: str, place: str) -> None:
    case = deviation(description=f"a{words}", location=place or None, closed_reason=words or None)

    assert_good_card(draft_card(draft_view(deviation=replace(case, state=S.DRAFT)), Language.SV))
    assert_good_card(case_card(case_view(case, ContractRole.MANAGER), Language.SV))


def test_hostile_words_are_shown_as_text() -> None:
    bad = contract(title=HOSTILE, contract_number=HOSTILE)
    case = deviation(description=HOSTILE, location=HOSTILE, type="LEV_SEN")
    row = DeviationRow(deviation=case, contract=bad, kind=None)
    drawn = "".join(
        texts_of(card)
        for card in (
            case_card(case_view(case, *ALL_ROLES, contract=bad, reporter_name=HOSTILE), Language.SV),
            list_card(DeviationListView(rows=(row,), count=1, as_of=NOON, filter_line=HOSTILE), Language.SV),
        )
    )

    assert "[länk](" not in drawn
    assert "<at>" not in drawn
    assert "\u202e" not in drawn


def test_every_name_the_rules_use_has_words() -> None:
    keys = (
        [f"deviation.ask.{slot}" for slot in AskFor]
        + [f"deviation.why.{trigger}" for trigger in Trigger]
        + [f"deviation.due.{phase}" for phase in DeadlinePhase]
        + [f"deviation.state.{state}" for state in S]
        + [f"deviation.reason.{reason}" for reason in Reason]
        + [f"deviation.role.{role}" for role in ContractRole]
        + [f"deviation.step.{step}" for step in range(7)]
        + [f"deviation.rewrite.{kind}" for kind in PersonalKind]
    )
    for language in Language:
        assert [key for key in keys if not Texts(language).knows(key)] == []


def test_texts_address_the_reader_as_du_and_never_threaten() -> None:
    said = "\n".join(texts_of(card) for _, card in specimens(Language.SV))

    assert not re.search(r"\b(?:Ni måste|användaren|Er anmälan|vänligen)\b", said)


def test_the_deadline_says_the_hour_where_hours_matter() -> None:
    case = deviation(severity=Severity.CRITICAL, deadline_on=TODAY)
    at = datetime(2026, 11, 20, 16, 0)  # noqa: DTZ001 - local time for showing

    said = texts_of(case_card(case_view(case, ContractRole.MANAGER, deadline_at=at), Language.SV))

    assert "20 november 2026 16.00" in said


def test_the_draft_id_is_what_the_buttons_are_about() -> None:
    card = draft_card(draft_view(deviation=draft(deviation_id=DeviationId("abc"), version=4)), Language.EN)

    assert {(data["subject"], data["rev"]) for data in buttons_of(card).values()} == {("abc", 4)}
