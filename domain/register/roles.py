"""Roles as a people file writes them, several in one cell if need be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.people import Role
from domain.register.cell import Cell, Remark, read_text, text_of
from domain.register.columns import folded

_BETWEEN_ROLES = re.compile(r"\s*(?:[,;/+&|\n]|\boch\b|\band\b)\s*", re.IGNORECASE)

_ROLE_WORDS: Mapping[Role, str] = {
    Role.CONTRACT_CONTROLLER: "avtalscontroller avtalskontroller contract-controller avtalscontrollers",
    Role.PROCUREMENT_OFFICER: "upphandlare strategisk-upphandlare inköpare procurement-officer buyer procurer",
    Role.HEAD_OF_PROCUREMENT: "inköpschef upphandlingschef head-of-procurement procurement-manager chief-procurement-officer",
    Role.DEPARTMENT_HEAD: "förvaltningschef förvaltningsdirektör sektorschef department-head head-of-department",
    Role.MUNICIPAL_DIRECTOR: "kommundirektör kommunchef stadsdirektör regiondirektör municipal-director chief-executive",
    Role.LEGAL_COUNSEL: "jurist kommunjurist stadsjurist bolagsjurist legal-counsel lawyer",
    Role.DPO: "dataskyddsombud dso data-protection-officer dpo",
    Role.INFOSEC_OFFICER: "informationssäkerhetssamordnare informationssäkerhetsansvarig informationssäkerhetschef"
    " infosec-officer information-security-officer ciso",
    Role.SUSTAINABILITY_OFFICER: "hållbarhetsstrateg hållbarhetschef miljöstrateg sustainability-officer",
    Role.FINANCE_CONTROLLER: "ekonomicontroller ekonom finance-controller financial-controller",
    Role.REGISTRAR: "registrator diarieförare registrar records-officer",
    Role.BOT_ADMIN: "systemförvaltare botadministratör bot-admin administratör admin system-administrator",
}
_ROLE_OF_WORD = {folded(word): role for role, words in _ROLE_WORDS.items() for word in (*words.split(), role.value)}
_ROLES_ON_CONTRACTS = frozenset(
    folded(word)
    for word in (
        *(
            "avtalsägare",
            "avtalsförvaltare",
            "ersättare",
            "beställare",
            "avropare",
            "contract owner",
            "contract manager",
        ),
        *("deputy", "orderer", "medarbetare", "användare", "anställd", "employee", "user", "chef", "ingen", "none"),
    )
)
"""Parts that stand on the contract itself, or mean no role at all: known, and nothing to store."""
_CONTROLLER = folded("controller")
"""In the role column of this bot's own people file a controller is an avtalscontroller; it is said in a remark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesRead:
    """The roles of a cell, and a remark for each word that was doubtful or unknown."""

    roles: frozenset[Role]
    remarks: tuple[Remark, ...]


def read_roles(cell: Cell) -> RolesRead:
    """Swedish titles, English ones or the codes themselves, separated by `,` `;` `/` `+` or `och`."""
    if read_text(cell) is None:
        return RolesRead(roles=frozenset(), remarks=())
    roles: set[Role] = set()
    remarks: list[Remark] = []
    for word in filter(None, _BETWEEN_ROLES.split(text_of(cell))):
        role = _ROLE_OF_WORD.get(folded(word))
        if role is not None:
            roles.add(role)
        elif folded(word) == _CONTROLLER:
            roles.add(Role.CONTRACT_CONTROLLER)
            remarks.append(Remark(text_key="register.role_controller", values={"text": word}))
        elif folded(word) not in _ROLES_ON_CONTRACTS:
            remarks.append(Remark(text_key="register.role_unknown", values={"text": word}))
    return RolesRead(roles=frozenset(roles), remarks=tuple(remarks))
