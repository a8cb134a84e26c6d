"""People, how they are reached, and who may be written to at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import Select

from domain.identifiers import PersonId
from domain.people import Language, Person, Role
from storage.models import PersonRow, RecipientRuleRow
from storage.rows import Rows, chunks, columns_of, table_of

_VALUE_FIELDS = frozenset(Person.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How a person is reached: where their chat is, and what has been said in it so far."""

    person_id: PersonId
    service_url: str | None
    conversation_id: str | None
    reachability: str
    """never_seen, reachable, not_installed, blocked or left."""
    welcomed_at: datetime | None
    last_digest_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientRule:
    """A person, a department or everyone: let in to, or kept out of, everything the bot sends by itself."""

    kind: str
    """`person` (value: the mail address), `department` (its name in small letters) or `everyone` (value: `*`)."""
    value: str
    is_allowed: bool


_P = table_of(PersonRow)
_ROUTES = select(*(_P.c[field] for field in Route.__dataclass_fields__)).where(
    _P.c.tenant_id == bindparam("own_tenant"), _P.c.person_id.in_(bindparam("own_ids", expanding=True))
)
_ROUTES_HELD = _ROUTES.with_for_update(skip_locked=True)
_CHANGE = update(_P).where(_P.c.tenant_id == bindparam("own_tenant"), _P.c.person_id == bindparam("own_id"))


class People(Rows):
    """The tenant's people as domain values."""

    async def all(self) -> list[Person]:
        return await self._read(select(PersonRow).order_by(PersonRow.name, PersonRow.mail))

    async def by_mail(self, mail: str) -> Person | None:
        found = await self.by_mails([mail])
        return found.get(mail.lower())

    async def by_mails(self, mails: Collection[str]) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for some in chunks(sorted({mail.lower() for mail in mails})):
            people = await self._read(select(PersonRow).where(PersonRow.mail.in_(some)))
            found |= {person.mail: person for person in people}
        return found

    async def by_object_id(self, aad_object_id: str) -> Person | None:
        found = await self._read(select(PersonRow).where(PersonRow.aad_object_id == aad_object_id))
        return found[0] if found else None

    async def by_id(self, person_id: str) -> Person | None:
        found = await self._read(select(PersonRow).where(PersonRow.person_id == person_id))
        return found[0] if found else None

    async def add(self, person: Person) -> None:
        await self.add_all([person])

    async def add_all(self, people: Sequence[Person]) -> None:
        self._changes.has_new_standing = True
        await self._insert(PersonRow, [{**columns_of(person), "reachability": "never_seen"} for person in people])

    async def save(self, person: Person) -> None:
        self._changes.has_new_standing = True
        await self._change(person.person_id, columns_of(person, leave_out=frozenset({"person_id"})))

    async def routes(self, person_ids: Collection[str]) -> dict[str, Route]:
        """Routes by person id."""
        return await self._routes(_ROUTES, person_ids)

    async def hold_routes(self, person_ids: Collection[str]) -> dict[str, Route]:
        """Routes by person id, locked for us until the unit ends; whoever another sender writes to is left out."""
        return await self._routes(_ROUTES_HELD, person_ids)

    async def _routes(self, statement: Select[Any], person_ids: Collection[str]) -> dict[str, Route]:
        found: dict[str, Route] = {}
        for some in chunks(sorted(person_ids)):
            rows = await self._connection.execute(statement, {"own_tenant": self._tenant_id, "own_ids": some})
            found |= {row.person_id: _route(row) for row in rows}
        return found

    async def save_route(self, person_id: PersonId, **changes: Any) -> None:  # noqa: ANN401 - columns of the route
        """Change `service_url`, `conversation_id`, `reachability`, `welcomed_at`, `last_digest_on` or `last_seen_at`."""
        await self._change(person_id, changes)

    async def unreachable(self) -> list[tuple[Person, str]]:
        """People nothing can be delivered to, with the reason."""
        rows = await self._connection.execute(
            select(PersonRow)
            .where(PersonRow.tenant_id == self._tenant_id, PersonRow.reachability.in_(("not_installed", "blocked")))
            .order_by(PersonRow.name),
        )
        return [(_person(row), row.reachability) for row in rows]

    async def recipient_rules(self) -> list[RecipientRule]:
        rows = await self._connection.execute(
            select(RecipientRuleRow)
            .where(RecipientRuleRow.tenant_id == self._tenant_id)
            .order_by(RecipientRuleRow.kind, RecipientRuleRow.value),
        )
        return [RecipientRule(kind=row.kind, value=row.value, is_allowed=row.is_allowed) for row in rows]

    async def set_recipient_rule(self, rule: RecipientRule) -> None:
        self._changes.has_new_standing = True
        await self._connection.execute(
            delete(RecipientRuleRow).where(
                RecipientRuleRow.tenant_id == self._tenant_id,
                RecipientRuleRow.kind == rule.kind,
                RecipientRuleRow.value == rule.value,
            ),
        )
        await self._insert(RecipientRuleRow, [columns_of(rule)])

    async def drop_recipient_rules(self, *, is_allowed: bool) -> None:
        """Take away every line that lets somebody in, or every line that keeps somebody out."""
        self._changes.has_new_standing = True
        await self._connection.execute(
            delete(RecipientRuleRow).where(
                RecipientRuleRow.tenant_id == self._tenant_id,
                RecipientRuleRow.is_allowed == is_allowed,
            ),
        )

    async def _change(self, person_id: str, columns: dict[str, Any]) -> None:
        which = {"own_tenant": self._tenant_id, "own_id": person_id}
        await self._connection.execute(_CHANGE, {**columns, **which})

    async def _read(self, statement: Select[PersonRow]) -> list[Person]:
        rows = await self._connection.execute(statement.where(PersonRow.tenant_id == self._tenant_id))
        return [_person(row) for row in rows]


def _person(row: Row[PersonRow]) -> Person:
    columns = {name: value for name, value in row._mapping.items() if name in _VALUE_FIELDS}  # noqa: SLF001 - the row's public mapping
    return Person(
        **{
            **columns,
            "roles": frozenset(Role(code) for code in row.roles),
            "language": Language(row.language) if row.language else None,
        },
    )


def _route(row: Row[PersonRow]) -> Route:
    return Route(
        person_id=PersonId(row.person_id),
        service_url=row.service_url,
        conversation_id=row.conversation_id,
        reachability=row.reachability,
        welcomed_at=row.welcomed_at,
        last_digest_on=row.last_digest_on,
    )
