"""Everything about one contract on one card."""

from microsoft_teams.cards import CardElement, ColumnSet

from cards.answers import stamp
from cards.blocks import alarm, facts, finish, heading, paragraph, small
from cards.buttons import execute
from cards.card import Card
from cards.followup_words import is_late, state, timing
from cards.light_words import light_block
from cards.pen import Pen, card_pen, text_pen
from cards.rows import row
from cards.views import ContractView, DeviationLine, FollowupView, WatchView
from domain.contract import RenewalKind
from domain.people import Language
from domain.urgency import is_current

_MOST_LISTED = 5
"""Of each kind; the lists of their own hold the rest."""


def contract_card(view: ContractView, language: Language) -> Card:
    """The contract's facts, what is planned, which dates are watched and what has gone wrong."""
    pen, contract = card_pen(language, view.as_of.date()), view.contract
    body: list[CardElement] = [
        heading(pen.quote(contract.title)),
        small(stamp(_filter(view, pen), pen.texts.count("answers.count", 1), view.as_of, pen)),
        *([light_block(view.light, pen.texts)] if view.light else []),
        *(alarm(pen.say(f"answers.contract.flag.{flag}")) for flag in view.flags),
        facts(_facts(view, pen)),
        heading(_how_many(view, pen), is_main=False),
        *(_followup(of, pen) for of in view.followups[:_MOST_LISTED]),
        *_last(view, pen),
        *_dates(view, pen),
        heading(pen.texts.count("answers.contract.deviations", len(view.deviations)), is_main=False),
        *(_deviation(of, pen) for of in view.deviations[:_MOST_LISTED]),
        *_left_out(view, pen),
        small(pen.say("answers.contract.hint")),
    ]
    plain_pen = text_pen(language, view.as_of.date())
    line = pen.say("answers.contract.line", number=contract.contract_number, title=plain_pen.quote(contract.title))
    rights = execute(pen.say("sanction.rights"), "rights.show", contract.contract_id, contract.version)
    return finish(body, [rights], line, language=language)


def _facts(view: ContractView, pen: Pen) -> list[tuple[str, str]]:
    contract = view.contract
    missing = pen.say("answers.contract.missing")
    end = pen.full_day(contract.end_on) if contract.end_on else pen.say("followup.fact.open_ended")
    rows = [
        ("number", contract.contract_number),
        ("supplier", contract.supplier_names),
        ("department", contract.department or ""),
        ("owner", view.owner_name or missing),
        ("manager", view.manager_name or missing),
        ("deputy", view.deputy_name or ""),
    ]
    said = [(pen.say(f"answers.contract.fact.{name}"), pen.quote(value, most=400)) for name, value in rows]
    state_ = pen.say(f"answers.contract.state.{contract.state_on(view.as_of.date())}")
    dated = [
        ("class", pen.class_name(contract.contract_class)),
        ("state", state_),
        ("period", pen.say("answers.contract.period", start=pen.full_day(contract.start_on), end=end)),
        ("renewal", _renewal(view, pen)),
        ("notice", _notice(view, pen)),
        ("value", pen.texts.money(float(contract.annual_value_sek)) if contract.annual_value_sek is not None else ""),
    ]
    return [*said, *((pen.say(f"answers.contract.fact.{name}"), value) for name, value in dated)]


def _renewal(view: ContractView, pen: Pen) -> str:
    renewal = view.contract.renewal
    if renewal.kind is RenewalKind.OPTION:
        return pen.texts.count("answers.contract.renewal.option", renewal.count, months=renewal.months)
    return pen.say(f"answers.contract.renewal.{renewal.kind}")


def _notice(view: ContractView, pen: Pen) -> str:
    if view.notice_deadline is None:
        return ""
    day = pen.full_day(view.notice_deadline)
    if view.notice_is_assumed:
        return pen.say("watch.deadline.assumed", day=day)
    is_automatic = view.contract.renewal.kind is RenewalKind.AUTOMATIC
    return pen.say("answers.contract.notice_automatic" if is_automatic else "answers.contract.notice", day=day)


def _how_many(view: ContractView, pen: Pen) -> str:
    """What is to be done now is open; what is due much later is planned."""
    open_ = sum(is_current(of.followup, view.as_of.date()) for of in view.followups)
    planned = len(view.followups) - open_
    told = pen.texts.count("answers.contract.followups", open_)
    return f"{told}, {pen.texts.count('answers.contract.planned', planned)}" if planned else told


def _followup(view: FollowupView, pen: Pen) -> ColumnSet:
    name = f"{pen.activity(view.followup.activity)} · {state(view, pen)}"
    button = execute(pen.say("letters.open"), "followup.open", view.followup.followup_id, view.followup.version)
    button.tooltip = f"{pen.say('letters.open')}: {name}"
    return row(name, timing(view, pen), is_alarming=is_late(view), button=button)


def _last(view: ContractView, pen: Pen) -> list[CardElement]:
    day = view.last_followup_on
    return [
        small(pen.say("answers.contract.last", day=pen.full_day(day)) if day else pen.say("answers.contract.never"))
    ]


def _dates(view: ContractView, pen: Pen) -> list[CardElement]:
    if not view.watches:
        return []
    rows = [_date_row(of, pen) for of in view.watches[:_MOST_LISTED]]
    return [heading(pen.say("answers.contract.dates"), is_main=False), facts(rows)]


def _date_row(view: WatchView, pen: Pen) -> tuple[str, str]:
    state_ = pen.say(f"answers.contract.watch_state.{view.watch.state}")
    return pen.say(f"watch.kind.{view.watch.kind}"), f"{pen.full_day(view.watch.on)} · {state_}"


def _deviation(of: DeviationLine, pen: Pen) -> ColumnSet:
    severity = pen.say(f"letters.severity.{of.severity}")
    due = pen.say("answers.contract.deadline", day=pen.full_day(of.deadline_on)) if of.deadline_on else ""
    past = pen.say("answers.contract.past") if of.is_past_deadline else ""
    line = " · ".join(part for part in (severity, due, past) if part)
    button = execute(pen.say("letters.open"), "deviation.open", of.deviation_id, of.version)
    button.tooltip = f"{pen.say('letters.open')}: {of.number}"
    return row(f"{of.number} · {pen.quote(of.headline)}", line, is_alarming=of.is_past_deadline, button=button)


def _filter(view: ContractView, pen: Pen) -> str:
    return pen.say("answers.contract.filter", number=view.contract.contract_number)


def _left_out(view: ContractView, pen: Pen) -> list[CardElement]:
    left = max(len(view.followups) - _MOST_LISTED, 0) + max(len(view.deviations) - _MOST_LISTED, 0)
    return [paragraph(pen.texts.count("answers.contract.left", left))] if left else []
