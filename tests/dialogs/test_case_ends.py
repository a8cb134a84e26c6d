"""One case of each severity carried to each end there is, once by typing and once by pressing."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from domain.deviation import DeviationState, Severity
from domain.people import Person
from storage.unit_of_work import Store
from tests.support.case_talk import CARIN, MIA, OLLE, Hands, case_now, events_of, given_case, house_of_cases
from tests.support.talking import Talk

S = DeviationState
Typed = Sequence[tuple[Person, str]]


@dataclass(frozen=True)
class Pressed:
    who: Person
    to: DeviationState
    verb: str
    fields: dict[str, str]


TOLD = {"told_on": "2027-01-11", "told_how": "phone", "told_whom": "Anna Berg"}
ASSESSED = Pressed(MIA, S.ASSESSED, "deviation.assess", {"requirement": "punkt 4.2"})
CONTACTED = Pressed(MIA, S.COMMUNICATED, "deviation.contacted", TOLD)
COMPLAINED = Pressed(
    OLLE,
    S.COMPLAINT_SENT,
    "deviation.complained",
    {**TOLD, "is_letter_reviewed": "yes", "answer_due_on": "2027-01-29", "registry_number": "KS 2027/12"},
)
PENDING = Pressed(OLLE, S.SANCTION_PENDING, "case.sanction_pending", {})
SANCTIONED = Pressed(OLLE, S.SANCTIONED, "case.sanctioned", {"decision_reference": "Olle Ägare, vite, KS 2027/14"})
CLOSED = Pressed(OLLE, S.CLOSED, "deviation.close", {"reason": "Vitet är betalt"})
TYPED_HEAD: Typed = ((MIA, "bedömd, punkt 4.2"), (MIA, "kontaktad, telefon, Anna Berg"))
TYPED_SANCTION: Typed = (
    (OLLE, "påföljd prövas"),
    (OLLE, "påföljd beslutad, Olle Ägare, vite, KS 2027/14"),
    (OLLE, "stäng, vitet är betalt"),
)

TYPED: dict[str, tuple[Typed, list[DeviationState]]] = {
    "verified": (
        (
            *TYPED_HEAD,
            (MIA, "åtgärdad, ny personal är på plats"),
            (MIA, "kontrollerad, jag har varit där"),
            (OLLE, "stäng"),
        ),
        [S.ASSESSED, S.COMMUNICATED, S.IN_REMEDY, S.CLAIMED_FIXED, S.VERIFIED, S.CLOSED],
    ),
    "sanctioned": (
        (
            (MIA, "bedömd, oklart krav"),
            (OLLE, "reklamerad, mejl, Anna Berg, svar senast 29 januari, granskad"),
            *TYPED_SANCTION,
        ),
        [S.ASSESSED, S.COMPLAINT_SENT, S.SANCTION_PENDING, S.SANCTIONED, S.CLOSED],
    ),
    "disputed": (
        (*TYPED_HEAD, (MIA, "bestridd, de säger att det gjordes"), (CARIN, "avskriv, juristen ger dem rätt")),
        [S.ASSESSED, S.COMMUNICATED, S.DISPUTED, S.DISMISSED],
    ),
    "rescinded": (
        (*TYPED_HEAD, (CARIN, "steg 6, hävning förbereds med kommunjuristen"), *TYPED_SANCTION),
        [S.ASSESSED, S.COMMUNICATED, S.SANCTION_PENDING, S.SANCTIONED, S.CLOSED],
    ),
    "dismissed": (((CARIN, "avskriv, det var fel skola"),), [S.DISMISSED]),
}

PRESSED: dict[str, Sequence[Pressed]] = {
    "verified": (
        ASSESSED,
        CONTACTED,
        Pressed(MIA, S.IN_REMEDY, "case.in_remedy", {"promised_on": "2027-01-20"}),
        Pressed(MIA, S.CLAIMED_FIXED, "deviation.claimed_fixed", {"supplier_message": "Ny personal är på plats"}),
        Pressed(MIA, S.VERIFIED, "deviation.verify", {"how_verified": "Jag har varit där"}),
        CLOSED,
    ),
    "sanctioned": (ASSESSED, COMPLAINED, PENDING, SANCTIONED, CLOSED),
    "disputed": (
        ASSESSED,
        CONTACTED,
        Pressed(MIA, S.DISPUTED, "case.disputed", {"objection": "De säger att det gjordes"}),
        Pressed(CARIN, S.DISMISSED, "deviation.dismiss", {"reason": "Juristen ger dem rätt"}),
    ),
    "rescinded": (ASSESSED, CONTACTED, PENDING, SANCTIONED, CLOSED),
    "dismissed": (Pressed(CARIN, S.DISMISSED, "deviation.dismiss", {"reason": "Det var fel skola"}),),
}


@pytest.mark.parametrize("end", list(TYPED))
async def test_a_case_of_each_severity_comes_to_its_end_by_typing(store: Store, end: str) -> None:
    house = await house_of_cases(store)
    said, states = TYPED[end]

    for severity in Severity:
        case = await given_case(house, severity)
        for who, words in said:
            await Talk(house, who).says(f"{case.number} {words}")
        moves = await events_of(house, case, "deviation.moved")

        assert [event.details["to"] for event in moves] == states, severity
        assert (await case_now(house, case)).state is states[-1]


@pytest.mark.parametrize("end", list(PRESSED))
async def test_a_case_of_each_severity_comes_to_its_end_by_pressing(store: Store, end: str) -> None:
    house = await house_of_cases(store)

    for severity in Severity:
        case = await given_case(house, severity)
        for move in PRESSED[end]:
            if end == "rescinded" and move is PENDING:
                carin = Hands(house, CARIN)
                await carin.opens(case)
                await carin.talk.presses("deviation.move_step", {"step:step": "6", "step:note": "Hävning förbereds"})
            await Hands(house, move.who).makes(case, move.to, move.verb, move.fields)
        moves = await events_of(house, case, "deviation.moved")

        assert [event.details["to"] for event in moves] == [move.to for move in PRESSED[end]], severity
        assert (await case_now(house, case)).ladder_step == 6 or end != "rescinded"
