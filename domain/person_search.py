"""Finds the person somebody means by a name, a first name with a department, or a mail address."""

import re

from domain.people import Person
from domain.roster import Roster

_SMALL_WORDS = frozenset({"på", "at", "in", "i", "from", "från", "det", "är", "it", "is", "the", "vid", "of"})


def people_meant(said: str, roster: Roster) -> tuple[Person, ...]:
    """The living people it may be; one when it is clear, none when nobody fits.

    *Samira på fastighet* is somebody named Samira whose department or title begins with fastighet.
    """
    by_mail = [mail.lower() for mail in re.findall(r"[^\s<>,;]+@[^\s<>,;]+", said)]
    if by_mail:
        found = [roster.living(mail.strip(".")) for mail in by_mail]
        return tuple(person for person in found if person is not None)
    words = [word for word in _words(said) if word not in _SMALL_WORDS]
    if not words:
        return ()
    living = [person for mail in sorted(roster.people) if (person := roster.living(mail)) is not None]
    exact = tuple(person for person in living if _words(person.name) == words)
    if exact:
        return exact
    named = tuple(person for person in living if set(words) <= set(_words(person.name)))
    return named or tuple(person for person in living if _fits(person, words))


def _fits(person: Person, words: list[str]) -> bool:
    name = _words(person.name)
    about = _words(f"{person.department or ''} {person.title or ''}")
    first, *rest = words
    return first in name and bool(rest) and all(_is_begun(word, [*name, *about]) for word in rest)


def _is_begun(word: str, whole: list[str]) -> bool:
    return any(other.startswith(word) for other in whole)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.casefold())
