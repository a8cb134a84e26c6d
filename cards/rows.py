"""A row of a list: words on the left, one small button on the right, so that fifteen fit a phone."""

from collections.abc import Sequence

from microsoft_teams.cards import ActionSet, CardElement, Column, ColumnSet, ExecuteAction

from cards.blocks import paragraph, small


def row(headline: str, line: str, *, is_alarming: bool = False, button: ExecuteAction | None = None) -> ColumnSet:
    """A bold headline and a line of facts below it; an alarming line says so in its words, and in red."""
    title = paragraph(headline, is_bold=True)
    words: list[CardElement] = [title, *_below(line, is_alarming=is_alarming)]
    columns = [Column(items=words, width="stretch", vertical_content_alignment="Top")]
    if button:
        columns.append(Column(items=[ActionSet(actions=[button])], width="auto", vertical_content_alignment="Top"))
    return ColumnSet(columns=columns, separator=True, spacing="Small")


def _below(line: str, *, is_alarming: bool) -> Sequence[CardElement]:
    if not line:
        return ()
    block = small(line)
    block.spacing = "None"
    if is_alarming:
        block.is_subtle, block.color = False, "Attention"
    return (block,)
