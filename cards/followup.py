"""A follow-up's own card, where it stands when there is nothing left to ask, and the list of one's own."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, ActionSet, CardElement, Container

from cards.blocks import alarm, finish, heading, paragraph, section, small
from cards.card import Card
from cards.followup_actions import button, item_actions
from cards.followup_words import headline, is_late, item_passage, state, summary, time_needed, timing
from cards.passage import Passage, as_blocks
from cards.pen import Pen, card_pen, text_pen
from cards.saying import say_button
from cards.texts import Texts
from cards.views import FollowupView
from domain.followup import FollowupState
from domain.people import Language

_MOST_LISTED = 12
"""More would make the card too heavy for a phone; the rest are reached by number."""
_SAID_WHEN_ENDED = frozenset({FollowupState.SUBMITTED, FollowupState.ACCEPTED, FollowupState.CANCELLED})


def item_card(view: FollowupView, language: Language, *, note: str | None = None, is_own: bool = True) -> Card:
    """The follow-up with everything one can answer, or where it stands when there is nothing left to answer.

    `is_own` is False for an owner or controller who helps: then the words on the buttons are theirs. `note` is a
    sentence of ours on top, such as that a press has been undone.
    """
    if not view.followup.is_open:
        return state_card(view, language)
    pen = card_pen(language, view.today)
    line = summary(view, text_pen(language, view.today))
    return passage_card(item_passage(view, pen), view, pen, line, note=note, is_own=is_own)


def passage_card(
    passage: Passage,
    view: FollowupView,
    pen: Pen,
    line: str,
    *,
    note: str | None = None,
    is_own: bool,
) -> Card:
    """The words of `passage` about an open follow-up, with the buttons of the follow-up's own card."""
    may_start = is_own and view.followup.modules
    body = [*as_blocks(passage), small(pen.say("followup.typed.own" if may_start else "followup.typed.helping"))]
    if note:
        body.insert(0, section([paragraph(note)]))
    return finish(body, item_actions(view, pen, is_own=is_own), line, language=pen.texts.language)


def state_card(view: FollowupView, language: Language, *, may_review: bool = False) -> Card:
    """Where a follow-up stands in words and what can be done now, for an old card that has nothing more to ask.

    `may_review` is True for the owner, who reads and approves what has been submitted.
    """
    pen = card_pen(language, view.today)
    now = pen.say("followup.now", state=state(view, pen))
    reason = view.followup.closed_reason
    ended = view.followup.state.value if view.followup.state in _SAID_WHEN_ENDED else "nothing"
    if may_review and view.followup.state is FollowupState.SUBMITTED:
        ended = "yours"
    body: list[CardElement] = [heading(headline(view, pen)), paragraph(now, is_bold=True)]
    if reason:
        body.append(paragraph(pen.say("followup.reason", reason=pen.quote(reason, most=500))))
    body += [paragraph(pen.say(f"followup.ended.{ended}")), small(pen.brief(view.contract))]
    actions: list[Action] = [say_button(pen.texts, "mine")]
    if ended == "yours":
        actions.insert(0, button(view, pen.say("followup.button.review"), "followup.show"))
    line = f"{headline(view, text_pen(language, view.today))}. {now}"
    return finish(body, actions, line, language=language)


def my_followups_card(views: Sequence[FollowupView], language: Language) -> Card:
    """One's open follow-ups, numbered as `börja 2` counts them, in the order given."""
    texts = Texts(language)
    if not views:
        title = texts("followup.mine.none")
        body: list[CardElement] = [heading(title), paragraph(texts("followup.mine.none_why"))]
        return finish(body, [say_button(texts, "help")], title, language=language)
    pen = card_pen(language, views[0].today)
    title = texts.count("followup.mine.title", len(views))
    shown = views[:_MOST_LISTED]
    left = len(views) - len(shown)
    rows = [_listed(number, view, pen) for number, view in enumerate(shown, start=1)]
    more = [paragraph(texts.count("followup.mine.more", left, first=len(shown) + 1))] if left else []
    hint = small(texts("followup.mine.hint" if len(views) > 1 else "followup.mine.hint_one"))
    return finish([heading(title), *rows, *more, hint], [], title, language=language)


def _listed(number: int, view: FollowupView, pen: Pen) -> Container:
    timed = timing(view, pen)
    told = (state(view, pen), pen.brief(view.contract), time_needed(view, pen))
    opening = button(view, pen.say("letters.open"), "followup.open")
    opening.tooltip = f"{pen.say('letters.open')} {number}"
    items: list[CardElement] = [
        heading(pen.say("followup.mine.row", number=number, headline=headline(view, pen)), is_main=False),
        alarm(timed) if is_late(view) else paragraph(timed),
        small(" · ".join(part for part in told if part)),
        ActionSet(actions=[opening]),
    ]
    return Container(items=items, separator=True, spacing="Medium")
