"""The supplier's action plan: what, who, by when and how it is checked, and who may say what about it (domain.md 7.6, 8.1).

The manager and the owner approve it, each by themselves. The supplier says when an action is done, and somebody of ours
checks whether it held.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from domain.case_file import ActionVerdict, PlanAction
from domain.deviation import Deviation, DeviationState
from domain.errors import Refused
from domain.people import ContractRole

MOST_ACTIONS: Final = 30
"""A plan longer than this is a document: attach it as evidence and write down what is to be checked."""
_S = DeviationState
_WRITTEN_IN: Final = frozenset(
    {_S.ASSESSED, _S.COMMUNICATED, _S.COMPLAINT_SENT, _S.PLAN_REQUESTED, _S.IN_REMEDY, _S.DISPUTED, _S.SANCTION_PENDING}
)
"""States in which a plan may be written down; it is approved in the state for it."""
_MANAGES: Final = frozenset(
    {ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER},
)


def is_approved(deviation: Deviation) -> bool:
    """Whether both have approved the plan."""
    return bool(deviation.plan_manager_mail and deviation.plan_owner_mail)


def may_write(deviation: Deviation, parts: Collection[ContractRole]) -> bool:
    """Whether somebody with these parts may change the plan now."""
    return deviation.state in _WRITTEN_IN and not is_approved(deviation) and not _MANAGES.isdisjoint(parts)


def allow_writing(deviation: Deviation, parts: Collection[ContractRole]) -> None:
    """Refuses whoever may not write in the plan, or not any longer."""
    if _MANAGES.isdisjoint(parts):
        raise Refused("deviation.refused.only_manager", number=deviation.number or "")
    if is_approved(deviation):
        raise Refused("case.refused.plan_is_approved")
    if deviation.state not in _WRITTEN_IN:
        raise Refused("case.refused.no_plan_now")


def parts_to_approve(
    deviation: Deviation,
    parts: Collection[ContractRole],
    *,
    has_manager: bool,
    has_owner: bool,
    only_controller: bool = False,
) -> tuple[ContractRole, ...]:
    """For which of the two a person with these parts can approve the plan now.

    A deputy stands in for the manager, and the controller for whoever is vacant.
    """
    is_controller = ContractRole.CONTROLLER in parts
    manages = not {ContractRole.MANAGER, ContractRole.DEPUTY}.isdisjoint(parts)
    stands_in = is_controller and (only_controller or not has_manager)
    found: list[ContractRole] = []
    if (manages or stands_in) and deviation.plan_manager_mail is None:
        found.append(ContractRole.MANAGER)
    owns = ContractRole.OWNER in parts or (is_controller and (only_controller or not has_owner))
    if owns and deviation.plan_owner_mail is None:
        found.append(ContractRole.OWNER)
    return tuple(found)


def approved(deviation: Deviation, by: str, parts: Collection[ContractRole]) -> Deviation:
    """The case with the plan approved by `by` for these parts."""
    return replace(
        deviation,
        plan_manager_mail=by if ContractRole.MANAGER in parts else deviation.plan_manager_mail,
        plan_owner_mail=by if ContractRole.OWNER in parts else deviation.plan_owner_mail,
    )


def last_day(actions: Sequence[PlanAction]) -> date | None:
    """The day the whole plan is promised to be done."""
    return max((action.due_on for action in actions), default=None)


def done(action: PlanAction, on: date) -> PlanAction:
    """The supplier says that the action was done on the day; what was said of an earlier try falls."""
    return replace(action, done_on=on, verdict=None, checked_by=None, checked_at=None, check_note=None)


def checked(action: PlanAction, verdict: ActionVerdict, by: str, at: datetime, note: str) -> PlanAction:
    """The action as somebody of ours has found it; what did not hold is to be done again."""
    if not note.strip():
        raise Refused("case.refused.check_needs_note")
    return replace(
        action,
        verdict=verdict,
        checked_by=by,
        checked_at=at,
        check_note=note,
        done_on=action.done_on or at.date() if verdict is ActionVerdict.HELD else None,
    )


def numbered(actions: Sequence[PlanAction], number: int) -> PlanAction:
    """The action with this number in the plan, from 1."""
    if not 1 <= number <= len(actions):
        raise Refused("case.refused.no_such_action", number=number, count=len(actions))
    return actions[number - 1]


def all_held(actions: Sequence[PlanAction]) -> bool:
    """Whether every action has been checked and held."""
    return bool(actions) and all(action.verdict is ActionVerdict.HELD for action in actions)
