"""The sanction register: which answers have been given to what contracts give a right to, and what has been claimed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract import Contract
from domain.deviation import Deviation
from domain.identifiers import ContractId, TenantId
from domain.people import Person
from domain.sanction import is_valid, undecided_rights
from usecases.questions.asking import EVERYTHING, Answer, Inquiry, Narrowing, inquiry
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRight:
    """One answer to one right in one case."""

    decision: SanctionDecision
    deviation: Deviation
    contract: Contract | None
    by_name: str
    is_valid: bool
    """A reservation that has run out is no answer any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionRegister(Answer[AnsweredRight]):
    """The answers of a period, and how many rights wait for one right now."""

    undecided: int = 0

    def count(self, answer: SanctionAnswer) -> int:
        """How many such answers still hold."""
        return sum(row.decision.answer is answer and row.is_valid for row in self.rows)

    @property
    def claimed(self) -> tuple[Decimal, int]:
        """Kronor in all, and in how many decisions an amount is given."""
        amounts = [row.decision.amount_sek for row in self.rows if row.decision.answer is SanctionAnswer.YES]
        given = [amount for amount in amounts if amount is not None]
        return sum(given, start=Decimal(0)), len(given)


async def list_sanctions(
    world: World,
    tenant_id: TenantId,
    person: Person,
    since: date,
    until: date,
    narrow: Narrowing = EVERYTHING,
) -> SanctionRegister:
    """The answers given from `since` through `until`, local days, that the person may see; the newest first.

    Restricted cases are shown to the named few. The latest answer to each right counts; the log keeps the rest.
    """
    async with inquiry(world, tenant_id, person) as asked:
        zone = asked.scene.post.zone
        earliest = datetime.combine(since, time(), tzinfo=zone)
        latest = datetime.combine(until + timedelta(days=1), time(), tzinfo=zone) - timedelta(microseconds=1)
        decisions = await asked.unit.case_files.decisions_between(earliest, latest)
        rows = await _rows(asked, decisions, narrow)
        answer = asked.answer(sorted(rows, key=lambda row: row.decision.decided_at, reverse=True))
        return SanctionRegister(
            rows=answer.rows,
            as_of=answer.as_of,
            today=answer.today,
            is_own=answer.is_own,
            has_contracts=answer.has_contracts,
            undecided=await _undecided(asked, narrow),
        )


async def _rows(asked: Inquiry, decisions: Sequence[SanctionDecision], narrow: Narrowing) -> list[AnsweredRight]:
    cases = await asked.unit.deviations.by_ids({decision.deviation_id for decision in decisions})
    contracts = await _contracts(asked, cases.values())
    people = asked.scene.roster.people
    rows = []
    for decision in decisions:
        case = cases[decision.deviation_id]
        contract = contracts.get(case.contract_id) if case.contract_id else None
        if not asked.may_see(case, contract) or not narrow.keeps(contract):
            continue
        person = people.get(decision.decided_by)
        rows.append(
            AnsweredRight(
                decision=decision,
                deviation=case,
                contract=contract,
                by_name=person.name if person else decision.decided_by,
                is_valid=is_valid(decision, asked.scene.today),
            ),
        )
    return rows


async def _undecided(asked: Inquiry, narrow: Narrowing) -> int:
    """Rights without an answer in the open cases the person may see."""
    waiting = [case for case in await asked.unit.deviations.open() if case.sanction_since is not None]
    contracts = await _contracts(asked, waiting)
    seen = [
        case
        for case in waiting
        if case.contract_id in contracts
        and asked.may_see(case, contracts[case.contract_id])
        and narrow.keeps(contracts[case.contract_id])
    ]
    rights = await asked.unit.contract_rights.of_contracts({case.contract_id for case in seen if case.contract_id})
    files = await asked.unit.case_files.of_many([case.deviation_id for case in seen])
    return sum(
        len(undecided_rights(rights[case.contract_id], files[case.deviation_id].decisions, asked.scene.today))
        for case in seen
        if case.contract_id
    )


async def _contracts(asked: Inquiry, cases: Iterable[Deviation]) -> dict[ContractId, Contract]:
    ids = {case.contract_id for case in cases if case.contract_id}
    return await asked.unit.contracts.by_ids(ids)
