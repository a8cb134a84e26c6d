"""Who plays which part today: roles on a contract resolved to living people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from domain.contract import Contract
from domain.people import ContractRole, Person, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The organisation's people by mail address, and whether a people file says who still works here."""

    people: Mapping[str, Person]
    has_people_file: bool
    by_role: Mapping[Role, tuple[Person, ...]] = field(init=False)
    """Living people with each role, by name."""

    def __post_init__(self) -> None:
        found: dict[Role, list[Person]] = {}
        for person in sorted(self.people.values(), key=lambda person: (person.name, person.mail)):
            if person.roles and self.living(person.mail):
                for role in person.roles:
                    found.setdefault(role, []).append(person)
        object.__setattr__(self, "by_role", MappingProxyType({role: tuple(some) for role, some in found.items()}))

    def living(self, mail: str | None) -> Person | None:
        """The person behind a mail address, if they still work here: not left, and listed where there is a list."""
        person = self.people.get(mail.lower()) if mail else None
        if person is None or person.has_left:
            return None
        return person if person.is_listed or not self.has_people_file else None

    @property
    def living_mails(self) -> frozenset[str]:
        return frozenset(mail for mail in self.people if self.living(mail))

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """Living people with a role for the whole organisation, by name."""
        return self.by_role.get(role, ())

    def owner_of(self, contract: Contract) -> Person | None:
        return self.living(contract.owner_mail)

    def manager_of(self, contract: Contract) -> Person | None:
        return self.living(contract.manager_mail)

    def who(self, role: ContractRole, contract: Contract | None) -> tuple[Person, ...]:
        """The people a step is meant for. A vacant manager falls to the deputy, then the owner, then the controllers."""
        match role:
            case ContractRole.CONTROLLER:
                return self.with_role(Role.CONTRACT_CONTROLLER)
            case ContractRole.PROCUREMENT:
                return self.with_role(Role.PROCUREMENT_OFFICER)
            case ContractRole.MANAGER | ContractRole.DEPUTY if contract is not None:
                return self._first(contract.manager_mail, contract.deputy_mail, contract.owner_mail)
            case ContractRole.OWNER if contract is not None:
                return self._first(contract.owner_mail)
            case _:
                return ()

    def _first(self, *mails: str | None) -> tuple[Person, ...]:
        for mail in mails:
            person = self.living(mail)
            if person is not None:
                return (person,)
        return self.with_role(Role.CONTRACT_CONTROLLER)

    def plays(self, person: Person, contract: Contract) -> frozenset[ContractRole]:
        """The parts a person plays on a contract; empty means the contract is not theirs to see."""
        parts = {
            ContractRole.OWNER: contract.owner_mail == person.mail,
            ContractRole.MANAGER: contract.manager_mail == person.mail,
            ContractRole.DEPUTY: contract.deputy_mail == person.mail,
            ContractRole.CONTROLLER: Role.CONTRACT_CONTROLLER in person.roles,
            ContractRole.PROCUREMENT: Role.PROCUREMENT_OFFICER in person.roles,
        }
        return frozenset(role for role, is_theirs in parts.items() if is_theirs)


def roster(people: Iterable[Person], *, has_people_file: bool) -> Roster:
    """A roster of these people."""
    return Roster(
        people=MappingProxyType({person.mail: person for person in people}),
        has_people_file=has_people_file,
    )
