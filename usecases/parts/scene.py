"""The scene a decision is made in: the organisation, its rules, its people and the hour."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.checklist.template import Template
from domain.contract import ContractClass
from domain.dispatch import Post
from domain.errors import Refused
from domain.people import Person
from domain.roster import Roster
from domain.ruleset import RuleSet
from domain.working_days import WorkingCalendar
from storage.people import RecipientRule
from storage.rule_library import RulesInForce
from storage.tenants import Tenant
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Read once at the start of a unit, so that every decision in it sees the same world."""

    tenant: Tenant
    in_force: RulesInForce
    roster: Roster
    post: Post
    recipient_rules: tuple[RecipientRule, ...]
    is_local: bool
    now: datetime
    today: date = field(init=False)
    """The local day of `now`: asked for at every turn, so found out once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", self.post.day_of(self.now))

    @property
    def rules(self) -> RuleSet:
        return self.in_force.rules

    @property
    def calendar(self) -> WorkingCalendar:
        return self.in_force.calendar

    @property
    def templates(self) -> dict[str, Template]:
        return dict(self.in_force.templates)

    def is_on(self, contract_class: ContractClass | None) -> bool:
        """Whether follow-ups of a class are in operation."""
        return contract_class is not None and contract_class in (self.tenant.rollout or {})

    def may_receive(self, person: Person) -> bool:
        """Whether anything may be sent to a person unasked: the try-out's allow-list.

        The person's own line wins over their department's, and that over everyone's; with none of them, local mode
        lets everybody in.
        """
        said = {(rule.kind, rule.value): rule.is_allowed for rule in self.recipient_rules}
        own = said.get(("person", person.mail))
        if own is not None:
            return own
        by_department = said.get(("department", (person.department or "").casefold()))
        if by_department is not None:
            return by_department
        return self.lets_everyone_in

    @property
    def lets_everyone_in(self) -> bool:
        """Whether those with no line of their own, nor of their department, may receive anything."""
        return next((rule.is_allowed for rule in self.recipient_rules if rule.kind == "everyone"), self.is_local)


async def read_scene(unit: Unit, *, now: datetime, is_local: bool) -> Scene:
    """Read the scene. A tenant that does not exist is refused."""
    tenant = await unit.tenant.get()
    if tenant is None:
        raise Refused("talk.unknown_tenant")
    standing = await unit.standing(tenant, at=now)
    return Scene(
        tenant=tenant,
        in_force=standing.in_force,
        roster=standing.roster,
        post=post_of(standing.in_force.rules, standing.in_force.calendar),
        recipient_rules=standing.recipient_rules,
        is_local=is_local,
        now=now,
    )


def post_of(rules: RuleSet, calendar: WorkingCalendar) -> Post:
    """When post is delivered under a rule set."""
    return Post(
        zone=ZoneInfo(rules.time_zone),
        calendar=calendar,
        digest_at=rules.digest_at,
        spread_minutes=rules.spread_minutes,
    )
