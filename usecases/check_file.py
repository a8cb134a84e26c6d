"""Whether a file can be used at all, before anything of it or of a file beside it is kept."""

from collections.abc import Mapping

from domain.register.columns import PEOPLE_VOCABULARY, REGISTER_VOCABULARY, find_header
from storage.tables import read_sheets
from usecases.parts.importing import PEOPLE


def refuse_unusable(kind: str, content: bytes, mapping: Mapping[str, str] | None) -> None:
    """`Refused` when the file, `register` or `people`, is no table or has no heading row with the columns needed."""
    find_header(read_sheets(content), PEOPLE_VOCABULARY if kind == PEOPLE else REGISTER_VOCABULARY, mapping)
