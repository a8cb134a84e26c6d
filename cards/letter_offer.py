"""A document offered: in Teams by its own consent card, whose two answers come back as presses of ours."""

from collections.abc import Mapping
from typing import Any, Final

from cards.blocks import finish, heading, paragraph
from cards.buttons import DATA_VERSION
from cards.card import Card
from cards.texts import Texts
from domain.people import Language

ACCEPTED: Final = "letter.accept_file"
DECLINED: Final = "letter.decline_file"
_CONSENT_TYPE: Final = "application/vnd.microsoft.teams.card.file.consent"
_FILE_TYPE: Final = "application/vnd.microsoft.teams.card.file.info"


def consent_attachment(
    *, file_name: str, size_bytes: int, subject: str, verbs: tuple[str, str], why: str
) -> dict[str, Any]:
    """Asks whether the file may be put in the person's OneDrive; `why` says what it is for."""
    accept, decline = (_context(verb, subject) for verb in verbs)
    return {
        "contentType": _CONSENT_TYPE,
        "name": file_name,
        "content": {
            "description": why,
            "sizeInBytes": size_bytes,
            "acceptContext": accept,
            "declineContext": decline,
        },
    }


def file_attachment(*, file_name: str, unique_id: str, url: str, file_type: str) -> dict[str, Any]:
    """The file where it now is, to be opened."""
    return {
        "contentType": _FILE_TYPE,
        "contentUrl": url,
        "name": file_name,
        "content": {"uniqueId": unique_id, "fileType": file_type},
    }


def declined_card(language: Language) -> Card:
    """They said no: nothing is lost."""
    texts = Texts(language)
    title = texts("supplier_letter.declined.title")
    return finish([heading(title), paragraph(texts("supplier_letter.declined.line"))], [], title, language=language)


def _context(verb: str, subject: str) -> Mapping[str, object]:
    return {"v": DATA_VERSION, "verb": verb, "subject": subject, "rev": 0, "notice": None}
