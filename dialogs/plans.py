"""The supplier's action plan: written down, approved, said to be done and checked, by forms or in words."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, urlencode

from cards.action_plan import plan_card
from cards.asking import asking_card
from cards.deviation_moves import read_fields
from cards.deviation_views import PlanView
from cards.texts import Texts
from dialogs.at_hand import whose
from dialogs.cancelling import is_cancelled
from dialogs.case_at_hand import NUMBER, at_case, is_open_case, meant, press_of, pressed_on
from dialogs.case_views import case_view
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.spoken_days import day_ahead, day_behind, named_day
from dialogs.turn import Reply, Turn, say
from domain.case_file import ActionVerdict
from usecases.deviations.work_plan import (
    NewAction,
    Plan,
    add_action,
    approve_plan,
    check_action,
    remove_action,
    report_action_done,
    show_plan,
)
from usecases.parts.case_words import check_words

PLAN: Final = "case.plan"
_CHECK: Final = re.compile(r"^(?:kontroll(?:eras)?|check(?:ed)?)[: ]+", re.IGNORECASE)
_BY: Final = re.compile(r"^(?:senast|till|klart?|by|until|den|before)\s+", re.IGNORECASE)
_PART: Final = re.compile(r"\s*[,;]\s+|\s*;\s*")


async def asked_for_plan(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 plan*, or *plan* on the open case."""
    reference = await _meant(turn, match)
    return _shown(turn, await show_plan(*whose(turn), reference)) if reference else None


async def added_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 plan: Ny chaufför utbildas, Anna Berg, 15 mars*."""
    reference = await _meant(turn, match)
    return await _add(turn, reference, _read_action(match["rest"], turn)) if reference else None


async def removed_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 plan ta bort 2*."""
    reference = await _meant(turn, match)
    return _shown(turn, await remove_action(*whose(turn), reference, int(match["action"]))) if reference else None


async def approved_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 godkänn planen*."""
    reference = await _meant(turn, match)
    return _shown(turn, await approve_plan(*whose(turn), reference)) if reference else None


async def done_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 åtgärd 1 klar i går*."""
    reference = await _meant(turn, match)
    if reference is None:
        return None
    on, _ = day_behind(match["rest"] or "", turn)
    return _shown(turn, await report_action_done(*whose(turn), reference, int(match["action"]), on))


async def checked_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 åtgärd 1 höll, jag var där*; how it was checked is asked when it is not said."""
    reference = await _meant(turn, match)
    if reference is None:
        return None
    verdict = ActionVerdict.FAILED if match["not"] else ActionVerdict.HELD
    said = {"number": match["action"], "verdict": verdict.value, "note": (match["rest"] or "").strip()}
    return await _check(turn, reference, said)


async def pressed_plan(turn: Turn) -> Reply:
    return _shown(turn, await show_plan(*whose(turn), pressed_on(turn)))


async def pressed_add(turn: Turn) -> Reply:
    return await _add(turn, pressed_on(turn), _fields(turn))


async def pressed_remove(turn: Turn) -> Reply:
    return _shown(turn, await remove_action(*whose(turn), pressed_on(turn), _number(_fields(turn))))


async def pressed_approve(turn: Turn) -> Reply:
    return _shown(turn, await approve_plan(*whose(turn), pressed_on(turn)))


async def pressed_done(turn: Turn) -> Reply:
    fields = _fields(turn)
    on = _iso(fields.get("done_on")) or turn.today
    return _shown(turn, await report_action_done(*whose(turn), pressed_on(turn), _number(fields), on))


async def pressed_check(turn: Turn) -> Reply:
    return await _check(turn, pressed_on(turn), _fields(turn))


async def said_more(turn: Turn, text: str) -> Reply:
    """The answer to what was asked last about an action."""
    _, deviation_id, kept = (turn.chat.expects or "").split(":", 2)
    said = dict(parse_qsl(kept, keep_blank_values=True))
    field = said.pop("asked")
    if is_cancelled(text):
        return _shown(turn, await show_plan(*whose(turn), deviation_id))
    words = text.strip().strip(".! ")
    if field == "due_on":
        day = day_ahead(words, turn)
        words = day.isoformat() if day else ""
    said[field] = words
    return await (_check if "verdict" in said else _add)(turn, deviation_id, said)


async def _add(turn: Turn, reference: str, said: Mapping[str, str]) -> Reply:
    """Write the action down, or ask for the first thing it lacks."""
    missing = next((field for field in ("text", "responsible", "due_on") if not said.get(field)), None)
    due_on = _iso(said.get("due_on"))
    if missing is not None or due_on is None:
        return await _ask(turn, reference, said, missing or "due_on")
    new = NewAction(text=said["text"], responsible=said["responsible"], due_on=due_on, check=said.get("check", ""))
    return _shown(turn, await add_action(*whose(turn), reference, new))


async def _check(turn: Turn, reference: str, said: Mapping[str, str]) -> Reply:
    if not said.get("note"):
        return await _ask(turn, reference, said, "note")
    verdict = ActionVerdict(said["verdict"]) if said.get("verdict") in set(ActionVerdict) else ActionVerdict.FAILED
    return _shown(turn, await check_action(*whose(turn), reference, _number(said), verdict, said["note"]))


async def _ask(turn: Turn, reference: str, said: Mapping[str, str], field: str) -> Reply:
    check_words(said.values())
    plan = await show_plan(*whose(turn), reference)
    deviation = plan.shown.case.deviation
    texts = Texts(turn.language)
    title = texts("case.plan.title", number=deviation.number or "")
    kept = urlencode({**{name: value for name, value in said.items() if value}, "asked": field})
    chat = replace(at_case(turn.chat, deviation.deviation_id), expects=f"{PLAN}:{deviation.deviation_id}:{kept}")
    return say(asking_card(title, texts(f"case.plan.ask.{field}"), turn.language), chat=chat)


def _shown(turn: Turn, plan: Plan) -> Reply:
    shown = plan.shown
    people = shown.case.scene.roster.people
    view = PlanView(
        case=case_view(turn, shown),
        may_write=plan.may_write,
        may_approve=plan.may_approve,
        may_check=plan.may_check,
        names={mail: person.name for mail, person in people.items()},
    )
    return say(plan_card(view, turn.language), chat=at_case(turn.chat, shown.case.deviation.deviation_id))


async def _meant(turn: Turn, match: "re.Match[str]") -> str | None:
    if match.groupdict().get("number") is None and not await is_open_case(turn):
        return None
    return meant(turn, match)


def _read_action(words: str, turn: Turn) -> dict[str, str]:
    """What, who and by when, parted by commas; *kontroll: …* says how it is checked."""
    said: dict[str, str] = {}
    rest: list[str] = []
    for part in (one.strip() for one in _PART.split(words)):
        day = day_ahead(part, turn) or named_day(part, turn)[0]
        if _CHECK.match(part):
            said["check"] = _CHECK.sub("", part)
        elif day is not None and len(_BY.sub("", part).split()) <= _DAY_WORDS:
            said["due_on"] = day.isoformat()
        elif part:
            rest.append(part)
    if len(rest) > 1:
        said["responsible"] = rest.pop()
    return {**said, "text": ", ".join(rest)}


_DAY_WORDS: Final = 4
"""A part of more words than this says more than a day."""


def _fields(turn: Turn) -> dict[str, str]:
    return read_fields(press_of(turn).inputs)


def _number(fields: Mapping[str, str]) -> int:
    written = fields.get("number", "")
    return int(written) if written.isdigit() else 0


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _both(words: str) -> tuple[str, str]:
    return rf"{NUMBER}[ ,:]+{words}", words


_ACTION: Final = r"(?:åtgärd|action) ?(?P<action>\d{1,2})[ ,:]+"
COMMANDS: tuple[Command, ...] = (
    command("plan.show", asked_for_plan, *_both(r"(?:åtgärdsplan(?:en)?|plan(?:en)?|action plan)")),
    command(
        "plan.remove", removed_by_words, *_both(r"(?:plan )?(?:ta bort|remove)(?: åtgärd| action)? (?P<action>\d{1,2})")
    ),
    command(
        "plan.approve",
        approved_by_words,
        *_both(
            r"(?:godkänn (?:åtgärds)?plan(?:en)?|(?:åtgärds)?plan(?:en)? godkänd|approve (?:the )?plan|plan approved)"
        ),
    ),
    command("plan.done", done_by_words, *_both(rf"{_ACTION}(?:är )?(?:klar|gjord|done)(?:[ ,:]+(?P<rest>.+))?")),
    command(
        "plan.check",
        checked_by_words,
        *_both(rf"{_ACTION}(?:höll|held|did)(?P<not> inte| not(?: hold)?)?(?:[ ,:]+(?P<rest>.+))?"),
    ),
    command("plan.add", added_by_words, *_both(r"(?:åtgärds)?plan ?: ?(?P<rest>.+)")),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "case.plan": pressed_plan,
        "case.plan_add": pressed_add,
        "case.plan_remove": pressed_remove,
        "case.plan_approve": pressed_approve,
        "case.action_done": pressed_done,
        "case.action_check": pressed_check,
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({PLAN: said_more})
