"""Which files may be kept as evidence: what their first bytes say they are, never what they are called."""

import io
import re
import zipfile
from typing import Final

from domain.privacy import personal_findings

MOST_BYTES: Final = 10 * 1024 * 1024
"""Of one file."""
MOST_PIECES: Final = 30
"""Photos, files and links of one case."""
_LONGEST_NAME: Final = 100
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_PARTS: Final = {
    "word/document.xml": (f"{_OFFICE}wordprocessingml.document", "docx"),
    "xl/workbook.xml": (f"{_OFFICE}spreadsheetml.sheet", "xlsx"),
    "ppt/presentation.xml": (f"{_OFFICE}presentationml.presentation", "pptx"),
}
_MACROS: Final = "vbaproject.bin"
_OPEN_DOCUMENTS: Final = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", ("image/jpeg", "jpg")),
    (b"\x89PNG\r\n\x1a\n", ("image/png", "png")),
    (b"GIF87a", ("image/gif", "gif")),
    (b"GIF89a", ("image/gif", "gif")),
    (b"%PDF-", ("application/pdf", "pdf")),
)
_ISO_PHOTOS: Final = {b"heic": "heic", b"heix": "heic", b"mif1": "heic", b"avif": "avif"}
_ZIP: Final = b"PK\x03\x04"
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*]')


def sniffed(content: bytes) -> tuple[str, str] | None:
    """Content type and extension of a photo, PDF, office document or plain text; None for everything else."""
    for beginning, found in _BEGINNINGS:
        if content.startswith(beginning):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp", "webp"
    if content[4:8] == b"ftyp" and content[8:12] in _ISO_PHOTOS:
        extension = _ISO_PHOTOS[content[8:12]]
        return f"image/{extension}", extension
    if content.startswith(_ZIP):
        return _office(content)
    return ("text/plain", "txt") if _is_text(content) else None


def is_photo(content_type: str) -> bool:
    return content_type.startswith("image/")


def safe_name(name: str, extension: str, *, otherwise: str) -> str:
    """A name that is only a name: no folders, no unseen signs, no person pointed out, and the extension the content has."""
    plain = _UNSAFE.sub("_", _UNPRINTABLE.sub("", name.replace("\\", "/").rpartition("/")[2])).strip(" .")
    stem = plain.rpartition(".")[0] or plain
    if not stem.strip("_ ") or personal_findings(stem):
        stem = otherwise
    return f"{stem[: _LONGEST_NAME - len(extension) - 1]}.{extension}"


def _office(content: bytes) -> tuple[str, str] | None:
    """By the parts inside; a document with macros is no evidence."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.casefold().endswith(_MACROS) for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:  # noqa: PLR2004 - a line, no bomb
                kind = archive.read("mimetype").decode("ascii", "ignore").strip()
                return (kind, _OPEN_DOCUMENTS[kind]) if kind in _OPEN_DOCUMENTS else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return next((found for part, found in _PARTS.items() if part in names), None)


def _is_text(content: bytes) -> bool:
    if not content or b"\x00" in content:
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True
