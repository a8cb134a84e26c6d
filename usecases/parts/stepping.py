"""All that is due at one moment, in the order it is told: legal dates, cases, follow-ups, sign-offs."""

from storage.unit_of_work import Unit
from usecases.parts import escalating, nudging, signing, watching
from usecases.parts.escalating import Escalating
from usecases.parts.nudging import Nudging
from usecases.parts.scene import Scene
from usecases.parts.signing import Signing
from usecases.parts.watching import Watching

BATCH = min(watching.BATCH, escalating.BATCH, nudging.BATCH, signing.BATCH)
"""Fewer rows than this in all, and nothing more is due."""


async def take_steps(unit: Unit, scene: Scene) -> int:
    """One batch of each kind; how many rows were looked at. Fewer than `BATCH`, and nothing more is due."""
    return (
        await Watching(unit, scene).sound()
        + await Escalating(unit, scene).look()
        + await Nudging(unit, scene).take_rungs()
        + await Signing(unit, scene).remind()
    )
