"""The person somebody means, by a name as people write it."""

from dataclasses import replace

import pytest

from domain.person_search import people_meant
from domain.roster import roster
from tests.support.world import person

SAMIRA = person("Samira Holm", department="Fastighetsförvaltningen", title="Driftchef")
SAMIRA_EK = person("Samira Ek", department="Skolförvaltningen")
ASA = person("Åsa Åkerman")
GONE = replace(person("Kalle Borta"), has_left=True)
EVERYBODY = roster([SAMIRA, SAMIRA_EK, ASA, GONE], has_people_file=True)


@pytest.mark.parametrize(
    "said",
    [
        "Samira Holm",
        "samira holm",
        "Holm, Samira",
        "Samira på fastighet",
        "det är Samira på fastighetsförvaltningen",
        "Samira driftchef",
        "samira.holm@exempel.example",
        "Fråga <Samira.Holm@exempel.example>.",
        "Holm",
    ],
)
def test_one_is_meant(said: str) -> None:
    assert people_meant(said, EVERYBODY) == (SAMIRA,)


def test_a_first_name_that_two_have_means_either() -> None:
    assert people_meant("Samira", EVERYBODY) == (SAMIRA_EK, SAMIRA)


@pytest.mark.parametrize("said", ["", "någon på gatukontoret", "Kalle Borta", "okand@exempel.example", "på", "Samir"])
def test_nobody_is_meant(said: str) -> None:
    assert people_meant(said, EVERYBODY) == ()


def test_swedish_letters_are_letters() -> None:
    assert people_meant("åsa åkerman", EVERYBODY) == (ASA,)
