"""Which follow-up comes first when a person has several."""

from datetime import date

from domain.contract import ContractClass
from domain.followup import Followup, FollowupState

SOON_DAYS = 31
"""A follow-up that nobody has been told of yet is shown this many days before it is due."""
_RANK = {None: len(ContractClass)} | {code: rank for rank, code in enumerate(ContractClass)}


def urgency(followup: Followup, today: date) -> tuple[int, int, date, str]:
    """A sorting key: what has been begun, what is late by class, then what is due next."""
    rank = _RANK[followup.contract_class]
    if followup.state is FollowupState.IN_PROGRESS:
        return 0, rank, followup.due_on, followup.followup_id
    if followup.is_overdue_on(today):
        return 1, rank, followup.due_on, followup.followup_id
    return 2, 0, followup.due_on, followup.followup_id


def is_current(followup: Followup, today: date) -> bool:
    """Whether it is something to do now: told of, begun, or due soon."""
    if followup.state is FollowupState.PLANNED:
        return (followup.due_on - today).days <= SOON_DAYS
    return followup.is_open
