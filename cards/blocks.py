"""The building blocks of every card, so that all cards read alike, wrap on a phone and speak to a screen reader."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from microsoft_teams.cards import (
    Action,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    DateInput,
    Fact,
    FactSet,
    TeamsCardProperties,
    TextBlock,
    TextInput,
)

from cards.card import Card
from domain.people import Language

MOST_ACTIONS: Final = 6
"""Teams shows no more buttons than this on a card."""


def heading(text: str, *, is_main: bool = True) -> TextBlock:
    """A title a screen reader can jump to; `is_main=False` for the parts below the card's own."""
    return TextBlock(
        text=text,
        style="heading",
        weight="Bolder",
        size="Large" if is_main else "Default",
        wrap=True,
        spacing="Default" if is_main else "Medium",
    )


def paragraph(text: str, *, is_bold: bool = False) -> TextBlock:
    return TextBlock(text=text, wrap=True, weight="Bolder" if is_bold else None)


def small(text: str, *, element_id: str | None = None, is_hidden: bool = False) -> TextBlock:
    """A line in the margin: why we ask, what can be typed. Give an id to show and hide it by a button."""
    return TextBlock(
        text=text,
        wrap=True,
        size="Small",
        is_subtle=True,
        id=element_id,
        is_visible=False if is_hidden else None,
    )


def alarm(text: str) -> TextBlock:
    """A sentence that must not be missed. Its words carry the warning; the colour only helps."""
    return TextBlock(text=text, wrap=True, weight="Bolder", color="Attention")


def facts(rows: Iterable[tuple[str, str]]) -> FactSet:
    """Label and value, one pair a line; pairs without a value are left out."""
    return FactSet(facts=[Fact(title=title, value=value) for title, value in rows if value])


def bullets(lines: Iterable[str]) -> TextBlock:
    """A bulleted list, one line each."""
    return TextBlock(text=_listed(("- ", line) for line in lines), wrap=True)


def numbered(lines: Iterable[str], *, first: int = 1) -> TextBlock:
    """A numbered list whose numbers people can type."""
    return TextBlock(text=_listed((f"{at}. ", line) for at, line in enumerate(lines, start=first)), wrap=True)


def section(items: Sequence[CardElement], *, element_id: str | None = None, is_hidden: bool = False) -> Container:
    """Blocks that belong together, on a tinted ground."""
    return Container(
        items=list(items),
        style="emphasis",
        id=element_id,
        is_visible=False if is_hidden else None,
        spacing="Default",
    )


def choices(
    field_id: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    value: str | None = None,
    is_compact: bool = False,
    placeholder: str | None = None,
) -> ChoiceSetInput:
    """One of several `(value, title)`: radio buttons, or a drop-down list when `is_compact`."""
    return ChoiceSetInput(
        id=field_id,
        label=label,
        choices=[Choice(title=title, value=option) for option, title in options],
        value=value,
        style="compact" if is_compact else "expanded",
        wrap=True,
        placeholder=placeholder,
    )


def text_field(
    field_id: str,
    label: str,
    *,
    value: str | None = None,
    placeholder: str | None = None,
    most: int = 1000,
    is_multiline: bool = False,
) -> TextInput:
    """A field to write in, `most` characters long. The bot checks again: the client's check is only a courtesy."""
    return TextInput(
        id=field_id,
        label=label,
        value=value,
        placeholder=placeholder,
        max_length=most,
        is_multiline=is_multiline or None,
    )


def date_field(field_id: str, label: str, *, value: str | None = None) -> DateInput:
    """A day; `value` and what comes back are ISO dates."""
    return DateInput(id=field_id, label=label, value=value)


def finish(
    body: Sequence[CardElement],
    actions: Sequence[Action],
    summary: str,
    *,
    language: Language | None = None,
) -> Card:
    """The card as JSON. `summary` is plain text: the toast's line, and what a client too old for the card shows.

    `language` tells screen readers how to pronounce it.
    """
    if len(actions) > MOST_ACTIONS:
        message = f"a card holds {MOST_ACTIONS} buttons, not {len(actions)}"
        raise ValueError(message)
    card = AdaptiveCard(
        version="1.5",
        body=list(body),
        actions=list(actions) or None,
        fallback_text=summary,
        lang=language.value if language else None,
        msteams=TeamsCardProperties(width="full"),
    )
    content: dict[str, Any] = _whole(card.model_dump(by_alias=True, exclude_none=True, mode="json"))
    return Card(content=content, summary=summary)


def _whole(value: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
    """The same JSON with 1000.0 as 1000: the typed cards know only floats, phones parse these fields as integers."""
    if isinstance(value, dict):
        return {key: _whole(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_whole(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _listed(lines: Iterable[tuple[str, str]]) -> str:
    # A carriage return parts list items in every client; a line break inside an item would end the list.
    return "\r".join(mark + re.sub(r"\s*[\r\n]+\s*", " ", line) for mark, line in lines)
