"""The passivity clock at work: what its moments say, whether that is still true, and what follows when they come."""

from typing import Final

from domain.contract import Contract
from domain.deviation import Deviation
from domain.notice import Notice
from domain.passivity import clocked, drafts_letter
from domain.ruleset import RuleSet
from domain.supplier_silence import Coming, ComingKind
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

APART: Final = "apart"
_UNTOLD, _UNDECIDED, _RESERVED, _SANCTION = "untold", "undecided", "reserved", "sanction"
_OWN: Final = frozenset({_UNTOLD, _UNDECIDED, _RESERVED, _SANCTION})


def passive_payload(item: Coming, deviation: Deviation, contract: Contract | None, rules: RuleSet) -> dict[str, str]:
    """What the letter says. It stands apart from the supplier ladder's own news of the case."""
    until = deviation.reserved_until.isoformat() if deviation.reserved_until else item.on.isoformat()
    match item.kind:
        case ComingKind.UNTOLD:
            has_draft = contract is not None and drafts_letter(deviation, item, rules)
            key = "passivity.told.untold_drafted" if has_draft else "passivity.told.untold"
            return {"text_key": key, APART: _UNTOLD}
        case ComingKind.UNDECIDED:
            limit = str(rules.supplier_ladder.passivity.undecided_days)
            return {"text_key": "sanction.told.undecided", APART: _UNDECIDED, "limit": limit}
        case ComingKind.RESERVATION_ENDING:
            return {"text_key": "sanction.told.reservation_ending", APART: _RESERVED, "day": until}
        case _:
            return {"text_key": "sanction.told.reservation_ended", APART: _UNDECIDED}


def is_passive(notice: Notice) -> bool:
    """Whether the notice is this clock's, and settled by its own truth rather than by where the case stands."""
    return notice.payload.get(APART) in _OWN


def why_settled(notice: Notice, deviation: Deviation) -> str | None:
    """Why a notice of this clock has nothing to say any more; None while it has."""
    apart = notice.payload.get(APART)
    if apart == _UNTOLD and deviation.supplier_notified_at is not None:
        return "supplier_told"
    if apart == _UNDECIDED and deviation.sanction_since is None:
        return "already_decided"
    until = deviation.reserved_until.isoformat() if deviation.reserved_until else None
    if apart == _RESERVED and notice.payload.get("day") != until:
        return "already_decided"
    return None


async def waiting_again(unit: Unit, deviation: Deviation, scene: Scene) -> Deviation:
    """The case with its clock started again where a reservation has run out; itself where none has."""
    if deviation.reserved_until is None or deviation.reserved_until >= scene.today:
        return deviation
    rights = await unit.contract_rights.of(deviation.contract_id) if deviation.contract_id else ()
    file = await unit.case_files.of(deviation.deviation_id)
    kind = scene.in_force.deviation_types.get(deviation.type or "")
    return clocked(deviation, rights, file.decisions, scene.now, scene.today, kind=kind)
