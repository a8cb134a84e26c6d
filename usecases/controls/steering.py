"""Only the controller steers."""

from domain.errors import Refused
from domain.people import Person


def refuse_unless_controller(person: Person) -> None:
    """Everybody else is told, politely, who does."""
    if not person.is_controller:
        raise Refused("controlling.refused.only_controller")
