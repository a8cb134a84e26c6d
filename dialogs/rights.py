"""What a contract gives a right to: asked for, written in and taken away, by buttons or by typing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cards.rights import RightsView, rights_card
from dialogs.at_hand import whose
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.turn import Press, Reply, Turn, say
from domain.contract_right import TIME_LIMITS, ContractRight, RightKind
from domain.errors import Refused
from domain.rights_words import NOBODYS, is_plainly_rights, kind_named, read_days, read_rights
from usecases.rights.change_rights import RightsShown, put_rights, remove_rights, show_rights

EXPECTS: Final = "rights"
_REMOVE: Final = r"(?:ta bort|stryk|radera|remove|delete)"
_RIGHTS: Final = r"(?:avtalets )?(?:rättigheter(?:na)?|contract rights|rights)"
_CONTRACT: Final = r"(?: (?:i|för|in|of|for))?(?: (?:avtal(?:et)?|contract))? (?P<number>\S*\d[^\s:,]*)"


async def asked_for_rights(turn: Turn, match: "re.Match[str]") -> Reply:
    """*rättigheter 2026-0147*."""
    return _shown(turn, await show_rights(*whose(turn), match["number"]))


async def wrote_rights(turn: Turn, match: "re.Match[str]") -> Reply:
    """*rättigheter 2026-0147: vite § 7.2 5 000 kr per påbörjad vecka; prisavdrag § 8*."""
    return await _put(turn, match["number"], match["said"])


async def took_away(turn: Turn, match: "re.Match[str]") -> Reply:
    """*rättigheter 2026-0147 ta bort vite*."""
    return await _remove(turn, match["number"], match["said"])


async def said_more(turn: Turn, text: str) -> Reply | None:
    """With the card of a contract's rights just shown: one more. Anything else is no answer."""
    contract_id = (turn.chat.expects or "").partition(":")[2]
    return await _put(turn, contract_id, text) if is_plainly_rights(text) else None


async def took_away_here(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*ta bort vite*, with the card of a contract's rights just shown."""
    kind, _, contract_id = (turn.chat.expects or "").partition(":")
    is_here = kind == EXPECTS and all(kind_named(part) for part in _named(match["said"]))
    return await _remove(turn, contract_id, match["said"]) if is_here else None


async def pressed_show(turn: Turn) -> Reply:
    return _shown(turn, await show_rights(*whose(turn), _contract_id(turn)))


async def pressed_put(turn: Turn) -> Reply:
    """The form *Lägg till eller ändra*."""
    press = _press(turn)
    kind = _kind(press.typed("put_kind"))
    days = press.typed("put_days")
    right = ContractRight(
        contract_id=NOBODYS, kind=kind, clause=press.typed("put_clause"), terms=press.typed("put_terms")
    )
    if kind in TIME_LIMITS and days:
        limit = read_days(days, kind)
        if limit is None:
            raise Refused("rights.refused.no_days")
        right = replace(right, limit_days=limit.limit_days, is_working_days=limit.is_working_days)
    return _shown(turn, await put_rights(*whose(turn), _contract_id(turn), [right]))


async def pressed_remove(turn: Turn) -> Reply:
    kinds = [_kind(_press(turn).typed("remove_kind"))]
    return _shown(turn, await remove_rights(*whose(turn), _contract_id(turn), kinds))


async def _put(turn: Turn, reference: str, said: str) -> Reply:
    read = read_rights(said)
    if read.unread or not read.rights:
        raise Refused("rights.refused.unread", text=(read.unread or (said,))[0][:80])
    return _shown(turn, await put_rights(*whose(turn), reference, read.rights))


async def _remove(turn: Turn, reference: str, said: str) -> Reply:
    kinds = {part: kind_named(part) for part in _named(said)}
    unknown = next((part for part, kind in kinds.items() if kind is None), None)
    if unknown is not None:
        raise Refused("rights.refused.unread", text=unknown[:80])
    return _shown(turn, await remove_rights(*whose(turn), reference, [kind for kind in kinds.values() if kind]))


def _named(said: str) -> Iterable[str]:
    return [part.strip() for part in re.split(r"[,;]| och | and ", said) if part.strip()]


def _shown(turn: Turn, shown: RightsShown) -> Reply:
    view = RightsView(
        contract=shown.contract,
        rights=shown.rights,
        today=turn.today,
        may_change=shown.may_change,
        changed=shown.changed,
    )
    expects = f"{EXPECTS}:{shown.contract.contract_id}" if shown.may_change else None
    return say(rights_card(view, turn.language), chat=replace(turn.chat, expects=expects))


def _kind(code: str) -> RightKind:
    if code not in set(RightKind):
        raise Refused("rights.refused.unread", text=code[:40])
    return RightKind(code)


def _press(turn: Turn) -> Press:
    return turn.press or Press(verb="", data={})


def _contract_id(turn: Turn) -> str:
    return _press(turn).subject_id("contract")


COMMANDS: tuple[Command, ...] = (
    command("rights.write", wrote_rights, rf"{_RIGHTS}{_CONTRACT}\s*:\s*(?P<said>.+)"),
    command("rights.remove", took_away, rf"{_RIGHTS}{_CONTRACT}[ ,:]+{_REMOVE} (?P<said>.+)"),
    command("rights.remove_here", took_away_here, rf"{_REMOVE} (?P<said>.+)"),
    command("rights", asked_for_rights, rf"(?:visa |show )?{_RIGHTS}{_CONTRACT}"),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {"rights.show": pressed_show, "rights.put": pressed_put, "rights.remove": pressed_remove},
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({EXPECTS: said_more})
