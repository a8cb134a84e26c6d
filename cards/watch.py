"""A watched date's own card, the controller's triage of dates already passed, and what follows a press."""

from collections.abc import Sequence
from datetime import date

from microsoft_teams.cards import Action, CardElement, ExecuteAction

from cards.blocks import facts, finish, heading, paragraph, section, small
from cards.buttons import Style, execute
from cards.card import Card
from cards.forms import decision_fields, form, line, required_day, required_text
from cards.passage import Passage, as_blocks
from cards.pen import Pen, card_pen, text_pen
from cards.saying import say_button, say_words
from cards.texts import Texts
from cards.views import WatchView
from cards.watch_words import headline, is_legal, summary, watch_passage
from domain.people import Language
from domain.watch import WatchKind, WatchState

_TRIAGE = frozenset({WatchState.TRIAGE, WatchState.LAPSED})
_DECISIONS = frozenset({WatchKind.SEND_BY, WatchKind.DECISION_DUE})
_SETTLED_FACTS = ("decided_by", "decided_on", "decision_number", "notice_sent_on", "notice_how", "done_on", "done_note")


def watch_card(view: WatchView, language: Language, *, note: str | None = None) -> Card:
    """The date with everything one can answer: for the controller while in triage, for the responsible while open.

    A legal date cannot be put off, and once settled says how. Other dates are told once and ask for nothing.
    """
    is_waiting = view.watch.state is WatchState.OPEN or view.watch.state in _TRIAGE
    if not is_waiting and (is_legal(view) or view.watch.state is not WatchState.DONE):
        return _settled_card(view, language)
    pen = card_pen(language, view.today)
    line_ = summary(view, text_pen(language, view.today))
    return passage_card(watch_passage(view, pen), view, pen, line_, note=note)


def passage_card(passage: Passage, view: WatchView, pen: Pen, line_: str, *, note: str | None = None) -> Card:
    """The words of `passage` about a date, with the buttons of the date's own card."""
    body: list[CardElement] = [section([paragraph(note)])] if note else []
    body += as_blocks(passage)
    if view.watch.state in _TRIAGE:
        body.append(paragraph(pen.say(f"watch.triage.why.{view.watch.state}")))
        body.append(small(pen.say("watch.triage.choices")))
        return finish(body, _triage_actions(view, pen), line_, language=pen.texts.language)
    if not is_legal(view):
        look = say_words(pen.say("answers.command.contract", number=view.contract.contract_number))
        return finish(body, [look], line_, language=pen.texts.language)
    body.append(small(pen.say("watch.typed")))
    return finish(body, [_already_done(view, pen), _wrong_person(view, pen)], line_, language=pen.texts.language)


def watch_done_card(view: WatchView, language: Language) -> Card:
    """Settled: what was decided, by whom, and how the supplier was told."""
    pen = card_pen(language, view.today)
    return _outcome(view, pen, "done", [pen.say("watch.done.line")], _decision(view, pen))


def watch_raised_card(view: WatchView, language: Language, *, told_names: Sequence[str]) -> Card:
    """Taken up now: who will hear of it."""
    pen = card_pen(language, view.today)
    names = pen.people(told_names)
    told = pen.say("watch.raised.told", names=names) if names else pen.say("watch.raised.nobody")
    return _outcome(view, pen, "raised", [told])


def watch_dismissed_card(view: WatchView, language: Language, *, reason: str) -> Card:
    """Dismissed, with the reason that was given."""
    pen = card_pen(language, view.today)
    return _outcome(view, pen, "dismissed", [pen.say("watch.dismissed.reason", reason=pen.quote(reason, most=500))])


def watch_handed_card(
    view: WatchView, language: Language, *, new_name: str | None, controller_name: str | None
) -> Card:
    """Who takes over; without a known name the controller has been asked to find somebody."""
    pen = card_pen(language, view.today)
    controller = pen.quote(controller_name) if controller_name else pen.say("people.the_role.controller")
    asked = pen.say("followup.handed.asked", name=controller)
    told = pen.say("watch.handed.to", name=pen.quote(new_name)) if new_name else asked
    return _outcome(view, pen, "handed", [told])


def watch_undone_card(view: WatchView, language: Language) -> Card:
    """The date as it was before the press, with its buttons again."""
    return watch_card(view, language, note=Texts(language)("followup.undone"))


def _settled_card(view: WatchView, language: Language) -> Card:
    pen = card_pen(language, view.today)
    who = view.settled_by_name
    renewed = view.watch.state is WatchState.DONE and view.renews_automatically and not who
    state = pen.say("watch.state.renewed" if renewed else f"watch.state.{view.watch.state}")
    by = [paragraph(pen.say("watch.settled_by", name=pen.quote(who)))] if who else []
    rows = _decision(view, pen)
    body: list[CardElement] = [
        heading(headline(view, pen)),
        paragraph(state, is_bold=True),
        *by,
        *([facts(rows)] if rows else []),
        small(pen.brief(view.contract)),
    ]
    line_ = f"{headline(view, text_pen(language, view.today))}. {state}"
    return finish(body, [say_button(pen.texts, "mine")], line_, language=language)


def _decision(view: WatchView, pen: Pen) -> list[tuple[str, str]]:
    """What was recorded when it was settled, in words; empty fields are left out."""
    recorded = view.watch.decision or {}
    choice = recorded.get("decision", "")
    key = f"watch.decision.{choice}"
    told = pen.say(key) if pen.texts.knows(key) else pen.quote(choice)
    rows = [(pen.say("watch.fact.decision"), told)]
    rows += [(pen.say(f"watch.fact.{name}"), _recorded(recorded.get(name, ""), pen)) for name in _SETTLED_FACTS]
    return [row for row in rows if row[1]]


def _recorded(value: str, pen: Pen) -> str:
    try:
        return pen.full_day(date.fromisoformat(value))
    except ValueError:
        return pen.quote(value, most=500)


def _outcome(view: WatchView, pen: Pen, key: str, lines: Sequence[str], rows: Sequence[tuple[str, str]] = ()) -> Card:
    title = pen.say(f"watch.{key}.title")
    body: list[CardElement] = [
        heading(title),
        paragraph(headline(view, pen), is_bold=True),
        *(paragraph(told) for told in lines),
        *([facts(rows)] if rows else []),
        small(pen.brief(view.contract)),
    ]
    undo = _button(view, pen.say("followup.button.undo"), "watch.undo")
    line_ = f"{title}: {headline(view, text_pen(pen.texts.language, view.today))}"
    return finish(body, [undo], line_, language=pen.texts.language)


def _button(view: WatchView, title: str, verb: str, *, style: Style | None = None) -> ExecuteAction:
    return execute(title, verb, view.watch.watch_id, view.watch.version, notice=view.notice_id, style=style)


def _already_done(view: WatchView, pen: Pen, *, verb: str = "watch.already_done") -> Action:
    """Fields of a decision where one is due, else `done_on` and `done_note`."""
    word = "decided" if verb == "watch.decided" else "already_done"
    send = _button(view, pen.say("watch.send"), verb, style="positive")
    if view.watch.kind in _DECISIONS:
        fields = decision_fields(pen, renews_automatically=view.renews_automatically)
        return form(pen.say(f"watch.button.{word}"), pen.say("watch.field.lead"), fields, send, style="positive")
    noted: list[CardElement] = [
        required_day(pen, "done_on", "followup.already_done.on", value=view.today, latest=view.today),
        required_text(pen, "done_note", "watch.field.note"),
    ]
    return form(pen.say(f"watch.button.{word}"), pen.say("followup.already_done.lead"), noted, send)


def _wrong_person(view: WatchView, pen: Pen) -> Action:
    """Field `who`, which may be empty."""
    send = _button(view, pen.say("followup.wrong_person.send"), "watch.wrong_person", style="positive")
    title, lead = pen.say("followup.button.wrong_person.own"), pen.say("watch.wrong_person")
    return form(title, lead, [line(pen, "who", "followup.wrong_person.who")], send)


def _triage_actions(view: WatchView, pen: Pen) -> list[Action]:
    """*Beslutat*, *Ta upp nu*, *Avfärda med skäl* (field `reason`)."""
    dismiss = _button(view, pen.say("watch.button.dismiss_send"), "watch.dismiss", style="positive")
    reason = required_text(pen, "reason", "watch.field.reason")
    return [
        _already_done(view, pen, verb="watch.decided"),
        _button(view, pen.say("watch.button.raise"), "watch.raise"),
        form(pen.say("watch.button.dismiss"), pen.say("watch.triage.dismiss"), [reason], dismiss),
    ]
