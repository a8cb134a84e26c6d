"""The one way a button is made, so that every card a chat keeps for ever carries the same five facts."""

from typing import Final, Literal

from microsoft_teams.cards import ExecuteAction, ToggleVisibilityAction

DATA_VERSION: Final = 1
"""Format of a button's data. Cards live in chats for ever, so an old number is read for ever too."""

DATA_KEYS: Final = frozenset({"v", "verb", "subject", "rev", "notice"})
"""What a button carries; the client merges the card's fields in beside them, so no field may use these ids."""

Style = Literal["positive", "destructive"]


def execute(
    title: str,
    verb: str,
    subject: str,
    rev: int,
    *,
    notice: str | None = None,
    style: Style | None = None,
) -> ExecuteAction:
    """A button that says `verb` about `subject` (an id, or `kind:id`) as it stood in row version `rev`.

    `verb` is `<dialog>.<action>` and is never renamed once shipped. Nothing in the data gives a right.
    """
    return ExecuteAction(
        title=title,
        verb=verb,
        style=style,
        data={"v": DATA_VERSION, "verb": verb, "subject": subject, "rev": rev, "notice": notice},
    )


def toggle(title: str, *element_ids: str) -> ToggleVisibilityAction:
    """A button that shows or hides parts of the card without asking the bot."""
    return ToggleVisibilityAction(title=title, target_elements=list(element_ids))
