"""*Mer om ärendet*: the parts of a case's file, and its history."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cards.case_file import file_card
from cards.case_history import history_card
from dialogs.at_hand import whose
from dialogs.case_at_hand import about, at_case, meant, pressed_on
from dialogs.case_views import case_view
from dialogs.commands import Command, Pressed, command
from dialogs.turn import Reply, Turn, say
from usecases.deviations.move_case import show_case


async def asked_for_file(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 akt*, or *akt* on the open case."""
    reference = meant(turn, match)
    return await _file(turn, reference) if reference else None


async def asked_for_history(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 historik*."""
    reference = meant(turn, match)
    return await _history(turn, reference) if reference else None


async def pressed_file(turn: Turn) -> Reply:
    return await _file(turn, pressed_on(turn))


async def pressed_history(turn: Turn) -> Reply:
    return await _history(turn, pressed_on(turn))


async def _file(turn: Turn, reference: str) -> Reply:
    shown = await show_case(*whose(turn), reference)
    card = file_card(case_view(turn, shown), turn.language)
    return say(card, chat=at_case(turn.chat, shown.case.deviation.deviation_id))


async def _history(turn: Turn, reference: str) -> Reply:
    shown = await show_case(*whose(turn), reference)
    card = history_card(case_view(turn, shown), turn.language)
    return say(card, chat=at_case(turn.chat, shown.case.deviation.deviation_id))


COMMANDS: tuple[Command, ...] = (
    command("case.file", asked_for_file, *about("akt|akten|mer om ärendet|file|more about the case")),
    command("case.history", asked_for_history, *about("historik|historiken|history")),
)
VERBS: Mapping[str, Pressed] = MappingProxyType({"case.file": pressed_file, "case.history": pressed_history})
