"""What somebody should look at on a contract, so that no gap in the register is skipped in silence."""

from collections.abc import Collection
from datetime import date

from domain.contract import Contract, ContractFlag, ContractState, RenewalKind
from domain.due_dates import end_dates
from domain.plan import is_low_value
from domain.ruleset import RuleSet
from domain.working_days import WorkingCalendar


def contract_flags(
    contract: Contract,
    rules: RuleSet,
    calendar: WorkingCalendar,
    today: date,
    living_mails: Collection[str],
    *,
    has_triage: bool = False,
) -> tuple[ContractFlag, ...]:
    """The contract's flags, in the order `ContractFlag` lists them; none once it is closed.

    `living_mails` are the people who still work here. `has_triage` says that a date of the contract waits on
    the controller's list, which only the kept watches know.
    """
    state = contract.state_on(today)
    if state is ContractState.CLOSED:
        return ()
    dates = end_dates(contract, rules, calendar, on=today)
    must_decide = dates is not None and dates.has_decision and state is not ContractState.EXPIRED
    raised = {
        ContractFlag.UNCLASSIFIED: contract.contract_class is None,
        ContractFlag.NO_OWNER: contract.owner_mail not in living_mails,
        ContractFlag.NO_MANAGER: contract.manager_mail not in living_mails,
        ContractFlag.NO_END_DATE: contract.end_on is None and contract.renewal.kind is not RenewalKind.OPEN_ENDED,
        ContractFlag.NOTICE_ASSUMED: dates is not None and must_decide and dates.is_notice_assumed,
        ContractFlag.TOO_SHORT_FOR_PROCUREMENT: dates is not None and must_decide and dates.is_too_short,
        ContractFlag.NEEDS_DECISION: has_triage,
        ContractFlag.LOW_VALUE: is_low_value(contract, rules),
    }
    return tuple(flag for flag in ContractFlag if raised[flag])
