"""What people ask: how things stand, what is late, what has gone wrong, what runs out and what nobody answers for."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from cards.answers import status_card
from cards.asking import remark_card
from cards.contract_answer import contract_card
from cards.questions import not_found_text
from cards.texts import Texts
from cards.views import StatusView
from dialogs.at_hand import whose
from dialogs.commands import Command, Pressed, command
from dialogs.controls import tomorrow_from
from dialogs.further_questions import about_known, asked_further
from dialogs.listing import QUESTIONS, answered, listed_contracts
from dialogs.paging import Place, read_place
from dialogs.silences import period_in, register_of
from dialogs.turn import Press, Reply, Turn, say
from dialogs.understand.calendar_words import DAY, Bias
from dialogs.understand.intents import language_of
from dialogs.understand.normalise import read_words
from dialogs.understand.times import read_moments
from dialogs.understand.wishes import IntentSlots, Query
from dialogs.watch_views import contract_view
from domain.contract import ContractClass
from domain.errors import Refused
from domain.privacy import without_personal_numbers
from usecases.questions.count_status import count_status
from usecases.questions.show_contract import Found, find_contract, show_contract

_CLASSES: Final = {str(number): code for number, code in enumerate(ContractClass, start=1)}
_ASKED: Final = MappingProxyType(
    {
        Query.OVERDUE: "late",
        Query.DEVIATIONS: "deviations",
        Query.EXPIRING: "expiring",
        Query.UNCLASSIFIED: "unclassified",
        Query.WITHOUT_OWNER: "without_owner",
        Query.NEEDS_DECISION: "decisions",
    },
)
_TOMORROW: Final = "tomorrow"


async def asked_status(turn: Turn, _match: "re.Match[str] | None" = None) -> Reply:
    """*status*: the counts."""
    status = await count_status(*whose(turn))
    if not status.has_contracts:
        return say(remark_card(Texts(turn.language)("questions.none_yours"), turn.language))
    view = StatusView(
        as_of=status.as_of,
        followups_due=status.followups_due,
        followups_late=status.followups_late,
        deviations=status.deviations,
        deviations_past_deadline=status.deviations_past_deadline,
        needs_decision=status.needs_decision,
        unclassified=status.unclassified,
        without_owner=status.without_owner,
        undelivered=status.undelivered,
        contracts_active=status.contracts_active,
        is_stopped=status.is_stopped,
        is_own=status.is_own,
        lights=status.lights,
    )
    return say(status_card(view, turn.language))


async def asked_late(turn: Turn, match: "re.Match[str]") -> Reply:
    return await answered(turn, Place(question="late", args=_narrowed(match)))


async def asked_deviations(turn: Turn, match: "re.Match[str]") -> Reply:
    return await answered(turn, Place(question="deviations", args=_narrowed(match)))


async def asked_unclassified(turn: Turn, _match: "re.Match[str]") -> Reply:
    return await answered(turn, Place(question="unclassified"))


async def asked_without_owner(turn: Turn, match: "re.Match[str]") -> Reply:
    return await answered(turn, Place(question="without_owner", args=_narrowed(match)))


async def asked_decisions(turn: Turn, match: "re.Match[str]") -> Reply:
    return await answered(turn, Place(question="decisions", args=_narrowed(match)))


async def asked_expiring(turn: Turn, match: "re.Match[str]") -> Reply:
    """*vad löper ut före 2027-06-30*: up to and including that day; a month or a season is taken whole before it."""
    until = _last_day(turn, match["when"] or "")
    if until is None:
        raise Refused("questions.expiring.no_day")
    return await answered(turn, Place(question="expiring", args={"until": until.isoformat()}))


async def asked_contract(turn: Turn, match: "re.Match[str]") -> Reply:
    """*avtal 2026-0147*, or some words of its title or supplier."""
    about = without_personal_numbers(match["about"]).strip()  # the answer says what was looked for
    return await _contract(turn, await find_contract(*whose(turn), about), about)


async def pressed_contract(turn: Turn) -> Reply:
    """*Öppna* on a row about a contract."""
    contract_id = turn.press.subject_id("contract") if turn.press else ""
    return await _contract(turn, await show_contract(*whose(turn), contract_id), "")


async def asked_freely(turn: Turn, slots: IntentSlots) -> Reply | None:
    """A question in one's own words, with what it was narrowed to; None where there is no answer to it."""
    reply = await asked_further(turn, slots) or await _asked_plainly(turn, slots)
    if reply is not None:
        return reply
    name = _ASKED.get(slots.query) if slots.query else None
    has_days = slots.on_or_before is not None or slots.on_or_after is not None
    if name == "decisions" and has_days:
        # *Vilka förlängningsbeslut måste tas i december?* asks of what is to come, not of what has passed.
        name, slots = "expiring", replace(slots, about=None)
    slots = await about_known(turn, slots)
    if name is None or (name == "expiring" and not has_days):
        return None
    return await answered(turn, Place(question=name, args=_slotted(name, slots)))


async def _asked_plainly(turn: Turn, slots: IntentSlots) -> Reply | None:
    """A question with one card for its answer."""
    match slots.query:
        case Query.STATUS:
            return await asked_status(turn)
        case Query.CONTRACT if slots.contract_number:
            return await _contract(
                turn, await find_contract(*whose(turn), slots.contract_number), slots.contract_number
            )
        case Query.FOLLOWUP if slots.about:
            about = (await about_known(turn, slots)).about or slots.about
            return await _contract(turn, await find_contract(*whose(turn), about), about)
        case Query.SANCTIONS:
            return await register_of(turn, period_in(turn.text, turn))
        case Query.TOMORROW:
            return await tomorrow_from(turn, 1)
        case _:
            return None


async def said_more(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*mer*: the list last shown goes on."""
    place = read_place(turn.chat.more or "")
    if place is None:
        return say(remark_card(Texts(turn.language)("questions.more.nothing"), turn.language))
    return await _shown_from(turn, place)


async def pressed_more(turn: Turn) -> Reply:
    """*Visa fler*."""
    place = read_place(str(turn.press.data.get("subject") or "")) if turn.press else None
    if place is None:
        return say(remark_card(Texts(turn.language)("questions.more.nothing"), turn.language))
    return await _shown_from(turn, place)


def picked(turn: Turn, match: "re.Match[str]") -> Turn | None:
    """*öppna 3*, as the button on row 3 of the list last shown would say it; None when nothing has been listed."""
    if not turn.chat.listed:
        return None
    number = int(match["number"])
    kind, _, subject_id = (turn.chat.picked(number) or "").partition(":")
    if not subject_id:
        raise Refused("questions.pick.no_such_number", number=number)
    data = {"v": 1, "verb": f"{kind}.open", "subject": f"{kind}:{subject_id}", "rev": 0, "notice": None}
    return replace(turn, text="", press=Press(verb=f"{kind}.open", data=data))


async def _shown_from(turn: Turn, place: Place) -> Reply:
    if place.question == _TOMORROW:
        return await tomorrow_from(turn, place.first)
    if place.question not in QUESTIONS:
        return say(remark_card(Texts(turn.language)("questions.more.nothing"), turn.language))
    return await answered(turn, place)


async def _contract(turn: Turn, found: Found, about: str) -> Reply:
    if found.whole is not None:
        return say(contract_card(contract_view(found.whole, turn.language), turn.language))
    if found.several:
        return listed_contracts(turn, found, Place(question="contracts", args={"about": about}))
    texts = Texts(turn.language)
    if not found.has_contracts:
        return say(remark_card(texts("questions.none_yours"), turn.language))
    return say(remark_card(not_found_text(about, turn.language, is_own=found.is_own), turn.language))


def _narrowed(match: "re.Match[str]") -> dict[str, str]:
    said = match.groupdict()
    code = _CLASSES.get(said.get("class") or "")
    return {"class": code.value} if code else {}


def _slotted(name: str, slots: IntentSlots) -> dict[str, str]:
    args = {
        "class": slots.contract_class.value if slots.contract_class else "",
        "about": slots.about or "",
    }
    if name == "expiring":
        args["since"] = slots.on_or_after.isoformat() if slots.on_or_after else ""
        args["until"] = slots.on_or_before.isoformat() if slots.on_or_before else ""
    return {key: value for key, value in args.items() if value}


def _last_day(turn: Turn, when: str) -> date | None:
    sentence = read_words(when, language_of(when, turn.language))
    moments = read_moments(sentence, today=turn.today, bias=Bias.FUTURE)
    if not moments:
        return None
    span = moments[0].span
    return span.start if span.start == span.end else span.start - DAY


OPEN: Final = r"(?:öppna|visa|open|show) (?:nummer |nr |number |no |rad |row )?(?P<number>\d{1,3})"
_CLASS: Final = r"(?: (?:i |in |för |for )?(?:klass|class) (?P<class>[1-4]))?"
_LIST: Final = (
    r"(?:(?:visa|lista|vilka är|vilka|show|list|which are|which|what) )?(?:(?:alla|all|the|öppna|open|mina|my) )?"
)

COMMANDS: tuple[Command, ...] = (
    command(
        "status",
        asked_status,
        r"(?:visa )?(?:status|läget|lägesbild)(?: just nu)?|hur ser det ut|hur ligger vi till|översikt",
        r"(?:show )?(?:the )?status|how (?:do|are) things(?: stand| going)?|overview",
    ),
    command(
        "late",
        asked_late,
        rf"{_LIST}(?:försenade|sena)(?: uppföljningar| avtal)?{_CLASS}",
        rf"(?:vad|vilka(?: avtal| uppföljningar)?) är (?:försenat|försenade|sena){_CLASS}",
        rf"{_LIST}(?:overdue|late)(?: follow-?ups| contracts)?{_CLASS}",
        rf"(?:what|which(?: contracts| follow-?ups)?) (?:is|are) (?:overdue|late){_CLASS}",
    ),
    command(
        "deviations",
        asked_deviations,
        rf"{_LIST}avvikelser(?:na)?{_CLASS}",
        rf"{_LIST}deviations{_CLASS}",
    ),
    command(
        "contract",
        asked_contract,
        r"(?:visa |öppna )?(?:allt om )?(?:avtal(?:et)?|kontrakt(?:et)?)(?: nr\.?| nummer)? (?P<about>(?:[^\W\d_]{1,6}[ .])?\S*\d\S*)",
        r"(?:visa|allt om|sök|hitta)(?: avtal(?:et)?| kontrakt(?:et)?)(?: om| för| på)? (?P<about>[^\d].{1,80})",
        r"(?:show |open )?(?:all about |everything about )?(?:the )?contract(?: no\.?| number)? (?P<about>(?:[^\W\d_]{1,6}[ .])?\S*\d\S*)",
        r"(?:show|find|search)(?: me)?(?: the)? contracts?(?: about| for| on)? (?P<about>[^\d].{1,80})",
    ),
    command(
        "expiring",
        asked_expiring,
        r"(?:vad|vilka(?: avtal)?|avtal som) (?:löper ut|går ut|upphör|slutar)(?: (?:före|innan|till och med|fram till|till|senast) (?P<when>.+))?",
        r"(?:what|which(?: contracts)?|contracts that) (?:expires?|ends?|runs? out)(?: (?:before|by|until|up to) (?P<when>.+))?",
    ),
    command(
        "unclassified",
        asked_unclassified,
        rf"{_LIST}(?:oklassade|oklassificerade)(?: avtal)?|avtal utan klass",
        rf"{_LIST}(?:unclassified)(?: contracts)?|contracts without (?:a )?class",
    ),
    command(
        "without_owner",
        asked_without_owner,
        rf"{_LIST}(?:avtal )?(?:utan|som saknar|saknar) (?:ägare|avtalsägare|förvaltare|avtalsförvaltare)(?: eller (?:ägare|förvaltare))?{_CLASS}",
        rf"{_LIST}(?:contracts )?without (?:an |a )?(?:owner|manager)(?: or (?:an |a )?(?:owner|manager))?{_CLASS}",
    ),
    command(
        "needs_decision",
        asked_decisions,
        rf"(?:(?:visa|lista|vad|vilka|vilka avtal) )?(?:som )?behöver (?:ett )?beslut{_CLASS}",
        rf"(?:(?:show|list|what|which|which contracts) )?needs? (?:a )?decisions?{_CLASS}",
    ),
    command("more", said_more, r"mer|visa (?:mer|fler)|fler", r"(?:show )?more"),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "answers.more": pressed_more,
        "contract.open": pressed_contract,
    },
)
