"""Each thing a letter may hold, turned into the words about it."""

from dataclasses import replace
from typing import assert_never

from cards.followup_words import item_passage, reported_passage, told_passage
from cards.joint_words import joint_passage
from cards.note_words import deviation_passage, first_name, note_passage, welcome_passage
from cards.passage import Passage
from cards.pen import Pen
from cards.views import FollowupView, WatchView
from cards.watch_words import watch_passage
from domain.identifiers import WatchId
from domain.letter import (
    DeviationItem,
    FollowupItem,
    JointItem,
    LegalDateItem,
    Letter,
    LetterItem,
    NoteItem,
    WatchDateItem,
    WelcomeItem,
)
from domain.notice import NoticeKind
from domain.watch import Watch, WatchKind, WatchState

_TOLD = {NoticeKind.FOLLOWUP_TO_OWNER: "owner", NoticeKind.FOLLOWUP_TO_CONTROLLER: "controller"}
_CONTROLLER_LEVEL = "N4"


def passage_of(item: LetterItem, letter: Letter, pen: Pen) -> Passage:
    """The words about one thing, greeting included; a digest leaves the greeting out."""
    match item:
        case FollowupItem():
            return _followup_passage(item, letter, pen)
        case LegalDateItem() | WatchDateItem():
            return watch_passage(watch_view(item, letter), pen)
        case DeviationItem():
            return deviation_passage(item, pen)
        case JointItem():
            return joint_passage(item, pen)
        case WelcomeItem():
            return welcome_passage(item, letter, pen)
        case NoteItem():
            return _note_passage(item, letter, pen)
        case _:
            assert_never(item)


def followup_view(item: FollowupItem, letter: Letter) -> FollowupView:
    return FollowupView(
        followup=item.followup,
        contract=item.contract,
        today=letter.today,
        days_late=item.days_late,
        minutes=item.minutes,
        preparation_minutes=item.preparation_minutes,
        next_rung=item.next_rung,
        snoozes_left=item.snoozes_left,
        snooze_latest_on=item.snooze_latest_on,
        manager_name=item.manager_name,
        notice_id=item.notice_id,
        is_sample=letter.is_sample,
    )


def watch_view(item: LegalDateItem | WatchDateItem, letter: Letter) -> WatchView:
    legal = item if isinstance(item, LegalDateItem) else None
    watch = Watch(
        watch_id=WatchId(item.watch_id),
        contract_id=item.contract.contract_id,
        kind=WatchKind(item.watch_kind),
        period_key="",
        plan_version=item.contract.plan_version,
        on=item.send_by if isinstance(item, LegalDateItem) else item.on,
        notice_deadline=legal.notice_deadline if legal else None,
        state=WatchState.OPEN,
        version=item.version,
    )
    return WatchView(
        watch=watch,
        contract=item.contract,
        today=letter.today,
        notice_is_assumed=legal is not None and legal.notice_is_assumed,
        renews_automatically=legal is not None and legal.renews_automatically,
        notice_id=item.notice_id,
    )


def is_own(item: FollowupItem) -> bool:
    """Whether the reader is the one to answer, not an owner or controller who helps."""
    return item.kind not in _TOLD


def _followup_passage(item: FollowupItem, letter: Letter, pen: Pen) -> Passage:
    view = followup_view(item, letter)
    to = _TOLD.get(item.kind)
    if to:
        return _greeted(told_passage(view, pen, to=to), letter, pen, "told")
    if item.kind is NoticeKind.MANAGER_REPORTED:
        to = "controller" if item.level == _CONTROLLER_LEVEL else "owner"
        return _greeted(reported_passage(view, pen, to=to, told_name=item.told_name), letter, pen, "reported")
    return _greeted(item_passage(view, pen), letter, pen, _occasion(item, letter), manager=item.manager_name)


def _occasion(item: FollowupItem, letter: Letter) -> str:
    contract = item.contract
    is_deputy = letter.recipient.mail == contract.deputy_mail and letter.recipient.mail != contract.manager_mail
    if is_deputy and item.manager_name and item.manager_name != letter.recipient.name:
        return "deputy"
    return item.level if item.level in {"N0", "N1", "N2"} else "N0"


def _note_passage(item: NoteItem, letter: Letter, pen: Pen) -> Passage:
    is_copy = item.kind is NoticeKind.MANAGER_REPORTED and item.followup is not None
    return _reported_note(item, letter, pen) if is_copy else note_passage(item, pen)


def _reported_note(item: NoteItem, letter: Letter, pen: Pen) -> Passage:
    """The copy to the manager, in the very words the owner or controller read."""
    followup, contract = item.followup, item.contract
    if followup is None or contract is None:
        return note_passage(item, pen)
    view = FollowupView(
        followup=followup,
        contract=contract,
        today=letter.today,
        manager_name=letter.recipient.name,
        notice_id=item.notice_id,
    )
    values = dict(item.values)
    to = "controller" if followup.reminder_level == _CONTROLLER_LEVEL else "owner"
    return _greeted(reported_passage(view, pen, to=to, told_name=values.get("told")), letter, pen, "reported")


def _greeted(passage: Passage, letter: Letter, pen: Pen, occasion: str, *, manager: str | None = None) -> Passage:
    named = {"manager": pen.quote(manager)} if manager else {}
    greeting = pen.say(f"followup.greeting.{occasion}", name=first_name(letter, pen), **named)
    return replace(passage, greeting=greeting)
