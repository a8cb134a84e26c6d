"""The life of a case under every order of events: nothing stranded, no guard passed by, nothing forgotten (domain.md 7.6)."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.case_guards import CaseFacts
from domain.case_moves import moved, resumed, stepped
from domain.deviation import ENDED_STATES, DeviationState, Severity
from domain.deviation_case import TRANSITIONS, allowed, moves_for
from domain.errors import Refused
from domain.people import ContractRole
from tests.support.deviations import NOON, TODAY, deviation

S = DeviationState
EVERYBODY = frozenset(ContractRole)
WORDS = st.sampled_from([None, "", "därför"])
DAYS = st.sampled_from([None, TODAY - timedelta(days=3), TODAY, TODAY + timedelta(days=20)])
FACTS = st.builds(
    CaseFacts,
    now=st.just(NOON),
    actor_mail=st.sampled_from(["forvaltare@kommun.example", "agare@kommun.example"]),
    reason=WORDS,
    requirement=WORDS,
    merged_into=st.sampled_from([None, "d1", "d9"]),
    was_supplier_told=st.sampled_from([None, True, False]),
    told_on=DAYS,
    told_how=WORDS,
    told_whom=WORDS,
    is_letter_reviewed=st.booleans(),
    answer_due_on=DAYS,
    promised_on=DAYS,
    is_to_be_registered=st.booleans(),
    has_plan=st.booleans(),
    plan_approved_by=st.frozensets(st.sampled_from([ContractRole.OWNER, ContractRole.MANAGER])),
    plan_approver_mails=st.frozensets(st.sampled_from(["forvaltare@kommun.example", "agare@kommun.example"])),
    supplier_message=WORDS,
    how_verified=WORDS,
    objection=WORDS,
    decision_reference=WORDS,
    undecided_sanctions=st.integers(0, 1),
    hold_until=DAYS,
)
FULL = CaseFacts(
    now=NOON,
    reason="därför",
    requirement="4.2",
    merged_into="d9",
    was_supplier_told=True,
    told_on=TODAY,
    told_how="phone",
    told_whom="driftchefen",
    is_letter_reviewed=True,
    answer_due_on=TODAY,
    is_to_be_registered=True,
    has_plan=True,
    plan_approved_by=frozenset({ContractRole.OWNER, ContractRole.MANAGER}),
    supplier_message="klart",
    how_verified="besök",
    objection="nej",
    decision_reference="KS 2026/12",
    hold_until=TODAY + timedelta(days=10),
    closed_at=NOON,
)


class CaseLife(RuleBasedStateMachine):
    """People move one case about, with more or less of what each move needs."""

    def __init__(self) -> None:
        super().__init__()
        self.case = deviation(state=S.DRAFT)
        self.history: list[tuple[DeviationState, DeviationState]] = []

    def _facts(self, given: CaseFacts) -> CaseFacts:
        return replace(given, held_from=self.case.held_from, closed_at=self.case.closed_at)

    @rule(to=st.sampled_from(S), roles=st.frozensets(st.sampled_from(ContractRole)), given=FACTS)
    def try_a_move(self, to: DeviationState, roles: frozenset[ContractRole], given: CaseFacts) -> None:
        self._try(to, roles, given)

    @rule(to=st.sampled_from(S))
    def move_with_all_that_is_needed(self, to: DeviationState) -> None:
        self._try(to, EVERYBODY, FULL)

    def _try(self, to: DeviationState, roles: frozenset[ContractRole], given: CaseFacts) -> None:
        facts, before = self._facts(given), self.case
        try:
            allowed(before, to, roles, facts)
        except Refused:
            return
        transition = TRANSITIONS[before.state, to]
        assert [guard for guard in transition.guards if guard(before, facts)] == []
        self.case = moved(before, to, facts)
        self.history.append((before.state, to))

    @rule(severity=st.sampled_from(Severity))
    def weigh(self, severity: Severity) -> None:
        if self.case.state is S.REGISTERED:
            self.case = replace(self.case, severity=severity)

    @rule(step=st.integers(0, 6))
    def take_a_step(self, step: int) -> None:
        if self.case.is_open and step > self.case.ladder_step:
            self.case = stepped(self.case, step, NOON)

    @rule()
    def let_a_hold_run_out(self) -> None:
        if self.case.state is S.ON_HOLD:
            held_from = self.case.held_from
            self.case = resumed(self.case, NOON + timedelta(days=30))
            assert self.case.state is held_from
            self.history.append((S.ON_HOLD, self.case.state))

    @invariant()
    def somebody_can_take_it_further(self) -> None:
        facts = self._facts(FULL)
        if self.case.state is S.DRAFT:
            return
        assert any(self._goes(to, facts) for to in moves_for(self.case, EVERYBODY, facts)), self.case.state

    def _goes(self, to: DeviationState, facts: CaseFacts) -> bool:
        try:
            allowed(self.case, to, EVERYBODY, facts)
        except Refused:
            return False
        return True

    @invariant()
    def its_history_leads_to_where_it_stands(self) -> None:
        states = [S.DRAFT, *(to for _, to in self.history)]
        assert [source for source, _ in self.history] == states[:-1]
        assert states[-1] is self.case.state

    @invariant()
    def it_knows_what_its_state_says(self) -> None:
        case = self.case
        assert (case.closed_at is not None) == (case.state in ENDED_STATES)
        assert (case.held_from is not None) == (case.state is S.ON_HOLD)
        if case.state in {S.COMMUNICATED, S.COMPLAINT_SENT}:
            assert case.supplier_notified_at is not None
        if case.state is S.VERIFIED:
            assert case.how_verified

    @invariant()
    def what_happened_is_counted(self) -> None:
        failed = sum(pair in {(S.CLAIMED_FIXED, S.IN_REMEDY), (S.VERIFIED, S.IN_REMEDY)} for pair in self.history)
        assert self.case.failed_remedies == failed
        assert self.case.reopened_count == self.history.count((S.CLOSED, S.REGISTERED))


CaseLife.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestCaseLife = CaseLife.TestCase
