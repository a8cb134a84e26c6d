"""From what use cases say about a follow-up to the cards that show it."""

from dataclasses import dataclass

from cards.card import Card
from cards.checklist_view import ProposalLine, ProposalState, SignOffFacts
from cards.followup import item_card, state_card
from cards.sign_off import sign_off_card
from cards.views import FollowupView
from dialogs.checklist_views import checklist_view, deviation_lines
from dialogs.turn import Turn
from usecases.followups.open_followup import Opened
from usecases.parts.items import Item
from usecases.parts.reviewing import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """The subject of a follow-up, as it stands in lists and in what a person is in the middle of."""

    followup_id: str

    @property
    def subject(self) -> str:
        return f"followup:{self.followup_id}"


def view_of(item: Item, notice_id: str | None = None) -> FollowupView:
    """What the cards about a follow-up are drawn from."""
    return FollowupView(
        followup=item.followup,
        contract=item.contract,
        today=item.today,
        days_late=item.days_late,
        minutes=item.minutes,
        preparation_minutes=item.preparation_minutes,
        next_rung=item.next_rung,
        snoozes_left=item.snoozes_left,
        snooze_latest_on=item.snooze_latest_on,
        owner_name=item.owner_name,
        manager_name=item.manager_name,
        answered_count=item.answered_count,
        question_count=item.question_count,
        notice_id=notice_id,
    )


def opened_card(opened: Opened, turn: Turn) -> Card:
    """The follow-up to answer, to approve, or where it stands."""
    if opened.review is not None:
        return review_card(opened.review, turn)
    view = view_of(opened.item, notice_of(turn))
    if opened.item.followup.is_open:
        return item_card(view, turn.language, is_own=opened.item.is_own)
    return state_card(view, turn.language)


def standing_card(item: Item, turn: Turn) -> Card:
    """Where the follow-up stands now, for somebody who wanted to do what can no longer be done."""
    return state_card(view_of(item, notice_of(turn)), turn.language, may_review=item.may_sign)


def review_card(review: Review, turn: Turn) -> Card:
    """Everything that was answered, to read and approve."""
    facts = SignOffFacts(
        submitted_by_name=review.submitted_by_name,
        submitted_on=review.submitted_on,
        light=review.light,
        deviations=deviation_lines(review.session, review.deviations, turn.language),
        declined=tuple(
            ProposalLine(
                proposal=one.proposal,
                kind=one.kind,
                state=ProposalState.DECLINED,
                reason=one.reason,
            )
            for one in review.declined
        ),
        todos=review.todos,
        done_note=review.done_note,
    )
    return sign_off_card(checklist_view(review.session, turn), facts)


def notice_of(turn: Turn) -> str | None:
    """The notice the pressed card came with."""
    notice = turn.press.data.get("notice") if turn.press else None
    return notice if isinstance(notice, str) else None
