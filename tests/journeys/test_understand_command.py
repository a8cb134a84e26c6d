"""`avtalsbot understand`: what a sentence is understood to be, for people and for other programs; nothing is kept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Brood, Ran, Shell, brood
from tests.support.registers import as_csv, as_xlsx, make_people, make_register

REGISTER = make_register(contracts=10, seed=4)
UNDERSTOOD = {"intent", "drafts", "ask", "personal_data", "restricted", "query"}
DRAFTED = set(
    "type severity contract_numbers location count amount_sek occurred_from occurred_to recurring".split(),
)


@pytest.fixture(scope="module")
def copies() -> Iterator[Brood | None]:
    with brood() as processes:
        yield processes


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, copies: Brood | None) -> Shell:
    """A database with a register and its people; nothing here changes it."""
    shell = make_shell(tmp_path_factory.mktemp("imported"), copies)
    (shell.folder / "register.xlsx").write_bytes(as_xlsx(REGISTER))
    (shell.folder / "people.csv").write_bytes(as_csv(make_people(REGISTER)))
    good(shell.run("migrate"))
    good(shell.run("import", "register", "register.xlsx", "--people", "people.csv"))
    return shell


def make_shell(folder: Path, copies: Brood | None) -> Shell:
    return Shell(folder=folder, database_url=f"sqlite+aiosqlite:///{folder / 'avtalsbot.db'}", brood=copies)


def good(ran: Ran) -> Ran:
    """Went well, and said nothing on standard error."""
    assert (ran.code, ran.err) == (0, "")
    return ran


def exported(shell: Shell, what: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = good(shell.run("export", what, "--json", LOCAL="1")).json
    return rows


def test_a_sentence_is_read_as_its_sender_means_it_and_nothing_is_kept(imported: Shell) -> None:
    before = exported(imported, "events")
    contract = next(row for row in exported(imported, "contracts") if row["owner"])
    said = f"Leveransen enligt avtal {contract['contract_number']} uteblev två gånger i går, vi betalade 1 200,50 kr"

    told = good(imported.run("understand", "--as", contract["owner"].upper(), said, "--json")).json

    assert set(told) == UNDERSTOOD
    assert (told["intent"], told["personal_data"], told["restricted"], told["query"]) == (
        "report_deviation", False, False, {},
    )  # fmt: skip
    draft = told["drafts"][0]
    assert set(draft) == DRAFTED
    assert (draft["contract_numbers"], draft["count"], draft["amount_sek"]) == (
        [contract["contract_number"]], 2, 1200.5,
    )  # fmt: skip
    assert exported(imported, "events") == before
    assert exported(imported, "deviations") == []


def test_a_line_from_standard_input_is_an_object_each_the_empty_one_too(imported: Shell) -> None:
    said = "Vilka avtal är försenade?\n\nKalle 19850713-9809 fick ingen mat\r\nhjälp"
    with imported.running("understand", "--as", "ny@kommun.example", "-", "--json") as process:
        out, err = process.communicate(said, timeout=60)

    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["intent"] for row in rows] == ["query", "unclear", "report_deviation", "help"]
    assert [row["query"] for row in rows] == [{"name": "overdue"}, {}, {}, {}]
    assert [row["personal_data"] for row in rows] == [False, False, True, False]
    assert rows[2]["drafts"] == []
    assert "ny@kommun.example" in err


def test_a_sentence_is_told_to_a_person_in_their_own_language(imported: Shell) -> None:
    owner = next(row["owner"] for row in exported(imported, "contracts") if row["owner"])

    swedish = good(imported.run("understand", "--as", owner, "Städningen", "uteblev", "i", "går")).out
    english = good(imported.run("understand", "--as", owner, "Nobody came to clean yesterday")).out

    assert swedish.startswith("En avvikelse att rapportera\n  Typ: Leveransen uteblev\n")
    assert english.startswith("A deviation to report\n  Type: Delivery did not happen\n")


def test_who_is_no_mail_address_is_nobody(imported: Shell) -> None:
    ran = imported.run("understand", "--as", "Karin Ek", "hej", "--json")

    assert (ran.code, ran.out) == (2, "")
    assert "mail address" in ran.err


def test_before_any_register_there_is_nobody_to_understand(tmp_path: Path, copies: Brood | None) -> None:
    shell = make_shell(tmp_path, copies)
    good(shell.run("migrate"))

    ran = shell.run("understand", "--as", "karin@kommun.example", "hej", "--json")

    assert (ran.code, ran.out) == (1, "")
    assert "avtalsbot import register" in ran.err
