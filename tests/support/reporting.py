"""A small register to report against, and a way to read a sentence as somebody in it."""

from datetime import date
from typing import Final

from dialogs.understand.contract_index import ContractFacts
from dialogs.understand.matching import Sender
from dialogs.understand.reports import read_report
from dialogs.understand.understanding import DraftSlots, Understanding
from domain.identifiers import ContractId
from domain.people import Language
from tests.support.deviations import shipped_types

SUNDAY: Final = date(2026, 11, 22)
"""The day everything is read on, so that `i veckan` is the week of Monday 16 November."""
MANAGER: Final = "sara@kommun.example"
"""Manages the school cleaning in the north, the school buses and the office supplies."""
ORDERER: Final = "berit@kommun.example"
"""Has no part in any contract."""

_ROWS: Final = (
    ("städ-norr", "2025-0101", "Städning skolor norr", "Städ", "Furastäd AB", MANAGER),
    ("städ-söder", "2025-0102", "Städning skolor söder", "Städ", "Älvstäd Sverige AB", "olle@kommun.example"),
    ("städ-äldre", "2024-0103", "Städning äldreboenden", "Städ", "Bergputs AB", "olle@kommun.example"),
    ("mat", "2025-0201", "Livsmedel kolonial", "Livsmedel", "Lindqvist Livs AB", "eva@kommun.example"),
    ("mejeri", "2025-0202", "Mejeriprodukter", "Livsmedel", "Kustmejeri Sverige AB", "eva@kommun.example"),
    ("kontor", "2026-0147", "Kontorsmaterial", "Kontor", "Nordkontor AB", MANAGER),
    ("skjuts", "2024-0301", "Skolskjuts buss", "Skolskjuts", "Hedbuss i Väst AB", MANAGER),
    ("färdtjänst", "2024-0302", "Färdtjänst och sjukresor", "Färdtjänst", "Lövtaxi AB", "pia@kommun.example"),
    ("hiss", "2023-0401", "Hisservice", "Fastighet", "Sjöteknik AB", "per@kommun.example"),
    ("snö", "2025-0402", "Snöröjning södra", "Vinterväghållning", "Kvarnmaskin AB", "per@kommun.example"),
    ("blöjor", "2026-0501", "Inkontinenshjälpmedel", "Hjälpmedel", "Stenpartner AB", "pia@kommun.example"),
    ("möbler", "2024-0601", "Kontorsmöbler", "Kontor", "Kvarnkontor AB", "nils@kommun.example"),
    ("ärende", "2023-0701", "Ärendesystem", "IT-system", "Bergdata i Väst AB", "nils@kommun.example"),
    ("hantverk", "2023-0801", "Byggservice", "Bygg och anläggning", "Ekbygg HB", "per@kommun.example"),
    ("hemtjänst", "2024-0901", "Hemtjänst natt", "Omsorg", "Daltrygghet AB", "pia@kommun.example"),
)
REGISTER: Final = tuple(
    ContractFacts(
        contract_id=ContractId(key),
        contract_number=number,
        title=title,
        area=area,
        suppliers=(supplier,),
        people=frozenset({manager}),
    )
    for key, number, title, area, supplier, manager in _ROWS
)


def understood(
    text: str,
    *,
    sender: str = ORDERER,
    today: date = SUNDAY,
    language: Language = Language.SV,
    is_report: bool = False,
) -> Understanding:
    """The text as somebody in the register wrote it."""
    return read_report(
        text,
        sender=Sender(mail=sender),
        contracts=REGISTER,
        types=shipped_types(),
        today=today,
        language_hint=language,
        is_report=is_report,
    )


def the_draft(text: str, *, sender: str = ORDERER, today: date = SUNDAY) -> DraftSlots:
    """The only fault of a message."""
    drafts = understood(text, sender=sender, today=today).drafts
    assert len(drafts) == 1, [draft.words for draft in drafts]
    return drafts[0]
