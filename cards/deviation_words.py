"""How a deviation is put in words, the same on every card."""

from cards.pen import Pen
from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_case import surface_word
from domain.deviation_types import DeviationType

MOST_WORDS = 600
"""Of what the reporter wrote; the whole is kept."""


def type_name(kind: DeviationType | None, pen: Pen) -> str:
    return pen.quote(kind.name(pen.texts.language)) if kind else pen.say("deviation.draft.unknown_type")


def severity_name(deviation: Deviation, pen: Pen) -> str:
    return pen.say(f"deviation.severity.{deviation.severity.value}") if deviation.severity else ""


def contract_name(contract: Contract, pen: Pen, *, with_number: bool = True) -> str:
    """`2026-0147 Städning skolor`, or the title alone."""
    title = pen.quote(contract.title)
    return f"{pen.quote(contract.contract_number)} {title}" if with_number else title


def period(deviation: Deviation, pen: Pen) -> str:
    """The day, or from one day to another; since a day when it still goes on."""
    start, end = deviation.occurred_from, deviation.occurred_to
    if start is None:
        return ""
    if end is None and deviation.is_open:
        return pen.day(start)
    if end is None or end == start:
        return pen.day(start)
    return pen.say("deviation.case.period", start=pen.day(start), end=pen.day(end))


def times(deviation: Deviation) -> str:
    """How many times, when more than once."""
    return str(deviation.occurrence_count) if deviation.occurrence_count > 1 else ""


def money(deviation: Deviation, pen: Pen) -> str:
    return pen.texts.money(float(deviation.amount_sek)) if deviation.amount_sek is not None else ""


def state_words(deviation: Deviation, pen: Pen) -> str:
    """The plain word people see, with the state behind it."""
    surface = pen.say(f"deviation.surface.{surface_word(deviation.state).value}")
    state = pen.say(f"deviation.state.{deviation.state.value}")
    is_same = surface.casefold() == state.casefold()
    return surface if is_same else pen.say("deviation.case.state_words", surface=surface, state=state)


def own_words(deviation: Deviation, pen: Pen, key: str) -> str:
    """What the reporter wrote, in quotation marks, under `key`."""
    return pen.say(key, words=pen.quote(deviation.description, most=MOST_WORDS))
