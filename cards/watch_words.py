"""What is said about a watched date: legal dates first of all, which must never be missed or overstated."""

from datetime import date

from cards.passage import Opening, Passage
from cards.pen import Pen
from cards.views import WatchView
from domain.watch import WatchKind, WatchState


def headline(view: WatchView, pen: Pen) -> str:
    """`Besked om förlängning: Rullstolar`."""
    kind = pen.say(f"watch.kind.{_spoken_kind(view)}")
    return pen.say("watch.headline", kind=kind, title=pen.quote(view.contract.title))


def summary(view: WatchView, pen: Pen) -> str:
    """The line of the notification: what, and when."""
    return f"{headline(view, pen)}. {_timing(view, pen)}"


def watch_passage(view: WatchView, pen: Pen) -> Passage:
    """The date as its own card says it. A guessed deadline is called assumed and never the last day."""
    return Passage(
        heading=headline(view, pen),
        timing=_timing(view, pen),
        is_late=view.today > view.watch.on,
        body=_body(view, pen),
        brief=" · ".join(part for part in (_deadline_brief(view, pen), pen.brief(view.contract)) if part),
        facts=_facts(view, pen),
        ending=_ending(view, pen),
        opens=Opening(verb="watch.open", subject=view.watch.watch_id, rev=view.watch.version),
    )


def is_legal(view: WatchView) -> bool:
    """Only these have daily alarms, and are never put off."""
    return view.watch.kind is WatchKind.SEND_BY


def _spoken_kind(view: WatchView) -> str:
    return "send_by_automatic" if is_legal(view) and view.renews_automatically else view.watch.kind.value


def _timing(view: WatchView, pen: Pen) -> str:
    if not is_legal(view):
        past = view.today > view.watch.on
        when = "since" if past else "by"
        return pen.say(f"watch.{when}.{view.watch.kind}", day=pen.day(view.watch.on))
    suffix = "_automatic" if view.renews_automatically else ""
    days_left = (view.watch.on - view.today).days
    day = pen.day(view.watch.on)
    if days_left < 0:
        return pen.texts.count(f"watch.timing.late{suffix}", -days_left, day=day)
    if days_left == 0:
        return pen.say(f"watch.timing.today{suffix}")
    if suffix:
        return pen.say("watch.timing.ahead_automatic", day=day)
    return pen.texts.count("watch.timing.ahead", days_left, day=day)


def _body(view: WatchView, pen: Pen) -> tuple[str, ...]:
    end = pen.full_day(view.contract.end_on) if view.contract.end_on else ""
    why = pen.say(f"watch.why.{_spoken_kind(view)}", end=end)
    deadline = view.watch.notice_deadline
    if not is_legal(view) or deadline is None or view.today <= deadline:
        return (why,)
    if view.notice_is_assumed:
        return why, pen.say("watch.passed.assumed")
    return why, pen.say("watch.passed.known_automatic" if view.renews_automatically else "watch.passed.known")


def _deadline_label(view: WatchView, pen: Pen) -> str:
    assumed = "_assumed" if view.notice_is_assumed else ""
    automatic = "_automatic" if view.renews_automatically else ""
    return pen.say(f"watch.deadline.label{assumed}{automatic}")


def _deadline(view: WatchView, pen: Pen) -> str:
    deadline = view.watch.notice_deadline
    if deadline is None:
        return ""
    day = pen.full_day(deadline)
    if view.notice_is_assumed:
        return pen.say("watch.deadline.assumed", day=day)
    return _counted(pen, day, deadline)


def _counted(pen: Pen, day: str, deadline: date) -> str:
    days_left = (deadline - pen.today).days
    if days_left == 0:
        return pen.say("watch.deadline.today.line", day=day)
    if days_left < 0:
        return pen.texts.count("watch.deadline.past", -days_left, day=day)
    return pen.texts.count("watch.deadline.ahead", days_left, day=day)


def _deadline_brief(view: WatchView, pen: Pen) -> str:
    if not is_legal(view) or view.watch.notice_deadline is None:
        return ""
    return f"{_deadline_label(view, pen)}: {_deadline(view, pen)}"


def _facts(view: WatchView, pen: Pen) -> tuple[tuple[str, str], ...]:
    contract = view.contract
    end = pen.full_day(contract.end_on) if contract.end_on else pen.say("followup.fact.open_ended")
    legal = (
        (_deadline_label(view, pen), _deadline(view, pen)),
        (pen.say("watch.fact.send_by"), pen.full_day(view.watch.on)),
    )
    return (
        *(legal if is_legal(view) else ()),
        (pen.say("followup.fact.contract"), pen.quote(contract.contract_number)),
        (pen.say("followup.fact.supplier"), pen.quote(contract.supplier_names)),
        (pen.say("followup.fact.class"), pen.class_name(contract.contract_class)),
        (pen.say("followup.fact.end"), end),
    )


def _ending(view: WatchView, pen: Pen) -> tuple[str, ...]:
    if not is_legal(view) or view.watch.state is not WatchState.OPEN:
        return ()
    return (pen.say("watch.next.ahead" if view.today < view.watch.on else "watch.next.daily"),)
