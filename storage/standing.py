"""Who and what an organisation is: people, allow-list and rules. Much is decided by them, and they seldom change."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from domain.identifiers import TenantId
from domain.roster import Roster, roster
from storage.imports import Imports
from storage.people import People, RecipientRule
from storage.rule_library import RulesInForce, rules_in_force
from storage.rules import Rules

MOST_TENANTS = 200
"""So many are remembered at once; about 100 kB each."""
Key = tuple[str, int | None]
"""`tenant.standing` and the number of the rule set: both another, whatever is changed, by whichever process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What every decision reads and hardly any changes."""

    roster: Roster
    recipient_rules: tuple[RecipientRule, ...]
    in_force: RulesInForce


class Standings:
    """What is remembered of each tenant, for as long as its key is the same."""

    def __init__(self) -> None:
        self._known: OrderedDict[TenantId, tuple[Key, Standing]] = OrderedDict()

    def get(self, tenant_id: TenantId, key: Key) -> Standing | None:
        known = self._known.get(tenant_id)
        return known[1] if known is not None and known[0] == key else None

    def keep(self, tenant_id: TenantId, key: Key, standing: Standing) -> None:
        self._known[tenant_id] = (key, standing)
        self._known.move_to_end(tenant_id)
        if len(self._known) > MOST_TENANTS:
            self._known.popitem(last=False)


async def read_standing(
    people: People, imports: Imports, rules: Rules, ruleset_number: int | None, *, at: datetime
) -> Standing:
    """Read it. A tenant without rules gets the shipped ones stored first."""
    return Standing(
        in_force=await rules_in_force(rules, ruleset_number, at=at),
        roster=roster(await people.all(), has_people_file=await imports.has_any("people")),
        recipient_rules=tuple(await people.recipient_rules()),
    )
