"""What people say, in tables beside this file: each row a sentence, and what must be understood of it."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dialogs.understand.understanding import DraftSlots
from dialogs.understand.wishes import IntentKind
from domain.identifiers import ContractId
from tests.support.deviations import shipped_types
from tests.support.reporting import REGISTER, understood

SAID = Path(__file__).parent / "said"
REPORTS = ("abroad", "delivery", "english", "fresh", "law", "money", "trades", "voices")
NUMBERS = {facts.contract_id: facts.contract_number for facts in REGISTER}
SLOTS = {
    "location": "location",
    "count": "count",
    "severity": "severity",
    "recurring": "is_recurring",
    "restricted": "is_restricted",
    "amount": "amount_sek",
    "from": "occurred_from",
    "to": "occurred_to",
    "contract": "contract_id",
}
Row = dict[str, Any]


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((SAID / f"{name}.toml").read_text(encoding="utf-8"))


def reports() -> list[tuple[str, Row]]:
    return [(code, row) for name in REPORTS for code, block in table(name).items() for row in block["said"]]


def plain(value: object) -> object:
    """As a table can say it: days and sums as written, nothing as an empty text."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return int(value)
        case None:
            return ""
        case _:
            return value


def told(draft: DraftSlots, row: Row) -> Row:
    """Of the draft what the row speaks of."""
    found = {key: plain(getattr(draft, slot)) for key, slot in SLOTS.items() if key in row}
    if "contract" in row:
        found["contract"] = number_of(draft.contract_id)
    return found


def number_of(contract_id: ContractId | None) -> str:
    return NUMBERS[contract_id] if contract_id else ""


@pytest.mark.parametrize(("code", "row"), reports(), ids=lambda value: value["text"] if isinstance(value, dict) else "")
def test_a_report_in_anybodys_words_is_understood(code: str, row: Row) -> None:
    understanding = understood(row["text"])

    assert len(understanding.drafts) == 1, [draft.words for draft in understanding.drafts]
    draft = understanding.drafts[0]
    assert draft.type in {code, *row.get("type_or", [])}
    assert told(draft, row) == {key: row[key] for key in SLOTS if key in row}
    assert row.get("ask", "") in {"", *understanding.ask}
    assert row.get("not_ask") not in understanding.ask


def test_every_kind_of_deviation_is_told_of_in_both_languages() -> None:
    english = {code for name in ("abroad", "english") for code in table(name)}
    swedish = {code for name in REPORTS for code in table(name)} if english else set()

    assert swedish == english == set(shipped_types())


def messages() -> list[Row]:
    rows: list[Row] = table("several")["message"]
    return rows


@pytest.mark.parametrize("row", messages(), ids=lambda row: row["text"])
def test_a_message_makes_as_many_drafts_as_it_tells_of_faults(row: Row) -> None:
    understanding = understood(row["text"])
    drafts = understanding.drafts

    found: Row = {
        "intent": understanding.intent.kind.value,
        "types": [draft.type for draft in drafts],
        "count": len(drafts),
        "locations": [draft.location for draft in drafts],
        "amounts": [plain(draft.amount_sek) for draft in drafts],
    }
    if drafts:
        found |= {"contract": number_of(drafts[0].contract_id), "from": plain(drafts[0].occurred_from)}
    assert {key: found.get(key) for key in row if key in found} == {key: row[key] for key in row if key in found}
    assert row.get("ask", "") in {"", *understanding.ask}


@pytest.mark.parametrize("text", table("denied")["texts"])
def test_what_is_said_not_to_be_so_makes_no_draft(text: str) -> None:
    understanding = understood(text)

    assert understanding.drafts == ()
    assert understanding.intent.kind is not IntentKind.REPORT_DEVIATION


@pytest.mark.parametrize("text", table("denied")["stings"])
def test_praise_with_a_sting_is_never_taken_for_praise(text: str) -> None:
    understanding = understood(text)

    assert understanding.drafts or understanding.ask
    assert understanding.intent.kind is not IntentKind.SUBMIT_PULSE


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in table("wishes").items() for text in texts])
def test_a_wish_in_anybodys_words_is_understood(kind: str, text: str) -> None:
    understanding = understood(text)

    assert (understanding.intent.kind.value, understanding.drafts) == (kind, ())


@pytest.mark.parametrize(
    ("query", "text"), [(one, text) for one, texts in table("questions").items() for text in texts]
)
def test_a_question_in_anybodys_words_is_a_question(query: str, text: str) -> None:
    understanding = understood(text)

    assert (understanding.intent.kind, understanding.drafts) == (IntentKind.QUERY, ())
    assert understanding.intent.slots.query == query


@pytest.mark.parametrize("text", table("people")["found"])
def test_a_person_who_is_pointed_out_stops_the_reading(text: str) -> None:
    understanding = understood(text)

    assert (understanding.personal_data, understanding.drafts) == (True, ())


@pytest.mark.parametrize("text", table("people")["not_found"])
def test_a_number_that_is_nobodys_is_left_alone(text: str) -> None:
    assert not understood(text).personal_data
