"""A decision told in one breath, as people tell it."""

from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from dialogs.decision_words import read_choice, read_decision
from dialogs.turn import Turn
from domain.decision import Choice, choices_for
from domain.people import Language
from tests.support.overview import OLLE
from tests.support.world import TENANT

MARCH_FIRST, MARCH_SECOND = "2027-03-01", "2027-03-02"
OPTION, RENEWS = choices_for(renews_automatically=False), choices_for(renews_automatically=True)


def turn(language: Language = Language.SV) -> Turn:
    """On Monday 8 March 2027. Reading words needs no world."""
    return Turn(
        tenant_id=TENANT,
        sender=OLLE,
        language=language,
        at=datetime(2027, 3, 8, tzinfo=UTC),
        today=date(2027, 3, 8),
        world=cast("Any", None),
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "beslutat av NN 2027-03-01, skickat 2027-03-02 med e-post",
            {"decided_by": "NN", "decided_on": MARCH_FIRST, "notice_sent_on": MARCH_SECOND, "notice_how": "e-post"},
        ),
        (
            "beslutat av NN 2027-03-01 och skickat 2027-03-02 med e-post",
            {"decided_by": "NN", "decided_on": MARCH_FIRST, "notice_sent_on": MARCH_SECOND, "notice_how": "e-post"},
        ),
        (
            "Förlängs, beslutat av Anna Ek den 1 mars, dnr KS 2027/12, skickat i fredags via e-post med kvittens",
            {
                "decision": "extend",
                "decided_by": "Anna Ek",
                "decided_on": MARCH_FIRST,
                "decision_number": "KS 2027/12",
                "notice_sent_on": "2027-03-05",
                "notice_how": "e-post med kvittens",
            },
        ),
        (
            "förlängs inte, beslutat av förvaltningschefen 2027-03-01",
            {"decision": "not_extend", "decided_by": "förvaltningschefen", "decided_on": MARCH_FIRST},
        ),
        (
            "NN beslutade 2027-03-01, mejlade leverantören 2027-03-02",
            {"decided_by": "NN", "decided_on": MARCH_FIRST, "notice_sent_on": MARCH_SECOND},
        ),
        (
            "beslut av NN den 2027-03-01; brev skickat 2027-03-02",
            {"decided_by": "NN", "decided_on": MARCH_FIRST, "notice_sent_on": MARCH_SECOND, "notice_how": "brev"},
        ),
        ("vi har skickat", {}),
        ("vi pratade med dem i går", {}),
        ("", {}),
    ],
)
def test_what_was_told_of_an_option_is_read(words: str, found: dict[str, str]) -> None:
    assert read_decision(words, turn(), OPTION) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "uppsagt, beslut fattat av Olle Ägare 1 mars och skickat 2 mars med rek",
            {
                "decision": "terminate",
                "decided_by": "Olle Ägare",
                "decided_on": MARCH_FIRST,
                "notice_sent_on": MARCH_SECOND,
                "notice_how": "rek",
            },
        ),
        (
            "låter löpa vidare, beslutat 2027-03-01 av Olle",
            {"decision": "let_renew", "decided_by": "Olle", "decided_on": MARCH_FIRST},
        ),
    ],
)
def test_what_was_told_of_an_automatic_renewal_is_read(words: str, found: dict[str, str]) -> None:
    assert read_decision(words, turn(), RENEWS) == found


def test_english_is_read_too() -> None:
    words = "extended, decided by Ann Smith on 1 March 2027, sent 2 March 2027 by e-mail with receipt"

    assert read_decision(words, turn(Language.EN), OPTION) == {
        "decision": "extend",
        "decided_by": "Ann Smith",
        "decided_on": MARCH_FIRST,
        "notice_sent_on": MARCH_SECOND,
        "notice_how": "e-mail with receipt",
    }


@pytest.mark.parametrize(
    ("words", "choices", "choice"),
    [
        ("förläng", OPTION, Choice.EXTEND),
        ("Vi förlänger det inte", OPTION, Choice.NOT_EXTEND),
        ("ingen förlängning", OPTION, Choice.NOT_EXTEND),
        ("not extended", OPTION, Choice.NOT_EXTEND),
        ("extended", OPTION, Choice.EXTEND),
        ("säg upp", RENEWS, Choice.TERMINATE),
        ("sägs upp", RENEWS, Choice.TERMINATE),
        ("sägs inte upp", RENEWS, Choice.LET_RENEW),
        ("låt det löpa vidare", RENEWS, Choice.LET_RENEW),
        ("let it renew", RENEWS, Choice.LET_RENEW),
        ("terminated", RENEWS, Choice.TERMINATE),
        ("kanske", OPTION, None),
        ("sägs upp", OPTION, None),
    ],
)
def test_a_choice_is_heard_among_those_there_are(words: str, choices: tuple[Choice, Choice], choice: Choice) -> None:
    assert read_choice(words, choices) == choice
