"""The lights of many contracts at once, as one person may see them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.contract import Contract, ContractClass
from domain.identifiers import ContractId
from domain.light import CaseGlimpse, ContractLight, light_of, looked_at_months
from domain.people import ContractRole, Person
from storage.lights import ContractGlimpse
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

MaySee = Callable[[CaseGlimpse], bool]
"""Whether a case may weigh in what somebody is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LitContract:
    """A contract in force and its light."""

    contract_id: ContractId
    contract_class: ContractClass | None
    department: str | None
    light: ContractLight


class Lighting:
    """Everything the lights take, read once. What the asker may not see is left out."""

    def __init__(
        self,
        scene: Scene,
        cases: Iterable[CaseGlimpse],
        followed_up: Mapping[ContractId, tuple[datetime, date]],
    ) -> None:
        self._scene = scene
        self._cases: dict[ContractId, list[CaseGlimpse]] = defaultdict(list)
        for case in cases:
            self._cases[case.contract_id].append(case)
        self._followed_up = followed_up
        self._months = {code: looked_at_months(code, scene.rules) for code in (*ContractClass, None)}

    def of(self, contract_id: ContractId, contract_class: ContractClass | None) -> ContractLight:
        """The light of one contract today."""
        handed_in = self._followed_up.get(contract_id)
        # Handed in before its day, a follow-up counts from that day: nobody goes grey for being early.
        on = self._scene.post.day_of(handed_in[0]) if handed_in else None
        return light_of(
            self._cases.get(contract_id, ()),
            on,
            self._months[contract_class],
            self._scene.today,
            counts_from=max(on, handed_in[1]) if on and handed_in else None,
            is_classified=contract_class is not None,
        )

    def all(self, contracts: Iterable[ContractGlimpse]) -> list[LitContract]:
        """The lights of these contracts, in their order."""
        return [
            LitContract(
                contract_id=one.contract_id,
                contract_class=one.contract_class,
                department=one.department,
                light=self.of(one.contract_id, one.contract_class),
            )
            for one in contracts
        ]


async def read_lighting(unit: Unit, scene: Scene, may_see: MaySee) -> Lighting:
    """Read what the lights take, as somebody who may see these cases."""
    cases = [case for case in await unit.lights.open_cases(scene.today) if may_see(case)]
    return Lighting(scene, cases, await unit.lights.followed_up())


def seen_by(person: Person, contracts: Mapping[ContractId, Contract], scene: Scene) -> MaySee:
    """What a person may see of the cases on contracts of theirs; a controller sees them all."""
    types = scene.in_force.deviation_types
    if person.is_controller:
        return lambda _: True

    def may_see(case: CaseGlimpse) -> bool:
        contract = contracts.get(case.contract_id)
        kind = types.get(case.type or "")
        parts: frozenset[ContractRole] = scene.roster.plays(person, contract) if contract else frozenset()
        return kind is None or kind.may_be_seen_by(parts, person.roles)

    return may_see


def seen_outside(scene: Scene) -> MaySee:
    """What may weigh in lists that leave the bot: not the kinds that only controller and legal may know of."""
    types = scene.in_force.deviation_types

    def may_see(case: CaseGlimpse) -> bool:
        kind = types.get(case.type or "")
        return kind is None or not kind.only_controller_and_legal

    return may_see
