"""The fifty kinds of deviation: all there, well described, and refused whole when a row is wrong."""

from copy import deepcopy
from typing import Any

import pytest

from domain.deviation import Severity
from domain.deviation_types import AskFor, DeviationKind, parse_deviation_types
from domain.errors import RuleBookInvalid
from domain.people import ContractRole, Language, Role
from tests.support.deviations import shipped_types

ALL = """
LEV_UTEBLIVEN LEV_SEN LEV_FEL LEV_KVALITET LEV_UPPSTART KRAV_SKALL KRAV_TILLDELNING PERS_KOMPETENS PERS_BEMOTANDE
PERS_REGISTERUTDRAG FAKT_PRIS FAKT_AVGIFT FAKT_EJ_LEVERERAT FAKT_UNDERLAG PRIS_JUSTERING SAMV_SVARSTID SAMV_MOTE
SAMV_ATGARD_UTEBLEV ADM_STATISTIK ADM_INTYG ADM_FORSAKRING UL_EJ_GODKAND UL_BRIST HALL_MILJO HALL_LEVKEDJA HALL_SOCIAL
ARB_VILLKOR ARB_KRIM PUB_SAKNAS PUB_UNDERBITRADE PUB_TREDJELAND PUB_RADERING SAK_INCIDENT SAK_BEVIS SAK_BEHORIGHET
SAK_KONTINUITET SAK_EXIT EKO_SKATT EKO_STALLNING EKO_INSOLVENS EKO_BROTT EKO_SANKTION AVT_ANDRING AVSL_EJ_REGLERAT
AVSL_ATERLAMNING INT_AVTALSTROHET INT_SORTIMENT INT_AVSTEG INT_BESTALLNING INT_KONTINUITET
""".split()

GOOD: dict[str, Any] = {
    "groups": {"LEV": {"sv": "Leverans", "en": "Delivery"}},
    "types": {
        "LEV_SEN": {
            "group": "LEV",
            "severity": "minor",
            "name": {"sv": "Sen", "en": "Late"},
            "explanation": {"sv": "Kom sent.", "en": "Came late."},
            "source": "domain.md 7.2",
        },
    },
}


def changed(**row: object) -> dict[str, Any]:
    table = deepcopy(GOOD)
    table["types"]["LEV_SEN"].update(row)
    return table


def test_all_fifty_types_are_there() -> None:
    assert set(shipped_types()) == set(ALL)
    assert len(ALL) == 50


def test_every_type_has_a_name_and_an_explanation_in_both_languages() -> None:
    for kind in shipped_types().values():
        for language in Language:
            assert kind.name(language)
            assert kind.explanation(language).endswith(".")
            assert len(kind.name(language)) <= 50


def test_names_are_told_apart() -> None:
    for language in Language:
        names = [kind.name(language) for kind in shipped_types().values()]

        assert len(set(names)) == len(names)


def test_only_the_five_starred_types_are_restricted() -> None:
    restricted = {code for code, kind in shipped_types().items() if kind.is_restricted}

    assert restricted == {"ARB_KRIM", "SAK_INCIDENT", "EKO_INSOLVENS", "EKO_BROTT", "EKO_SANKTION"}


def test_everything_about_ourselves_is_internal_and_nothing_else() -> None:
    for code, kind in shipped_types().items():
        assert kind.is_internal == code.startswith("INT_")


def test_suspected_crime_is_kept_even_from_owner_and_manager() -> None:
    for code in ("ARB_KRIM", "EKO_BROTT"):
        kind = shipped_types()[code]

        assert not kind.may_be_seen_by({ContractRole.OWNER, ContractRole.MANAGER, ContractRole.REPORTER}, set())
        assert kind.may_be_seen_by({ContractRole.CONTROLLER}, set())
        assert kind.may_be_seen_by(set(), {Role.LEGAL_COUNSEL})
        assert not kind.may_be_seen_by(set(), {Role.BOT_ADMIN, Role.DPO})


def test_a_data_incident_reaches_owner_manager_and_data_protection_officer_but_not_the_reporter() -> None:
    kind = shipped_types()["SAK_INCIDENT"]

    assert kind.may_be_seen_by({ContractRole.MANAGER}, set())
    assert kind.may_be_seen_by({ContractRole.OWNER}, set())
    assert kind.may_be_seen_by(set(), {Role.DPO})
    assert not kind.may_be_seen_by({ContractRole.REPORTER}, set())


def test_the_reporter_of_an_ordinary_deviation_may_follow_it_and_a_stranger_may_not() -> None:
    kind = shipped_types()["LEV_SEN"]

    assert kind.may_be_seen_by({ContractRole.REPORTER}, set())
    assert not kind.may_be_seen_by(set(), set())


def test_an_invoice_deviation_asks_for_the_invoice_and_whether_it_is_paid() -> None:
    for code, kind in shipped_types().items():
        if code.startswith("FAKT_"):
            assert kind.asks == (AskFor.INVOICE_NUMBER, AskFor.IS_PAID)


def test_crime_and_incidents_run_in_clock_hours() -> None:
    by_clock = {code for code, kind in shipped_types().items() if kind.clock_hours}

    assert by_clock == {"ARB_KRIM", "EKO_BROTT", "SAK_INCIDENT"}


def test_a_missing_certificate_is_a_deficiency_and_a_late_delivery_is_not() -> None:
    assert shipped_types()["ADM_INTYG"].kind is DeviationKind.DEFICIENCY
    assert shipped_types()["LEV_SEN"].kind is DeviationKind.DEVIATION


def test_a_table_with_the_least_needed_is_read() -> None:
    kind = parse_deviation_types(GOOD)["LEV_SEN"]

    assert kind.severity is Severity.MINOR
    assert kind.name(Language.EN) == "Late"
    assert kind.group_names[Language.SV] == "Leverans"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"severity": "awful"}, "LEV_SEN.severity"),
        ({"kind": "mistake"}, "LEV_SEN.kind"),
        ({"group": "XYZ"}, "LEV_SEN.group"),
        ({"name": {"sv": "Sen"}}, "LEV_SEN.name.en"),
        ({"explanation": "Kom sent."}, "LEV_SEN.explanation.sv"),
        ({"restricted": "yes"}, "LEV_SEN.restricted"),
        ({"only_controller_and_legal": True}, "LEV_SEN.only_controller_and_legal"),
        ({"clock_hours": 0}, "LEV_SEN.clock_hours"),
        ({"clock_hours": True}, "LEV_SEN.clock_hours"),
        ({"asks": ["shoe_size"]}, "LEV_SEN.asks"),
        ({"asks": "photo"}, "LEV_SEN.asks"),
        ({"also_told": ["mayor"]}, "LEV_SEN.also_told"),
        ({"source": " "}, "LEV_SEN.source"),
        ({"colour": "red"}, "LEV_SEN.colour"),
    ],
)
def test_a_fault_is_named_by_type_and_key(row: dict[str, object], fault: str) -> None:
    with pytest.raises(RuleBookInvalid) as caught:
        parse_deviation_types(changed(**row))

    assert any(fault in line for line in caught.value.faults)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(RuleBookInvalid) as caught:
        parse_deviation_types(changed(severity="awful", kind="mistake", source=""))

    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("table", [{}, {"types": {}}, {"types": []}, {"types": {"LEV_SEN": 3}}, {"groups": 1}])
def test_what_is_no_table_of_types_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(RuleBookInvalid):
        parse_deviation_types(table)
