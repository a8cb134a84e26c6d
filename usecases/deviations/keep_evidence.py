"""Photos, files and links that show a fault: kept with its draft or its case, and given back to those who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from uuid6 import uuid7

from domain.case_file import Evidence, EvidenceKind
from domain.deviation import Deviation, DeviationState
from domain.errors import Refused
from domain.evidence_files import MOST_PIECES, is_photo, safe_name, sniffed
from domain.identifiers import DeviationId, EvidenceId, TenantId
from domain.people import Person
from domain.privacy import personal_findings
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.casework import case_for
from usecases.parts.own_drafts import own_draft
from usecases.parts.scene import Scene, read_scene
from usecases.ports import Attachment, Fetched
from usecases.world import World

_LONGEST_LINK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of what was sent: kept, there already, or not kept and why."""

    deviation: Deviation
    kept: tuple[Evidence, ...] = ()
    repeated: tuple[str, ...] = ()
    """Names of what the case had already."""
    refused: tuple[tuple[str, str], ...] = ()
    """Name, and the end of an `evidence.not_kept.*` key."""


async def keep_evidence(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    sent: Sequence[Attachment],
) -> Kept:
    """Fetch what was sent and keep what may be kept; refused for a case the person may not see.

    Only photos, PDF, office documents and plain text by their content, each within `MOST_BYTES`.
    """
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        await _subject(unit, scene, person, reference)
    # Fetched with no transaction open: a slow neighbour holds nobody up.
    found = [(attachment, await world.attachments.fetch(attachment)) for attachment in sent]
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        deviation = await _subject(unit, scene, person, reference)
        keeping = _Keeping(unit, scene, person, deviation)
        await keeping.begin()
        for attachment, result in found:
            if isinstance(result, Fetched):
                await keeping.add_file(attachment.name, result.content)
            else:
                keeping.refused.append((attachment.name, result.reason))
        await unit.commit()
    return keeping.result


async def keep_link(world: World, tenant_id: TenantId, person: Person, reference: str, url: str) -> Kept:
    """Keep a link as evidence; refused when it is no web address or points a person out."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        deviation = await _subject(unit, scene, person, reference)
        keeping = _Keeping(unit, scene, person, deviation)
        await keeping.begin()
        await keeping.add_link(_checked(url))
        await unit.commit()
    return keeping.result


async def list_evidence(world: World, tenant_id: TenantId, person: Person, reference: str) -> Kept:
    """What there is, for somebody who may see the case or whose draft it is."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        deviation = await _subject(unit, scene, person, reference)
        file = await unit.case_files.of(deviation.deviation_id)
    return Kept(deviation=deviation, kept=file.evidence)


async def read_evidence(
    world: World,
    tenant_id: TenantId,
    person: Person,
    evidence_id: str,
) -> tuple[Evidence, bytes]:
    """One photo or file with its content, for somebody who may see its case; refused in the same words as if it were gone."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        evidence = await unit.case_files.evidence(evidence_id)
        content = await unit.case_files.content_of(evidence_id)
        if evidence is None or content is None:
            raise Refused("evidence.refused.gone")
        try:
            await _subject(unit, scene, person, evidence.deviation_id)
        except Refused:
            raise Refused("evidence.refused.gone") from None
    return evidence, content


async def _subject(unit: Unit, scene: Scene, person: Person, reference: str) -> Deviation:
    found = await unit.deviations.get(reference)
    if found is not None and found.state is DeviationState.DRAFT:
        return await own_draft(unit, scene, person, reference)
    deviation = (await case_for(unit, scene, person, reference)).deviation
    if deviation.state is DeviationState.MERGED:
        into = await unit.deviations.get(deviation.merged_into or "")
        raise Refused("evidence.refused.merged", number=(into.number if into else "") or "")
    return deviation


def _checked(url: str) -> str:
    parts = urlsplit(url.strip())
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    if not is_web or len(url) > _LONGEST_LINK or not url.isprintable():
        raise Refused("evidence.refused.no_link")
    if personal_findings(url):
        raise Refused("deviation.refused.personal_data")
    return url.strip()


class _Keeping:
    """Adds to one case in one unit. Somebody else opens and commits it."""

    def __init__(self, unit: Unit, scene: Scene, person: Person, deviation: Deviation) -> None:
        self._unit = unit
        self._scene = scene
        self._person = person
        self._deviation = deviation
        self._known: set[str] = set()
        self._count = 0
        self.kept: list[Evidence] = []
        self.repeated: list[str] = []
        self.refused: list[tuple[str, str]] = []

    @property
    def result(self) -> Kept:
        return Kept(
            deviation=self._deviation,
            kept=tuple(self.kept),
            repeated=tuple(self.repeated),
            refused=tuple(self.refused),
        )

    async def begin(self) -> None:
        """Look at what there is already, so that the same photo is not kept twice."""
        there = (await self._unit.case_files.of(self._deviation.deviation_id)).evidence
        self._count = len(there)
        self._known = {one.sha256 or one.url or "" for one in there}

    async def add_file(self, name: str, content: bytes) -> None:
        kind = sniffed(content)
        if kind is None:
            self.refused.append((name, "no_evidence"))
            return
        content_type, extension = kind
        is_image = is_photo(content_type)
        otherwise = f"{'bild' if is_image else 'fil'}-{self._count + 1}"
        evidence = self._new(
            EvidenceKind.PHOTO if is_image else EvidenceKind.FILE,
            safe_name(name, extension, otherwise=otherwise),
            content_type,
            content,
        )
        await self._add(evidence, evidence.sha256, content)

    async def add_link(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        await self._add(self._new(EvidenceKind.LINK, host, "text/uri-list", None, url=url), url, None)

    def _new(
        self, kind: EvidenceKind, name: str, content_type: str, content: bytes | None, *, url: str | None = None
    ) -> Evidence:
        return Evidence(
            evidence_id=EvidenceId(str(uuid7())),
            deviation_id=DeviationId(self._deviation.deviation_id),
            kind=kind,
            name=name,
            content_type=content_type,
            size_bytes=len(content or b""),
            sha256=sha256(content).hexdigest() if content is not None else "",
            url=url,
            added_by=self._person.mail,
            added_at=self._scene.now,
        )

    async def _add(self, evidence: Evidence, key: str, content: bytes | None) -> None:
        if key in self._known:
            self.repeated.append(evidence.name)
            return
        if self._count >= MOST_PIECES:
            self.refused.append((evidence.name, "too_many"))
            return
        self._known.add(key)
        self._count += 1
        await self._unit.case_files.add_evidence(evidence, content)
        self.kept.append(evidence)
        if self._deviation.state is DeviationState.DRAFT:
            return  # of a draft that may be thrown away the log keeps nothing but that it was
        added = new_event(
            kind="deviation.evidence_added",
            subject=f"deviation:{self._deviation.deviation_id}",
            actor=self._person.mail,
            at=self._scene.now,
            details={"kind": evidence.kind.value, "sha256": evidence.sha256, "size_bytes": evidence.size_bytes},
        )
        await self._unit.events.add_all([added])
