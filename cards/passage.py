"""What one message says about one thing, before it becomes a card, a block of a digest or plain text."""

from collections.abc import Sequence
from dataclasses import dataclass

from microsoft_teams.cards import ActionSet, CardElement, Container, TextBlock

from cards.blocks import alarm, facts, heading, paragraph, small
from cards.buttons import execute
from cards.pen import Pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What *Öppna* is about."""

    verb: str
    subject: str
    rev: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words about one thing. All have passed a `Pen`, so they are harmless where they will be read."""

    heading: str
    greeting: str | None = None
    """Left out of a digest, which greets once."""
    timing: str | None = None
    """When it is due, or how late it is."""
    is_late: bool = False
    body: tuple[str, ...] = ()
    """Why, and what can be done."""
    brief: str = ""
    """The facts in one line, for a digest."""
    facts: tuple[tuple[str, str], ...] = ()
    ending: tuple[str, ...] = ()
    """How long it takes and what happens next."""
    opens: Opening | None = None


def as_blocks(passage: Passage) -> list[CardElement]:
    """The body of the thing's own card."""
    blocks: list[CardElement] = [heading(passage.heading)]
    if passage.greeting:
        blocks.append(paragraph(passage.greeting))
    blocks += _timing(passage)
    blocks += [paragraph(line) for line in passage.body]
    rows = [row for row in passage.facts if row[1]]
    if rows:
        blocks.append(facts(rows))
    blocks += [small(line) for line in passage.ending]
    return blocks


def as_digest_block(passage: Passage, pen: Pen, notice: str | None, *, tooltip: str) -> Container:
    """One thing among several: compact, with one button; `tooltip` tells it from the others, in plain text."""
    told = [*_timing(passage), *([paragraph(" ".join(passage.body))] if passage.body else [])]
    told += [small(line) for line in (passage.brief, " ".join(passage.ending)) if line]
    for block in told:
        block.spacing = "Small"
    blocks: list[CardElement] = [heading(passage.heading, is_main=False), *told]
    if passage.opens:
        opening = passage.opens
        title = pen.say("letters.open")
        button = execute(title, opening.verb, opening.subject, opening.rev, notice=notice)
        button.tooltip = f"{title}: {tooltip}"
        blocks.append(ActionSet(actions=[button]))
    return Container(items=blocks, separator=True, spacing="Medium")


def as_text(passage: Passage) -> str:
    """What the thing's own card says, as plain text."""
    told = (f"{label}: {value}" for label, value in passage.facts if value)
    lines = (passage.heading, passage.greeting, passage.timing, *passage.body, *told, *passage.ending)
    return _lines(lines)


def as_digest_text(passage: Passage) -> str:
    """What the thing's block of a digest says, as plain text."""
    return _lines((passage.heading, passage.timing, " ".join(passage.body), passage.brief, " ".join(passage.ending)))


def _timing(passage: Passage) -> list[TextBlock]:
    if not passage.timing:
        return []
    return [alarm(passage.timing) if passage.is_late else paragraph(passage.timing, is_bold=True)]


def _lines(lines: Sequence[str | None]) -> str:
    return "\n".join(line for line in lines if line)
