"""What is said in a letter about a deviation, about oneself the first time, and in short notes between people."""

from datetime import date

from cards.passage import Opening, Passage
from cards.passivity_words import silence_facts, silence_words
from cards.pen import Pen
from domain.deviation import Deviation
from domain.letter import DeviationItem, Letter, NoteItem, WelcomeItem
from domain.notice import NoticeKind

_QUOTED = 500
"""What people wrote is quoted up to here; the whole text is one press away."""


def welcome_passage(item: WelcomeItem, letter: Letter, pen: Pen) -> Passage:
    """Whose rule this is, why you, what will come, what is saved and may be released, whom to ask, how to pause."""
    contact = pen.quote(item.contact_name) if item.contact_name else pen.say("people.the_role.controller")
    organisation = pen.quote(item.organisation)
    part = "welcome" if item.has_part else "greeting"
    return Passage(
        heading=pen.say("letters.welcome.heading", name=first_name(letter, pen)),
        body=(
            pen.say(f"letters.{part}.why", organisation=organisation),
            pen.say(f"letters.{part}.what"),
            pen.say("letters.welcome.report"),
            pen.say(f"letters.{part}.saved", organisation=organisation),
            pen.say(f"letters.{part}.pause", contact=contact),
        ),
        ending=(pen.say("letters.welcome.start"),),
    )


def deviation_passage(item: DeviationItem, pen: Pen) -> Passage:
    """A deviation as somebody is told of it.

    The reporter's own copy holds their words and no contract: only those with a part in a contract see it.
    """
    deviation, opening = item.deviation, _opening_line(item, pen)
    opens = Opening(verb="deviation.open", subject=deviation.deviation_id, rev=deviation.version)
    if item.kind is NoticeKind.DEVIATION_PROGRESS:
        facts = _what_happened(deviation, pen)
        brief = " · ".join((deviation.number or "", _own_words(deviation, pen)))
        return Passage(heading=_deviation_heading(item, pen), body=(opening,), brief=brief, facts=facts, opens=opens)
    title = pen.quote(item.contract.title) if item.contract else ""
    silence = silence_words(item.days_untold, item.days_undecided, pen)
    told = (deviation.number or "", title, _severity(deviation, pen), _own_words(deviation, pen), *silence)
    return Passage(
        heading=_deviation_heading(item, pen),
        timing=_deadline(item, pen),
        is_late=_is_late(item, pen),
        body=tuple(line for line in (opening, _proposal(item, pen)) if line),
        brief=" · ".join(part for part in told if part),
        facts=_deviation_facts(item, pen),
        opens=opens,
    )


def note_passage(item: NoteItem, pen: Pen) -> Passage:
    """A short note, in the sentence its sender chose, about a follow-up or a contract."""
    contract = item.contract
    title = pen.quote(contract.title) if contract else ""
    activity = pen.activity(item.followup.activity) if item.followup else ""
    about = pen.say("letters.note.about", activity=activity, title=title) if activity and title else activity or title
    kind = pen.say(f"letters.note.{item.kind}") if pen.texts.knows(f"letters.note.{item.kind}") else ""
    values = {name: _value(name, value, pen) for name, value in item.values}
    return Passage(
        heading=pen.say("letters.note.heading", kind=kind, about=about) if kind and about else kind or about,
        body=(pen.say(item.text_key, **({"title": title, "activity": activity} | values)),),
        brief=pen.brief(contract) if contract else "",
        opens=_note_opening(item, pen),
    )


def _value(name: str, value: str, pen: Pen) -> str:
    """What a note fills its sentence with; `day` is an ISO date, said in the reader's language."""
    return pen.day(date.fromisoformat(value)) if name == "day" else pen.quote(value, most=_QUOTED)


def first_name(letter: Letter, pen: Pen) -> str:
    """`Maria`; somebody known by mail address only is greeted by what stands before the @."""
    name = letter.recipient.name.strip() or letter.recipient.mail
    return pen.quote(name.split("@")[0] if "@" in name else name.split()[0], most=40)


def _deviation_heading(item: DeviationItem, pen: Pen) -> str:
    if not item.type_name:
        return pen.say("letters.deviation.heading", number=item.deviation.number or "")
    return pen.say("letters.deviation.heading_type", type=pen.quote(item.type_name))


def _opening_line(item: DeviationItem, pen: Pen) -> str:
    deviation = item.deviation
    key = item.text_key if pen.texts.knows(item.text_key) else f"letters.deviation.kind.{item.kind}"
    return pen.say(
        key,
        number=deviation.number or "",
        title=pen.quote(item.contract.title) if item.contract else "",
        supplier=pen.quote(item.contract.supplier_names) if item.contract else "",
        type=pen.quote(item.type_name or ""),
        severity=_severity(deviation, pen),
        place=pen.quote(deviation.location or ""),
        deadline=pen.day(item.deadline_on) if item.deadline_on else "",
        **{name: _value(name, value, pen) for name, value in item.values},
    )


def _proposal(item: DeviationItem, pen: Pen) -> str:
    """The step that is proposed, and who decides: *du* only to those who do."""
    if item.deviation.proposed_step is None:
        return ""
    step = pen.say(f"letters.deviation.step.{item.deviation.proposed_step}")
    if item.decider_name:
        return pen.say("letters.deviation.proposal_other", step=step, name=pen.people(item.decider_name))
    return pen.say("letters.deviation.proposal", step=step)


def _deviation_facts(item: DeviationItem, pen: Pen) -> tuple[tuple[str, str], ...]:
    deviation, contract = item.deviation, item.contract
    of = pen.quote(f"{contract.contract_number} {contract.title}") if contract else ""
    return (
        *_what_happened(deviation, pen),
        (pen.say("letters.deviation.fact.severity"), _severity(deviation, pen)),
        (pen.say("followup.fact.contract"), of),
        (pen.say("followup.fact.supplier"), pen.quote(contract.supplier_names) if contract else ""),
        *silence_facts(item.days_untold, item.days_undecided, pen),
    )


def _what_happened(deviation: Deviation, pen: Pen) -> tuple[tuple[str, str], ...]:
    since = deviation.occurred_from
    return (
        (pen.say("letters.deviation.fact.number"), deviation.number or ""),
        (pen.say("letters.deviation.fact.what"), pen.quote(deviation.description, most=_QUOTED)),
        (pen.say("letters.deviation.fact.where"), pen.quote(deviation.location or "")),
        (pen.say("letters.deviation.fact.when"), pen.full_day(since) if since else ""),
    )


def _own_words(deviation: Deviation, pen: Pen) -> str:
    return pen.say("letters.deviation.own_words", words=pen.quote(deviation.description, most=120))


def _is_late(item: DeviationItem, pen: Pen) -> bool:
    return item.deadline_on is not None and pen.today > item.deadline_on


def _deadline(item: DeviationItem, pen: Pen) -> str | None:
    if item.deadline_on is None:
        return None
    key = "letters.deviation.late" if _is_late(item, pen) else "letters.deviation.due"
    return pen.say(key, day=pen.day(item.deadline_on))


def _severity(deviation: Deviation, pen: Pen) -> str:
    return pen.say(f"letters.severity.{deviation.severity}") if deviation.severity else ""


def _note_opening(item: NoteItem, pen: Pen) -> Opening | None:
    if item.followup:
        return Opening(verb="followup.open", subject=item.followup.followup_id, rev=item.followup.version)
    if item.contract:
        words = pen.say("answers.command.contract", number=item.contract.contract_number)
        return Opening(verb="answers.say", subject=words)
    return None
