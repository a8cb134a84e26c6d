"""What planning a contract changes: which occurrences are new, which are void, which wait for the roll-out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.contract import Contract
from domain.decision import Choice
from domain.followup import Activity, Followup, FollowupState
from domain.plan import PlannedFollowup, next_occurrence
from domain.ruleset import ActivityRule, RuleSet
from domain.watch import Watch, WatchKind, WatchState
from domain.watch_dates import PlannedWatch, next_watch, watches
from domain.working_days import WorkingCalendar

VOID = "plan_changed"
"""Why a planned follow-up was cancelled when the contract's dates changed."""
_UNTOUCHED = frozenset({FollowupState.PLANNED, FollowupState.NOTIFIED, FollowupState.SKIPPED_RAMP})
_LIVE_WATCH = frozenset({WatchState.OPEN, WatchState.TRIAGE})


@dataclass(slots=True, kw_only=True)
class Replan:
    """The difference between what is stored and what the rules want."""

    contract: Contract
    """With its new plan version, basis and first day."""
    new: list[PlannedFollowup] = field(default_factory=list)
    void: list[Followup] = field(default_factory=list)
    turned: list[Followup] = field(default_factory=list)
    """Follow-ups taken into or out of operation, with their new state."""
    new_watches: list[PlannedWatch] = field(default_factory=list)
    void_watches: list[Watch] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What planning stands on."""

    rules: RuleSet
    calendar: WorkingCalendar
    golive: date
    on_since: date | None
    """Since when follow-ups of the contract's class are in operation; None when they are not."""
    today: date


def replan(contract: Contract, followups: Sequence[Followup], stored: Sequence[Watch], ground: Ground) -> Replan:
    """Plan a contract: add what is missing; where its dates changed, void what was planned and plan anew."""
    is_changed = contract.planned_for is not None and contract.planned_for != contract.plan_basis
    first_day = contract.plan_from or max(ground.golive, ground.today)
    plan = Replan(contract=replace(contract, plan_from=first_day, planned_for=contract.plan_basis))
    rules = _activity_rules(contract, ground.rules, is_terminated=_is_terminated(contract, stored))
    for rule in rules:
        theirs = [row for row in followups if row.activity is rule.activity and row.closed_reason != VOID]
        _plan_activity(plan, rule, theirs, ground, is_changed=is_changed)
    if is_changed:
        wanted = {rule.activity for rule in rules}
        plan.void += [row for row in followups if row.activity not in wanted and row.state in _UNTOUCHED]
    _plan_watches(plan, stored, ground, is_changed=is_changed)
    if is_changed:
        plan.contract = replace(plan.contract, plan_from=ground.today)
    if plan.void or plan.void_watches:
        plan.contract = replace(plan.contract, plan_version=contract.plan_version + 1)
    return plan


def _is_terminated(contract: Contract, stored: Sequence[Watch]) -> bool:
    """Whether notice has been given, so that the contract will not renew itself whatever the register still says."""
    registered_end = contract.end_on.isoformat() if contract.end_on else ""
    return any(
        watch.decision is not None
        and watch.decision.get("decision") == Choice.TERMINATE
        and watch.period_key >= registered_end
        for watch in stored
    )


def _activity_rules(contract: Contract, rules: RuleSet, *, is_terminated: bool) -> tuple[ActivityRule, ...]:
    if contract.contract_class is None:
        return ()
    activities = () if is_terminated else rules.activities(contract.contract_class)
    decisions = [rule for rule in activities if rule.activity is Activity.EXTENSION_DECISION]
    return (*rules.recurring(contract.contract_class), *decisions)


def _plan_activity(
    plan: Replan,
    rule: ActivityRule,
    rows: Sequence[Followup],
    ground: Ground,
    *,
    is_changed: bool,
) -> None:
    live = [row for row in rows if row.is_open or row.state is FollowupState.SKIPPED_RAMP]
    closed = [row for row in rows if row not in live]
    after = max((row.period_key for row in closed), default=None)
    base = _base(plan.contract, closed, ground)
    if not live:
        plan.new += _wanted(plan, rule, ground, base, after)
        return
    current = live[0]
    if current.state not in _UNTOUCHED:
        return
    was_off = current.state is FollowupState.SKIPPED_RAMP
    turns_on = was_off and ground.on_since is not None
    if not is_changed and not turns_on:
        plan.turned += _turned_off(current, ground)
        return
    wanted = _wanted(plan, rule, ground, base, after)
    if not any(_is_same(current, one) for one in wanted):
        fresh = _wanted(plan, rule, ground, max(base, ground.today), after)
        plan.void.append(current)
        plan.new += fresh
    elif turns_on:
        plan.turned.append(replace(current, state=FollowupState.PLANNED))
    else:
        plan.turned += _turned_off(current, ground)


def _base(contract: Contract, closed: Iterable[Followup], ground: Ground) -> date:
    """From which day the next occurrence counts: never before go-live, roll-out, or the last one was closed."""
    days = [contract.plan_from or ground.golive, ground.golive]
    if ground.on_since is not None:
        days.append(ground.on_since)
    days += [_day(row.closed_at) for row in closed if row.closed_at is not None]
    return max(days)


def _wanted(plan: Replan, rule: ActivityRule, ground: Ground, base: date, after: str | None) -> list[PlannedFollowup]:
    one = next_occurrence(plan.contract, rule, ground.rules, ground.calendar, golive=base, after=after)
    return [one] if one else []


def _turned_off(current: Followup, ground: Ground) -> list[Followup]:
    if ground.on_since is not None or current.state is FollowupState.SKIPPED_RAMP:
        return []
    return [replace(current, state=FollowupState.SKIPPED_RAMP)]


def _is_same(row: Followup, planned: PlannedFollowup) -> bool:
    return row.period_key == planned.period_key and row.due_on == planned.due_on


def _plan_watches(plan: Replan, stored: Sequence[Watch], ground: Ground, *, is_changed: bool) -> None:
    kept = [watch for watch in stored if watch.state is not WatchState.VOIDED]
    wanted = watches(plan.contract, ground.rules, ground.calendar, golive=plan.contract.plan_from or ground.golive)
    for one in (*wanted, *_following(plan.contract, kept, ground)):
        if one.kind is WatchKind.HANDOVER_PLAN and one.is_passed:
            continue  # there is nothing left to decide about it: the contract's end date is on the list itself
        twin = next((w for w in kept if w.kind is one.kind and w.period_key == one.period_key), None)
        if twin is None:
            plan.new_watches.append(one)
        elif is_changed and twin.state in _LIVE_WATCH and twin.on != one.on:
            plan.void_watches.append(twin)
            plan.new_watches.append(one)
    if is_changed:
        keys = {(one.kind, one.period_key) for one in wanted}
        plan.void_watches += [w for w in kept if w.state in _LIVE_WATCH and (w.kind, w.period_key) not in keys]


def _following(contract: Contract, kept: Sequence[Watch], ground: Ground) -> Iterator[PlannedWatch]:
    """The next round of what comes again, once the round before is over."""
    if _is_terminated(contract, kept):
        return
    for kind in (WatchKind.SEND_BY, WatchKind.YEARLY_REVIEW):
        rounds = [watch for watch in kept if watch.kind is kind]
        if not rounds or any(watch.state in _LIVE_WATCH for watch in rounds):
            continue
        last = max(watch.period_key for watch in rounds)
        one = next_watch(contract, kind, ground.rules, ground.calendar, golive=ground.today, after=last)
        if one is not None:
            yield one


def _day(moment: datetime) -> date:
    return moment.date()
