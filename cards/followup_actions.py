"""The buttons that end the silence about a follow-up (domain.md 8.2), each with the few fields it needs."""

from datetime import timedelta

from microsoft_teams.cards import Action, CardElement, ExecuteAction

from cards.buttons import Style, execute
from cards.forms import decision_fields, form, line, required_day, required_text
from cards.pen import Pen
from cards.views import FollowupView
from domain.contract import RenewalKind
from domain.followup import Activity, FollowupState

SAMPLE_VERB = "sample.pressed"
"""What every button of a sample says: it answers that nothing was changed."""


def item_actions(view: FollowupView, pen: Pen, *, is_own: bool) -> list[Action]:
    """What can be answered, at most five buttons; a follow-up without a session cannot be started here.

    `is_own` is False for an owner or controller who helps: they take it over or hand it on, but do not put it off.
    """
    snooze = [_snooze(view, pen)] if is_own and view.snoozes_left > 0 else []
    wrong, cannot = _wrong_person(view, pen, is_own=is_own), _cannot(view, pen)
    if not view.followup.modules:
        return [_already_done(view, pen, style="positive"), *snooze, wrong, cannot]
    return [_start(view, pen, is_own=is_own), *snooze, wrong, _already_done(view, pen), cannot]


def button(view: FollowupView, title: str, verb: str, *, style: Style | None = None) -> ExecuteAction:
    """A button about this follow-up; on a sample it only says that it is one."""
    if view.is_sample:
        return execute(title, SAMPLE_VERB, "sample", 0, style=style)
    return execute(title, verb, view.followup.followup_id, view.followup.version, notice=view.notice_id, style=style)


def _start(view: FollowupView, pen: Pen, *, is_own: bool) -> Action:
    is_started = view.followup.state is FollowupState.IN_PROGRESS
    word = "resume" if is_started else "start" if is_own else "take"
    return button(view, pen.say(f"followup.button.{word}"), "followup.start", style="positive" if is_own else None)


def _snooze(view: FollowupView, pen: Pen) -> Action:
    """Field `until`."""
    times = pen.texts.count("followup.snooze.left", view.snoozes_left)
    latest = view.snooze_latest_on
    furthest = " " + pen.say("followup.snooze.latest", day=pen.day(latest)) if latest else ""
    until = required_day(pen, "until", "followup.snooze.until", earliest=view.today + timedelta(days=1), latest=latest)
    send = button(view, pen.say("followup.snooze.send"), "followup.snooze", style="positive")
    return form(pen.say("followup.button.snooze"), times + furthest, [until], send)


def _wrong_person(view: FollowupView, pen: Pen, *, is_own: bool) -> Action:
    """Field `who`, which may be empty."""
    whose = "own" if is_own else "helping"
    send = button(view, pen.say("followup.wrong_person.send"), "followup.wrong_person", style="positive")
    title = pen.say(f"followup.button.wrong_person.{whose}")
    lead = pen.say(f"followup.wrong_person.lead.{whose}")
    return form(title, lead, [line(pen, "who", "followup.wrong_person.who")], send)


def _already_done(view: FollowupView, pen: Pen, *, style: Style | None = None) -> Action:
    """Fields `done_on` and `done_note`, or those of a decision."""
    send = button(view, pen.say("followup.already_done.send"), "followup.already_done", style="positive")
    title = pen.say("followup.button.already_done")
    if view.followup.activity is Activity.EXTENSION_DECISION:
        automatic = view.contract.renewal.kind is RenewalKind.AUTOMATIC
        decided = decision_fields(pen, renews_automatically=automatic)
        return form(title, pen.say("watch.field.lead"), decided, send, style=style)
    fields: list[CardElement] = [
        required_day(pen, "done_on", "followup.already_done.on", value=view.today, latest=view.today),
        required_text(pen, "done_note", "followup.already_done.note"),
    ]
    return form(title, pen.say("followup.already_done.lead"), fields, send, style=style)


def _cannot(view: FollowupView, pen: Pen) -> Action:
    """Field `reason`."""
    send = button(view, pen.say("followup.cannot.send"), "followup.cannot", style="positive")
    reason = required_text(pen, "reason", "followup.cannot.reason")
    return form(pen.say("followup.button.cannot"), pen.say("followup.cannot.lead"), [reason], send)
