"""Photos and files people send, and a chat to fetch them from."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.evidence_files import MOST_BYTES
from tests.support.world import TestWorld
from usecases.ports import Attachment, Fetched, NotFetched

JPEG = b"\xff\xd8\xff\xe0" + b"photo" * 10
PNG = b"\x89PNG\r\n\x1a\n" + b"photo" * 10
PDF = b"%PDF-1.7\nslip"
PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 20


def office(part: str = "word/document.xml", *more: str) -> bytes:
    """A document with these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<xml/>")
    return written.getvalue()


@dataclass(slots=True)
class FakeFiles:
    """Hands out what was put there, by address; everything else fails."""

    there: dict[str, bytes] = field(default_factory=dict)

    async def fetch(self, attachment: Attachment) -> Fetched | NotFetched:
        content = self.there.get(attachment.url)
        if content is None:
            return NotFetched(reason="failed")
        return NotFetched(reason="too_large") if len(content) > MOST_BYTES else Fetched(content=content)


def with_files(house: TestWorld, there: Mapping[str, bytes]) -> TestWorld:
    """The same world, where these addresses hold these contents."""
    return replace(house, world=replace(house.world, attachments=FakeFiles(dict(there))))
