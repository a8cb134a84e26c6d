"""What a person can read and do on an Adaptive Card, in reading order, whatever draws it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = Mapping[str, Any]

_MARKS = re.compile(r"\\(?P<escaped>[^\w\s])|\*\*(?P<bold>.+?)\*\*|\[(?P<text>[^\]]+)\]\((?P<url>[^)\s]+)\)", re.DOTALL)


class Voice(StrEnum):
    """How loudly words are said."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    ALARM = "alarm"


class FieldKind(StrEnum):
    """What is filled in."""

    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line, as it is read: Markdown is gone."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A paragraph, or one item of a list."""

    spans: tuple[Span, ...]
    voice: Voice

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A label and its value."""

    title: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A new subject begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something to fill in."""

    field_id: str
    kind: FieldKind
    label: str
    value: str = ""
    placeholder: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """What is sent, and what it is called."""
    is_required: bool = False
    fault: str = ""
    """What to say when it is left empty."""
    earliest: str = ""
    latest: str = ""
    most: int = 0
    """Characters; 0 for as many as one likes."""

    def title_of(self, value: str) -> str:
        """A choice by its name, anything else as it stands."""
        return next((title for sent, title in self.choices if sent == value), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press. Exactly one of `verb`, `unfolds`, `shows` and `url` says what it does."""

    title: str
    hint: str = ""
    """What tells it from other buttons of the same name."""
    is_main: bool = False
    """The one that goes forward, or sends."""
    verb: str = ""
    carried: Json = field(default_factory=dict)
    unfolds: "Sheet | None" = None
    """A form of its own, with the button that sends it."""
    shows: tuple[str, ...] = ()
    """Ids of parts that are hidden until it is pressed."""
    url: str = ""


Part = Words | Pair | Rule | Field | Button


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A card, or a form that a button unfolds."""

    parts: tuple[Part, ...]
    hidden: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(part for part in self.parts if isinstance(part, Field))

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(part for part in self.parts if isinstance(part, Button))


def read_card(card: Json) -> Sheet:
    """The card in reading order. What is hidden stands by its id."""
    hidden: dict[str, tuple[Part, ...]] = {}
    parts = [*_elements(card.get("body") or (), hidden), *_buttons(card.get("actions") or ())]
    return Sheet(parts=tuple(parts), hidden=hidden)


def spans_of(text: str) -> tuple[Span, ...]:
    """The words of a Markdown line without its marks."""
    spans, at = [], 0
    for mark in _MARKS.finditer(text):
        spans.append(Span(text[at : mark.start()]))
        if mark["bold"]:
            spans.append(Span(plain_words(mark["bold"]), is_bold=True))
        else:
            spans.append(Span(mark["escaped"] or f"{mark['text']} ({mark['url']})"))
        at = mark.end()
    spans.append(Span(text[at:]))
    return tuple(span for span in spans if span.text)


def plain_words(text: str) -> str:
    """A Markdown line as one reads it aloud."""
    return "".join(span.text for span in spans_of(text))


def _elements(elements: Sequence[Json], hidden: dict[str, tuple[Part, ...]]) -> Iterator[Part]:
    for element in elements:
        parts = tuple(_element(element, hidden))
        if element.get("isVisible") is False:
            hidden[str(element.get("id"))] = parts
            continue
        if element.get("separator"):
            yield Rule()
        yield from parts


def _element(element: Json, hidden: dict[str, tuple[Part, ...]]) -> Iterator[Part]:
    kind = str(element.get("type"))
    if kind.startswith("Input."):
        yield _field(element)
        return
    match kind:
        case "TextBlock":
            voice = _voice(element)
            for line in re.split(r"[\r\n]+", str(element.get("text") or "")):
                if spans := spans_of(line):
                    yield Words(spans=spans, voice=voice)
        case "FactSet":
            for fact in element.get("facts") or ():
                yield Pair(title=plain_words(str(fact["title"])), value=plain_words(str(fact["value"])))
        case "ActionSet":
            yield from _buttons(element.get("actions") or ())
        case _:
            yield from _elements(element.get("items") or element.get("columns") or (), hidden)


def _voice(element: Json) -> Voice:
    if element.get("style") == "heading":
        return Voice.HEADING if element.get("size") == "Large" else Voice.SUBHEADING
    if element.get("color") in {"Attention", "Warning"}:
        return Voice.ALARM
    if element.get("weight") == "Bolder":
        return Voice.STRONG
    return Voice.SMALL if element.get("isSubtle") else Voice.BODY


_KINDS: Mapping[str, FieldKind] = {
    "Input.Date": FieldKind.DATE,
    "Input.Number": FieldKind.NUMBER,
    "Input.ChoiceSet": FieldKind.CHOICE,
    "Input.Toggle": FieldKind.YES_NO,
}


def _field(element: Json) -> Field:
    kind = _KINDS.get(str(element["type"]), FieldKind.LINES if element.get("isMultiline") else FieldKind.TEXT)
    value = element.get("value")
    return Field(
        field_id=str(element["id"]),
        kind=kind,
        label=plain_words(str(element.get("label") or element.get("title") or element["id"])),
        value="" if value is None else str(value),
        placeholder=str(element.get("placeholder") or ""),
        choices=tuple((str(one["value"]), plain_words(str(one["title"]))) for one in element.get("choices") or ()),
        is_required=bool(element.get("isRequired")),
        fault=str(element.get("errorMessage") or ""),
        earliest=str(element.get("min") or ""),
        latest=str(element.get("max") or ""),
        most=int(element.get("maxLength") or 0),
    )


def _buttons(actions: Sequence[Json]) -> Iterator[Button]:
    for action in actions:
        title, hint = str(action.get("title") or ""), str(action.get("tooltip") or "")
        is_main = action.get("style") in {"positive", "destructive"}
        match action.get("type"):
            case "Action.ShowCard":
                yield Button(title=title, hint=hint, is_main=is_main, unfolds=read_card(action["card"]))
            case "Action.ToggleVisibility":
                yield Button(title=title, hint=hint, shows=tuple(_target(one) for one in action["targetElements"]))
            case "Action.OpenUrl":
                yield Button(title=title, hint=hint, url=str(action["url"]))
            case _:
                carried = action.get("data") or {}
                verb = str(action.get("verb") or carried.get("verb") or "")
                yield Button(title=title, hint=hint, is_main=is_main, verb=verb, carried=carried)


def _target(target: object) -> str:
    return str(target.get("elementId")) if isinstance(target, Mapping) else str(target)
