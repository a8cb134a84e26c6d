"""Which follow-up comes first when a person has several."""

from datetime import date

from domain.contract import ContractClass
from domain.followup import Activity, Followup, FollowupState

SOON_DAYS = 31
"""A follow-up that nobody has been told of yet is shown this many days before it is due."""
_RANK = {None: len(ContractClass)} | {code: rank for rank, code in enumerate(ContractClass)}
_WEIGHTIEST_FIRST = (
    Activity.EXTENSION_DECISION,
    Activity.CLOSING,
    Activity.YEARLY,
    Activity.HALF_YEAR,
    Activity.QUARTERLY,
    Activity.THREE_MONTH,
    Activity.EVENT_DRIVEN,
    Activity.SUPPLIER_CONTROL,
    Activity.KICKOFF_MEETING,
    Activity.PULSE,
)


def urgency(followup: Followup, today: date, contract_number: str = "") -> tuple[int, int, date, int, str, str]:
    """A sorting key: what has been begun, what is late by class, then what is due next.

    What is equally urgent is ordered by activity and contract, so that everybody sees the same list every day.
    """
    tie = (*among_equals(followup, contract_number), followup.followup_id)
    rank = _RANK[followup.contract_class]
    if followup.state is FollowupState.IN_PROGRESS:
        return 0, rank, followup.due_on, *tie
    if followup.is_overdue_on(today):
        return 1, rank, followup.due_on, *tie
    return 2, 0, followup.due_on, *tie


def among_equals(followup: Followup, contract_number: str) -> tuple[int, str]:
    """What decides between follow-ups that are equally urgent: the weightier activity first, then the contract."""
    return _WEIGHTIEST_FIRST.index(followup.activity), contract_number


def is_current(followup: Followup, today: date) -> bool:
    """Whether it is something to do now: told of, begun, or due soon."""
    if followup.state is FollowupState.PLANNED:
        return (followup.due_on - today).days <= SOON_DAYS
    return followup.is_open
