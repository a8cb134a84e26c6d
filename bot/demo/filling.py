"""Fills in a card's fields by asking for one at a time, as patiently as a form on a screen would."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.demo.card_reading import Field, FieldKind
from bot.demo.keyboard import Keyboard
from bot.demo.screen import Screen

_EMPTY = "-"
"""What is typed to empty a field that is filled in."""


async def fill(
    fields: Iterable[Field], filled: Mapping[str, str], keyboard: Keyboard, screen: Screen
) -> dict[str, str] | None:
    """What to send for each field; None when the person would rather not (Ctrl+C)."""
    values: dict[str, str] = {}
    try:
        for field in fields:
            values[field.field_id] = await _ask(field, filled.get(field.field_id, field.value), keyboard, screen)
    except KeyboardInterrupt:
        return None
    return values


def untouched(fields: Iterable[Field], filled: Mapping[str, str]) -> dict[str, str]:
    """What is sent when nothing more is filled in."""
    return {field.field_id: filled.get(field.field_id, field.value) for field in fields}


async def _ask(field: Field, value: str, keyboard: Keyboard, screen: Screen) -> str:
    screen.write()
    screen.write(screen.texts("demo.field.required", label=field.label) if field.is_required else field.label)
    for number, (_, title) in enumerate(field.choices, start=1):
        screen.item(f"  {number}.", title)
    _explain(field, value, screen)
    while True:
        typed = (await keyboard.line(f"{screen.texts('demo.field.prompt')} ")).strip()
        kept = value if not typed else "" if typed == _EMPTY else typed
        sent, fault = _read(field, kept, screen)
        if fault is None:
            return sent
        screen.write(fault)


def _explain(field: Field, value: str, screen: Screen) -> None:
    if field.kind is FieldKind.DATE:
        screen.item(" ", screen.texts("demo.field.date"))
    if value:
        screen.item(" ", screen.texts("demo.field.keep", value=field.title_of(value)))
    elif not field.is_required:
        screen.item(" ", screen.texts("demo.field.may_be_empty"))


def _read(field: Field, text: str, screen: Screen) -> tuple[str, str | None]:
    """What the client would send, or what it would complain of."""
    texts = screen.texts
    if not text:
        return "", (field.fault or texts("demo.field.missing")) if field.is_required else None
    match field.kind:
        case FieldKind.CHOICE | FieldKind.YES_NO:
            chosen = _choice(field, text)
            return chosen or "", None if chosen is not None else texts("demo.field.no_such_choice")
        case FieldKind.DATE:
            return text, _date_fault(field, text, screen)
        case FieldKind.NUMBER:
            number = text.replace(",", ".").replace(" ", "")
            is_number = number.removeprefix("-").replace(".", "", 1).isdigit()
            return number, None if is_number else texts("demo.field.no_number")
    too_long = field.most and len(text) > field.most
    return text, texts("demo.field.too_long", most=field.most) if too_long else None


def _choice(field: Field, text: str) -> str | None:
    """By number, by name or by the value itself."""
    if text.isdigit() and 1 <= int(text) <= len(field.choices):
        return field.choices[int(text) - 1][0]
    said = text.casefold()
    offered = field.choices or (("true", "ja"), ("false", "nej"))
    return next((value for value, title in offered if said in {value.casefold(), title.casefold()}), None)


def _date_fault(field: Field, text: str, screen: Screen) -> str | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return screen.texts("demo.field.no_date")
    if field.earliest and day < date.fromisoformat(field.earliest):
        return screen.texts("demo.field.too_early", day=field.earliest)
    if field.latest and day > date.fromisoformat(field.latest):
        return screen.texts("demo.field.too_late", day=field.latest)
    return None
