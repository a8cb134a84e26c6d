"""What others have reported of the same case, in a line or two on its card."""

from collections.abc import Iterator

from microsoft_teams.cards import CardElement

from cards.blocks import paragraph
from cards.deviation_views import CaseView
from cards.pen import Pen
from domain.twins import recount, reporters

_ADDED = 400


def more_reports(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    """What its reporter has added, how many have reported it, and what that adds up to where it is more than it says."""
    deviation = view.deviation
    for said in deviation.additions:
        yield paragraph(pen.say("drafting.added", words=pen.quote(said, most=_ADDED)))
    count = len(reporters(deviation, view.file))
    if count > 1:
        yield paragraph(pen.texts.count("drafting.reporters", count), is_bold=True)
    proposed = recount(deviation, view.kind, view.file)
    if proposed is not None:
        severity = pen.say(f"deviation.severity.{proposed.severity.value}")
        yield paragraph(pen.say("joining.recount", times=proposed.occurrences, severity=severity))
        yield paragraph(pen.say("joining.recount_typed", number=deviation.number or ""))
