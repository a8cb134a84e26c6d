"""Cases that are one, and one that is two: whose sightings move where, with a trace both ways (domain.md 7.6)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from domain.case_file import Sighting
from domain.deviation import Deviation, DeviationState
from domain.identifiers import DeviationId, SightingId
from domain.people import ContractRole

_MAY_JOIN = frozenset({ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER})


def may_join(parts: Collection[ContractRole], *, only_controller: bool) -> bool:
    """Whether somebody with these parts may merge, divide and move cases, and count them anew."""
    return ContractRole.CONTROLLER in parts if only_controller else not _MAY_JOIN.isdisjoint(parts)


def as_sighting(case: Deviation, sighting_id: SightingId, *, of: DeviationId) -> Sighting:
    """What a case told of itself, as one more report of the case it is merged into."""
    return Sighting(
        sighting_id=sighting_id,
        deviation_id=of,
        reported_by=case.reported_by,
        reported_at=case.reported_at,
        words="\n".join((case.description, *case.additions)),
        occurred_from=case.occurred_from,
        occurred_to=case.occurred_to,
        location=case.location,
        occurrence_count=case.occurrence_count,
        merged_from=case.deviation_id,
    )


def handed_over(sightings: Sequence[Sighting], merged_from: DeviationId) -> tuple[Sighting, ...]:
    """The sightings on their way into another case, each remembering the case it came with."""
    return tuple(replace(one, merged_from=merged_from) for one in sightings)


def brought_by(sightings: Sequence[Sighting], case: Deviation) -> tuple[tuple[Sighting, ...], tuple[Sighting, ...]]:
    """Of the sightings a merged case brought: those it gets back, and the one that was its own report."""
    came = [one for one in sightings if one.merged_from == case.deviation_id]
    own = [
        one for one in came if one.reported_by == case.reported_by and one.reported_at == case.reported_at and one.words
    ]
    back = [replace(one, merged_from=None) for one in came if one not in own]
    return tuple(back), tuple(own)


def divided(case: Deviation, sighting: Sighting, *, deviation_id: DeviationId, number: str, at: datetime) -> Deviation:
    """One report of a case as a case of its own: same contract, type and severity, with its reporter's own words."""
    return Deviation(
        deviation_id=deviation_id,
        number=number,
        contract_id=case.contract_id,
        contract_number=case.contract_number,
        type=case.type,
        severity=case.severity,
        state=DeviationState.REGISTERED,
        description=sighting.words or case.description,
        reported_by=sighting.reported_by,
        reported_at=sighting.reported_at,
        source=case.source,
        location=sighting.location,
        occurred_from=sighting.occurred_from or case.occurred_from,
        occurred_to=sighting.occurred_to,
        occurrence_count=sighting.occurrence_count,
        step_entered_at=at,
        state_entered_at=at,
        ruleset_number=case.ruleset_number,
    )
