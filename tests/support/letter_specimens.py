"""One specimen of every card of letters to suppliers, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.card import Card
from cards.letter_offer import declined_card
from cards.supplier_letter import LettersView, LetterView, letters_card, supplier_letter_card
from domain.case_file import CaseLetter, LetterKind
from domain.identifiers import DeviationId, LetterId
from domain.letter_text import as_text
from domain.people import Language
from domain.supplier_letter import LetterSection, LetterTable, SupplierLetter

_TODAY = date(2027, 3, 8)
_LETTER = SupplierLetter(
    title="Reklamation, 2026-0147: Leveransen uteblev",
    sections=(
        LetterSection(heading="Det vi har avtalat", paragraphs=("[fyll i: vad avtalet säger]",)),
        LetterSection(
            heading="När det har hänt",
            table=LetterTable(header=("Dag", "Plats"), rows=(("2027-03-05", "Kinnaskolan"), ("2027-03-07", "–"))),
        ),
        LetterSection(
            heading="Förbehåll", paragraphs=("Kommunen förbehåller sig samtliga rättigheter enligt avtalet.",)
        ),
    ),
)
_DRAFT = CaseLetter(
    letter_id=LetterId("0192f0c1-7b1a-7c3e-9a51-000000000071"),
    deviation_id=DeviationId("0192f0c1-7b1a-7c3e-9a51-000000000072"),
    kind=LetterKind.COMPLAINT,
    template_version=1,
    language="sv",
    text=as_text(_LETTER),
    answer_due_on=date(2027, 3, 22),
    drafted_by="maria.aker@exempelkommun.example",
    drafted_at=datetime(2027, 3, 8, 8, 3, tzinfo=UTC),
)
_SENT = replace(_DRAFT, sent_on=_TODAY, sent_how="mail", sent_to="Anna Berg", registry_number="KS 2027/44")


def letter_specimens(language: Language) -> Iterator[tuple[str, Card]]:
    """The list, a draft of each kind, and what has been sent."""
    yield "supplier_letters_none", letters_card(_several(), language)
    yield "supplier_letters", letters_card(_several(_SENT, _DRAFT), language)
    for kind in LetterKind:
        yield f"supplier_letter_{kind}", supplier_letter_card(_view(replace(_DRAFT, kind=kind)), language)
    yield "supplier_letter_sent", supplier_letter_card(_view(_SENT), language)
    yield "supplier_letter_file_declined", declined_card(language)


def _several(*letters: CaseLetter) -> LettersView:
    return LettersView(
        number="AVV-2027-0001",
        deviation_id=_DRAFT.deviation_id,
        rev=3,
        today=_TODAY,
        letters=letters,
        fitting=tuple(LetterKind),
    )


def _view(letter: CaseLetter) -> LetterView:
    is_draft = letter.sent_on is None
    return LetterView(
        number="AVV-2027-0001",
        deviation_id=letter.deviation_id,
        rev=3,
        today=_TODAY,
        letter=letter,
        may_write=is_draft,
        may_send=is_draft,
        known={"agreed": "Städning varje vardag"},
    )
