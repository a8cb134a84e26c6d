"""What is said in the middle of a question about a case, and is no answer to it: another fault, or word that all is mended."""

from dialogs.at_hand import whose
from dialogs.reading import understand
from dialogs.turn import Turn
from dialogs.understand.wishes import OF_CASES
from usecases.deviations.move_case import show_case

_TELLS_OF_NO_TALK = "requirement"


async def is_aside(turn: Turn, deviation_id: str, field: str) -> bool:
    """Whether the words are no answer: a fault on another contract, or a talk where a clause of the contract was asked for."""
    understanding = await understand(turn)
    if field == _TELLS_OF_NO_TALK and understanding.intent.kind in OF_CASES:
        return True
    told_of = {slots.contract_id for slots in understanding.drafts if slots.type and slots.contract_id}
    if not told_of:
        return False
    shown = await show_case(*whose(turn), deviation_id)
    return shown.case.deviation.contract_id not in told_of
