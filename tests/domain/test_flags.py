"""Flags: every gap in the register is on a list, none is skipped in silence."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.contract import ContractFlag
from domain.flags import contract_flags
from tests.support.planning import AUTOMATIC_YEAR, ONE_YEAR_OPTION, OPEN_ENDED, contract, shipped_ruleset, swedish

LIVING = frozenset({"agare@kommun.example", "forvaltare@kommun.example"})
TODAY = date(2026, 11, 20)


def flags_of(*, has_triage: bool = False, **changes: Any) -> tuple[ContractFlag, ...]:  # noqa: ANN401 - contract fields
    people = {"owner_mail": "agare@kommun.example", "manager_mail": "forvaltare@kommun.example"}
    one = contract(**(people | changes))
    return contract_flags(one, shipped_ruleset(), swedish(), TODAY, LIVING, has_triage=has_triage)


def test_a_complete_contract_has_no_flags() -> None:
    assert flags_of(renewal=ONE_YEAR_OPTION) == ()


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"contract_class": None}, ContractFlag.UNCLASSIFIED),
        ({"owner_mail": None}, ContractFlag.NO_OWNER),
        ({"owner_mail": "slutat@kommun.example"}, ContractFlag.NO_OWNER),
        ({"manager_mail": "slutat@kommun.example"}, ContractFlag.NO_MANAGER),
        ({"end_on": None}, ContractFlag.NO_END_DATE),
        ({"renewal": ONE_YEAR_OPTION, "notice_months": None}, ContractFlag.NOTICE_ASSUMED),
        (
            {"renewal": AUTOMATIC_YEAR, "start_on": date(2026, 1, 1), "end_on": date(2026, 12, 31)},
            ContractFlag.TOO_SHORT_FOR_PROCUREMENT,
        ),
        ({"annual_value_sek": Decimal(20_000)}, ContractFlag.LOW_VALUE),
    ],
)
def test_each_gap_raises_its_flag(changes: dict[str, Any], flag: ContractFlag) -> None:
    assert flags_of(**changes) == (flag,)


def test_a_date_on_the_triage_list_needs_a_decision() -> None:
    assert flags_of(has_triage=True) == (ContractFlag.NEEDS_DECISION,)


def test_a_contract_without_end_by_nature_lacks_no_end_date() -> None:
    assert flags_of(end_on=None, renewal=OPEN_ENDED) == ()


def test_a_missing_notice_clause_does_not_matter_where_nothing_can_be_extended() -> None:
    assert flags_of(notice_months=None) == ()


def test_a_closed_contract_is_left_in_peace() -> None:
    assert flags_of(owner_mail=None, closed_at=datetime(2026, 1, 1, tzinfo=UTC)) == ()


def test_an_expired_contract_is_not_asked_for_its_notice_clause() -> None:
    assert flags_of(end_on=date(2026, 10, 31), renewal=ONE_YEAR_OPTION, notice_months=None) == ()
