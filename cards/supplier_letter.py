"""The letters of a case, and one of them as it reads: gaps first, then the letter, then how to mend and send it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from microsoft_teams.cards import Action, ActionSet, CardElement, Container, ShowCardAction, TextInput

from cards.blocks import alarm, bullets, choices, facts, finish, heading, paragraph, section, small, text_field
from cards.buttons import execute
from cards.card import Card
from cards.forms import day, form, line, required_day
from cards.pen import Pen, card_pen, text_pen
from domain.case_file import CaseLetter, LetterKind
from domain.letter_reading import VERDICT
from domain.letter_text import from_text
from domain.people import Language
from domain.supplier_letter import LetterSection, LetterTable

_MOST_LETTERS: Final = 8
"""Shown in the list, the newest."""
_MOST_ROWS: Final = 12
"""Occasions shown in the chat; the document has them all."""
_MOST_SIGNS: Final = 900
"""Of one paragraph in the chat; the document has it whole."""
_MOST_PARAGRAPHS: Final = 6
"""Of one section in the chat."""
_GAP_LENGTH: Final = 1_000
_HOW: Final = ("mail", "letter", "meeting", "phone", "system")
DRAFT_VERBS: Final[Mapping[LetterKind, str]] = {kind: f"letter.{kind.value}" for kind in LetterKind}
"""The button that drafts each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersView:
    """The letters of a case, and the kinds that may be drafted now."""

    number: str
    deviation_id: str
    rev: int
    today: date
    letters: tuple[CaseLetter, ...]
    fitting: tuple[LetterKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """One letter as somebody may read it."""

    number: str
    deviation_id: str
    rev: int
    today: date
    letter: CaseLetter
    may_write: bool
    may_send: bool
    known: Mapping[str, str]
    """What the case already says, by the field it fills."""


def letters_card(view: LettersView, language: Language) -> Card:
    """What has been drafted and sent, and a button for each letter that fits."""
    pen = card_pen(language, view.today)
    title = pen.say("supplier_letter.list.title", number=view.number)
    body: list[CardElement] = [heading(title)]
    shown = shown_letters(view.letters)
    body += [_row(letter, view, pen, at) for at, letter in enumerate(shown, start=1)]
    if not shown:
        body.append(paragraph(pen.say("supplier_letter.list.none")))
    else:
        body.append(small(pen.say("supplier_letter.list.open")))
    if view.fitting:
        words = ", ".join(_typed(kind, pen) for kind in view.fitting)
        body.append(small(pen.say("supplier_letter.list.typed", number=view.number, words=words)))
    buttons: list[Action] = [
        execute(pen.say(f"supplier_letter.draft.{kind}"), DRAFT_VERBS[kind], _about(view), view.rev)
        for kind in view.fitting
    ]
    return finish(body, [*buttons, _back(view, pen)], title, language=language)


def shown_letters(letters: tuple[CaseLetter, ...]) -> tuple[CaseLetter, ...]:
    """Those the list has room for, the newest first."""
    return tuple(reversed(letters))[:_MOST_LETTERS]


def supplier_letter_card(view: LetterView, language: Language) -> Card:
    """The letter to be read, copied and mended; what is missing stands first."""
    pen = card_pen(language, view.today)
    letter = from_text(view.letter.text)
    body: list[CardElement] = [
        heading(_title(view, pen)),
        *_standing(view, pen),
        *_gaps(view, letter.gaps, pen),
        section([heading(pen.quote(letter.title), is_main=False), *_read(letter.sections, pen)]),
        *_hints(view, pen),
    ]
    return finish(body, list(_buttons(view, pen)), _title(view, text_pen(language, view.today)), language=language)


def _title(view: LetterView, pen: Pen) -> str:
    key = "sent" if view.letter.sent_on else "draft"
    return pen.say(f"supplier_letter.title.{key}", number=view.number, letter=_named(view.letter.kind, pen))


def _named(kind: LetterKind, pen: Pen) -> str:
    return pen.say(f"supplier_letter.kind.{kind}")


def _typed(kind: LetterKind, pen: Pen) -> str:
    return pen.say(f"supplier_letter.typed.{kind}")


def _standing(view: LetterView, pen: Pen) -> Iterator[CardElement]:
    letter = view.letter
    if letter.sent_on is None:
        is_note = letter.kind is LetterKind.DIALOGUE_NOTE
        yield small(pen.say("supplier_letter.note_is_yours" if is_note else "supplier_letter.you_send"))
        return
    yield paragraph(_sent(letter, pen), is_bold=True)
    rows = [
        (pen.say("supplier_letter.fact.proof"), pen.quote(letter.proof or "")),
        (pen.say("supplier_letter.fact.registry_number"), _registry(letter, pen)),
        (
            pen.say("supplier_letter.fact.answer_due_on"),
            pen.full_day(letter.answer_due_on) if letter.answer_due_on else "",
        ),
    ]
    if any(value for _, value in rows):
        yield facts(rows)


def _registry(letter: CaseLetter, pen: Pen) -> str:
    if letter.registry_number or letter.kind is LetterKind.DIALOGUE_NOTE:
        return pen.quote(letter.registry_number or "")
    return pen.say("supplier_letter.fact.to_be_registered")


def _sent(letter: CaseLetter, pen: Pen) -> str:
    how = letter.sent_how or ""
    way = pen.say(f"supplier_letter.how.{how}") if how in _HOW else pen.quote(how)
    key = "held" if letter.kind is LetterKind.DIALOGUE_NOTE else "sent"
    on = letter.sent_on or letter.drafted_at.date()
    return pen.say(f"supplier_letter.row.{key}", day=pen.full_day(on), how=way, whom=pen.quote(letter.sent_to or ""))


def _gaps(view: LetterView, gaps: tuple[str, ...], pen: Pen) -> Iterator[CardElement]:
    if view.letter.sent_on is not None:
        return
    if gaps:
        yield alarm(pen.say("supplier_letter.gaps"))
        yield bullets(pen.quote(gap) for gap in gaps)
    verdict = VERDICT.search(view.letter.text)
    if verdict:
        yield alarm(pen.say("supplier_letter.judges", word=pen.quote(verdict.group())))
    yield small(pen.say("supplier_letter.no_names"))


def _read(sections: tuple[LetterSection, ...], pen: Pen) -> Iterator[CardElement]:
    for one in sections:
        yield heading(pen.quote(one.heading), is_main=False)
        yield from (paragraph(pen.quote(text, most=_MOST_SIGNS)) for text in _some(one.paragraphs))
        if one.table is not None:
            yield bullets(_rows(one.table, pen))


def _some(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """As many as fit a card, the rest run together in the last of them."""
    if len(paragraphs) <= _MOST_PARAGRAPHS:
        return paragraphs
    return (*paragraphs[: _MOST_PARAGRAPHS - 1], " ".join(paragraphs[_MOST_PARAGRAPHS - 1 :]))


def _rows(table: LetterTable, pen: Pen) -> Iterator[str]:
    for row in table.rows[:_MOST_ROWS]:
        cells = zip(table.header, row, strict=True)
        yield ", ".join(f"{pen.quote(label)}: {pen.quote(cell, most=300)}" for label, cell in cells if cell != "–")
    more = len(table.rows) - _MOST_ROWS
    if more > 0:
        yield pen.texts.count("supplier_letter.more_rows", more)


def _hints(view: LetterView, pen: Pen) -> Iterator[CardElement]:
    letter = view.letter
    if letter.sent_on is None and letter.answer_due_on is not None:
        until = pen.full_day(letter.answer_due_on)
        if _day_to_come(view) is not None:
            yield paragraph(pen.say("supplier_letter.answer_by", day=until))
        else:
            yield alarm(pen.say("supplier_letter.answer_was_by", day=until))
    if view.may_write:
        yield small(pen.say("supplier_letter.typed.gaps", number=view.number))
    if view.may_send:
        key = "held" if letter.kind is LetterKind.DIALOGUE_NOTE else "sent"
        yield small(pen.say(f"supplier_letter.typed.{key}", number=view.number))
    yield small(pen.say("supplier_letter.typed.file", number=view.number))


def _buttons(view: LetterView, pen: Pen) -> Iterator[Action]:
    if view.may_send:
        yield _sent_form(view, pen)
    if view.may_write:
        yield _gaps_form(view, pen)
    yield execute(pen.say("supplier_letter.button.file"), "letter.file", _letter(view), view.rev)
    yield execute(pen.say("supplier_letter.button.letters"), "case.letters", _about(view), view.rev)
    yield _back(view, pen)


def _sent_form(view: LetterView, pen: Pen) -> ShowCardAction:
    is_note = view.letter.kind is LetterKind.DIALOGUE_NOTE
    key = "held" if is_note else "sent"
    how = choices(
        "sent:how",
        pen.say("supplier_letter.field.how"),
        [(way, pen.say(f"supplier_letter.how.{way}")) for way in _HOW],
        value="phone" if is_note else "mail",
        is_compact=True,
    )
    fields: list[CardElement] = [
        required_day(pen, "sent:sent_on", f"supplier_letter.field.{key}_on", value=view.today, latest=view.today),
        how,
        _recipient_field("sent:to_whom", view, pen),
    ]
    if not is_note:
        due_on = _day_to_come(view)
        fields += [
            line(pen, "sent:proof", "supplier_letter.field.proof"),
            line(pen, "sent:registry_number", "supplier_letter.field.registry_number"),
            day(pen, "sent:answer_due_on", "supplier_letter.field.answer_due_on", value=due_on, earliest=view.today),
        ]
    send = execute(pen.say("supplier_letter.button.record"), "letter.sent", _letter(view), view.rev)
    return form(pen.say(f"supplier_letter.button.{key}"), pen.say(f"supplier_letter.lead.{key}"), fields, send)


def _recipient_field(field_id: str, view: LetterView, pen: Pen) -> TextInput:
    field = line(pen, field_id, "supplier_letter.field.to_whom")
    field.value = view.letter.sent_to
    return field


def _gaps_form(view: LetterView, pen: Pen) -> ShowCardAction:
    fields: list[CardElement] = [
        text_field(
            f"gap:{name}",
            pen.say(f"supplier_letter.field.{name}"),
            value=view.known.get(name) or None,
            most=_GAP_LENGTH,
            is_multiline=True,
        )
        for name in ("agreed", "requirement", "consequence", "requested_action")
    ]
    fields.insert(0, _recipient_field("gap:recipient", view, pen))
    if view.letter.kind is not LetterKind.DIALOGUE_NOTE:
        due_on = _day_to_come(view)
        fields.append(
            day(pen, "gap:answer_due_on", "supplier_letter.field.answer_due_on", value=due_on, earliest=view.today)
        )
    send = execute(pen.say("supplier_letter.button.rewrite"), "letter.complete", _letter(view), view.rev)
    return form(pen.say("supplier_letter.button.gaps"), pen.say("supplier_letter.lead.gaps"), fields, send)


def _day_to_come(view: LetterView) -> date | None:
    """The supplier's last day to answer, unless the draft has lain until it has passed."""
    due_on = view.letter.answer_due_on
    return due_on if due_on is not None and due_on > view.today else None


def _row(letter: CaseLetter, view: LettersView, pen: Pen, at: int) -> CardElement:
    name = _capital(_named(letter.kind, pen))
    if letter.sent_on is None:
        stands = pen.say("supplier_letter.row.draft", day=pen.day(letter.drafted_at.date()))
    else:
        stands = ", ".join(part for part in (_sent(letter, pen), _registry(letter, pen)) if part)
    button = execute(pen.say("supplier_letter.button.read"), "letter.open", f"letter:{letter.letter_id}", view.rev)
    button.tooltip = f"{pen.say('supplier_letter.button.read')}: {name}"
    return Container(
        items=[paragraph(f"{at}\\. {name}", is_bold=True), paragraph(stands), ActionSet(actions=[button])],
        separator=True,
        spacing="Medium",
    )


def _about(view: LettersView | LetterView) -> str:
    return f"deviation:{view.deviation_id}"


def _letter(view: LetterView) -> str:
    return f"letter:{view.letter.letter_id}"


def _back(view: LettersView | LetterView, pen: Pen) -> Action:
    return execute(pen.say("supplier_letter.button.case"), "case.open", _about(view), view.rev)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
