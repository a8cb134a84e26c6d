"""What has happened in a case, a line for each event, with what was said when it happened."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from cards.blocks import bullets, finish, heading, paragraph
from cards.buttons import execute
from cards.card import Card
from cards.deviation_views import CaseView, HistoryLine
from cards.passivity_history import passivity_event
from cards.pen import Pen, card_pen
from domain.people import Language

_MOST: Final = 40
"""Lines shown, the newest; the whole log can be exported."""
_SAID: Final = (
    "action",
    "responsible",
    "due_on",
    "done_on",
    "told_on",
    "told_how",
    "told_whom",
    "promised_on",
    "answer_due_on",
    "registry_number",
    "requirement",
    "agreed",
    "consequence",
    "requested_action",
    "supplier_message",
    "how_verified",
    "objection",
    "decision_reference",
    "hold_until",
    "case",
    "reason",
    "note",
)
"""What was said that is worth reading again, in the order it is told."""


def history_card(view: CaseView, language: Language) -> Card:
    """The case's events, oldest first."""
    pen = card_pen(language, view.today)
    deviation = view.deviation
    number = deviation.number or ""
    title = pen.say("case.history.title", number=number)
    told = [
        line for line in view.history if not line.kind.startswith("notice.")
    ]  # what became of a message is no history
    lines = [happened(line, pen) for line in told[-_MOST:]]
    body = [heading(title), bullets(lines) if lines else paragraph(pen.say("case.history.nothing"))]
    back = execute(pen.say("case.file.open"), "case.open", f"deviation:{deviation.deviation_id}", deviation.version)
    return finish(body, [back], title, language=language)


def happened(line: HistoryLine, pen: Pen) -> str:
    """One event in a sentence, and what was said."""
    said = "; ".join(_said(line.details, pen))
    return f"{_event(line, pen)} ({said})" if said else _event(line, pen)


def _event(line: HistoryLine, pen: Pen) -> str:
    day = pen.day(line.at.date())
    name = pen.quote(line.actor_name, most=60) if line.actor_name else pen.say("deviation.history.the_bot")
    ours = passivity_event(line, pen, day=day, name=name)
    if ours is not None:
        return ours
    kind = line.kind.removeprefix("deviation.")
    state = f"deviation.state.{line.details.get('to')}"
    step = f"deviation.step.{line.details.get('to', line.details.get('step'))}"
    if kind == "moved" and pen.texts.knows(state):
        return pen.say("deviation.history.moved", day=day, name=name, state=pen.say(state))
    if kind == "step_moved" and pen.texts.knows(step):
        return pen.say("deviation.history.step_moved", day=day, name=name, step=_small(pen.say(step)))
    if kind == "step_proposed" and pen.texts.knows(step):
        return pen.say("deviation.history.step_proposed", day=day, step=_small(pen.say(step)))
    key = f"case.happened.{kind}" if pen.texts.knows(f"case.happened.{kind}") else f"deviation.history.{kind}"
    if pen.texts.knows(key):
        return pen.say(key, day=day, name=name)
    return pen.say(
        "deviation.history.told" if kind.endswith("_told") else "deviation.history.changed", day=day, name=name
    )


def _said(details: Mapping[str, object], pen: Pen) -> Iterator[str]:
    for name in _SAID:
        value = details.get(name)
        if value not in (None, "", False):
            yield pen.say(f"case.said.{name}", value=_value(name, str(value), pen))


def _value(name: str, value: str, pen: Pen) -> str:
    if name == "told_how" and pen.texts.knows(f"deviation.field.how_{value}"):
        return _small(pen.say(f"deviation.field.how_{value}"))
    if name.endswith(("_on", "_until")):
        return pen.full_day(date.fromisoformat(value))
    return pen.quote(value, most=300)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
