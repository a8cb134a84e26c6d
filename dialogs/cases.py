"""A registered deviation: opened, put on another step, and asked what comes if nobody acts."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cards.deviation_moves import read_fields
from dialogs.at_hand import whose
from dialogs.case_at_hand import NUMBER, is_open_case, meant, press_of, pressed_on
from dialogs.case_moves import case_reply
from dialogs.commands import Command, Pressed, command
from dialogs.turn import Reply, Turn
from usecases.deviations.escalate_case import escalate_case
from usecases.deviations.move_case import move_step, show_case, step_from

_NUMBER: Final = NUMBER
_REST: Final = r"(?:[ ,:;]+(?P<rest>.+))?"


async def asked_for_case(turn: Turn, match: "re.Match[str]") -> Reply:
    """The number alone: how the case stands."""
    return await _show(turn, match["number"].upper())


async def moved_step_by_words(turn: Turn, match: "re.Match[str]") -> Reply:
    """*AVV-2027-0001 steg 2, reason*."""
    return await _to_step(turn, match["number"].upper(), match["step"], (match["rest"] or "").strip())


async def escalated_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 eskalera, reason*: the next step now, or asked of whoever decides on it."""
    reference = meant(turn, match)
    if reference is None or (match.groupdict().get("number") is None and not await is_open_case(turn)):
        return None
    return case_reply(turn, await escalate_case(*whose(turn), reference, (match["rest"] or "").strip()))


async def asked_for_future(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 framtid*, or *vad händer om ingen gör något?* about the case that is open."""
    reference = meant(turn, match)
    return await _show(turn, reference, is_future_open=True) if reference else None


async def pressed_open(turn: Turn) -> Reply:
    return await _show(turn, pressed_on(turn))


async def pressed_step(turn: Turn) -> Reply:
    fields = read_fields(press_of(turn).inputs)
    return await _to_step(turn, pressed_on(turn), fields.get("step", ""), fields.get("note", ""))


async def _show(turn: Turn, reference: str, *, is_future_open: bool = False) -> Reply:
    return case_reply(turn, await show_case(*whose(turn), reference), is_future_open=is_future_open)


async def _to_step(turn: Turn, reference: str, step: str, note: str) -> Reply:
    return case_reply(turn, await move_step(*whose(turn), reference, step_from(step), note))


_FUTURE: Final = r"framtid|vad händer om ingen gör (?:något|nåt)|future|what happens if nobody (?:acts|does anything)"
COMMANDS: tuple[Command, ...] = (
    command("case.open", asked_for_case, rf"(?:visa |öppna |show |open )?{NUMBER}"),
    command("case.step", moved_step_by_words, rf"{NUMBER}[ ,:]+(?:steg|step) ?(?P<step>\d){_REST}"),
    command(
        "case.escalate",
        escalated_by_words,
        rf"{NUMBER}[ ,:]+(?:eskalera|escalate){_REST}",
        rf"(?:eskalera|escalate){_REST}",
    ),
    command("case.future", asked_for_future, rf"{NUMBER}[ ,:]+(?:{_FUTURE})", _FUTURE),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {"deviation.open": pressed_open, "case.open": pressed_open, "deviation.move_step": pressed_step},
)
