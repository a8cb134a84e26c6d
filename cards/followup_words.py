"""What is said about a follow-up: to the one who should answer, and to those told when nobody has."""

from cards.passage import Opening, Passage
from cards.pen import Pen
from cards.views import FollowupView
from domain.followup import Activity, FollowupState

_REMINDERS = frozenset({"N0", "N1", "N2"})


def headline(view: FollowupView, pen: Pen) -> str:
    """`Kvartalsuppföljning: Rullstolar`."""
    activity = pen.activity(view.followup.activity)
    return pen.say("followup.headline", activity=activity, title=pen.quote(view.contract.title))


def summary(view: FollowupView, pen: Pen) -> str:
    """The line of the notification: what, and when."""
    return f"{headline(view, pen)}. {timing(view, pen)}"


def item_passage(view: FollowupView, pen: Pen) -> Passage:
    """The follow-up as its own card says it: what, when, why, how long, and what happens next."""
    return Passage(
        heading=headline(view, pen),
        timing=timing(view, pen),
        is_late=is_late(view),
        body=(pen.say(f"activity.why.{view.followup.activity}"), *_progress(view, pen)),
        brief=pen.brief(view.contract),
        facts=_facts(view, pen),
        ending=tuple(line for line in (time_needed(view, pen), next_step(view, pen)) if line),
        opens=_opening(view),
    )


def told_passage(view: FollowupView, pen: Pen, *, to: str) -> Passage:
    """The follow-up as the owner (`to="owner"`) or the controller hears of it when nobody has answered.

    The manager reads the same words, so they hold facts and an offer of help, and no blame.
    """
    return Passage(
        heading=headline(view, pen),
        timing=timing(view, pen),
        is_late=is_late(view),
        body=_told(view, pen, to),
        brief=pen.brief(view.contract),
        facts=_facts(view, pen),
        ending=tuple(line for line in (next_step(view, pen),) if line),
        opens=_opening(view),
    )


def reported_passage(view: FollowupView, pen: Pen, *, to: str, told_name: str | None) -> Passage:
    """The manager's copy of what was said to the owner or the controller."""
    told = told_passage(view, pen, to=to)
    role = pen.say(f"people.role.{to}")
    named = pen.say("people.name_and_role", name=pen.people(told_name), role=role) if told_name else ""
    who = named or pen.say(f"people.the_role.{to}")
    return Passage(
        heading=told.heading,
        timing=told.timing,
        is_late=told.is_late,
        body=(
            pen.say("followup.reported.before", who=who),
            pen.say("followup.reported.line", line=" ".join(told.body)),
            pen.say("followup.reported.after"),
        ),
        brief=told.brief,
        facts=told.facts,
        opens=told.opens,
    )


def timing(view: FollowupView, pen: Pen) -> str:
    """When it should be done, or since when it is late; never as coming once it has passed."""
    kind = "decision" if view.followup.activity is Activity.EXTENSION_DECISION else "followup"
    day = pen.day(view.followup.due_on)
    if not is_late(view):
        return pen.say(f"followup.due.{kind}", day=day)
    late = pen.say(f"followup.late.{kind}", day=day)
    if view.days_late < 1:
        return f"{late}."
    return f"{late}, {pen.texts.count('followup.days_ago', view.days_late)}."


def is_late(view: FollowupView) -> bool:
    return view.today > view.followup.due_on


def time_needed(view: FollowupView, pen: Pen) -> str:
    """Time in the chat and for preparation; empty when neither is known."""
    here = pen.say("followup.time.here", time=pen.duration(view.minutes)) if view.minutes else ""
    before = pen.say("followup.time.before", time=pen.duration(view.preparation_minutes))
    return " ".join(part for part in (here, before if view.preparation_minutes else "") if part)


def next_step(view: FollowupView, pen: Pen) -> str:
    """What happens if nobody answers: the day of the next rung, and who is told."""
    rung = view.next_rung
    if not view.followup.is_open:
        return ""
    if rung is None:
        return pen.say("followup.next.none")
    day = pen.day(rung.on)
    if rung.level in _REMINDERS:
        return pen.say("followup.next.reminder", day=day)
    to = "owner" if rung.level == "N3" else "controller"
    if rung.name is None:
        return pen.say(f"followup.next.{to}_vacant", day=day)
    return pen.say(f"followup.next.{to}", day=day, name=pen.people(rung.name))


def state(view: FollowupView, pen: Pen) -> str:
    """Where it stands, in a word or two: `Påbörjad`, `Framflyttad till måndag 15 mars`."""
    followup = view.followup
    until = followup.snoozed_until
    if followup.is_open and until is not None and until > view.today:
        return pen.say("followup.state.snoozed", day=pen.day(until))
    if followup.state is FollowupState.IN_PROGRESS and followup.is_paused:
        return pen.say("followup.state.paused")
    return pen.say(f"followup.state.{followup.state}")


def _told(view: FollowupView, pen: Pen, to: str) -> tuple[str, ...]:
    kind = "decision" if view.followup.activity is Activity.EXTENSION_DECISION else "followup"
    waits = pen.say(f"followup.told.waits.{kind}")
    if not view.manager_name:
        return waits, pen.say("followup.told.no_manager")
    manager = pen.quote(view.manager_name)
    owner_knows = to == "controller" and view.contract.owner_mail is not None
    shared = pen.say("followup.told.shared", manager=manager)
    return (
        waits,
        pen.say(f"followup.told.{to}", manager=manager),
        f"{pen.say('followup.told.owner_knows')} {shared}" if owner_knows else shared,
    )


def _progress(view: FollowupView, pen: Pen) -> tuple[str, ...]:
    if view.followup.state is not FollowupState.IN_PROGRESS or not view.question_count:
        return ()
    return (pen.say("followup.progress", answered=view.answered_count, all=view.question_count),)


def _facts(view: FollowupView, pen: Pen) -> tuple[tuple[str, str], ...]:
    contract = view.contract
    end = pen.full_day(contract.end_on) if contract.end_on else pen.say("followup.fact.open_ended")
    return (
        (pen.say("followup.fact.contract"), pen.quote(contract.contract_number)),
        (pen.say("followup.fact.supplier"), pen.quote(contract.supplier_names)),
        (pen.say("followup.fact.class"), pen.class_name(contract.contract_class)),
        (pen.say("followup.fact.end"), end),
    )


def _opening(view: FollowupView) -> Opening:
    return Opening(verb="followup.open", subject=view.followup.followup_id, rev=view.followup.version)
