"""The ladder towards the supplier: which step is proposed, who must decide, and what happens if nobody does (domain.md 8.1).

The bot proposes and people decide. Nothing here says that a contract is broken or that a step is lawful.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.contract import ContractClass
from domain.deviation import Deviation, DeviationState, LadderStep, Severity
from domain.deviation_types import DeviationType
from domain.errors import Refused
from domain.people import ContractRole
from domain.ruleset import RuleSet
from domain.severity import occurrences, within_window


class Trigger(StrEnum):
    """What proposes a step: t1-t7 of domain.md 8.1, silence split by whose silence it is."""

    NOT_ASSESSED = "not_assessed"
    SUPPLIER_NOT_TOLD = "supplier_not_told"
    NO_ANSWER = "no_answer"
    NOT_RECTIFIED = "not_rectified"
    NO_PLAN = "no_plan"
    PLAN_NOT_ASSESSED = "plan_not_assessed"
    NOT_VERIFIED = "not_verified"
    SANCTION_UNDECIDED = "sanction_undecided"
    REMEDY_FAILED = "remedy_failed"
    REPEATED = "repeated"
    SEVERAL_SERIOUS = "several_serious"


HIGHEST_BY_SILENCE: Final = LadderStep.WARNING
"""Rescission is never proposed by a clock: it takes a legal judgement (domain.md 7.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProposal:
    """A step somebody must decide on. `step` equal to the present one means: act on the step you are on."""

    step: LadderStep
    trigger: Trigger
    decider: ContractRole

    @property
    def reason_key(self) -> str:
        """The sentence that says why."""
        return f"deviation.why.{self.trigger.value}"


def entry_step(severity: Severity | None) -> LadderStep:
    """Where an assessed case enters the ladder: *serious* and *critical* go to a written complaint directly."""
    grave = severity in {Severity.SERIOUS, Severity.CRITICAL}
    return LadderStep.COMPLAINT if grave else LadderStep.DIALOGUE


def decider_of(
    step: LadderStep,
    severity: Severity | None,
    rules: RuleSet,
    kind: DeviationType | None = None,
) -> ContractRole:
    """Who decides on a step. Where the rules name somebody above the owner, the owner takes it to them."""
    if kind is not None and kind.only_controller_and_legal:
        return ContractRole.CONTROLLER
    role = rules.supplier_ladder.steps[step].decided_by
    if role is ContractRole.MANAGER:
        is_owners = step is LadderStep.COMPLAINT and entry_step(severity) is LadderStep.COMPLAINT
        return ContractRole.OWNER if is_owners else ContractRole.MANAGER
    return ContractRole.OWNER


def triggered(
    deviation: Deviation,
    of_contract: Sequence[Deviation],
    contract_class: ContractClass | None,
    rules: RuleSet,
    today: date,
    *,
    remedy_failed: bool = False,
) -> StepProposal | None:
    """The step proposed by what has happened rather than by silence: t2 failed remedy, t3 repetition, t4 several serious.

    `of_contract` are the contract's registered deviations, this one included or not.
    """
    if not deviation.is_open:
        return None
    found: list[StepProposal] = []
    severity, step = deviation.severity, LadderStep(deviation.ladder_step)
    others = [other for other in of_contract if other.deviation_id != deviation.deviation_id]
    if remedy_failed:
        found.append(proposed_step(up_from(step), Trigger.REMEDY_FAILED, severity, rules))
    serious = [other for other in (*others, deviation) if other.is_open and other.is_urgent]
    if deviation.is_urgent and len(serious) >= rules.supplier_ladder.serious_open:
        found.append(proposed_step(rules.supplier_ladder.repeats_step, Trigger.SEVERAL_SERIOUS, severity, rules))
    if deviation.type and _repeats([*others, deviation], deviation.type, contract_class, rules, today):
        found.append(proposed_step(rules.supplier_ladder.repeats_step, Trigger.REPEATED, severity, rules))
    higher = [item for item in found if item.step > max(step, deviation.proposed_step or 0)]
    return max(higher, key=lambda item: item.step, default=None)


def allow_step(
    deviation: Deviation,
    to: LadderStep,
    actor_roles: Collection[ContractRole],
    rules: RuleSet,
    *,
    note: str = "",
    kind: DeviationType | None = None,
    has_owner: bool = True,
) -> None:
    """Whether someone with these parts may move the case to step `to`; raises Refused if not.

    Steps are passed over upwards only by the controller, with a note. The way down is verification.
    """
    reason = _why_not(deviation, to, kind) or _why_not_they(deviation, to, actor_roles, rules, note, kind, has_owner)
    if reason:
        raise Refused(f"deviation.refused.{reason}", number=deviation.number or "", step=int(to))


def _why_not(deviation: Deviation, to: LadderStep, kind: DeviationType | None) -> str | None:
    if kind is not None and kind.is_internal:
        return "internal"
    if not deviation.is_open:
        return "step_when_ended"
    if deviation.state is DeviationState.REGISTERED and to is not LadderStep.OBSERVED:
        return "step_before_assessed"
    if to == deviation.ladder_step:
        return "already_on_step"
    return "step_down" if to < deviation.ladder_step else None


def _why_not_they(
    deviation: Deviation,
    to: LadderStep,
    actor_roles: Collection[ContractRole],
    rules: RuleSet,
    note: str,
    kind: DeviationType | None,
    has_owner: bool,  # noqa: FBT001
) -> str | None:
    is_controller = ContractRole.CONTROLLER in actor_roles
    skips = to > max(deviation.ladder_step + 1, entry_step(deviation.severity))
    if skips and not is_controller:
        return "skip_needs_controller"
    if (skips or to >= LadderStep.SANCTION) and not note.strip():
        return "needs_reason"
    decider = decider_of(to, deviation.severity, rules, kind)
    if decider in actor_roles or skips:
        return None
    if decider is ContractRole.MANAGER:
        manages = {ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER}
        return None if not manages.isdisjoint(actor_roles) else "only_manager"
    if decider is ContractRole.OWNER:
        return None if is_controller and not has_owner else "only_owner"
    return "only_controller"


def up_from(step: LadderStep) -> LadderStep:
    """One step up, but never as far as rescission: no clock proposes that."""
    return max(step, LadderStep(min(step + 1, HIGHEST_BY_SILENCE)))


def proposed_step(
    step: LadderStep,
    trigger: Trigger,
    severity: Severity | None,
    rules: RuleSet,
    kind: DeviationType | None = None,
) -> StepProposal:
    return StepProposal(step=step, trigger=trigger, decider=decider_of(step, severity, rules, kind))


def _repeats(
    rows: Sequence[Deviation],
    type_code: str,
    contract_class: ContractClass | None,
    rules: RuleSet,
    today: date,
) -> bool:
    ladder = rules.supplier_ladder
    counted = [row for row in rows if not row.is_joint]  # what a joint one stands for is counted already
    found = within_window(counted, type_code=type_code, today=today, contract_class=contract_class, rules=ladder)
    return len(found) > 1 and occurrences(found) >= ladder.repeats
