"""What may be kept as evidence is told by the first bytes, never by the name."""

import pytest

from domain.evidence_files import safe_name, sniffed
from tests.support.photos import JPEG, PDF, PNG, PROGRAM, office


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (JPEG, "jpg"),
        (PNG, "png"),
        (b"GIF89a" + b"\x00" * 9, "gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 9, "heic"),
        (PDF, "pdf"),
        (office(), "docx"),
        (office("xl/workbook.xml"), "xlsx"),
        (office("ppt/presentation.xml"), "pptx"),
        ("Städat 08.15".encode(), "txt"),
    ],
)
def test_photos_documents_and_text_are_known(content: bytes, extension: str) -> None:
    found = sniffed(content)

    assert found is not None
    assert found[1] == extension


@pytest.mark.parametrize(
    "content",
    [
        PROGRAM,
        b"",
        b"\x7fELF\x02\x01" + b"\x00" * 9,
        b"PK\x03\x04 no archive after all",
        office("other.bin"),
        office("word/document.xml", "word/vbaProject.bin"),
        b"\xff\xfe\x00\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 9,
    ],
)
def test_programs_macros_and_the_unknown_are_not(content: bytes) -> None:
    assert sniffed(content) is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("bild.jpg", "bild.jpg"),
        ("..\\..\\Windows\\bild.exe", "bild.jpg"),
        ("/etc/passwd", "passwd.jpg"),
        ("", "bild-1.jpg"),
        ("....", "bild-1.jpg"),
        ("gpj\u202e.exe", "gpj.jpg"),
        ('a"b<c>.png', "a_b_c_.jpg"),
        ("Kalle 19121212-1212.jpg", "bild-1.jpg"),
        ("x" * 300 + ".jpg", "x" * 96 + ".jpg"),
    ],
)
def test_a_name_is_only_a_name(name: str, kept: str) -> None:
    assert safe_name(name, "jpg", otherwise="bild-1") == kept
