"""Keep a new version of the rules; they apply from the next round."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace

from domain.errors import RuleBookInvalid
from domain.identifiers import TenantId
from storage.rule_library import parse, rules_in_force
from storage.rules import RuleFiles, digest, shipped_rules
from usecases.parts.scene import read_scene
from usecases.world import World


async def import_rules(world: World, tenant_id: TenantId, texts: Mapping[str, str], *, actor: str) -> RuleFiles:
    """Store rule files (stem to TOML text) as the next version and put it in force.

    A file left out is taken over from the version in force. RuleBookInvalid names every fault, and nothing is kept.
    """
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        in_force = await unit.rules.get(scene.rules.number)
        merged = {**(in_force.texts if in_force else {}), **texts}
        check(merged)
        kept = await unit.rules.add(merged, at=scene.now, by=actor)
        await rules_in_force(unit.rules, kept.number, at=scene.now)
        if scene.tenant.ruleset_number != kept.number:
            await unit.tenant.save(replace(scene.tenant, ruleset_number=kept.number))
            await unit.events.add(
                kind="rules.imported",
                subject="tenant",
                actor=actor,
                at=scene.now,
                details={"number": kept.number, "sha256": kept.sha256},
            )
        await unit.commit()
    return kept


async def rules_of(world: World, tenant_id: TenantId) -> RuleFiles:
    """The rule files in force."""
    async with world.store.read(tenant_id) as unit:
        tenant = await unit.tenant.get()
        number = tenant.ruleset_number if tenant else None
        files = await unit.rules.get(number or await unit.rules.latest_number())
    return files or shipped_rules()


def check(texts: Mapping[str, str]) -> RuleFiles:
    """The files as a rule set that parses; RuleBookInvalid otherwise, with syntax errors told by file."""
    faults = []
    for stem, text in sorted(texts.items()):
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{stem}.toml: {error}")
    if faults:
        raise RuleBookInvalid(tuple(faults))
    files = RuleFiles(number=1, sha256=digest(texts), texts=dict(texts))
    parse(files)
    return files
