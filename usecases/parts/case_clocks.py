"""What a case's row says of time: its deadline, when somebody must look at it next, and since when an answer is waited for."""

from collections.abc import Iterable
from dataclasses import replace

from domain.case_file import SanctionDecision
from domain.contract import Contract
from domain.contract_right import ContractRight, limits_of
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.passivity import clocked
from domain.supplier_deadlines import next_deadline
from usecases.parts.escalating import coming_for
from usecases.parts.scene import Scene


def timed(deviation: Deviation, contract: Contract | None, scene: Scene) -> Deviation:
    """The case with its deadline and the next moment anything happens to it, worked out anew."""
    deadline = next_deadline(
        deviation,
        contract.contract_class if contract else None,
        scene.rules,
        scene.calendar,
        kind=kind_of(deviation, scene),
    )
    ahead = [item.at for item in coming_for(deviation, contract, scene) if item.at > scene.now]
    return replace(
        deviation,
        deadline_on=deadline.on if deadline else None,
        next_action_at=min(ahead, default=None),
    )


def under_rights(
    deviation: Deviation,
    rights: Iterable[ContractRight],
    decisions: Iterable[SanctionDecision],
    scene: Scene,
) -> Deviation:
    """The case under the rights its contract has today: its time limits, and what waits for an answer."""
    rights = tuple(rights)
    limited = replace(deviation, limits=limits_of(rights))
    return clocked(limited, rights, decisions, scene.now, scene.today, kind=kind_of(deviation, scene))


def kind_of(deviation: Deviation, scene: Scene) -> DeviationType | None:
    return scene.in_force.deviation_types.get(deviation.type or "")
