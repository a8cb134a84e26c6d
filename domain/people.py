"""People and the parts they play (domain.md 4.1)."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from domain.identifiers import PersonId


class Language(StrEnum):
    """The languages the bot speaks, Swedish first."""

    SV = "sv"
    EN = "en"


class Role(StrEnum):
    """A part someone plays for the whole organisation. Owner and manager stand on the contract instead."""

    CONTRACT_CONTROLLER = "contract_controller"
    PROCUREMENT_OFFICER = "procurement_officer"
    HEAD_OF_PROCUREMENT = "head_of_procurement"
    DEPARTMENT_HEAD = "department_head"
    MUNICIPAL_DIRECTOR = "municipal_director"
    LEGAL_COUNSEL = "legal_counsel"
    DPO = "dpo"
    INFOSEC_OFFICER = "infosec_officer"
    SUSTAINABILITY_OFFICER = "sustainability_officer"
    FINANCE_CONTROLLER = "finance_controller"
    REGISTRAR = "registrar"
    BOT_ADMIN = "bot_admin"


class ContractRole(StrEnum):
    """A part someone plays on one contract, or through their role when that is what a step asks for."""

    OWNER = "contract_owner"
    MANAGER = "contract_manager"
    DEPUTY = "deputy"
    CONTROLLER = "contract_controller"
    PROCUREMENT = "procurement_officer"
    REPORTER = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone in the organisation, known by mail address and, once seen or listed, by Entra object id."""

    person_id: PersonId
    mail: str
    """Always lower case."""
    name: str
    aad_object_id: str | None = None
    department: str | None = None
    title: str | None = None
    line_manager_mail: str | None = None
    roles: frozenset[Role] = frozenset()
    is_listed: bool = True
    """Stands in the latest people file; someone only named in the register is not listed."""
    has_left: bool = False
    language: Language | None = None
    """What they asked for by `svenska` or `english`; None follows their Teams locale."""
    teams_locale: str | None = None
    digest_at: time | None = None
    """Local time they asked for by `skicka kl 13.30`; None means the rule set's hour."""

    @property
    def speaks(self) -> Language:
        """The language to write to them in: their choice, else their Teams locale, else Swedish."""
        return self.language or self.language_of(self.teams_locale)

    @staticmethod
    def language_of(teams_locale: str | None) -> Language:
        """The language that goes with a Teams locale such as `sv-SE`; Swedish where none is known."""
        return Language.SV if (teams_locale or "sv").lower().startswith("sv") else Language.EN

    @property
    def is_controller(self) -> bool:
        """Whether they see every contract and may act as avtalscontroller."""
        return Role.CONTRACT_CONTROLLER in self.roles
