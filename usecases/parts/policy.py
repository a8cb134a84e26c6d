"""The rules a case runs under: those it was registered with, however often newer ones have been imported since."""

from dataclasses import replace

from domain.deviation import Deviation
from storage.rule_library import rules_in_force
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene


async def under_its_rules(unit: Unit, scene: Scene, deviation: Deviation) -> Scene:
    """The scene with the rule set the case stores the number of; post goes out by the rules in force all the same."""
    number = deviation.ruleset_number
    if number == scene.rules.number or await unit.rules.digest_of(number) is None:
        return scene
    return replace(scene, in_force=await rules_in_force(unit.rules, number, at=scene.now))
