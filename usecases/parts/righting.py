"""When a contract's registered rights change, its open cases go by the new ones from that moment."""

from collections.abc import Sequence

from domain.contract import Contract
from domain.contract_right import ContractRight
from domain.deviation import Deviation
from domain.register.plain import as_plain
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.case_clocks import timed, under_rights
from usecases.parts.scene import Scene


async def renew_cases(
    unit: Unit, scene: Scene, contract: Contract, rights: Sequence[ContractRight], *, actor: str
) -> None:
    """Let every open case of the contract have these time limits and wait for answers to these rights."""
    cases = [one for one in await unit.deviations.of_contract(contract.contract_id) if one.is_open]
    files = await unit.case_files.of_many([one.deviation_id for one in cases])
    events = []
    for case in cases:
        renewed = under_rights(case, rights, files[case.deviation_id].decisions, scene)
        if renewed == case:
            continue
        await unit.deviations.save(timed(renewed, contract, scene))
        events.append(
            new_event(
                kind="deviation.rights_renewed",
                subject=f"deviation:{case.deviation_id}",
                actor=actor,
                at=scene.now,
                details=_renewal(renewed),
            ),
        )
    await unit.events.add_all(events)


def _renewal(case: Deviation) -> dict[str, object]:
    return {
        "limits": as_plain(case.limits),
        "sanction_since": case.sanction_since.isoformat() if case.sanction_since else None,
        "reserved_until": as_plain(case.reserved_until),
    }
