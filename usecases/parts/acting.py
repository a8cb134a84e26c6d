"""Who may act on a follow-up, and the notes people get when somebody has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.contract import Contract
from domain.deviation import Deviation
from domain.errors import Refused
from domain.followup import Followup
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import ContractRole, Person
from domain.privacy import PersonalKind, personal_findings
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

_ACTING = frozenset({ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER})
"""Anybody of these may answer; the event says who did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A follow-up somebody wants to do something about, and the parts they play in its contract."""

    followup: Followup
    contract: Contract
    parts: frozenset[ContractRole]


async def subject_for(unit: Unit, scene: Scene, person: Person, followup_id: str) -> Subject:
    """The follow-up with its contract; refused when it is not there, or not theirs to act on."""
    followup = await unit.followups.get(followup_id)
    contract = await unit.contracts.get(followup.contract_id) if followup else None
    if followup is None or contract is None:
        raise Refused("answering.refused.gone")
    parts = scene.roster.plays(person, contract)
    if _ACTING.isdisjoint(parts):
        raise Refused("answering.refused.not_yours")
    return Subject(followup=followup, contract=contract, parts=parts)


def may_see(deviation: Deviation, subject: Subject, person: Person, scene: Scene) -> bool:
    """Whether somebody with these parts may see the case at all: some kinds are kept from most (domain.md 7.2)."""
    kind = scene.in_force.deviation_types.get(deviation.type or "")
    return kind is not None and kind.may_be_seen_by(subject.parts, person.roles)


def written(text: str, *, most: int = 1_000, is_name: bool = False) -> str:
    """What a person wrote, stripped, when it may be kept; refused when it is too long or tells of somebody's life.

    In a name nothing but an identity number is looked for.
    """
    plain = text.strip()
    if len(plain) > most:
        raise Refused("answering.refused.too_long", length=len(plain), most=most)
    found = {finding.kind for finding in personal_findings(plain)}
    if PersonalKind.PERSONAL_NUMBER in found:
        raise Refused("answering.refused.identity_number")
    if found and not is_name:
        raise Refused("answering.refused.person")
    return plain


def subject_of(followup: Followup) -> str:
    """What its events and notices are about."""
    return f"followup:{followup.followup_id}"


def snoozes_left(followup: Followup, scene: Scene) -> int:
    """How many times a follow-up may still be put off."""
    return max(0, scene.rules.limits.snoozes - followup.snooze_count)


def latest_snooze(scene: Scene, on: date) -> date:
    """The last day a follow-up may be put off to."""
    return scene.calendar.add_working_days(on, scene.rules.limits.snooze_days)


def notes(
    followup: Followup,
    people: Iterable[Person],
    scene: Scene,
    *,
    kind: NoticeKind = NoticeKind.FOLLOWUP_NOTE,
    step: str,
    role: ContractRole,
    payload: Mapping[str, str],
) -> list[Notice]:
    """A note about the follow-up in the next digest of each of these people; `payload` names its `text_key`."""
    return [
        new_notice(
            scene.tenant.tenant_id,
            kind=kind,
            subject=subject_of(followup),
            occurrence=followup.period_key,
            step=step,
            role=role,
            recipient_mail=person.mail,
            not_before=scene.post.digest_moment(person, scene.now),
            payload=payload,
        )
        for person in people
    ]
