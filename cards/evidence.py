"""Photos, files and links of a case: whether to keep one, what was kept, and all there is beside what was reported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.blocks import finish, heading, numbered, paragraph, small
from cards.buttons import execute
from cards.card import Card
from cards.pen import Pen, card_pen
from domain.case_file import CaseFile, Evidence, EvidenceKind, Sighting
from domain.deviation import Deviation, DeviationState
from domain.people import Language
from domain.twins import Recount

TAKEN: Final = "evidence.take"
LEFT: Final = "evidence.leave"
"""The two answers to a file that is offered."""
_MOST_BUTTONS: Final = 3
_MOST_ROWS: Final = 20
_KILO: Final = 1024
_WORDS: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """What a case or a draft has gathered, as one person sees it."""

    deviation: Deviation
    file: CaseFile
    today: date
    names: Mapping[str, str] = field(default_factory=dict)
    """Names by mail address."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Numbers of cases that were merged into this one, by id."""
    report_count: int = 1
    recount: Recount | None = None
    """What the reports add up to, where it is more than the case says."""
    may_change: bool = False
    """Whether the reader may merge, divide and count anew."""


def ask_card(deviation: Deviation, language: Language, *, today: date) -> Card:
    """Whether what was sent is to be kept, with what to look for first."""
    pen = card_pen(language, today)
    title = pen.say("evidence.ask.title")
    where = pen.say("evidence.ask.case", number=deviation.number) if deviation.number else pen.say("evidence.ask.draft")
    body = [heading(title), paragraph(where), paragraph(pen.say("evidence.ask.remind"))]
    body.append(small(pen.say("evidence.ask.typed")))
    subject, rev = f"deviation:{deviation.deviation_id}", deviation.version
    actions: list[Action] = [
        execute(pen.say("evidence.ask.keep"), "evidence.keep", subject, rev, style="positive"),
        execute(pen.say("evidence.ask.drop"), "evidence.drop", subject, rev),
    ]
    return finish(body, actions, title, language=language)


def which_card(targets: Sequence[Deviation], language: Language, *, today: date) -> Card:
    """Which draft or case it is about."""
    pen = card_pen(language, today)
    title = pen.say("evidence.ask.title_which")
    if not targets:
        return finish([heading(title), paragraph(pen.say("evidence.ask.none"))], [], title, language=language)
    body: list[CardElement] = [
        heading(title),
        numbered(_target(one, pen) for one in targets),
        small(pen.say("evidence.ask.typed_which")),
    ]
    actions: list[Action] = [
        execute(_target(one, pen, most=40), "evidence.put", f"deviation:{one.deviation_id}", one.version)
        for one in targets
    ]
    return finish(body, actions, title, language=language)


def _target(deviation: Deviation, pen: Pen, *, most: int = 80) -> str:
    words = pen.quote(deviation.description, most=most)
    if deviation.number:
        return pen.say("evidence.ask.which_case", number=deviation.number, words=words)
    return pen.say("evidence.ask.which_draft", words=words)


def kept_card(
    deviation: Deviation,
    language: Language,
    *,
    today: date,
    kept: Sequence[str] = (),
    repeated: Sequence[str] = (),
    refused: Sequence[tuple[str, str]] = (),
) -> Card:
    """What was kept, what was there already, and what could not be kept and why: nothing disappears in silence."""
    pen = card_pen(language, today)
    title = pen.say("evidence.kept.title" if kept or repeated else "evidence.kept.none")
    body: list[CardElement] = [heading(title)]
    if kept:
        body.append(paragraph(pen.say("evidence.kept.saved", names=pen.people(kept))))
    if repeated:
        body.append(paragraph(pen.say("evidence.kept.repeated", names=pen.people(repeated))))
    unnamed = pen.say("evidence.not_kept.unnamed")
    body += [paragraph(pen.say(f"evidence.not_kept.{why}", name=pen.quote(name) or unnamed)) for name, why in refused]
    if deviation.number:
        body.append(small(pen.say("evidence.kept.typed", number=deviation.number)))
    return finish(body, [], title, language=language)


def dropped_card(language: Language) -> Card:
    pen = card_pen(language, date.min)
    title = pen.say("evidence.dropped.title")
    return finish([heading(title), paragraph(pen.say("evidence.dropped.line"))], [], title, language=language)


def offered_card(name: str, language: Language) -> Card:
    """A file on its way to somebody who may see its case."""
    pen = card_pen(language, date.min)
    title = pen.say("evidence.offer.title", name=pen.quote(name))
    return finish([heading(title), paragraph(pen.say("evidence.offer.line"))], [], title, language=language)


def answered_card(language: Language, *, is_taken: bool) -> Card:
    pen = card_pen(language, date.min)
    title = pen.say("evidence.offer.taken" if is_taken else "evidence.offer.left")
    return finish([heading(title)], [], title, language=language)


def evidence_card(view: EvidenceView, language: Language) -> Card:
    """Who has reported it, when and where, and every photo, file and link, numbered as they are typed."""
    pen = card_pen(language, view.today)
    number = view.deviation.number or ""
    title = pen.say("evidence.list.title", number=number) if number else pen.say("evidence.list.title_draft")
    body: list[CardElement] = [heading(title), *_reports(view, pen)]
    body.append(heading(pen.say("evidence.list.evidence"), is_main=False))
    if view.file.evidence:
        body.append(numbered(_row(one, view, pen) for one in view.file.evidence[:_MOST_ROWS]))
    else:
        body.append(paragraph(pen.say("evidence.list.none")))
    if number:
        body.append(small(pen.say("evidence.list.typed", number=number)))
    return finish(body, list(_buttons(view, pen)), title, language=language)


def _reports(view: EvidenceView, pen: Pen) -> Iterator[CardElement]:
    deviation = view.deviation
    if not deviation.number:
        return
    yield heading(pen.say("evidence.list.reports"), is_main=False)
    yield paragraph(pen.texts.count("drafting.reporters", view.report_count))
    lines = [_report(one, view, pen) for one in view.file.sightings[:_MOST_ROWS]]
    if lines:
        yield numbered(lines)
    if view.recount is not None:
        severity = pen.say(f"deviation.severity.{view.recount.severity.value}")
        yield paragraph(
            pen.say("joining.recount", times=view.recount.occurrences, severity=severity),
            is_bold=True,
        )
        yield small(pen.say("joining.recount_typed", number=deviation.number))
    if view.may_change:
        yield small(pen.say("joining.typed", number=deviation.number))


def _report(sighting: Sighting, view: EvidenceView, pen: Pen) -> str:
    when = pen.day(sighting.occurred_from) if sighting.occurred_from else ""
    place = pen.quote(sighting.location or "", most=60)
    line = pen.say(
        "evidence.list.report",
        who=pen.quote(view.names.get(sighting.reported_by, sighting.reported_by)),
        day=pen.say("evidence.list.report_place", place=place, when=when) if place and when else when or place,
        words=pen.quote(sighting.words, most=_WORDS),
    )
    origin = view.numbers.get(sighting.merged_from or "")
    line = line.rstrip(": ")
    return f"{line} {pen.say('evidence.list.merged_from', number=origin)}" if origin else line


def _row(evidence: Evidence, view: EvidenceView, pen: Pen) -> str:
    who = pen.quote(view.names.get(evidence.added_by, evidence.added_by))
    day = pen.day(evidence.added_at.date())
    if evidence.kind is EvidenceKind.LINK:
        return pen.say("evidence.list.row_link", url=pen.quote(evidence.url or "", most=300), day=day, who=who)
    size = _size(evidence.size_bytes, pen)
    return pen.say("evidence.list.row", name=pen.quote(evidence.name), size=size, day=day, who=who)


def _size(size_bytes: int, pen: Pen) -> str:
    kilo = max(1, round(size_bytes / _KILO))
    if kilo < _KILO:
        return f"{kilo} kB"
    mega = f"{kilo / _KILO:.1f}"
    return f"{mega.replace('.', ',') if pen.texts.language is Language.SV else mega} MB"


def _buttons(view: EvidenceView, pen: Pen) -> Iterator[Action]:
    deviation = view.deviation
    if view.recount is not None and view.may_change:
        subject = f"deviation:{deviation.deviation_id}"
        yield execute(pen.say("joining.button.recount"), "case.recount", subject, deviation.version, style="positive")
    for number, one in enumerate(view.file.evidence[:_MOST_BUTTONS], start=1):
        if one.kind is not EvidenceKind.LINK:
            title = pen.say("evidence.list.fetch", number=number)
            yield execute(title, "evidence.show", f"evidence:{one.evidence_id}", deviation.version)
    if view.may_change and deviation.state is DeviationState.REGISTERED:
        subject = f"deviation:{deviation.deviation_id}"
        yield execute(pen.say("joining.button.merge_which"), "case.merge", subject, deviation.version)
    if deviation.number:
        subject = f"deviation:{deviation.deviation_id}"
        yield execute(pen.say("case.file.open"), "case.open", subject, deviation.version)
