"""A photo or a file is fetched at the desk, where whoever sits has the whole database before them."""

from domain.case_file import Evidence
from domain.errors import Refused
from domain.identifiers import TenantId
from usecases.world import World


async def fetch_evidence(world: World, tenant_id: TenantId, evidence_id: str) -> tuple[Evidence, bytes]:
    """The evidence with its content; refused when it is gone or only a link."""
    async with world.store.read(tenant_id) as unit:
        evidence = await unit.case_files.evidence(evidence_id)
        content = await unit.case_files.content_of(evidence_id)
    if evidence is None or content is None:
        raise Refused("evidence.refused.gone")
    return evidence, content
