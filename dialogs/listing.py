"""One answer with many rows: read, cut to a card, and remembered so that its numbers and *mer* mean what was seen."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from cards.answers import MOST_ROWS, answer_card
from cards.card import Card
from cards.deviation_list import list_card
from cards.deviation_views import DeviationListView, DeviationRow
from cards.question_rows import contract_row, decision_row, expiring_row, late_row, unclassified_row, vacant_row
from cards.questions import Question, question_view
from cards.silence_rows import sanction_row, silence_row, sums_line
from cards.views import AnswerRow, AnswerView
from dialogs.at_hand import whose
from dialogs.further_lists import BETWEEN, EVER, FURTHER, days_of, narrowing
from dialogs.paging import Place, period_of
from dialogs.turn import Reply, Turn, say
from domain.case_file import SanctionAnswer
from domain.contract import Contract, ContractClass
from usecases.questions.asking import Answer
from usecases.questions.list_decisions import WaitingDate, list_decisions
from usecases.questions.list_deviations import OpenDeviation, list_deviations
from usecases.questions.list_expiring import ExpiringContract, Window, list_expiring
from usecases.questions.list_gaps import (
    UnclassifiedContract,
    VacantContract,
    list_unclassified,
    list_without_owner,
)
from usecases.questions.list_late import LateFollowup, list_late
from usecases.questions.list_sanctions import AnsweredRight, SanctionRegister, list_sanctions
from usecases.questions.list_silences import Silence, list_silences
from usecases.questions.show_contract import Found, find_contract

_FAR: Final = date(2199, 12, 31)
_OF_CASES: Final = frozenset({"deviations", EVER, BETWEEN})
"""Lists whose rows are cases, drawn as the case says."""
_Read = Callable[[Turn, Place], Awaitable[Answer[Any]]]
_Draw = Callable[[Any, Turn], AnswerRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """How one question is read and its rows are drawn."""

    read: _Read
    draw: _Draw
    note: Callable[[Any, Turn], str] | None = None
    """What the rows come to, said above them."""


async def answered(turn: Turn, place: Place) -> Reply:
    """The answer from the place on; the rows' numbers and *mer* go on from here."""
    if place.question == "contracts":
        about = place.args.get("about", "")
        return listed_contracts(turn, await find_contract(*whose(turn), about), place)
    how = _LISTS[place.question]
    answer = await how.read(turn, place)
    note = how.note(answer, turn) if how.note else None
    return _shown(turn, place, answer, [how.draw(row, turn) for row in answer.rows], note=note)


def listed_contracts(turn: Turn, found: Found, place: Place) -> Reply:
    """Several contracts that some words may mean."""
    answer: Answer[Contract] = Answer(
        rows=found.several,
        as_of=found.as_of,
        today=turn.today,
        is_own=found.is_own,
        has_contracts=found.has_contracts,
    )
    rows = [contract_row(one, turn.language, state=one.state_on(turn.today)) for one in found.several]
    return _shown(turn, place, answer, rows)


def _shown(
    turn: Turn, place: Place, answer: Answer[Any], rows: Sequence[AnswerRow], *, note: str | None = None
) -> Reply:
    here = rows[place.first - 1 : place.first - 1 + MOST_ROWS]
    following = place.first + len(here)
    more = str(place.at(following)) if here and following <= len(rows) else None
    view = question_view(
        _question(place, answer),
        here,
        turn.language,
        count=len(rows),
        first=place.first,
        more_subject=more,
        classes=_classes(place, answer),
    )
    view = replace(view, note=" ".join(filter(None, (view.note, note))) or None)
    chat = replace(
        turn.chat,
        listed=tuple(f"{_kind(row)}:{row.subject}" for row in rows[: following - 1]),
        more=more,
    )
    card = _deviations(view, answer, place, turn) if place.question in _OF_CASES and here else None
    return say(card or answer_card(view, turn.language), chat=chat)


def _kind(row: AnswerRow) -> str:
    return (row.open_verb or "").partition(".")[0]


def _question(place: Place, answer: Answer[Any]) -> Question:
    narrow = narrowing(place)
    since, until = _days_asked(place, answer)
    return Question(
        name=place.question,
        as_of=answer.as_of,
        is_own=answer.is_own,
        has_contracts=answer.has_contracts,
        contract_class=narrow.contract_class,
        about=narrow.about,
        since=since,
        until=until,
    )


def _days_asked(place: Place, answer: Answer[Any]) -> tuple[date | None, date | None]:
    """The days that title and filter name: what has passed runs out no more."""
    if place.question == "sanctions":
        return period_of(place, answer.today)
    if place.question != "expiring":
        return days_of(place, answer.today)
    window = _window(place)
    return max(window.since or answer.today, answer.today), window.until


def _classes(place: Place, answer: Answer[Any]) -> Mapping[ContractClass | None, int] | None:
    """How many of each class, where they are worked off one class at a time."""
    if place.question != "decisions" or place.first > 1:
        return None
    return Counter(row.contract.contract_class for row in answer.rows)


def _deviations(view: AnswerView, answer: Answer[OpenDeviation], place: Place, turn: Turn) -> Card:
    rows = answer.rows[place.first - 1 : place.first - 1 + MOST_ROWS]
    of = DeviationListView(
        rows=tuple(
            DeviationRow(
                deviation=row.deviation,
                contract=row.contract,
                kind=row.kind,
                is_past_deadline=row.is_past_deadline,
            )
            for row in rows
        ),
        count=view.count,
        as_of=view.as_of,
        filter_line=view.filter_line,
        first=view.first,
        more_subject=view.more_subject,
        is_own_only=answer.is_own,
        title=view.title,
    )
    return list_card(of, turn.language)


# ---------------------------------------------------------------- what the place says


def _window(place: Place) -> Window:
    return Window(since=_day(place.args.get("since")), until=_day(place.args.get("until")) or _FAR)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


# ---------------------------------------------------------------- each question


async def _late(turn: Turn, place: Place) -> Answer[LateFollowup]:
    return await list_late(*whose(turn), narrowing(place))


def _late_row(row: LateFollowup, turn: Turn) -> AnswerRow:
    return late_row(row.followup, row.contract, turn.language, days_late=row.days_late, manager_name=row.manager_name)


async def _open_deviations(turn: Turn, place: Place) -> Answer[OpenDeviation]:
    return await list_deviations(*whose(turn), narrowing(place))


def _deviation_row(row: OpenDeviation, _turn: Turn) -> AnswerRow:
    """Only what the numbers need; the case's own list draws the rest."""
    deviation = row.deviation
    return AnswerRow(headline=deviation.number or "", open_verb="deviation.open", subject=deviation.deviation_id)


async def _decisions(turn: Turn, place: Place) -> Answer[WaitingDate]:
    return await list_decisions(*whose(turn), narrowing(place))


def _decision_row(row: WaitingDate, turn: Turn) -> AnswerRow:
    return decision_row(row.watch, row.contract, turn.language)


async def _expiring(turn: Turn, place: Place) -> Answer[ExpiringContract]:
    return await list_expiring(*whose(turn), _window(place), narrowing(place))


def _expiring_row(row: ExpiringContract, turn: Turn) -> AnswerRow:
    return expiring_row(row.contract, row.dates, turn.language, because=row.because, is_decided=row.is_decided)


async def _unclassified(turn: Turn, place: Place) -> Answer[UnclassifiedContract]:
    return await list_unclassified(*whose(turn), narrowing(place))


def _unclassified_row(row: UnclassifiedContract, turn: Turn) -> AnswerRow:
    return unclassified_row(row.contract, turn.language, state=row.state, owner_name=row.owner_name)


async def _without_owner(turn: Turn, place: Place) -> Answer[VacantContract]:
    return await list_without_owner(*whose(turn), narrowing(place))


def _vacant_row(row: VacantContract, turn: Turn) -> AnswerRow:
    return vacant_row(
        row.contract,
        turn.language,
        state=row.state,
        owner=(row.owner_vacancy or "named", row.owner_name or ""),
        manager=(row.manager_vacancy or "named", row.manager_name or ""),
    )


async def _sanctions(turn: Turn, place: Place) -> SanctionRegister:
    since, until = period_of(place, turn.today)
    return await list_sanctions(*whose(turn), since, until, narrowing(place))


def _sanction_row(row: AnsweredRight, turn: Turn) -> AnswerRow:
    return sanction_row(
        row.decision,
        row.deviation,
        row.contract,
        turn.language,
        today=turn.today,
        by_name=row.by_name,
        is_valid=row.is_valid,
    )


def _sums(register: SanctionRegister, turn: Turn) -> str:
    claimed, amounts = register.claimed
    return sums_line(
        turn.language,
        turn.today,
        yes=register.count(SanctionAnswer.YES),
        no=register.count(SanctionAnswer.NO),
        reserved=register.count(SanctionAnswer.RESERVED),
        undecided=register.undecided,
        claimed=claimed,
        amounts=amounts,
    )


async def _silences(turn: Turn, place: Place) -> Answer[Silence]:
    return await list_silences(*whose(turn), narrowing(place))


def _silence_row(row: Silence, turn: Turn) -> AnswerRow:
    return silence_row(
        row.deviation,
        row.contract,
        row.kind,
        turn.language,
        today=turn.today,
        tells=row.tells,
        answers=row.answers,
        is_past_limit=row.is_past_limit,
    )


_LISTS: Mapping[str, _Listed] = MappingProxyType(
    {
        **{name: _Listed(read=read, draw=draw) for name, (read, draw) in FURTHER.items()},
        "late": _Listed(read=_late, draw=_late_row),
        "deviations": _Listed(read=_open_deviations, draw=_deviation_row),
        "decisions": _Listed(read=_decisions, draw=_decision_row),
        "expiring": _Listed(read=_expiring, draw=_expiring_row),
        "unclassified": _Listed(read=_unclassified, draw=_unclassified_row),
        "without_owner": _Listed(read=_without_owner, draw=_vacant_row),
        "sanctions": _Listed(read=_sanctions, draw=_sanction_row, note=_sums),
        "silences": _Listed(read=_silences, draw=_silence_row),
    },
)
QUESTIONS: Final = frozenset({*_LISTS, "contracts"})
"""What a place may go on with."""
