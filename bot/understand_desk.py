"""The office desk for reading sentences: what the bot would understand, without a chat and without keeping anything."""

import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from bot.arguments import LOCAL_ZONE, Arguments
from bot.clock import Clock
from bot.desk import Hindered, home_of, office
from bot.settings import Settings
from bot.understood import understood_lines, understood_row
from dialogs.understand.contract_index import ContractFacts, ContractIndex
from dialogs.understand.matching import Sender
from dialogs.understand.reports import read_report
from dialogs.understand.understanding import Understanding
from domain.contract import Contract
from domain.deviation_types import DeviationType
from domain.errors import Refused
from domain.identifiers import ContractId, TenantId
from domain.people import Language
from usecases.deviations.contracts_to_match import contracts_to_match
from usecases.find_person import find_person
from usecases.world import World

LINES = "-"
"""In place of a sentence: one sentence a line from standard input."""
_STRANGER = "stands in no list of people; read as somebody without contracts."
_NOBODY_YET = "There is no organisation in this database yet. Run: avtalsbot import register FILE --people FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood, read as it is asked for, and what to say beside it."""

    answers: Iterator[str]
    """One a sentence: a JSON object, or lines for a person."""
    remark: str | None = None


async def understand(arguments: Arguments, settings: Settings, clock: Clock) -> Reading:
    """What each sentence is understood to be.

    Anybody in the organisation may report, so a sender who stands in no list is read too, with no contracts of their own.
    """
    async with office(settings, clock) as world:
        tenant_id = await home_of(world, settings)
        contracts, types = await _known(world, tenant_id)
        person = await find_person(world, tenant_id, arguments.sender)
        today = clock().astimezone(LOCAL_ZONE).date()
    read = partial(
        read_report,
        sender=Sender(mail=arguments.sender, department=person.department if person else None),
        contracts=ContractIndex.build(ContractFacts.of(contract, today) for contract in contracts),
        types=types,
        today=today,
        language_hint=person.speaks if person else Language.SV,
    )
    by_id = {contract.contract_id: contract for contract in contracts}
    tell = _as_json if arguments.as_json else partial(understood_lines, types=types)
    return Reading(
        answers=(tell(read(sentence), contracts=by_id) for sentence in _sentences(arguments.text)),
        remark=None if person else f"{arguments.sender} {_STRANGER}",
    )


def _as_json(understanding: Understanding, contracts: Mapping[ContractId, Contract]) -> str:
    return json.dumps(understood_row(understanding, contracts), ensure_ascii=False)


async def _known(world: World, tenant_id: TenantId) -> tuple[list[Contract], dict[str, DeviationType]]:
    try:
        return await contracts_to_match(world, tenant_id)
    except Refused as nobody:
        raise Hindered(_NOBODY_YET) from nobody


def _sentences(text: str) -> Iterator[str]:
    if text != LINES:
        yield text
        return
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        yield line.rstrip("\n")
