"""Everything about one contract, for somebody who has a part in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.contract import Contract, ContractFlag, ContractState
from domain.due_dates import end_dates
from domain.flags import contract_flags
from domain.identifiers import ContractId, TenantId
from domain.light import ContractLight, glimpse
from domain.people import Person
from domain.urgency import urgency
from domain.watch import Watch, WatchState
from usecases.parts.acting import Subject
from usecases.parts.items import Item, item_of
from usecases.parts.lighting import Lighting
from usecases.questions.asking import Inquiry, holds_words, inquiry
from usecases.questions.list_deviations import OpenDeviation, by_weight
from usecases.world import World

_SHOWN = frozenset({WatchState.OPEN, WatchState.TRIAGE, WatchState.LAPSED, WatchState.DONE})
_SHORTEST = 4
"""Letters of a word that tells a contract from others; shorter ones stand inside too many."""
_NEEDS_DECISION = frozenset({WatchState.TRIAGE, WatchState.LAPSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeContract:
    """One contract with all that is going on about it."""

    contract: Contract
    as_of: datetime
    today: date
    owner_name: str | None
    manager_name: str | None
    deputy_name: str | None
    notice_deadline: date | None
    notice_is_assumed: bool
    flags: tuple[ContractFlag, ...]
    followups: tuple[Item, ...]
    """Open ones, the most urgent first."""
    last_followup_on: date | None
    watches: tuple[Watch, ...]
    """Those that need a decision first, then by date."""
    deviations: tuple[OpenDeviation, ...]
    """Open ones the asker may see, gravest first."""
    light: ContractLight | None
    """From what the asker may see; None when the contract is not in force, or its cases are not theirs to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a number or some words led to: one contract, several to choose from, or none."""

    whole: WholeContract | None
    several: tuple[Contract, ...]
    as_of: datetime
    is_own: bool
    has_contracts: bool


async def find_contract(world: World, tenant_id: TenantId, person: Person, words: str) -> Found:
    """The contract with this number, else those among the asker's whose number, title or supplier has the words.

    A number that belongs to somebody else's contract is not found, as if it did not exist.
    """
    async with inquiry(world, tenant_id, person) as asked:
        exact = await asked.unit.contracts.by_number(words)
        if exact is not None and asked.scene.roster.plays(person, exact):
            return await _found(asked, [exact])
        return await _found(asked, _matching(await asked.contracts(), words))


async def show_contract(world: World, tenant_id: TenantId, person: Person, contract_id: str) -> Found:
    """The contract by its id, as a button gives it; not found when it is not the person's to see."""
    async with inquiry(world, tenant_id, person) as asked:
        contract = await asked.unit.contracts.get(ContractId(contract_id))
        is_theirs = contract is not None and bool(asked.scene.roster.plays(person, contract))
        return await _found(asked, [contract] if contract is not None and is_theirs else [])


async def knows_words(world: World, tenant_id: TenantId, person: Person, words: str) -> bool:
    """Whether any contract the person may ask about has these words in what it is called."""
    async with inquiry(world, tenant_id, person) as asked:
        return any(holds_words(row, words) for row in await asked.contracts())


async def known_words(
    world: World,
    tenant_id: TenantId,
    person: Person,
    said: Sequence[Sequence[str]],
) -> str | None:
    """Of words with their other forms, those that stand in what contracts of the asker's are called; None when none does.

    *skolskjutsen* is found as *skolskjuts*. All that are kept stand together on some contract.
    """
    async with inquiry(world, tenant_id, person) as asked:
        contracts = await asked.contracts()
    kept = [found for forms in said if (found := _first_known(forms, contracts))]
    while kept and not any(holds_words(row, " ".join(kept)) for row in contracts):
        kept.remove(min(kept, key=len))
    return " ".join(kept) or None


def _first_known(forms: Sequence[str], contracts: Sequence[Contract]) -> str | None:
    long_enough = (form for form in forms if len(form) >= _SHORTEST)
    return next((form for form in long_enough if any(holds_words(row, form) for row in contracts)), None)


async def _found(asked: Inquiry, contracts: Sequence[Contract]) -> Found:
    is_one = len(contracts) == 1
    answer = asked.answer(contracts)
    return Found(
        whole=await _whole(asked, contracts[0]) if is_one else None,
        several=() if is_one else tuple(contracts),
        as_of=answer.as_of,
        is_own=answer.is_own,
        has_contracts=answer.has_contracts,
    )


def _matching(contracts: Sequence[Contract], words: str) -> list[Contract]:
    sought = " ".join(words.casefold().split())
    by_number = [row for row in contracts if row.contract_number.casefold() == sought]
    return by_number or [row for row in contracts if holds_words(row, sought)]


async def _whole(asked: Inquiry, contract: Contract) -> WholeContract:
    scene, unit = asked.scene, asked.unit
    people = (scene.roster.living(mail) for mail in (contract.owner_mail, contract.manager_mail, contract.deputy_mail))
    owner_name, manager_name, deputy_name = (one.name if one else None for one in people)
    watches = (await unit.watches.of_contracts([contract.contract_id]))[contract.contract_id]
    dates = end_dates(contract, scene.rules, scene.calendar, on=scene.today)
    last = await unit.followups.last_submitted(contract.contract_id)
    deviations = await _deviations(asked, contract)
    return WholeContract(
        contract=contract,
        as_of=scene.post.local(scene.now),
        today=scene.today,
        owner_name=owner_name,
        manager_name=manager_name,
        deputy_name=deputy_name,
        notice_deadline=dates.notice_deadline if dates and dates.has_decision else None,
        notice_is_assumed=dates is not None and dates.is_notice_assumed,
        flags=_flags(asked, contract, watches),
        followups=await _followups(asked, contract),
        last_followup_on=scene.post.day_of(last.submitted_at) if last and last.submitted_at else None,
        watches=tuple(sorted((one for one in watches if one.state in _SHOWN), key=_weight)),
        deviations=deviations,
        light=await _light(asked, contract, deviations),
    )


async def _light(asked: Inquiry, contract: Contract, seen: Sequence[OpenDeviation]) -> ContractLight | None:
    scene, unit = asked.scene, asked.unit
    if contract.state_on(scene.today) is not ContractState.ACTIVE or not asked.sees_cases(contract):
        return None
    passed = await unit.lights.plans_passed(scene.today)
    cases = [
        glimpse(one.deviation, contract.contract_id, plan_passed_on=passed.get(one.deviation.deviation_id))
        for one in seen
    ]
    handed_in = await unit.lights.followed_up(contract.contract_id)
    return Lighting(scene, cases, handed_in).of(contract.contract_id, contract.contract_class)


def _flags(asked: Inquiry, contract: Contract, watches: Sequence[Watch]) -> tuple[ContractFlag, ...]:
    scene = asked.scene
    return contract_flags(
        contract,
        scene.rules,
        scene.calendar,
        scene.today,
        scene.roster.living_mails,
        has_triage=any(watch.state in _NEEDS_DECISION for watch in watches),
    )


async def _followups(asked: Inquiry, contract: Contract) -> tuple[Item, ...]:
    rows = (await asked.unit.followups.of_contracts([contract.contract_id]))[contract.contract_id]
    parts = asked.scene.roster.plays(asked.person, contract)
    live = sorted((row for row in rows if row.is_open), key=lambda row: urgency(row, asked.scene.today))
    return tuple(
        item_of(Subject(followup=row, contract=contract, parts=parts), asked.person, asked.scene) for row in live
    )


async def _deviations(asked: Inquiry, contract: Contract) -> tuple[OpenDeviation, ...]:
    rows = [
        OpenDeviation(
            deviation=row,
            contract=contract,
            kind=asked.kind_of(row),
            is_past_deadline=row.deadline_on is not None and row.deadline_on < asked.scene.today,
        )
        for row in await asked.unit.deviations.of_contract(contract.contract_id)
        if row.is_open and asked.may_see(row, contract)
    ]
    return tuple(sorted(rows, key=by_weight))


def _weight(watch: Watch) -> tuple[int, str]:
    order = (WatchState.TRIAGE, WatchState.LAPSED, WatchState.OPEN, WatchState.DONE)
    return order.index(watch.state), watch.on.isoformat()
