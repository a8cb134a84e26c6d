"""A letter is fetched at the office desk, where whoever sits has the whole database before them."""

from dataclasses import dataclass

from domain.case_file import CaseLetter, LetterKind
from domain.errors import Refused
from domain.identifiers import TenantId
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The letter and the number of its case."""

    letter: CaseLetter
    number: str


async def fetch_letter(
    world: World,
    tenant_id: TenantId,
    wanted: str,
    *,
    kind: LetterKind | None = None,
) -> Fetched:
    """The letter by its id, or the newest of a case by its number, of one kind where that is named."""
    async with world.store.read(tenant_id) as unit:
        letter = await unit.case_files.letter(wanted)
        case = await (unit.deviations.get(letter.deviation_id) if letter else unit.deviations.by_number(wanted))
        if case is None:
            raise Refused("supplier_letter.refused.no_such_letter")
        of_case = (await unit.case_files.of(case.deviation_id)).letters
    found = letter or next((one for one in reversed(of_case) if kind in {None, one.kind}), None)
    if found is None:
        raise Refused("supplier_letter.refused.no_letter_yet", number=case.number or "")
    return Fetched(letter=found, number=case.number or "")
