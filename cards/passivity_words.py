"""Our own silence in words, the same on the case, in lists and in letters."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from cards.pen import Pen
from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.passivity import PASSIVE_KINDS, days_undecided, days_untold
from domain.people import ContractRole
from domain.supplier_silence import Coming, ComingKind


def silence_lines(deviation: Deviation, kind: DeviationType | None, pen: Pen) -> Iterator[str]:
    """What has been left unsaid and unanswered, a line each; none while nothing is."""
    yield from silence_words(days_untold(deviation, kind, pen.today), days_undecided(deviation, pen.today), pen)


def silence_words(untold: int, undecided: int, pen: Pen) -> Iterator[str]:
    """The same, where the days have been counted already."""
    if untold:
        yield pen.texts.count("passivity.untold", untold)
    if undecided:
        yield pen.texts.count("passivity.undecided", undecided)


def silence_facts(untold: int, undecided: int, pen: Pen) -> tuple[tuple[str, str], ...]:
    """The same as label and days, for a letter."""
    days = {"untold": untold, "undecided": undecided}
    return tuple(
        (pen.say(f"passivity.fact.{name}"), pen.texts.count("passivity.days", count))
        for name, count in days.items()
        if count
    )


def gathered(coming: Iterable[Coming]) -> Iterator[tuple[Coming, tuple[ContractRole, ...]]]:
    """Moments to come, each with all who are told: what this clock tells several people at one time is one line."""
    for (_, kind), group in groupby(coming, key=lambda item: (item.at, item.kind)):
        items = list(group)
        if kind in PASSIVE_KINDS:
            yield items[0], tuple(item.told for item in items)
        else:
            yield from ((item, (item.told,)) for item in items)


def coming_line(item: Coming, pen: Pen, *, day: str, role: str, has_draft: bool) -> str:
    """A moment of the passivity clock to come, in one line."""
    is_drafted = item.kind is ComingKind.UNTOLD and has_draft
    return pen.say(f"passivity.future.{item.kind.value}{'_drafted' if is_drafted else ''}", day=day, role=role)


def no_rights_line(contract: Contract, pen: Pen) -> str:
    """That nothing is registered for the contract to claim, and how to write it in."""
    return pen.say("passivity.no_rights", number=pen.quote(contract.contract_number))
