"""What one sees after answering a follow-up: what was noted, what happens now, and a way back."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement

from cards.blocks import finish, heading, paragraph, small
from cards.card import Card
from cards.followup import item_card
from cards.followup_actions import button
from cards.followup_words import headline
from cards.pen import Pen, card_pen, text_pen
from cards.saying import say_button
from cards.texts import Texts
from cards.views import FollowupView
from domain.followup import Activity
from domain.people import Language


def snoozed_card(view: FollowupView, language: Language) -> Card:
    """Put off until `followup.snoozed_until`, and how many times are left."""
    pen = card_pen(language, view.today)
    until = view.followup.snoozed_until
    day = pen.day(until) if until else ""
    left = pen.texts.count("followup.snoozed.left", view.snoozes_left) if view.snoozes_left else ""
    lines = (pen.say("followup.snoozed.until", day=day), left or pen.say("followup.snoozed.last"))
    return _outcome(view, pen, "snoozed", lines)


def wrong_person_card(
    view: FollowupView, language: Language, *, new_name: str | None, controller_name: str | None
) -> Card:
    """Who takes over; without a known name (`new_name` None) the controller has been asked to find somebody."""
    pen = card_pen(language, view.today)
    if new_name:
        lines = (pen.say("followup.handed.to", name=pen.quote(new_name)), pen.say("followup.handed.told"))
    else:
        controller = pen.quote(controller_name) if controller_name else pen.say("people.the_role.controller")
        lines = (pen.say("followup.handed.asked", name=controller), pen.say("followup.handed.quiet"))
    return _outcome(view, pen, "handed", lines)


def already_done_card(
    view: FollowupView,
    language: Language,
    *,
    sign_off_name: str | None = None,
    note: str | None = None,
) -> Card:
    """Noted as done; with `sign_off_name` the owner is asked to approve it first. `note` is a sentence of ours."""
    pen = card_pen(language, view.today)
    is_decision = view.followup.activity is Activity.EXTENSION_DECISION and not note
    lines = [pen.say("followup.done.decision" if is_decision else "followup.done.thanks")]
    if sign_off_name:
        lines.append(pen.say("followup.done.sign_off", name=pen.people(sign_off_name)))
    if note:
        lines.append(note)
    return _outcome(view, pen, "done", lines)


def cannot_card(view: FollowupView, language: Language, *, reason: str, told_name: str | None) -> Card:
    """Why it cannot be done, and who has been told so that they can help."""
    pen = card_pen(language, view.today)
    told = pen.people(told_name) if told_name else pen.say("people.the_role.controller")
    lines = (
        pen.say("followup.cannot_done.reason", reason=pen.quote(reason, most=500)),
        pen.say("followup.cannot_done.told", name=told),
    )
    return _outcome(view, pen, "cannot_done", lines)


def undone_card(view: FollowupView, language: Language, *, is_own: bool = True) -> Card:
    """The follow-up as it was before the press, with all its buttons again."""
    return item_card(view, language, note=Texts(language)("followup.undone"), is_own=is_own)


def _outcome(view: FollowupView, pen: Pen, key: str, lines: Sequence[str]) -> Card:
    title = pen.say(f"followup.{key}.title")
    about = text_pen(pen.texts.language, view.today)
    body: list[CardElement] = [
        heading(title),
        paragraph(headline(view, pen), is_bold=True),
        *(paragraph(line) for line in lines),
        small(pen.brief(view.contract)),
    ]
    undo = button(view, pen.say("followup.button.undo"), "followup.undo")
    line = f"{title}: {headline(view, about)}"
    return finish(body, [undo, say_button(pen.texts, "mine")], line, language=pen.texts.language)
