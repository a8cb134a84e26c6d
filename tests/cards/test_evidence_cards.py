"""The cards of reports and evidence: valid, plain, and saying who, when and how large."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from cards.card import Card
from cards.evidence import (
    EvidenceView,
    answered_card,
    ask_card,
    dropped_card,
    evidence_card,
    kept_card,
    offered_card,
    which_card,
)
from cards.joining import choose_twin_card, contract_moved_card, divided_card, merged_card, recounted_card
from domain.case_file import CaseFile, Evidence, EvidenceKind, Sighting
from domain.deviation import DeviationState, Severity
from domain.identifiers import DeviationId, EvidenceId, SightingId
from domain.people import Language
from domain.twins import Recount
from tests.support.card_checks import assert_good_card, buttons_of, texts_of
from tests.support.deviations import NOON, TODAY, deviation
from tests.support.world import contract

CASE = deviation()
DRAFT = deviation(deviation_id=DeviationId("d9"), number=None, state=DeviationState.DRAFT)


def piece(number: int, kind: EvidenceKind = EvidenceKind.PHOTO, size_bytes: int = 2_500_000) -> Evidence:
    return Evidence(
        evidence_id=EvidenceId(f"e{number}"),
        deviation_id=CASE.deviation_id,
        kind=kind,
        name=f"bild-{number}.jpg",
        content_type="image/jpeg",
        size_bytes=size_bytes,
        sha256="0" * 64,
        url="https://exempel.example/[x](y)" if kind is EvidenceKind.LINK else None,
        added_by="sara@kommun.example",
        added_at=NOON,
    )


def seen(number: int, *, days_ago: int = 1) -> Sighting:
    return Sighting(
        sighting_id=SightingId(f"s{number}"),
        deviation_id=CASE.deviation_id,
        reported_by="sara@kommun.example",
        reported_at=NOON,
        words="Inte städat **alls**",
        occurred_from=TODAY - timedelta(days=days_ago),
        location="Kinnaskolan",
        merged_from=DeviationId("d7") if number == 2 else None,
    )


FILE = CaseFile(
    sightings=(seen(1), seen(2)),
    evidence=(piece(1), piece(2, EvidenceKind.LINK), piece(3, size_bytes=9), *(piece(n) for n in range(4, 25))),
)


def specimens(language: Language) -> Iterator[tuple[str, Card]]:
    view = EvidenceView(
        deviation=CASE,
        file=FILE,
        today=TODAY,
        names={"sara@kommun.example": "Sara Berg"},
        numbers={"d7": "AVV-2026-0007"},
        report_count=3,
        recount=Recount(occurrences=3, severity=Severity.SERIOUS),
        may_change=True,
    )
    yield "evidence", evidence_card(view, language)
    yield "no evidence", evidence_card(EvidenceView(deviation=CASE, file=CaseFile(), today=TODAY), language)
    yield "evidence of a draft", evidence_card(EvidenceView(deviation=DRAFT, file=FILE, today=TODAY), language)
    yield "ask", ask_card(CASE, language, today=TODAY)
    yield "ask of a draft", ask_card(DRAFT, language, today=TODAY)
    yield "which", which_card([CASE, DRAFT], language, today=TODAY)
    yield "which of none", which_card([], language, today=TODAY)
    refused = [("", why) for why in ("too_large", "not_allowed", "failed", "no_evidence", "too_many")]
    yield "kept", kept_card(CASE, language, today=TODAY, kept=["a.jpg"], repeated=["b.jpg"], refused=refused)
    yield "kept nothing", kept_card(DRAFT, language, today=TODAY, refused=refused)
    yield "dropped", dropped_card(language)
    yield "offered", offered_card("a.pdf", language)
    for is_taken in (True, False):
        yield f"answered {is_taken}", answered_card(language, is_taken=is_taken)
    yield "merged", merged_card(CASE, deviation(number="AVV-2026-0002"), language, today=TODAY)
    for is_new in (True, False):
        yield f"divided {is_new}", divided_card(CASE, language, today=TODAY, is_new=is_new)
    yield "recounted", recounted_card(CASE, language, today=TODAY)
    for names in ((), ("Maria", "Olle")):
        yield f"moved {len(names)}", contract_moved_card(CASE, contract("2026-1"), names, language, today=TODAY)
    yield (
        "choose",
        choose_twin_card(CASE, [deviation(number=f"AVV-2026-{n:04d}") for n in range(9)], language, today=TODAY),
    )
    yield "choose of none", choose_twin_card(CASE, [], language, today=TODAY)


@pytest.mark.parametrize("language", list(Language))
def test_every_card_is_valid_and_readable(language: Language) -> None:
    for _, card in specimens(language):
        assert_good_card(card)


def test_reports_and_evidence_say_who_when_and_how_large() -> None:
    said = texts_of(next(card for name, card in specimens(Language.SV) if name == "evidence"))

    assert "3 har rapporterat" in said
    assert "Sara Berg, Kinnaskolan, torsdag 19 november" in said
    assert "från AVV-2026-0007" in said
    assert "2,4 MB" in said
    assert "1 kB" in said
    assert "**alls**" not in said


def test_what_the_reports_add_up_to_is_proposed_with_a_button() -> None:
    card = next(card for name, card in specimens(Language.SV) if name == "evidence")

    assert "case.recount" in buttons_of(card)
    assert "Inget är ändrat än" in texts_of(card)
