"""What people files call their columns, in Swedish and English, exports from Entra included."""

from collections.abc import Mapping
from enum import StrEnum

from domain.register.synonyms import MAIL_WORDS, mails_of


class PeopleColumn(StrEnum):
    """The columns a people file may have. The codes are the keys of a mapping file."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    MAIL = "mail"
    OBJECT_ID = "aad_object_id"
    DEPARTMENT = "department"
    TITLE = "title"
    LINE_MANAGER_MAIL = "line_manager_mail"
    ROLES = "roles"


_CHIEFS = ("chef", "närmaste chef", "line manager", "manager", "överordnad", "supervisor")

PEOPLE: Mapping[PeopleColumn, tuple[str, ...]] = {
    PeopleColumn.NAME: (
        *("namn", "name", "visningsnamn", "display name", "fullständigt namn", "full name", "medarbetare", "person"),
        *("anställd", "employee", "användare"),
    ),
    PeopleColumn.GIVEN_NAME: ("förnamn", "tilltalsnamn", "first name", "given name"),
    PeopleColumn.FAMILY_NAME: ("efternamn", "last name", "surname", "family name"),
    PeopleColumn.MAIL: (
        *MAIL_WORDS,
        *("user principal name", "användarnamn", "jobbmail", "e-post arbete", "work email", "primary email"),
    ),
    PeopleColumn.OBJECT_ID: (
        *("entra-objekt-id", "entra-id", "entra object id", "objekt-id", "object id", "azure ad id", "aad object id"),
        *("azure ad object id", "objectid", "azure-id", "aad-id", "entra objekt", "id", "microsoft entra id"),
    ),
    PeopleColumn.DEPARTMENT: (
        "förvaltning",
        "avdelning",
        "enhet",
        "department",
        "unit",
        "organisation",
        "sektor",
        "nämnd",
    ),
    PeopleColumn.TITLE: ("titel", "befattning", "yrkestitel", "title", "job title", "position", "yrke", "tjänst"),
    PeopleColumn.LINE_MANAGER_MAIL: (*_CHIEFS, *mails_of(*_CHIEFS), "chefens e-post", "e-post chef", "chef upn"),
    PeopleColumn.ROLES: ("roll", "roller", "role", "roles", "botroll", "roll i avtalsbot", "ansvarsroll"),
}
