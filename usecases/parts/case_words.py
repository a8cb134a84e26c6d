"""What people write about a case is looked through before it is kept: nothing that points a person out, nothing endless."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Final

from domain.case_guards import CaseFacts
from domain.errors import Refused
from domain.privacy import personal_findings

MOST_WORDS: Final = 2_000
"""Characters of one thing said about a case."""


def check_words(texts: Iterable[str]) -> None:
    """Refuses what is too long, and what points a person out."""
    for text in texts:
        if len(text) > MOST_WORDS:
            raise Refused("deviation.refused.too_long", most=MOST_WORDS)
        if personal_findings(text):
            raise Refused("deviation.refused.personal_data")


def check_facts(given: CaseFacts) -> None:
    """The same for everything that was said when a case was moved."""
    said = (getattr(given, one.name) for one in fields(given))
    check_words(one for one in said if isinstance(one, str))
