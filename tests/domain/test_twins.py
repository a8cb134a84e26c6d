"""Which reports are of one fault, and what they add up to."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_file import CaseFile, Sighting
from domain.deviation import Deviation, DeviationState, Severity
from domain.identifiers import ContractId, DeviationId, SightingId
from domain.twins import find_twin, is_alike, is_same_place, recount, reporters
from tests.support.deviations import NOON, TODAY, deviation, shipped_types

KINDS = shipped_types()
CASE = deviation(deviation_id=DeviationId("d2"), location="Kinnaskolan")


def draft(**changes: object) -> Deviation:
    plain = {
        "deviation_id": DeviationId("d1"),
        "state": DeviationState.DRAFT,
        "number": None,
        "location": "Kinnaskolan",
    }
    return deviation(**plain | changes)


def sighting(days_ago: int, *, by: str = "bo@kommun.example", count: int = 1) -> Sighting:
    return Sighting(
        sighting_id=SightingId(f"s{days_ago}{by}"),
        deviation_id=CASE.deviation_id,
        reported_by=by,
        reported_at=NOON,
        occurred_from=TODAY - timedelta(days=days_ago),
        occurrence_count=count,
    )


@pytest.mark.parametrize(
    ("changes", "alike"),
    [
        ({}, True),
        ({"type": "LEV_SEN"}, True),
        ({"type": "FAKT_PRIS"}, False),
        ({"type": None}, False),
        ({"contract_id": ContractId("c2")}, False),
        ({"contract_id": None}, False),
        ({"location": "Kinna skolan"}, True),
        ({"location": "Fritsla skola"}, False),
        ({"location": None}, True),
        ({"location": None, "occurred_from": TODAY - timedelta(days=30)}, False),
        ({"occurred_from": TODAY - timedelta(days=30)}, True),
        ({"severity": Severity.CRITICAL}, False),
    ],
)
def test_contract_type_and_place_or_time_make_a_twin(changes: dict[str, object], *, alike: bool) -> None:
    assert is_alike(draft(**changes), CASE, KINDS, now=NOON) is alike


@pytest.mark.parametrize(("days", "alike"), [(1, True), (90, True), (91, False)])
def test_a_closed_case_is_a_twin_for_ninety_days(days: int, *, alike: bool) -> None:
    closed = deviation(
        deviation_id=DeviationId("d2"), state=DeviationState.CLOSED, closed_at=NOON - timedelta(days=days)
    )

    assert is_alike(draft(), closed, KINDS, now=NOON) is alike


@pytest.mark.parametrize("state", [DeviationState.DISMISSED, DeviationState.MERGED, DeviationState.DRAFT])
def test_what_was_dismissed_merged_or_never_registered_is_no_twin(state: DeviationState) -> None:
    other = deviation(deviation_id=DeviationId("d2"), state=state)

    assert not is_alike(draft(), other, KINDS, now=NOON)


def test_an_open_case_goes_before_a_closed_one() -> None:
    closed = deviation(
        deviation_id=DeviationId("d3"),
        state=DeviationState.CLOSED,
        closed_at=NOON,
        reported_at=NOON + timedelta(days=1),
    )

    assert find_twin(draft(), [closed, CASE], KINDS, now=NOON) == CASE


@given(st.text(), st.text())
def test_likeness_of_places_works_both_ways(one: str, other: str) -> None:
    assert is_same_place(one, other) is is_same_place(other, one)


def test_one_day_is_one_time_however_many_saw_it() -> None:
    file = CaseFile(sightings=(sighting(0), sighting(0, by="eva@kommun.example")))

    assert len(reporters(CASE, file)) == 3
    assert recount(CASE, KINDS["LEV_UTEBLIVEN"], file) is None


def test_other_days_add_up_and_severity_follows() -> None:
    file = CaseFile(sightings=(sighting(1), sighting(2)))

    found = recount(CASE, KINDS["LEV_UTEBLIVEN"], file)

    assert found is not None
    assert (found.occurrences, found.severity) == (3, Severity.SERIOUS)


@given(st.lists(st.integers(0, 30), max_size=6), st.sampled_from(Severity), st.integers(1, 9))
def test_a_recount_never_takes_anything_away(days: list[int], severity: Severity, count: int) -> None:
    case = deviation(severity=severity, occurrence_count=count)
    file = CaseFile(sightings=tuple(sighting(day) for day in days))

    found = recount(case, KINDS["LEV_SEN"], file)

    if found is not None:
        assert found.occurrences >= count
        assert found.severity.rank >= severity.rank
