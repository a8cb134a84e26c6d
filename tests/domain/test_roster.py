"""Parts are resolved to people who still work here."""

from domain.people import ContractRole, Role
from domain.roster import roster
from tests.support.world import contract, person

OWNER = person("Olle Owner")
MANAGER = person("Mia Manager")
DEPUTY = person("Dan Deputy")
CONTROLLER = person("Carin Controller", Role.CONTRACT_CONTROLLER)
DEAL = contract("1", owner_mail=OWNER.mail, manager_mail=MANAGER.mail, deputy_mail=DEPUTY.mail)


def test_the_manager_is_told_while_they_work_here() -> None:
    people = roster([OWNER, MANAGER, DEPUTY, CONTROLLER], has_people_file=True)

    assert people.who(ContractRole.MANAGER, DEAL) == (MANAGER,)


def test_a_vacant_manager_falls_to_the_deputy_then_the_owner_then_the_controllers() -> None:
    gone = person("Mia Manager", has_left=True)

    assert roster([OWNER, gone, DEPUTY], has_people_file=True).who(ContractRole.MANAGER, DEAL) == (DEPUTY,)
    assert roster([OWNER, gone], has_people_file=True).who(ContractRole.MANAGER, DEAL) == (OWNER,)
    assert roster([CONTROLLER], has_people_file=True).who(ContractRole.MANAGER, DEAL) == (CONTROLLER,)


def test_somebody_missing_from_the_people_file_no_longer_works_here() -> None:
    unlisted = person("Mia Manager", is_listed=False)

    assert roster([unlisted], has_people_file=True).living(unlisted.mail) is None


def test_without_a_people_file_whoever_the_register_names_works_here() -> None:
    unlisted = person("Mia Manager", is_listed=False)

    assert roster([unlisted], has_people_file=False).living(unlisted.mail) == unlisted


def test_a_contract_is_nobodys_business_without_a_part_in_it() -> None:
    stranger = person("Sten Stranger")

    assert roster([stranger], has_people_file=True).plays(stranger, DEAL) == frozenset()
