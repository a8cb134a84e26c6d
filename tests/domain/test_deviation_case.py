"""The life of a deviation case: who may move it where, and what must be there first (domain.md 7.6)."""

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_guards import CaseFacts
from domain.deviation import ENDED_STATES, Deviation, DeviationState, Severity
from domain.deviation_case import TRANSITIONS, SurfaceWord, allowed, may_discard, moves_for, route, surface_word
from domain.errors import Refused
from domain.people import ContractRole
from tests.support.deviations import NOON, TODAY, deviation

S = DeviationState
EVERYBODY = frozenset(ContractRole)
DOMAIN = Path(__file__).parents[2] / "domain"
LOCALES = DOMAIN.parent / "cards" / "locales"
FULL = CaseFacts(
    now=NOON,
    actor_mail="forvaltare@kommun.example",
    reason="Därför att.",
    requirement="4.2",
    merged_into="d9",
    was_supplier_told=True,
    told_on=TODAY,
    told_how="telefon",
    told_whom="driftchefen",
    is_letter_reviewed=True,
    answer_due_on=TODAY,
    is_to_be_registered=True,
    has_plan=True,
    plan_approved_by=frozenset({ContractRole.OWNER, ContractRole.MANAGER}),
    plan_approver_mails=frozenset({"agare@kommun.example", "forvaltare@kommun.example"}),
    supplier_message="Klart nu.",
    how_verified="Besök på plats.",
    objection="Vi håller inte med.",
    decision_reference="KS 2026/12",
    hold_until=TODAY + timedelta(days=10),
    closed_at=NOON,
)


def refusal(case: Deviation, to: DeviationState, roles: frozenset[ContractRole] = EVERYBODY, **facts: Any) -> str:  # noqa: ANN401
    with pytest.raises(Refused) as caught:
        allowed(case, to, roles, replace(FULL, **facts))
    return caught.value.text_key.removeprefix("deviation.refused.")


def ways_on(severity: Severity, facts: CaseFacts) -> dict[DeviationState, set[DeviationState]]:
    """From each state, where somebody can bring a case of that severity with all that is needed at hand."""
    found: dict[DeviationState, set[DeviationState]] = {state: set() for state in S}
    for source, target in TRANSITIONS:
        case = deviation(state=source, severity=severity)
        if may(case, target, replace(facts, held_from=target)):
            found[source].add(target)
    return found


def reachable(state: DeviationState, ways: dict[DeviationState, set[DeviationState]]) -> set[DeviationState]:
    seen, ahead = {state}, [state]
    while ahead:
        new = ways[ahead.pop()] - seen
        seen |= new
        ahead += new
    return seen


def may(case: Deviation, to: DeviationState, facts: CaseFacts) -> bool:
    try:
        allowed(case, to, EVERYBODY, facts)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize(
    "facts",
    [{}, {"is_internal": True}, {"only_controller": True}, {"has_owner": False}, {"has_manager": False}],
)
def test_every_reachable_state_has_a_way_on_and_a_way_to_the_end(severity: Severity, facts: dict[str, Any]) -> None:
    ways = ways_on(severity, replace(FULL, **facts))

    for state in reachable(S.DRAFT, ways):
        assert ways[state], state
        assert S.CLOSED in reachable(state, ways), state


def test_every_state_can_be_reached() -> None:
    assert reachable(S.DRAFT, ways_on(Severity.MINOR, FULL)) == set(S)


@given(
    source=st.sampled_from(S),
    target=st.sampled_from(S),
    severity=st.sampled_from(Severity),
    roles=st.frozensets(st.sampled_from(ContractRole)),
)
def test_what_is_not_in_the_table_is_refused_and_nothing_else_is_raised(
    source: DeviationState,
    target: DeviationState,
    severity: Severity,
    roles: frozenset[ContractRole],
) -> None:
    case = deviation(state=source, severity=severity)
    try:
        allowed(case, target, roles, CaseFacts(now=NOON))
    except Refused as refused:
        assert refused.text_key.startswith("deviation.refused.")  # noqa: PT017 - a refusal is one of two right answers
    else:
        assert (source, target) in TRANSITIONS


def test_nobody_without_a_part_may_move_a_case() -> None:
    for source, target in TRANSITIONS:
        assert refusal(deviation(state=source), target, frozenset()).startswith("only_")


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    files = ("case_guards.py", "deviation_case.py", "supplier_ladder.py")
    source = "".join((DOMAIN / name).read_text(encoding="utf-8") for name in files)
    reasons = set(
        re.findall(r'"((?:needs|only|step|in_the|told_in|draft_too|closed_too|already|no_such|skip)_\w+)"', source)
    )
    for language in ("sv", "en"):
        said = tomllib.loads((LOCALES / language / "deviation.toml").read_text(encoding="utf-8"))["refused"]

        assert len(reasons) > 25
        assert reasons <= set(said)


@pytest.mark.parametrize(
    ("source", "target", "changes", "facts", "key"),
    [
        (S.DRAFT, S.REGISTERED, {"contract_id": None}, {}, "needs_contract"),
        (S.DRAFT, S.REGISTERED, {"type": None}, {}, "needs_type"),
        (S.DRAFT, S.REGISTERED, {"occurred_from": None}, {}, "needs_when"),
        (S.DRAFT, S.REGISTERED, {"occurred_from": TODAY + timedelta(days=9)}, {}, "in_the_future"),
        (S.DRAFT, S.REGISTERED, {}, {"now": NOON + timedelta(hours=25)}, "draft_too_old"),
        (S.REGISTERED, S.ASSESSED, {"severity": None}, {}, "needs_severity"),
        (S.REGISTERED, S.ASSESSED, {}, {"requirement": None}, "needs_requirement"),
        (S.REGISTERED, S.CLOSED, {}, {}, "only_minor"),
        (S.REGISTERED, S.CLOSED, {"severity": Severity.MINOR}, {"was_supplier_told": None}, "needs_told_or_not"),
        (S.REGISTERED, S.DISMISSED, {}, {"reason": " "}, "needs_reason"),
        (S.REGISTERED, S.MERGED, {}, {"merged_into": None}, "needs_twin"),
        (S.REGISTERED, S.MERGED, {}, {"merged_into": "d1"}, "needs_twin"),
        (S.ASSESSED, S.COMMUNICATED, {}, {"told_whom": None}, "needs_told_whom"),
        (S.ASSESSED, S.COMMUNICATED, {}, {"told_on": TODAY + timedelta(days=3)}, "told_in_the_future"),
        (S.COMMUNICATED, S.COMPLAINT_SENT, {}, {"is_letter_reviewed": False}, "needs_reviewed_letter"),
        (S.COMMUNICATED, S.COMPLAINT_SENT, {}, {"answer_due_on": None}, "needs_answer_day"),
        (S.COMMUNICATED, S.COMPLAINT_SENT, {}, {"is_to_be_registered": False}, "needs_registry"),
        (S.PLAN_REQUESTED, S.PLAN_APPROVED, {}, {"has_plan": False}, "needs_plan"),
        (S.PLAN_REQUESTED, S.PLAN_APPROVED, {}, {"plan_approved_by": frozenset()}, "needs_both_approvals"),
        (S.IN_REMEDY, S.CLAIMED_FIXED, {}, {"supplier_message": ""}, "needs_supplier_message"),
        (S.CLAIMED_FIXED, S.VERIFIED, {}, {"how_verified": ""}, "needs_how_verified"),
        (S.CLAIMED_FIXED, S.IN_REMEDY, {}, {"reason": None}, "needs_reason"),
        (S.IN_REMEDY, S.DISPUTED, {}, {"objection": None}, "needs_objection"),
        (S.SANCTION_PENDING, S.SANCTIONED, {}, {"decision_reference": None}, "needs_decision_reference"),
        (S.VERIFIED, S.CLOSED, {}, {"undecided_sanctions": 1}, "needs_sanction_decision"),
        (S.ASSESSED, S.ON_HOLD, {}, {"hold_until": None}, "needs_hold_until"),
        (S.ON_HOLD, S.ASSESSED, {}, {"held_from": S.COMMUNICATED}, "resume_elsewhere"),
        (S.CLOSED, S.REGISTERED, {}, {"closed_at": NOON - timedelta(days=91)}, "closed_too_long"),
        (S.ASSESSED, S.COMMUNICATED, {}, {"is_internal": True}, "internal"),
        (S.ASSESSED, S.ASSESSED, {}, {}, "already_there"),
        (S.REGISTERED, S.VERIFIED, {}, {}, "no_such_way"),
    ],
)
def test_a_move_without_what_it_needs_is_refused_with_the_reason(
    source: DeviationState,
    target: DeviationState,
    changes: dict[str, Any],
    facts: dict[str, Any],
    key: str,
) -> None:
    assert refusal(deviation(state=source, **changes), target, **facts) == key


def test_an_emergency_may_be_registered_before_the_contract_is_known() -> None:
    case = deviation(state=S.DRAFT, contract_id=None, is_emergency=True)

    allowed(case, S.REGISTERED, {ContractRole.REPORTER}, FULL)


def test_a_small_one_about_ourselves_is_closed_without_telling_any_supplier() -> None:
    case = deviation(severity=Severity.MINOR)

    allowed(case, S.CLOSED, {ContractRole.MANAGER}, replace(FULL, is_internal=True, was_supplier_told=None))


def test_the_deputy_and_the_owner_may_do_what_is_the_managers() -> None:
    for role in (ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER):
        allowed(deviation(), S.ASSESSED, {role}, FULL)


def test_the_reporter_may_register_but_not_assess() -> None:
    allowed(deviation(state=S.DRAFT), S.REGISTERED, {ContractRole.REPORTER}, FULL)

    assert refusal(deviation(), S.ASSESSED, frozenset({ContractRole.REPORTER})) == "only_manager"


def test_a_serious_complaint_is_the_owners_to_send() -> None:
    case = deviation(state=S.COMMUNICATED, severity=Severity.SERIOUS)

    assert refusal(case, S.COMPLAINT_SENT, frozenset({ContractRole.MANAGER})) == "only_owner"
    allowed(case, S.COMPLAINT_SENT, {ContractRole.OWNER}, FULL)


def test_a_serious_one_is_dismissed_by_the_controller_only() -> None:
    case = deviation(severity=Severity.SERIOUS)

    assert refusal(case, S.DISMISSED, frozenset({ContractRole.OWNER, ContractRole.MANAGER})) == "only_controller"


def test_where_there_is_no_owner_the_controller_stands_in() -> None:
    case = deviation(state=S.COMMUNICATED, severity=Severity.SERIOUS)
    controller = frozenset({ContractRole.CONTROLLER})

    assert refusal(case, S.COMPLAINT_SENT, controller) == "only_owner"
    allowed(case, S.COMPLAINT_SENT, controller, replace(FULL, has_owner=False))


def test_suspected_crime_is_moved_by_the_controller_alone() -> None:
    case = deviation(severity=Severity.CRITICAL, type="ARB_KRIM")
    parts = frozenset({ContractRole.OWNER, ContractRole.MANAGER})

    assert refusal(case, S.ASSESSED, parts, only_controller=True) == "only_controller"
    allowed(case, S.ASSESSED, {ContractRole.CONTROLLER}, replace(FULL, only_controller=True))


def test_who_alone_approved_the_plan_of_a_serious_case_does_not_verify_it() -> None:
    case = deviation(state=S.CLAIMED_FIXED, severity=Severity.SERIOUS)
    alone = frozenset({FULL.actor_mail})

    assert refusal(case, S.VERIFIED, plan_approver_mails=alone) == "needs_other_verifier"
    allowed(deviation(state=S.CLAIMED_FIXED), S.VERIFIED, EVERYBODY, replace(FULL, plan_approver_mails=alone))


def test_minor_ones_need_no_sanction_decision_to_close() -> None:
    case = deviation(state=S.VERIFIED, severity=Severity.MINOR)

    allowed(case, S.CLOSED, {ContractRole.MANAGER}, replace(FULL, undecided_sanctions=2))


def test_moves_offered_are_those_the_person_may_make() -> None:
    manager = moves_for(deviation(state=S.COMMUNICATED), {ContractRole.MANAGER}, FULL)

    assert set(manager) == {S.COMPLAINT_SENT, S.IN_REMEDY, S.DISPUTED, S.ON_HOLD}
    assert moves_for(deviation(state=S.COMMUNICATED), {ContractRole.REPORTER}, FULL) == ()


def test_no_move_towards_the_supplier_is_offered_for_our_own_faults() -> None:
    moves = moves_for(deviation(state=S.ASSESSED), EVERYBODY, replace(FULL, is_internal=True))

    assert set(moves) == {S.IN_REMEDY, S.ON_HOLD}


def test_solved_at_once_is_offered_for_minor_only() -> None:
    assert S.CLOSED not in moves_for(deviation(), EVERYBODY, FULL)
    assert S.CLOSED in moves_for(deviation(severity=Severity.MINOR), EVERYBODY, FULL)


def test_a_case_on_hold_goes_back_where_it_came_from() -> None:
    moves = moves_for(deviation(state=S.ON_HOLD), EVERYBODY, replace(FULL, held_from=S.COMMUNICATED))

    assert S.COMMUNICATED in moves
    assert S.ASSESSED not in moves


def test_a_supplier_that_mends_at_once_is_recorded_by_way_of_remedy() -> None:
    assert route(S.COMMUNICATED, S.CLAIMED_FIXED) == (S.IN_REMEDY, S.CLAIMED_FIXED)
    assert route(S.IN_REMEDY, S.CLAIMED_FIXED) == (S.CLAIMED_FIXED,)
    assert route(S.DRAFT, S.CLAIMED_FIXED) == ()


def test_people_see_five_words() -> None:
    assert {surface_word(state) for state in S} == set(SurfaceWord)
    assert {state for state in S if surface_word(state) is SurfaceWord.CLOSED} == ENDED_STATES


def test_only_the_reporter_throws_a_draft_away_and_within_a_day() -> None:
    draft = deviation(state=S.DRAFT)

    assert may_discard(draft, draft.reported_by, NOON + timedelta(hours=24))
    assert not may_discard(draft, "annan@kommun.example", NOON)
    assert not may_discard(draft, draft.reported_by, NOON + timedelta(hours=25))
    assert not may_discard(deviation(), draft.reported_by, NOON)
