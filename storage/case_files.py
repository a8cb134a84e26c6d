"""What deviation cases gather: sightings, evidence, the plan's actions, decisions on sanctions, and letters."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row

from domain.case_file import (
    ActionVerdict,
    CaseFile,
    CaseLetter,
    Evidence,
    EvidenceKind,
    LetterKind,
    PlanAction,
    SanctionAnswer,
    SanctionDecision,
    Sighting,
)
from domain.contract_right import RightKind
from domain.identifiers import DeviationId
from storage.case_models import CaseLetterRow, EvidenceRow, PlanActionRow, SanctionDecisionRow, SightingRow
from storage.declaring import Base
from storage.rows import Rows, columns_of, own_rows, table_of, these

_T = TypeVar("_T", Sighting, Evidence, PlanAction, SanctionDecision, CaseLetter)
_CONTENT = frozenset({"content"})


class CaseFiles(Rows):
    """The tenant's case files."""

    async def of(self, deviation_id: str) -> CaseFile:
        return (await self.of_many([deviation_id]))[DeviationId(deviation_id)]

    async def of_many(self, deviation_ids: Collection[str]) -> dict[DeviationId, CaseFile]:
        """The files of these cases; an empty one where nothing has been gathered."""
        sightings = await self._of(_SIGHTINGS, deviation_ids, _sighting)
        evidence = await self._of(_EVIDENCE, deviation_ids, _evidence)
        actions = await self._of(_ACTIONS, deviation_ids, _action)
        decisions = await self._of(_DECISIONS, deviation_ids, _decision)
        letters = await self._of(_LETTERS, deviation_ids, _letter)
        return {
            DeviationId(one): CaseFile(
                sightings=tuple(sightings.get(one, ())),
                evidence=tuple(evidence.get(one, ())),
                actions=tuple(actions.get(one, ())),
                decisions=tuple(decisions.get(one, ())),
                letters=tuple(letters.get(one, ())),
            )
            for one in deviation_ids
        }

    async def actions_of(self, deviation_ids: Collection[str]) -> dict[str, list[PlanAction]]:
        """The plans alone; cases without one are left out."""
        return await self._of(_ACTIONS, deviation_ids, _action)

    async def add_sightings(self, sightings: Iterable[Sighting]) -> None:
        await self._insert(SightingRow, [columns_of(one) for one in sightings])

    async def hand_over_sightings(self, sightings: Collection[Sighting], to: DeviationId) -> None:
        """Let another case keep these sightings, when one case is merged into another or taken out again."""
        for one in sightings:
            await self._connection.execute(
                update(SightingRow)
                .where(SightingRow.tenant_id == self._tenant_id, SightingRow.sighting_id == one.sighting_id)
                .values(deviation_id=to, merged_from=one.merged_from),
            )

    async def forget_sightings(self, sightings: Collection[Sighting]) -> None:
        """Take away what has become a case of its own."""
        for one in sightings:
            await self._connection.execute(
                delete(SightingRow).where(
                    SightingRow.tenant_id == self._tenant_id,
                    SightingRow.sighting_id == one.sighting_id,
                ),
            )

    async def add_evidence(self, evidence: Evidence, content: bytes | None) -> None:
        await self._insert(EvidenceRow, [{**columns_of(evidence), "content": content}])

    async def hand_over_evidence(self, evidence: Collection[Evidence], to: DeviationId) -> None:
        """Let another case keep this evidence."""
        for one in evidence:
            await self._connection.execute(
                update(EvidenceRow)
                .where(EvidenceRow.tenant_id == self._tenant_id, EvidenceRow.evidence_id == one.evidence_id)
                .values(deviation_id=to),
            )

    async def evidence(self, evidence_id: str) -> Evidence | None:
        """One piece of evidence, without its content."""
        rows = await self._fetch(_ONE_PIECE, evidence_id=evidence_id)
        return _evidence(rows[0]) if rows else None

    async def content_of(self, evidence_id: str) -> bytes | None:
        """The bytes of a photo or a file; None for a link."""
        found = await self._connection.execute(
            select(EvidenceRow.content).where(
                EvidenceRow.tenant_id == self._tenant_id,
                EvidenceRow.evidence_id == evidence_id,
            ),
        )
        return found.scalar_one_or_none()

    async def add_actions(self, actions: Iterable[PlanAction]) -> None:
        await self._insert(PlanActionRow, [columns_of(one) for one in actions])

    async def save_action(self, action: PlanAction) -> None:
        await self._connection.execute(
            update(PlanActionRow)
            .where(PlanActionRow.tenant_id == self._tenant_id, PlanActionRow.action_id == action.action_id)
            .values(columns_of(action)),
        )

    async def remove_action(self, action: PlanAction) -> None:
        """Take an action out of a plan that has not been approved yet."""
        await self._connection.execute(
            delete(PlanActionRow).where(
                PlanActionRow.tenant_id == self._tenant_id,
                PlanActionRow.action_id == action.action_id,
            ),
        )

    async def decide(self, decision: SanctionDecision) -> None:
        """Keep the decision in place of the one before on the same right."""
        columns = {"tenant_id": self._tenant_id, **columns_of(decision)}
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table_of(SanctionDecisionRow)).values(columns)
        key = ["tenant_id", "deviation_id", "kind"]
        changed = {name: value for name, value in columns.items() if name not in key}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))

    async def add_letter(self, letter: CaseLetter) -> None:
        await self._insert(CaseLetterRow, [columns_of(letter)])

    async def keep_draft(self, letter: CaseLetter) -> None:
        """Keep the draft in place of the one before with the same id; what has been sent is never written over."""
        table = table_of(CaseLetterRow)
        columns = {"tenant_id": self._tenant_id, **columns_of(letter)}
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        key = ["tenant_id", "letter_id"]
        changed = {name: value for name, value in columns.items() if name not in key}
        statement = dialect.insert(table).values(columns)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=key, set_=changed, where=table.c.sent_on.is_(None)),
        )

    async def letter(self, letter_id: str) -> CaseLetter | None:
        found = await self._fetch(_LETTER, letter_id=letter_id)
        return _letter(found[0]) if found else None

    async def save_letter(self, letter: CaseLetter) -> None:
        await self._connection.execute(
            update(CaseLetterRow)
            .where(CaseLetterRow.tenant_id == self._tenant_id, CaseLetterRow.letter_id == letter.letter_id)
            .values(columns_of(letter)),
        )

    async def decisions_between(self, earliest: datetime, latest: datetime) -> list[SanctionDecision]:
        """Every decision made from `earliest` up to `latest`, both aware moments, oldest first."""
        rows = await self._fetch(_DECIDED, earliest=earliest, latest=latest)
        return [_decision(row) for row in rows]

    async def _of(
        self,
        statement: Select[Any],
        deviation_ids: Collection[str],
        value: Callable[[Row[Any]], _T],
    ) -> dict[str, list[_T]]:
        found: dict[str, list[_T]] = {}
        for row in await self._fetch_these(statement, deviation_ids):
            found.setdefault(row.deviation_id, []).append(value(row))
        return found


def _of_cases(row: type[Base], *order: str, leave_out: frozenset[str] = frozenset()) -> Select[Any]:
    columns = table_of(row).c
    wanted = own_rows(row, leave_out=leave_out).where(these(columns.deviation_id))
    return wanted.order_by(*(columns[name] for name in order))


_SIGHTINGS = _of_cases(SightingRow, "reported_at", "sighting_id")
_EVIDENCE = _of_cases(EvidenceRow, "added_at", "evidence_id", leave_out=_CONTENT)
_ONE_PIECE = own_rows(EvidenceRow, leave_out=_CONTENT).where(
    table_of(EvidenceRow).c.evidence_id == bindparam("evidence_id"),
)
_ACTIONS = _of_cases(PlanActionRow, "position", "action_id")
_DECISIONS = _of_cases(SanctionDecisionRow, "decided_at", "kind")
_LETTERS = _of_cases(CaseLetterRow, "drafted_at", "letter_id")
_LETTER = own_rows(CaseLetterRow).where(table_of(CaseLetterRow).c.letter_id == bindparam("letter_id"))
_SD = table_of(SanctionDecisionRow).c
_DECIDED = (
    own_rows(SanctionDecisionRow)
    .where(_SD.decided_at >= bindparam("earliest"), _SD.decided_at <= bindparam("latest"))
    .order_by(_SD.decided_at, _SD.deviation_id, _SD.kind)
)


def _columns(row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "tenant_id"}  # noqa: SLF001 - the row's public mapping


def _sighting(row: Row[Any]) -> Sighting:
    return Sighting(**_columns(row))


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(**{**_columns(row), "kind": EvidenceKind(row.kind)})


def _action(row: Row[Any]) -> PlanAction:
    return PlanAction(**{**_columns(row), "verdict": ActionVerdict(row.verdict) if row.verdict else None})


def _decision(row: Row[Any]) -> SanctionDecision:
    return SanctionDecision(**{**_columns(row), "kind": RightKind(row.kind), "answer": SanctionAnswer(row.answer)})


def _letter(row: Row[Any]) -> CaseLetter:
    return CaseLetter(**{**_columns(row), "kind": LetterKind(row.kind)})
