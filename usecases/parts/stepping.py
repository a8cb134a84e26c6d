"""All that is due at one moment, in the order it is told: legal dates, cases, follow-ups, sign-offs."""

from storage.unit_of_work import Unit
from usecases.parts import escalating as cases
from usecases.parts import nudging, signing, watching
from usecases.parts.clock_drafts import draft_complaints
from usecases.parts.escalating import Escalating
from usecases.parts.nudging import Nudging
from usecases.parts.scene import Scene
from usecases.parts.signing import Signing
from usecases.parts.watching import Watching

BATCH = min(watching.BATCH, cases.BATCH, nudging.BATCH, signing.BATCH)
"""Fewer rows than this in all, and nothing more is due."""


async def take_steps(unit: Unit, scene: Scene) -> int:
    """One batch of each kind; how many rows were looked at. Fewer than `BATCH`, and nothing more is due."""
    escalating = Escalating(unit, scene)
    looked_at = await Watching(unit, scene).sound() + await escalating.look()
    await draft_complaints(unit, scene, escalating.silent)
    return looked_at + await Nudging(unit, scene).take_rungs() + await Signing(unit, scene).remind()
