"""What a person is in the middle of, so that a typed word finds its place, also after a restart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Where a typed word belongs: the open dialog, the question just asked, the list just shown."""

    focus: str | None = None
    """`followup:<id>` or `deviation:<id>` that typed answers go to."""
    expects: str | None = None
    """The question the bot has just asked outside a checklist, as `<name>` or `<name>:<id>`."""
    listed: tuple[str, ...] = ()
    """The subjects of the last numbered list shown, so that `börja 2` means what the person saw."""
    more: str | None = None
    """What *mer* goes on with, as `<question>:<number of the next row>`."""

    def focused_on(self, kind: str) -> str | None:
        """The id in `kind:<id>` when the open dialog is of that kind."""
        prefix = f"{kind}:"
        return self.focus.removeprefix(prefix) if self.focus and self.focus.startswith(prefix) else None

    def picked(self, number: int) -> str | None:
        """The subject with this number (from 1) in the list last shown."""
        return self.listed[number - 1] if 1 <= number <= len(self.listed) else None
