"""The sanctions a contract gives in one case, each with today's answer; shown to people, never chosen for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.blocks import alarm, choices, facts, finish, heading, paragraph, section, small
from cards.buttons import execute
from cards.card import Card
from cards.forms import form, line, required_day, required_text
from cards.pen import Pen, card_pen, text_pen
from cards.rights_words import answer_words, right_line, right_name
from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract import Contract
from domain.contract_right import NEEDS_DECISION, TIME_LIMITS, ContractRight, RightKind
from domain.deviation import Deviation
from domain.people import Language
from domain.sanction import SanctionGiven, is_valid

ALL: Final = "all"
"""In the field *Vilken påföljd?*: every one that waits for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """An answer somebody has proposed."""

    kind: RightKind
    given: SanctionGiven
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionsView:
    """A case's sanctions as one person sees them."""

    deviation: Deviation
    contract: Contract | None
    rights: tuple[ContractRight, ...]
    decisions: tuple[SanctionDecision, ...]
    undecided: tuple[ContractRight, ...]
    today: date
    days_waited: int = 0
    needs_answers: bool = True
    may_decide: bool = False
    may_propose: bool = False
    proposals: tuple[ProposalLine, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Mail address to name, of those who have decided."""
    owner_name: str | None = None
    was_proposed: bool = False
    is_before_closing: bool = False
    """Somebody tried to close the case: say first which rights wait."""


def sanctions_card(view: SanctionsView, language: Language) -> Card:
    """Each right with its clause, its terms and its answer, and the three answers as forms for whoever may give them."""
    pen, plain_pen = card_pen(language, view.today), text_pen(language, view.today)
    number = view.deviation.number or ""
    body: list[CardElement] = [
        heading(pen.say("sanction.title", number=number)),
        *_first(view, pen),
        *_rights(view, pen),
        *_beside(view, pen),
        *_last(view, pen),
    ]
    waiting = len(view.undecided) if view.needs_answers else 0
    summary = plain_pen.say("sanction.summary", number=number, waiting=waiting)
    return finish(body, list(_buttons(view, pen)), summary, language=language)


def _first(view: SanctionsView, pen: Pen) -> Iterator[CardElement]:
    if view.is_before_closing:
        names = ", ".join(_with_clause(right, pen) for right in view.undecided)
        yield alarm(pen.say("sanction.before_closing", number=view.deviation.number or "", rights=names))
    if view.was_proposed:
        yield paragraph(pen.say("sanction.proposed_sent"), is_bold=True)
    if view.contract is None:
        yield paragraph(pen.say("sanction.no_contract"))
    elif not _answerable(view):
        yield paragraph(pen.say("sanction.none"))
        yield small(pen.say("sanction.none_typed", number=pen.quote(view.contract.contract_number)))
    else:
        yield small(pen.say("sanction.lead"))
        if not view.needs_answers and view.deviation.is_open:
            yield small(pen.say("sanction.not_needed"))


def _rights(view: SanctionsView, pen: Pen) -> Iterator[CardElement]:
    decided = {decision.kind: decision for decision in view.decisions}
    proposed = {proposal.kind: proposal for proposal in view.proposals}
    for right in _answerable(view):
        items: list[CardElement] = [paragraph(_named(right, pen), is_bold=True)]
        items.append(paragraph(_answer(right, decided.get(right.kind), view, pen)))
        proposal = proposed.get(right.kind)
        if proposal is not None:
            name = pen.quote(proposal.by_name, most=60)
            items.append(paragraph(pen.say("sanction.proposed", name=name, answer=answer_words(proposal.given, pen))))
        yield section(items)


def _answer(right: ContractRight, decision: SanctionDecision | None, view: SanctionsView, pen: Pen) -> str:
    waits = right in view.undecided and view.needs_answers and view.days_waited
    waited = f". {pen.texts.count('sanction.waited', view.days_waited)}" if waits else ""
    if decision is None:
        return f"{pen.say('sanction.unanswered')}{waited}."
    if not is_valid(decision, view.today):
        day = pen.full_day(decision.reserved_until) if decision.reserved_until else ""
        return f"{pen.say('sanction.ran_out', day=day)}{waited}."
    given = SanctionGiven(
        answer=decision.answer,
        reason=decision.reason,
        reserved_until=decision.reserved_until,
        reference=decision.reference or "",
        amount_sek=decision.amount_sek,
    )
    name = pen.quote(view.names.get(decision.decided_by, decision.decided_by), most=60)
    day = pen.full_day(decision.decided_at.date())
    return pen.say("sanction.answered", answer=answer_words(given, pen), name=name, day=day)


def _beside(view: SanctionsView, pen: Pen) -> Iterator[CardElement]:
    """Rights that no silence loses, and the contract's own time limits."""
    others = [right for right in view.rights if right.kind not in NEEDS_DECISION]
    for key, kinds in (("also", frozenset(RightKind) - TIME_LIMITS), ("limits", TIME_LIMITS)):
        rows = [(right_name(right.kind, pen), right_line(right, pen) or "–") for right in others if right.kind in kinds]
        if rows:
            yield heading(pen.say(f"sanction.{key}"), is_main=False)
            yield facts(rows)


def _last(view: SanctionsView, pen: Pen) -> Iterator[CardElement]:
    if view.may_propose and _answerable(view):
        has_owner = view.owner_name is not None
        name = pen.quote(view.owner_name or "", most=60)
        yield small(pen.say("sanction.who_owner", name=name) if has_owner else pen.say("sanction.who_nobody"))
    if _answerable(view) and (view.may_decide or view.may_propose):
        right = right_name(_answerable(view)[0].kind, pen).lower()
        yield small(pen.say("sanction.typed", number=view.deviation.number or "", right=right))


def _named(right: ContractRight, pen: Pen) -> str:
    said = right_line(right, pen)
    name = right_name(right.kind, pen)
    return f"{name} · {said}" if said else name


def _with_clause(right: ContractRight, pen: Pen) -> str:
    name = right_name(right.kind, pen)
    return f"{name} ({pen.quote(right.clause)})" if right.clause else name


def _answerable(view: SanctionsView) -> tuple[ContractRight, ...]:
    return tuple(right for right in view.rights if right.kind in NEEDS_DECISION)


def _buttons(view: SanctionsView, pen: Pen) -> Iterator[Action]:
    deviation = view.deviation
    if _answerable(view) and (view.may_decide or view.may_propose):
        yield from _answers(view, pen)
    if view.contract is not None:
        contract = view.contract
        yield execute(pen.say("sanction.rights"), "rights.show", contract.contract_id, contract.version)
    subject = f"deviation:{deviation.deviation_id}"
    yield execute(pen.say("sanction.back"), "case.open", subject, deviation.version)


def _answers(view: SanctionsView, pen: Pen) -> Iterator[Action]:
    for answer in SanctionAnswer:
        key = answer.value if view.may_decide else f"propose_{answer.value}"
        send = execute(
            pen.say("sanction.send" if view.may_decide else "sanction.send_proposal"),
            f"sanction.{answer.value}",
            f"deviation:{view.deviation.deviation_id}",
            view.deviation.version,
        )
        fields = [_which(answer, view, pen), *_fields(answer, view, pen)]
        yield form(pen.say(f"sanction.button.{key}"), pen.say(f"sanction.form.{answer.value}"), fields, send)


def _which(answer: SanctionAnswer, view: SanctionsView, pen: Pen) -> CardElement:
    waiting = {right.kind for right in view.undecided}
    rights = sorted(_answerable(view), key=lambda right: right.kind not in waiting)
    options = [(right.kind.value, _with_clause(right, pen)) for right in rights]
    if len(waiting) > 1:
        options.append((ALL, pen.say("sanction.field.all")))
    return choices(f"{answer.value}:right", pen.say("sanction.field.right"), options, value=options[0][0])


def _fields(answer: SanctionAnswer, view: SanctionsView, pen: Pen) -> Iterator[CardElement]:
    match answer:
        case SanctionAnswer.YES:
            yield line(pen, "yes:reference", "sanction.field.reference", is_required=True)
            yield line(pen, "yes:amount", "sanction.field.amount")
            yield line(pen, "yes:reason", "sanction.field.note")
        case SanctionAnswer.NO:
            yield required_text(pen, "no:reason", "sanction.field.reason")
        case SanctionAnswer.RESERVED:
            tomorrow = view.today + timedelta(days=1)
            yield required_day(pen, "reserved:until", "sanction.field.until", earliest=tomorrow)
            yield line(pen, "reserved:reason", "sanction.field.note")
