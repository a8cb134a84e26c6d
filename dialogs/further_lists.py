"""Answers with many rows about lights, plans and silences: how each is read and its rows are drawn."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from cards.joint_rows import joint_row
from cards.light_rows import light_row, plan_row, unanswered_row, unseen_row
from cards.views import AnswerRow
from dialogs.at_hand import whose
from dialogs.paging import Place
from dialogs.turn import Turn
from domain.contract import ContractClass
from domain.due_dates import add_months
from domain.light import Light
from usecases.parts.joint_seeing import SeenProposal
from usecases.questions.asking import Answer, Narrowing
from usecases.questions.list_deviations import OpenDeviation, list_all_deviations
from usecases.questions.list_joint import list_joint
from usecases.questions.list_late import LateFollowup, list_unanswered
from usecases.questions.list_lights import ContractInLight, UnseenContract, list_lights, list_unseen
from usecases.questions.list_plans import PassedPlan, list_passed_plans

Read = Callable[[Turn, Place], Awaitable[Answer[Any]]]
Draw = Callable[[Any, Turn], AnswerRow]
EVER: Final = "deviations_ever"
BETWEEN: Final = "deviations_between"
"""Every deviation, also closed ones; all that ever were, or those of some days."""
UNSEEN: Final = "unseen"
_YEAR: Final = 12
_COLOURS: Final = (
    (Light.RED, r"röd\w*|rött|red"),
    (Light.YELLOW, r"gul\w*|yellow"),
    (Light.GREEN, r"grön\w*|green"),
    (Light.GREY, r"grå\w*|gr[ea]y"),
)


def narrowing(place: Place) -> Narrowing:
    """What a place says the question is narrowed to."""
    code = place.args.get("class", "")
    known = code in set(ContractClass)
    return Narrowing(contract_class=ContractClass(code) if known else None, about=place.args.get("about") or None)


def days_of(place: Place, today: date) -> tuple[date | None, date | None]:
    """The days that the title of one of these lists names."""
    if place.question == UNSEEN:
        return add_months(today, -_months(place)), None
    if place.question != BETWEEN:
        return None, None
    return _day(place.args.get("since")), _day(place.args.get("until"))


def lights_place(text: str, args: Mapping[str, str]) -> Place:
    """The list of contracts with the light the words name; of all lights when they name none."""
    named = [light for light, words in _COLOURS if re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)]
    return Place(question=f"lights_{named[0].value}" if len(named) == 1 else "lights_all", args=args)


def unseen_months(text: str) -> int:
    """How long nobody has looked, as asked: a year unless half a year or some years or months are named."""
    if re.search(r"halvår|half a year", text, re.IGNORECASE):
        return _YEAR // 2
    named = re.search(r"(\d{1,2}) (månader|months|år|years)", text, re.IGNORECASE)
    if named is None:
        return _YEAR
    return max(1, int(named[1])) * (1 if named[2].lower().startswith("m") else _YEAR)


async def _all_deviations(turn: Turn, place: Place) -> Answer[OpenDeviation]:
    since, until = days_of(place, turn.today)
    return await list_all_deviations(*whose(turn), narrowing(place), since=since, until=until)


def _deviation_row(row: OpenDeviation, _turn: Turn) -> AnswerRow:
    """Only what the numbers need; the case's own list draws the rest."""
    deviation = row.deviation
    return AnswerRow(headline=deviation.number or "", open_verb="deviation.open", subject=deviation.deviation_id)


async def _proposals(turn: Turn, place: Place) -> Answer[SeenProposal]:
    return await list_joint(*whose(turn), narrowing(place))


def _proposal_row(row: SeenProposal, turn: Turn) -> AnswerRow:
    return joint_row(row.proposal, row.kind, row.contract, row.evidence, turn.language)


def _lights(*only: Light) -> Read:
    async def read(turn: Turn, place: Place) -> Answer[ContractInLight]:
        return await list_lights(*whose(turn), narrowing(place), only=only)

    return read


def _light_row(row: ContractInLight, turn: Turn) -> AnswerRow:
    return light_row(row.contract, row.light, turn.language, manager_name=row.manager_name)


async def _unseen(turn: Turn, place: Place) -> Answer[UnseenContract]:
    return await list_unseen(*whose(turn), narrowing(place), months=_months(place))


def _unseen_row(row: UnseenContract, turn: Turn) -> AnswerRow:
    return unseen_row(row.contract, turn.language, followed_up_on=row.followed_up_on, manager_name=row.manager_name)


async def _plans(turn: Turn, place: Place) -> Answer[PassedPlan]:
    return await list_passed_plans(*whose(turn), narrowing(place))


def _plan_row(row: PassedPlan, turn: Turn) -> AnswerRow:
    return plan_row(
        row.deviation,
        row.contract,
        row.kind,
        turn.language,
        passed_on=row.passed_on,
        manager_name=row.manager_name,
    )


async def _unanswered(turn: Turn, place: Place) -> Answer[LateFollowup]:
    return await list_unanswered(*whose(turn), narrowing(place))


def _unanswered_row(row: LateFollowup, turn: Turn) -> AnswerRow:
    return unanswered_row(
        row.followup,
        row.contract,
        turn.language,
        days_late=row.days_late,
        manager_name=row.manager_name,
    )


def _months(place: Place) -> int:
    written = place.args.get("months", "")
    return int(written) if written.isdigit() and int(written) else _YEAR


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


FURTHER: Mapping[str, tuple[Read, Draw]] = MappingProxyType(
    {
        "joint": (_proposals, _proposal_row),
        EVER: (_all_deviations, _deviation_row),
        BETWEEN: (_all_deviations, _deviation_row),
        "lights_all": (_lights(), _light_row),
        **{f"lights_{light.value}": (_lights(light), _light_row) for light in Light},
        UNSEEN: (_unseen, _unseen_row),
        "plans": (_plans, _plan_row),
        "unanswered": (_unanswered, _unanswered_row),
    },
)
