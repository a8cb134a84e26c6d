"""Questions about lights, plans, silences, departments and all that has happened; and what there is no answer to."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cards.asking import remark_card
from cards.department_answer import DepartmentView, department_card
from cards.note_card import note_card
from cards.questions import not_found_text
from cards.texts import Texts, plain
from dialogs.at_hand import whose
from dialogs.commands import Command, command
from dialogs.further_lists import BETWEEN, EVER, UNSEEN, lights_place, unseen_months
from dialogs.listing import answered
from dialogs.paging import Place
from dialogs.turn import Reply, Turn, say
from dialogs.understand.intents import language_of
from dialogs.understand.normalise import stem
from dialogs.understand.vocabulary import vocabulary
from dialogs.understand.wishes import IntentSlots, Query
from domain.contract import ContractClass
from domain.errors import Refused
from domain.people import Language
from usecases.questions.show_contract import known_words
from usecases.questions.show_department import show_department

_CLASSES: Final = {str(number): code for number, code in enumerate(ContractClass, start=1)}
_NO_ANSWER: Final = frozenset(
    {
        Query.COMPLIANCE,
        Query.CEILING,
        Query.LESSONS,
        Query.EXPORT,
        Query.NUDGE,
        Query.RECLASSIFY,
        Query.FINANCES,
    },
)
"""Understood, but nothing we know of: said so, with what there is instead."""
_EVER: Final = re.compile(
    r"\b(?:totalt|sammanlagt|alla avvikelser|hur många|någonsin|in total|altogether|all deviations|how many|ever)\b",
    re.IGNORECASE,
)
_SHORTEST: Final = 3
_PEOPLES: Final = re.compile(r"\b(?:förvaltning\w*|kontor\w*|department|services?|the|förvaltningen)\b", re.IGNORECASE)
"""Words that say that a department is meant, without saying which."""


async def asked_further(turn: Turn, slots: IntentSlots) -> Reply | None:
    """The answer to one of these questions; None when it is another."""
    match slots.query:
        case Query.DEVIATIONS:
            return await _deviations(turn, slots)
        case Query.LIGHTS | Query.NOT_FOLLOWED_UP | Query.PLANS | Query.UNANSWERED as query:
            return await answered(turn, _place(query, turn.text, await _narrowed(turn, slots)))
        case Query.STATUS if slots.about:
            return await _department(turn, slots.about)
        case query if query in _NO_ANSWER:
            return say(note_card(f"unable.{query.value}", turn.language))
        case _:
            return None


def _place(query: Query, text: str, args: Mapping[str, str]) -> Place:
    match query:
        case Query.LIGHTS:
            return lights_place(text, args)
        case Query.NOT_FOLLOWED_UP:
            return Place(question=UNSEEN, args={**args, "months": str(unseen_months(text))})
        case _:
            return Place(question=query.value, args=args)


async def about_known(turn: Turn, slots: IntentSlots) -> IntentSlots:
    """The slots with only those words of what it is about that some contract of the asker's goes by.

    Refused when it is about something contracts are about, but none that the asker may see: an answer about everything
    would pass for an answer about that.
    """
    if not slots.about:
        return slots
    known = await _known(turn, slots.about)
    if known is None and any(_subject_words(word, turn) for word in slots.about.split()):
        key = "questions.contract.not_found" if turn.sender.is_controller else "questions.contract.not_found_own"
        raise Refused(key, about=slots.about[:80])
    return replace(slots, about=known)


async def asked_lights(turn: Turn, match: "re.Match[str]") -> Reply:
    """*röda avtal*, *gula avtal klass 1*."""
    code = _CLASSES.get(match["class"] or "")
    return await answered(turn, lights_place(match["light"], {"class": code.value} if code else {}))


async def asked_all_deviations(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*alla avvikelser någonsin*: the closed ones too."""
    return await answered(turn, Place(question=EVER))


async def asked_to_change_roles(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*Byt avtalsförvaltare på larmavtalet till Jonas*: about a contract, so no follow-up at hand is moved for it."""
    return say(note_card("unable.roles", turn.language))


async def _deviations(turn: Turn, slots: IntentSlots) -> Reply | None:
    """Those of some days, or of all time, closed ones too; None when it is the open ones that are asked for."""
    since, until = slots.on_or_after, slots.on_or_before
    has_days = since is not None or until is not None
    if not has_days and not _EVER.search(turn.text):
        return None
    known = await about_known(turn, slots)
    if slots.about and not known.about and slots.about[:1].isupper():
        return say(
            remark_card(not_found_text(slots.about, turn.language, is_own=not turn.sender.is_controller), turn.language)
        )
    args = {
        "class": slots.contract_class.value if slots.contract_class else "",
        "about": known.about or "",
    }
    if has_days:
        args["since"] = since.isoformat() if since else "2000-01-01"
        args["until"] = min(until or turn.today, turn.today).isoformat()
    found = {key: value for key, value in args.items() if value}
    return await answered(turn, Place(question=BETWEEN if has_days else EVER, args=found))


async def _department(turn: Turn, about: str) -> Reply:
    """How one department stands: *Hur ligger socialförvaltningen till?*."""
    forms = (form for word in about.split() for form in (word, _PEOPLES.sub("", word), _stem(word, turn)))
    words = [form for form in forms if len(form) >= _SHORTEST]
    found = await show_department(*whose(turn), words)
    if found is None:
        key = "questions.department.not_found" if turn.sender.is_controller else "questions.department.not_found_own"
        return say(remark_card(Texts(turn.language)(key, about=plain(about, most=80)), turn.language))
    view = DepartmentView(
        name=found.name,
        as_of=found.as_of,
        is_own=found.is_own,
        contracts_active=found.contracts_active,
        lights=found.lights,
        red=found.red,
        late=found.late,
        open_cases=tuple((one.deviation, one.kind) for one in found.open_cases),
    )
    return say(department_card(view, turn.language))


async def _narrowed(turn: Turn, slots: IntentSlots) -> dict[str, str]:
    known = await about_known(turn, slots)
    args = {"class": slots.contract_class.value if slots.contract_class else "", "about": known.about or ""}
    return {key: value for key, value in args.items() if value}


async def _known(turn: Turn, about: str) -> str | None:
    # Titles are Swedish, and so the Swedish words beside an English one are looked for too.
    is_english = language_of(turn.text, turn.language) is Language.EN
    said = [(word, _stem(word, turn), *(_subject_words(word, turn) if is_english else ())) for word in about.split()]
    return await known_words(*whose(turn), said)


def _subject_words(word: str, turn: Turn) -> tuple[str, ...]:
    """The other words for what the word names, such as *städning* for *cleaning*; none when it names no subject."""
    forms = {word.casefold(), _stem(word, turn)}
    subjects = vocabulary(language_of(turn.text, turn.language)).subjects
    named = (known for name, known in subjects.items() if forms & {name, *known})
    return tuple(dict.fromkeys(other for known in named for other in known))


def _stem(word: str, turn: Turn) -> str:
    return stem(word.casefold(), language_of(turn.text, turn.language))


_CLASS: Final = r"(?: (?:i |in |för |for )?(?:klass|class) (?P<class>[1-4]))?"

_PART: Final = r"(?:avtals)?(?:förvaltaren?|ägaren?|ansvariga?)"
COMMANDS: tuple[Command, ...] = (
    command(
        "roles.change",
        asked_to_change_roles,
        rf"(?:kan du |vill )?(?:byta?|ändra) (?:ut )?{_PART} (?:på|för|i|till) .+",
        r"(?:can you |please )?(?:change|replace) (?:the )?(?:contract )?(?:manager|owner) (?:on|of|for|in|to) .+",
    ),
    command(
        "lights",
        asked_lights,
        rf"(?:(?:visa|lista|vilka är|mina|alla) )?(?P<light>röda|gula|gröna|gråa?) avtal{_CLASS}",
        rf"(?:(?:show|list|which are|my|all) )?(?:the )?(?P<light>red|yellow|green|gr[ea]y) contracts{_CLASS}",
    ),
    command(
        "deviations.all",
        asked_all_deviations,
        r"(?:visa )?alla avvikelser (?:någonsin|totalt|också stängda|även stängda)",
        r"(?:show )?all deviations (?:ever|in total|also closed|including closed)",
    ),
)
