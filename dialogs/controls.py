"""The controller steers: tomorrow's messages, stop and start, and who may receive anything at all."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cards.choosing import choosing_card
from cards.controls import (
    allow_list_card,
    held_note,
    started_card,
    stopped_card,
    tomorrow_card,
    tomorrow_shown,
)
from cards.letters import letter_text
from cards.texts import Texts, plain
from cards.views import AllowListView, StartedView, StoppedView, TomorrowMessage, TomorrowView
from dialogs.at_hand import whose
from dialogs.cancelling import is_cancelled
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.paging import Place
from dialogs.turn import Reply, Turn, say
from domain.errors import Refused
from usecases.controls.edit_allow_list import EVERYONE, AllowList, Candidate, let_in, show_allow_list, take_out
from usecases.controls.preview_messages import Tomorrow, hold_message, preview_messages, release_message
from usecases.controls.stop_sending import start_sending, stop_sending

_WHO: Final = "controls.who"
_LET_IN, _TAKE_OUT = "let_in", "take_out"
_EVERYONE: Final = re.compile(r"alla|allihopa?|samtliga|everyone|everybody|all", re.IGNORECASE)
_MESSAGE: Final = "message"


# ---------------------------------------------------------------- tomorrow


async def asked_tomorrow(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*imorgon*: every message word for word."""
    return await tomorrow_from(turn, 1)


async def tomorrow_from(turn: Turn, first: int) -> Reply:
    """The next working day's messages, beginning with number `first`."""
    return _shown(turn, await preview_messages(*whose(turn)), first)


async def pressed_hold(turn: Turn) -> Reply:
    return await _hold(turn, str(turn.press.data.get("subject") or "") if turn.press else "", is_held=True)


async def pressed_release(turn: Turn) -> Reply:
    return await _hold(turn, str(turn.press.data.get("subject") or "") if turn.press else "", is_held=False)


async def said_hold(turn: Turn, match: "re.Match[str]") -> Reply:
    """*håll 2*."""
    return await _hold(turn, _numbered(turn, match), is_held=True)


async def said_release(turn: Turn, match: "re.Match[str]") -> Reply:
    """*släpp 2*."""
    return await _hold(turn, _numbered(turn, match), is_held=False)


async def _hold(turn: Turn, subject: str, *, is_held: bool) -> Reply:
    handled = await (hold_message if is_held else release_message)(*whose(turn), subject)
    tomorrow = await preview_messages(*whose(turn), day=handled.day)
    numbers = (number for number, one in enumerate(tomorrow.messages, start=1) if one.subject(tomorrow.day) == subject)
    at = next(numbers, None)
    if at is None and not handled.is_found:
        raise Refused("controlling.refused.no_such_message")
    return _shown(turn, tomorrow, _page_with(tomorrow, at or 1), note=held_note(turn.language, is_held=is_held))


def _numbered(turn: Turn, match: "re.Match[str]") -> str:
    """What stands at this number in the list of messages last shown."""
    if not turn.sender.is_controller:
        raise Refused("controlling.refused.only_controller")
    listed = [subject for subject in turn.chat.listed if subject.startswith(f"{_MESSAGE}:")]
    if match["number"] is None and len(listed) != 1:
        raise Refused("controlling.refused.which_number")
    number = int(match["number"] or 1)
    if not 1 <= number <= len(listed):
        raise Refused("controlling.refused.no_such_number", number=number)
    return listed[number - 1]


def _shown(turn: Turn, tomorrow: Tomorrow, first: int, *, note: str | None = None) -> Reply:
    view = _view(tomorrow, first)
    following = first + tomorrow_shown(view)
    is_more = view.messages and following <= view.count
    chat = replace(
        turn.chat,
        listed=tuple(one.subject(tomorrow.day) for one in tomorrow.messages),
        more=str(Place(question="tomorrow", first=following)) if is_more else None,
    )
    return say(tomorrow_card(view, turn.language, note=note), chat=chat)


def _page_with(tomorrow: Tomorrow, number: int) -> int:
    """The first number of the card that the message stands on, as the cards follow one another from number 1."""
    first = 1
    while (following := first + max(1, tomorrow_shown(_view(tomorrow, first)))) <= number:
        first = following
    return first


def _view(tomorrow: Tomorrow, first: int) -> TomorrowView:
    return TomorrowView(
        day=tomorrow.day,
        today=tomorrow.today,
        as_of=tomorrow.as_of,
        messages=tuple(
            TomorrowMessage(
                recipient_name=one.letter.recipient.name,
                recipient_mail=one.letter.recipient.mail,
                at=one.at,
                text=letter_text(one.letter),
                hold_subject=one.subject(tomorrow.day),
                is_held=one.is_held,
            )
            for one in tomorrow.messages[first - 1 :]
        ),
        count=len(tomorrow.messages),
        first=first,
        outside_count=tomorrow.outside_count,
        is_stopped=tomorrow.is_stopped,
    )


# ---------------------------------------------------------------- stop and start


async def said_stop(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*stoppa allt*: at once."""
    stopped = await stop_sending(*whose(turn))
    view = StoppedView(
        by_name=stopped.by_name,
        at=stopped.at,
        waiting_count=stopped.waiting_count,
        was_already=stopped.was_already,
    )
    return say(stopped_card(view, turn.language))


async def said_start(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*starta*: again, without a flood."""
    started = await start_sending(*whose(turn))
    view = StartedView(
        at=started.at,
        stopped_since=started.stopped_since,
        dropped_count=started.dropped_count,
        remaining_count=started.remaining_count,
        next_at=started.next_at,
        was_already=started.was_already,
    )
    return say(started_card(view, turn.language))


# ---------------------------------------------------------------- who may receive


async def asked_who_may(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*vilka får meddelanden*."""
    return _listed(turn, await show_allow_list(*whose(turn)), "")


async def said_let_in(turn: Turn, match: "re.Match[str]") -> Reply:
    """*släpp in Anna Andersson*, *släpp in Skolan*, *släpp in alla*."""
    return await _change(turn, _LET_IN, match["name"])


async def said_take_out(turn: Turn, match: "re.Match[str]") -> Reply:
    """*ta bort Anna Andersson*."""
    return await _change(turn, _TAKE_OUT, match["name"])


async def said_who(turn: Turn, text: str) -> Reply | None:
    """Which of those a name may mean: by number, or by another name."""
    what = (turn.chat.expects or "").partition(":")[2]
    chat = replace(turn.chat, expects=None)
    if is_cancelled(text):
        return _listed(replace(turn, chat=chat), await show_allow_list(*whose(turn)), "")
    number = re.fullmatch(r"(?:nr |nummer |number )?(\d+)[.)]?", text.strip(), re.IGNORECASE)
    subject = turn.chat.picked(int(number[1])) if number else None
    name = subject.partition(":")[2] if subject else text
    return await _change(replace(turn, chat=chat), what, name)


async def _change(turn: Turn, what: str, said: str) -> Reply:
    name = EVERYONE if _EVERYONE.fullmatch(said.strip()) else said.strip()
    changed = await (let_in if what == _LET_IN else take_out)(*whose(turn), name)
    if changed.candidates:
        return _asked(turn, what, changed.candidates)
    return _listed(turn, changed, what)


def _asked(turn: Turn, what: str, candidates: tuple[Candidate, ...]) -> Reply:
    texts = Texts(turn.language)
    rows = [plain(one.name if one.name == one.words else f"{one.name} ({one.words})", most=120) for one in candidates]
    card = choosing_card(
        texts("controlling.ask.who_title"),
        texts("controlling.ask.who"),
        turn.language,
        rows=rows,
    )
    listed = tuple(f"recipient:{one.words}" for one in candidates)
    return say(card, chat=replace(turn.chat, listed=listed, more=None, expects=f"{_WHO}:{what}"))


def _listed(turn: Turn, allowed: AllowList, what: str) -> Reply:
    changed = allowed.changed
    is_everyone = changed is not None and changed.value == EVERYONE
    name = changed.name if changed and not is_everyone else None
    view = AllowListView(
        as_of=allowed.as_of,
        is_everyone=allowed.is_everyone,
        people=allowed.people,
        departments=allowed.departments,
        kept_out_people=allowed.kept_out_people,
        kept_out_departments=allowed.kept_out_departments,
        added=name if what == _LET_IN else None,
        removed=name if what == _TAKE_OUT else None,
    )
    note = None
    if is_everyone:
        note = Texts(turn.language)("controlling.everyone_in" if what == _LET_IN else "controlling.everyone_out")
    return say(allow_list_card(view, turn.language, note=note), chat=turn.chat)


_NO_NAME: Final = r"(?!(?:det|den|detta|de|dem|min|mitt|mina|svar|avvikelse|uppföljning|utkast|avtal)(?:\w*)\b)"
"""What people want taken back is not somebody to take off a list."""

COMMANDS: tuple[Command, ...] = (
    command(
        "tomorrow",
        asked_tomorrow,
        r"(?:visa |vad skickas |vad går ut )?(?:imorgon|i morgon|morgondagen|morgondagens (?:meddelanden|utskick))",
        r"(?:show |what is sent )?tomorrow(?:'s messages)?",
    ),
    command(
        "stop_sending",
        said_stop,
        r"stoppa (?:allt|alla(?: utskick| meddelanden)?|utskick(?:en)?)|stopp",
        r"stop (?:everything|all(?: messages)?|sending|the messages)",
    ),
    command(
        "start_sending",
        said_start,
        r"starta(?: allt| utskick(?:en)?| igen)*|sätt i ?gång utskicken(?: igen)?",
        r"start (?:sending|everything|the messages)(?: again)?|resume sending",
    ),
    command(
        "hold", said_hold, r"håll(?: kvar)?(?: nr| nummer)?(?: (?P<number>\d+))?", r"hold(?: no)?(?: (?P<number>\d+))?"
    ),
    command("let_in", said_let_in, r"släpp in (?P<name>.+)", r"let in (?P<name>.+)", r"let (?P<name>.+) in"),
    command(
        "release",
        said_release,
        r"släpp(?: nr| nummer)?(?: (?P<number>\d+))?",
        r"release(?: no)?(?: (?P<number>\d+))?",
    ),
    command("take_out", said_take_out, rf"ta bort {_NO_NAME}(?P<name>.+)", r"(?:remove|take out) (?P<name>.+)"),
    command(
        "allow_list",
        asked_who_may,
        r"(?:vilka|vem) (?:får|kan få) meddelanden|vilka är insläppta|insläppta|visa insläppta",
        r"who (?:gets|may get|receives|may receive) messages|who is let in|allow ?list",
    ),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "outbox.hold": pressed_hold,
        "outbox.release": pressed_release,
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({_WHO: said_who})
