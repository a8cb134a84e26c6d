"""Proposals and suppliers as people see them: good cards however much there is, and nobody's words obeyed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cards.joint import joint_card
from cards.joint_views import JointView, SupplierContract, SupplierView
from cards.letters import letter_card, letter_text
from cards.supplier_answer import supplier_card
from domain.case_file import SanctionAnswer
from domain.deviation import Deviation, Severity
from domain.identifiers import ContractId, DeviationId, JointProposalId, NoticeId
from domain.joint_proposal import SUPPLIER_CASE, JointProposal, JointProposalState
from domain.letter import JointItem
from domain.light import Cause, ContractLight, Light, Why
from domain.notice import NoticeKind
from domain.people import Language
from tests.support.card_checks import assert_good_card, buttons_of, texts_of
from tests.support.deviations import NOON, TODAY, deviation, shipped_types
from tests.support.specimens import LONG_TITLE, NOW, contract, letter

HOSTILE = "[Klicka](http://ond.example) **nu** <b>X</b>"
CONTRACT = contract(contract_id=ContractId("c1"), title=LONG_TITLE)
each_language = pytest.mark.parametrize("language", list(Language))


def evidence(count: int) -> tuple[Deviation, ...]:
    return tuple(
        deviation(
            deviation_id=DeviationId(f"d{n}"),
            number=f"AVV-2026-{n:04}",
            type="LEV_SEN",
            severity=Severity.MINOR,
            occurred_from=TODAY - timedelta(days=count - n),
            location=HOSTILE,
            occurrence_count=2,
        )
        for n in range(count)
    )


def proposal(count: int = 3, **changes: object) -> JointProposal:
    plain = JointProposal(
        joint_proposal_id=JointProposalId("j1"),
        contract_id=ContractId("c1"),
        org_number=None,
        supplier_name=HOSTILE,
        type="LEV_SEN",
        severity=Severity.MODERATE,
        evidence=tuple(row.deviation_id for row in evidence(count)),
        occurrence_count=count,
        state=JointProposalState.OPEN,
        proposed_at=NOON,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def view(count: int = 3, *, may_decide: bool = True, **changes: object) -> JointView:
    return JointView(
        proposal=proposal(count, **changes),
        kind=shipped_types()["LEV_SEN"],
        contracts={ContractId("c1"): CONTRACT},
        evidence=evidence(count),
        may_decide=may_decide,
        today=TODAY,
        joint_number="AVV-2026-0412" if changes.get("deviation_id") else None,
        decided_by_name=HOSTILE,
    )


def supplier(count: int, *, state: JointProposalState = JointProposalState.OPEN, is_own: bool = False) -> SupplierView:
    red = ContractLight(light=Light.RED, causes=(Cause(why=Why.CRITICAL, number="AVV-2026-0001"),))
    case = proposal(contract_id=None, org_number="5560000001", type=SUPPLIER_CASE, state=state, decided_at=NOON)
    return SupplierView(
        name=HOSTILE,
        org_number="5560000001",
        as_of=NOW,
        is_own=is_own,
        contracts=tuple(
            SupplierContract(contract=CONTRACT, light=red if n % 2 else None, owner_name=HOSTILE, is_shared=n > 1)
            for n in range(count)
        ),
        open_cases=tuple((row, shipped_types()["LEV_SEN"]) for row in evidence(count)),
        year_by_severity={Severity.MINOR: 3, Severity.SERIOUS: 1, None: 1},
        ever_count=12,
        sanctions={SanctionAnswer.NO: 2},
        case=case,
        case_opened_by="Carin Controller",
        waiting_count=1,
    )


@each_language
@pytest.mark.parametrize("count", [2, 40])
def test_a_proposal_is_a_good_card_however_long_its_list(language: Language, count: int) -> None:
    assert_good_card(joint_card(view(count), language))


@each_language
@pytest.mark.parametrize("state", list(JointProposalState))
def test_an_answered_proposal_says_who_answered_and_how(language: Language, state: JointProposalState) -> None:
    case_id = DeviationId("j") if state is JointProposalState.ACCEPTED else None
    card = joint_card(view(state=state, decided_at=NOON, reason="olika orsaker", deviation_id=case_id), language)

    assert_good_card(card)
    is_open = state is JointProposalState.OPEN
    assert ("joint.accept" in buttons_of(card)) is is_open
    assert ("deviation.open" in buttons_of(card)) is (state is JointProposalState.ACCEPTED)


def test_who_may_not_answer_gets_no_buttons_and_is_told_whose_it_is() -> None:
    card = joint_card(view(may_decide=False), Language.SV)

    assert buttons_of(card) == {}
    assert "avtalscontrollern svarar på förslaget" in texts_of(card)


@each_language
@pytest.mark.parametrize("state", [JointProposalState.OPEN, JointProposalState.ACCEPTED])
@pytest.mark.parametrize("count", [0, 1, 30])
def test_a_supplier_is_a_good_card(language: Language, state: JointProposalState, count: int) -> None:
    assert_good_card(supplier_card(supplier(count, state=state), language))


def test_on_ones_own_contracts_there_is_no_supplier_case_to_open() -> None:
    card = supplier_card(supplier(2, is_own=True), Language.SV)

    assert "joint.accept" not in buttons_of(card)
    assert "Avtalscontrollern ser alla" in texts_of(card)


@each_language
def test_peoples_words_are_shown_and_not_obeyed(language: Language) -> None:
    said = texts_of(joint_card(view(), language)) + texts_of(supplier_card(supplier(3), language))

    assert "[Klicka](" not in said
    assert "<b>" not in said


@each_language
def test_the_letter_names_the_evidence_with_its_days(language: Language) -> None:
    item = JointItem(
        notice_id=NoticeId("n1"),
        kind=NoticeKind.JOINT_PROPOSED,
        proposal=proposal(),
        evidence=evidence(3),
        contract=CONTRACT,
        type_name=shipped_types()["LEV_SEN"].name(language),
    )

    card = letter_card(letter(item, language=language))

    assert_good_card(card)
    assert "joint.open" in buttons_of(card)
    day = {Language.SV: "AVV-2026-0000 (17 november 2026)", Language.EN: "AVV-2026-0000 (17 November 2026)"}
    assert day[language] in texts_of(card)
    assert day[language] in letter_text(letter(item, language=language))
