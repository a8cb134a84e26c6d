"""A letter reads the same on a card and in Word: gaps first, real headings, a marked header row, and words shown, not obeyed."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from cards.card import Card
from cards.letter_document import document_name, letter_document
from cards.supplier_letter import LettersView, LetterView, letters_card, supplier_letter_card
from domain.case_file import CaseLetter, LetterKind
from domain.identifiers import DeviationId, LetterId
from domain.letter_text import as_text
from domain.people import Language
from domain.supplier_letter import LetterSection, LetterTable, SupplierLetter
from tests.support.card_checks import assert_good_card, buttons_of, fields_of, texts_of
from tests.support.deviations import NOON, TODAY

HOSTILE = "**Fet** [länk](https://example.org) <at>alla</at> \u202e omvänd | tabell"
LETTER = SupplierLetter(
    title="Reklamation, 2026-0147: Leveransen uteblev",
    sections=(
        LetterSection(heading="Det vi har avtalat", paragraphs=("[fyll i: vad avtalet säger]",)),
        LetterSection(
            heading="När det har hänt",
            table=LetterTable(
                header=("Dag", "Plats"), rows=(("2026-11-20", "Kinnaskolan"), ("[fyll i: dag eller dagar]", "–"))
            ),
        ),
        LetterSection(
            heading="Förbehåll", paragraphs=("Kommunen förbehåller sig samtliga rättigheter enligt avtalet.",)
        ),
    ),
)
DRAFT = CaseLetter(
    letter_id=LetterId("l1"),
    deviation_id=DeviationId("d1"),
    kind=LetterKind.COMPLAINT,
    template_version=1,
    language="sv",
    text=as_text(LETTER),
    answer_due_on=date(2026, 12, 4),
    drafted_by="mia@kommun.example",
    drafted_at=NOON,
)
SENT = replace(
    DRAFT,
    sent_on=TODAY,
    sent_how="mail",
    sent_to="Anna Berg",
    proof="mottagningskvitto",
    registry_number="KS 2027/44",
)


def view(letter: CaseLetter = DRAFT, **changes: Any) -> LetterView:  # noqa: ANN401 - any field of the view
    known: dict[str, Any] = {
        "number": "AVV-2026-0001",
        "deviation_id": "d1",
        "rev": 3,
        "today": TODAY,
        "letter": letter,
        "may_write": letter.sent_on is None,
        "may_send": letter.sent_on is None,
        "known": {},
    }
    return LetterView(**known | changes)


def several(*letters: CaseLetter, fitting: tuple[LetterKind, ...] = tuple(LetterKind)) -> LettersView:
    return LettersView(number="AVV-2026-0001", deviation_id="d1", rev=3, today=TODAY, letters=letters, fitting=fitting)


def opened(letter: SupplierLetter = LETTER, language: Language = Language.SV) -> WordDocument:
    return Document(BytesIO(letter_document(letter, language, subject="AVV-2026-0001", made_at=NOON)))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_card_is_valid_small_labelled_and_pressable(language: Language, kind: LetterKind) -> None:
    for letter in (replace(DRAFT, kind=kind), replace(SENT, kind=kind)):
        assert_good_card(supplier_letter_card(view(letter), language))
    assert_good_card(letters_card(several(*[replace(DRAFT, kind=kind)] * 12), language))
    assert_good_card(letters_card(several(fitting=()), language))


def test_what_is_missing_stands_before_the_letter() -> None:
    text = texts_of(supplier_letter_card(view(), Language.SV))

    assert text.index("- vad avtalet säger") < text.index("Det vi har avtalat")


def test_the_table_is_read_as_lines_with_its_labels() -> None:
    assert "Dag: 2026-11-20, Plats: Kinnaskolan" in texts_of(supplier_letter_card(view(), Language.SV))


def test_a_sent_letter_offers_neither_sending_nor_filling_in() -> None:
    card = supplier_letter_card(view(SENT), Language.SV)

    assert {"letter.sent", "letter.complete"}.isdisjoint(buttons_of(card))
    assert "Skickat 20 november 2026, mejl, till Anna Berg" in texts_of(card)


def test_a_note_of_a_talk_asks_for_no_registry_number() -> None:
    fields = fields_of(supplier_letter_card(view(replace(DRAFT, kind=LetterKind.DIALOGUE_NOTE)), Language.SV))

    assert "sent:registry_number" not in fields
    assert "gap:answer_due_on" not in fields


def test_what_is_known_already_stands_in_the_fields() -> None:
    fields = fields_of(supplier_letter_card(view(known={"agreed": "Städning varje dag"}), Language.SV))

    assert fields["gap:agreed"]["value"] == "Städning varje dag"


def test_hostile_words_are_shown_as_text() -> None:
    letter = SupplierLetter(title=HOSTILE, sections=(LetterSection(heading="Krav", paragraphs=(HOSTILE,)),))
    card = supplier_letter_card(view(replace(DRAFT, text=as_text(letter), sent_on=None)), Language.SV)

    drawn = _drawn(card)

    assert "[länk](" not in drawn
    assert "**Fet**" not in drawn
    assert "\u202e" not in drawn


def test_a_letter_about_hundreds_of_times_is_still_a_small_card() -> None:
    rows = tuple((f"2026-11-{day % 28 + 1:02}", "Kinnaskolan" * 20) for day in range(400))
    table = LetterTable(header=("Dag", "Plats"), rows=rows)
    long = SupplierLetter(
        title="Reklamation",
        sections=(
            *(
                LetterSection(heading=f"Rubrik {at}", paragraphs=("ord " * 900,) if at else ("ord",) * 500)
                for at in range(8)
            ),
            LetterSection(heading="När", table=table),
        ),
    )

    card = supplier_letter_card(view(replace(DRAFT, text=as_text(long))), Language.SV)

    assert_good_card(card)
    assert "388 gånger till" in texts_of(card)


def test_the_document_has_real_headings_in_order() -> None:
    styles = [(p.style.name, p.text) for p in opened().paragraphs if p.style and p.style.name.startswith("Heading")]

    assert styles == [
        ("Heading 1", "Reklamation, 2026-0147: Leveransen uteblev"),
        ("Heading 2", "Fyll i det här och ta bort listan innan brevet skickas"),
        ("Heading 2", "Det vi har avtalat"),
        ("Heading 2", "När det har hänt"),
        ("Heading 2", "Förbehåll"),
    ]


def test_a_document_without_gaps_has_no_list_of_them() -> None:
    whole = SupplierLetter(title="Brev", sections=(LetterSection(heading="Krav", paragraphs=("Städa om.",)),))

    assert [p.text for p in opened(whole).paragraphs] == ["Brev", "Krav", "Städa om."]


def test_the_tables_first_row_is_marked_as_its_header() -> None:
    [table] = opened().tables

    first, *others = table.rows
    assert [cell.text for cell in first.cells] == ["Dag", "Plats"]
    assert first._tr.trPr is not None
    assert first._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr is None or row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)


@pytest.mark.parametrize(("language", "tag"), [(Language.SV, "sv-SE"), (Language.EN, "en-GB")])
def test_the_document_says_which_language_it_is_in(language: Language, tag: str) -> None:
    document = opened(language=language)

    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {tag}
    assert document.core_properties.language == tag


def test_the_documents_properties_tell_what_it_is_and_name_nobody() -> None:
    properties = opened().core_properties

    assert properties.title == "Reklamation, 2026-0147: Leveransen uteblev"
    assert properties.subject == "AVV-2026-0001"
    assert (properties.author, properties.last_modified_by or "", properties.comments) == ("", "", "")
    assert properties.created == NOON.replace(tzinfo=properties.created.tzinfo if properties.created else None)


def test_the_document_is_a4_without_text_boxes_or_pictures() -> None:
    content = letter_document(LETTER, Language.SV, subject="AVV-2026-0001", made_at=NOON)

    with ZipFile(BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode()
        assert not [name for name in parts.namelist() if name.startswith("word/media")]
    assert "txbx" not in body
    assert "w:drawing" not in body
    page = opened().sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


def test_signs_that_word_cannot_hold_are_left_out() -> None:
    letter = SupplierLetter(
        title="Brev\x00\x0b", sections=(LetterSection(heading="K\ufffe", paragraphs=("a\x08b\u202ec",)),)
    )

    assert [p.text for p in opened(letter).paragraphs] == ["Brev", "K", "abc"]


def test_a_gap_is_marked_in_the_document_too() -> None:
    gap = next(p for p in opened().paragraphs if p.text == "[fyll i: vad avtalet säger]")

    assert gap.runs[0].bold


def test_the_file_is_named_after_the_case_and_the_letter() -> None:
    name = document_name("AVV-2027-0001", LetterKind.PLAN_REQUEST, Language.SV)

    assert name == "AVV-2027-0001 åtgärdsplan.docx"


def _drawn(card: Card) -> str:
    """What clients read as Markdown: texts and facts, not the faces of buttons."""
    return texts_of(Card(content={"body": card.content["body"]}, summary=""))
