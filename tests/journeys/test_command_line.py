"""The command line as an administrator meets it: real processes, their words, their exit codes and nothing else."""

import asyncio
import http.client
import json
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.identifiers import ContractId, TenantId
from storage.database import make_engine
from storage.unit_of_work import Store
from tests.support.command_line import ROOT, Brood, Ran, Shell, brood
from tests.support.deviations import deviation
from tests.support.registers import Table, as_csv, as_xlsx, mail_of, make_people, make_register, soiled

REGISTER = (
    make_register(contracts=10, seed=4)
    .having("Kritikalitet", "Klass 1", row=11)
    .having("Kritikalitet", "Klass 2", row=9)
    .having("Gäller t.o.m.", "2029-03-16", row=9)
)
BROKEN = soiled(REGISTER).having("Org.nr", "556036-0794").having("Gäller fr.o.m.", "så snart som möjligt", row=3)
WORKBOOK = as_xlsx(BROKEN, above=["Avtal i drift"], sheet_before="Läs mig")
RULES = ROOT / "domain" / "rulebook"
MONDAY = "2027-01-11T08:00+01:00"
STOPPED_SECONDS = 5
NEEDS_TABLES = (
    ("serve", "--local"),
    ("tick", "--local"),
    ("import", "register", "register.xlsx"),
    ("import", "people", "people.csv"),
    ("export", "contracts", "--json"),
    ("rules", "show"),
    ("rules", "import", str(RULES)),
    ("rollout", "critical"),
    ("golive", "2027-01-11"),
)
KEYS = {
    "contracts": "id contract_number title suppliers department class owner manager start_on end_on state flags",
    "followups": "id contract_id contract_number activity period_key state due_on is_overdue reminder_level owner manager",
    "deviations": "number contract_id contract_number type severity state ladder_step proposed_step reported_by reported_at",
    "notices": "id kind subject occurrence step recipient state not_before sent_at",
    "events": "id at kind subject actor",
}
"""What other systems read (issue 2, section 11)."""
CREDENTIALS = {"APP_ID": "an-id", "APP_PASSWORD": "a-secret", "APP_TENANT_ID": "a-tenant"}


@pytest.fixture(scope="module")
def copies() -> Iterator[Brood | None]:
    with brood() as processes:
        yield processes


def make_shell(folder: Path, copies: Brood | None, url: str | None = None) -> Shell:
    """A folder with a register and a people file in it."""
    (folder / "register.xlsx").write_bytes(WORKBOOK)
    (folder / "people.csv").write_bytes(as_csv(make_people(REGISTER)))
    (folder / "no-register.csv").write_bytes(b"Namn;Pris\nPenna;1\n")
    return Shell(folder=folder, database_url=url or f"sqlite+aiosqlite:///{folder / 'avtalsbot.db'}", brood=copies)


@pytest.fixture
def shell(tmp_path: Path, copies: Brood | None) -> Shell:
    """No database yet."""
    return make_shell(tmp_path, copies)


@pytest.fixture
def migrated(shell: Shell, sqlite_with_tables: Path) -> Shell:
    """A database with tables and nothing in them."""
    shutil.copy(sqlite_with_tables, shell.folder / "avtalsbot.db")
    return shell


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, copies: Brood | None) -> Path:
    """A database into which the register and the people have been read, and a first pass on a Monday made."""
    shell = make_shell(tmp_path_factory.mktemp("imported"), copies)
    good(shell.run("migrate"))
    good(shell.run("import", "register", "register.xlsx", "--people", "people.csv"))
    good(shell.run("golive", "2027-01-11"))
    good(shell.run("tick", "--local", "--at", MONDAY))
    return shell.folder / "avtalsbot.db"


@pytest.fixture
def imported(shell: Shell, template: Path) -> Shell:
    """A database of the test's own with everything in it."""
    shutil.copy(template, shell.folder / "avtalsbot.db")
    return shell


def good(ran: Ran) -> Ran:
    """Went well, and said nothing on standard error."""
    assert (ran.code, ran.err) == (0, "")
    return ran


def exported(shell: Shell, what: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = good(shell.run("export", what, "--json", LOCAL="1")).json
    return rows


def kinds(shell: Shell) -> Counter[str]:
    return Counter(event["kind"] for event in exported(shell, "events"))


def test_from_nothing_to_planned_follow_ups_on_either_database(
    tmp_path: Path, copies: Brood | None, empty_database_url: str
) -> None:
    shell = make_shell(tmp_path, copies, empty_database_url)

    assert shell.run("export", "contracts").err == "The database is empty. Run: avtalsbot migrate\n"
    assert "is now at version" in good(shell.run("migrate")).out
    assert "already" in good(shell.run("migrate")).out
    first = good(shell.run("import", "register", "register.xlsx", "--people", "people.csv", "--json")).json
    again = good(shell.run("import", "register", "register.xlsx", "--json")).json
    good(shell.run("rollout", "critical", "high", "medium", "low"))
    passed = good(shell.run("tick", "--at", MONDAY, "--json", LOCAL="1")).json

    assert [row["row"] for row in first["register"]["quarantined"]] == [3, 6]
    assert (again["new"], again["changed"]) == ([], [])
    assert passed["planned"] == len(exported(shell, "contracts")) == len(first["register"]["new"])
    assert {row["state"] for row in exported(shell, "followups")} == {"planned"}


def test_without_tables_every_command_names_the_one_that_makes_them(shell: Shell) -> None:
    for argv in NEEDS_TABLES:
        ran = shell.run(*argv)

        assert (argv, ran.code, ran.out) == (argv, 1, "")
        assert ran.err == "The database is empty. Run: avtalsbot migrate\n"
    assert not (shell.folder / "avtalsbot.db").exists()


@pytest.mark.parametrize("argv", [("export", "contracts"), ("migrate",), ("serve", "--local")])
def test_a_database_of_a_later_version_is_left_alone(migrated: Shell, argv: tuple[str, ...]) -> None:
    with sqlite3.connect(migrated.folder / "avtalsbot.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    ran = migrated.run(*argv)

    assert ran.code == 1
    assert ran.err == "The database is of a later version than this avtalsbot. Install the newer avtalsbot.\n"


def test_rows_that_cannot_be_stored_are_told_with_number_and_reason(migrated: Shell) -> None:
    ran = good(migrated.run("import", "register", "register.xlsx"))

    assert "I karantän, sparas inte förrän de rättas:" in ran.out
    assert "556036-0794" in ran.out
    assert "så snart som möjligt" in ran.out
    assert len(exported(migrated, "contracts")) > 0


@pytest.mark.parametrize("argv", [(), ("--json",), ("--people", "people.csv")], ids=["alone", "json", "beside people"])
def test_of_a_refused_file_nothing_is_stored_nor_of_the_one_beside_it(migrated: Shell, argv: tuple[str, ...]) -> None:
    ran = migrated.run("import", "register", "no-register.csv", *argv)

    assert (ran.code, ran.out) == (2, "")
    assert "rubrikrad" in ran.err
    assert exported(migrated, "events") == exported(migrated, "people") == []


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("register", "missing.csv"), "missing.csv cannot be read"),
        (("register", "."), "cannot be read"),
        (("register", "register.xlsx", "--mapping", "no-register.csv"), "is not a TOML file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(migrated: Shell, argv: tuple[str, ...], told: str) -> None:
    ran = migrated.run("import", *argv)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_dry_run_tells_what_would_come_and_stores_nothing(migrated: Shell) -> None:
    told = good(
        migrated.run("import", "register", "register.xlsx", "--people", "people.csv", "--dry-run", "--json")
    ).json

    assert told["register"]["dry_run"]
    assert len(told["register"]["new"]) > 0
    assert exported(migrated, "events") == exported(migrated, "contracts") == exported(migrated, "people") == []


def test_a_dry_run_knows_the_people_of_the_file_beside_it(migrated: Shell) -> None:
    nameless = Table(headings=REGISTER.headings, rows=REGISTER.rows[:1]).having("Ägarens e-post", "")
    (migrated.folder / "nameless.csv").write_bytes(as_csv(nameless))
    both = ("import", "register", "nameless.csv", "--people", "people.csv", "--json")

    tried = good(migrated.run(*both, "--dry-run")).json["register"]
    kept = good(migrated.run(*both)).json["register"]

    assert tried == {**kept, "dry_run": True}
    assert exported(migrated, "contracts")[0]["owner"] == mail_of(str(REGISTER.rows[0][8]))


def test_the_same_file_again_adds_the_imports_own_event_and_no_other(imported: Shell) -> None:
    before = exported(imported, "contracts"), kinds(imported)

    told = good(imported.run("import", "register", "register.xlsx", "--json")).json

    assert (told["new"], told["changed"], told["missing"]) == ([], [], [])
    assert exported(imported, "contracts") == before[0]
    assert kinds(imported) - before[1] == Counter({"register_imported": 1})


def test_the_shipped_rules_have_no_faults_and_tell_what_is_switched_off(shell: Shell) -> None:
    ran = good(shell.run("rules", "check"))

    assert "no faults" in ran.out
    assert "kickoff_meeting (Startmöte): switched off" in ran.out


def test_every_fault_is_named_by_file_and_key(shell: Shell) -> None:
    limits = (RULES / "limits.toml").read_text(encoding="utf-8").replace("snoozes = 2", "snoozes = -2")
    (shell.folder / "limits.toml").write_text(limits.replace("quarters = 2", "quarters = 0"), encoding="utf-8")
    ladder = (RULES / "reminder_ladder.toml").read_text(encoding="utf-8").replace("source", "sauce", 1)
    (shell.folder / "reminder_ladder.toml").write_text(ladder, encoding="utf-8")

    letter = (RULES / "letters" / "letter_complaint.toml").read_text(encoding="utf-8")
    (shell.folder / "letter_complaint.toml").write_text(letter.replace("{demand}", "{krav}"), encoding="utf-8")

    ran = shell.run("rules", "check", "limits.toml", "reminder_ladder.toml", "letter_complaint.toml")

    assert (ran.code, ran.out) == (2, "")
    assert "letter_complaint.toml:sections[6].paragraphs[0].sv: has the slot {krav}" in ran.err
    named = {line.split(": ")[0] for line in ran.err.splitlines()}
    assert {"limits.toml:snoozes", "limits.toml:rollout.quarters"} < named
    assert any(name.startswith("reminder_ladder.toml:") for name in named)


def test_a_file_that_is_no_toml_is_named_with_the_line(shell: Shell) -> None:
    (shell.folder / "limits.toml").write_text("snoozes = \n", encoding="utf-8")

    ran = shell.run("rules", "check", "limits.toml")

    assert ran.code == 2
    assert ran.err.startswith("limits.toml: ")
    assert "line 1" in ran.err


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("check", "missing.toml"), "missing.toml cannot be read"),
        (("import", "."), "no TOML file"),
        (("show", "nonsense"), "limits"),
    ],
)
def test_rules_that_do_not_exist_are_no_rules(migrated: Shell, argv: tuple[str, ...], told: str) -> None:
    ran = migrated.run("rules", *argv)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_imported_rules_get_the_next_number_and_stay(migrated: Shell) -> None:
    ours = (RULES / "limits.toml").read_text(encoding="utf-8").replace("snoozes = 2", "snoozes = 5")
    (migrated.folder / "limits.toml").write_text(ours, encoding="utf-8")

    kept = good(migrated.run("rules", "import", "limits.toml"))
    same = good(migrated.run("rules", "import", "limits.toml"))
    shown = good(migrated.run("rules", "show", "limits"))

    assert kept.out.startswith("Rule set 2,")
    assert same.out == kept.out
    assert shown.out.startswith("# Rule set 2,")
    assert shown.out.endswith(f"# limits.toml\n{ours}\n")


def test_refused_rules_leave_those_in_force(migrated: Shell) -> None:
    (migrated.folder / "limits.toml").write_text("snoozes = -1\n", encoding="utf-8")

    assert migrated.run("rules", "import", "limits.toml").code == 2

    assert good(migrated.run("rules", "show", "limits")).out.startswith("# Rule set 1,")


def test_a_roll_out_puts_exactly_these_classes_into_operation(imported: Shell) -> None:
    ran = good(imported.run("rollout", "critical", "high"))
    good(imported.run("tick", "--local"))

    assert ran.out == "In operation: critical, high\n"
    off = {row["class"]: row["state"] == "skipped_ramp" for row in exported(imported, "followups")}
    assert off == {"critical": False, "high": False, "medium": True, "low": True}


def test_the_day_of_going_live_is_set_until_follow_ups_hang_on_it(migrated: Shell) -> None:
    good(migrated.run("import", "register", "register.xlsx"))

    assert "2027-01-11" in good(migrated.run("golive", "2027-01-11")).out
    assert "2027-02-01" in good(migrated.run("golive", "2027-02-01")).out
    good(migrated.run("tick", "--local", "--at", MONDAY))
    refused = migrated.run("golive", "2027-03-01")

    assert (refused.code, refused.out) == (2, "")
    assert "2027-02-01" in refused.err
    assert min(row["due_on"] for row in exported(migrated, "followups")) > "2027-02-01"


def with_a_deviation(shell: Shell) -> None:
    """One that somebody reported in chat."""
    about = exported(shell, "contracts")[0]

    async def report() -> None:
        store = Store(make_engine(shell.database_url))
        async with store.open(TenantId("local")) as unit:
            ours = replace(deviation(), contract_id=ContractId(about["id"]), contract_number=about["contract_number"])
            await unit.deviations.add(ours)
            await unit.commit()
        await store.close()

    asyncio.run(report())


def test_an_export_is_one_array_with_the_keys_other_systems_read(imported: Shell) -> None:
    good(imported.run("rollout", "critical", "high", "medium", "low"))
    good(imported.run("tick", "--local", "--at", "2027-12-01T09:00+01:00"))
    with_a_deviation(imported)

    for what, keys in KEYS.items():
        rows = exported(imported, what)
        assert rows, what
        assert all(set(keys.split()) <= set(row) for row in rows), what


def test_the_log_goes_to_standard_error_and_the_answer_to_standard_output(imported: Shell) -> None:
    good(imported.run("rollout", "critical", "high", "medium", "low"))

    ran = imported.run("tick", "--at", "2027-12-01T09:00+01:00", "--json", LOCAL="1", LOG_LEVEL="DEBUG")

    assert set(ran.json) == {"ticks", "planned", "advanced", "sent"}
    assert all(json.loads(line)["event"] for line in ran.err.splitlines())


def test_a_name_with_dots_is_written_in_utf_8_whatever_the_terminal_is_used_to(imported: Shell) -> None:
    rows = exported(imported, "people")

    ran = replace(imported, habits={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}).run_anew(
        "export", "people", LOCAL="1"
    )

    assert good(ran).json == rows
    assert any(not row["name"].isascii() for row in rows)


def test_whoever_stops_reading_an_export_gets_no_complaint(imported: Shell) -> None:
    with imported.running("export", "events") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()

        assert (process.stderr.read(), process.wait(60)) == ("", 0)


def test_a_pass_needs_somebody_to_send_as(migrated: Shell) -> None:
    for command in ("tick", "serve"):
        ran = migrated.run(command)

        assert (ran.code, ran.out) == (1, "")
        assert "AVTALSBOT_APP_ID" in ran.err
        assert "AVTALSBOT_LOCAL=1" in ran.err


def test_local_mode_never_runs_with_real_credentials(migrated: Shell) -> None:
    for argv in (("serve", "--local"), ("tick", "--local")):
        ran = migrated.run(*argv, **CREDENTIALS)

        assert ran.code == 1
        assert "clear one of the two" in ran.err
        assert "a-secret" not in ran.err


def test_what_sends_nothing_needs_no_credentials(migrated: Shell) -> None:
    for argv in (("rollout", "critical"), ("golive", "2027-01-11"), ("rules", "show"), ("export", "people")):
        good(migrated.run(*argv))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://bot:hemligt@127.0.0.1:1/avtalsbot",
        "postgresql+psycopg://bot:hemligt@host:port/avtalsbot",
        "postgresql+psycopg://bot:hemligt@127.0.0.1:1/avtalsbot?no_such=option",
        "mysql://bot:hemligt@127.0.0.1/avtalsbot",
        "sqlite+aiosqlite:////no/such/folder/avtalsbot.db",
        "sqlite+aiosqlite:///no-register.csv",
    ],
)
def test_a_database_that_is_not_there_is_told_in_a_sentence(shell: Shell, url: str) -> None:
    for argv in (("migrate",), ("export", "contracts"), ("serve", "--local")):
        ran = shell.run(*argv, DATABASE_URL=url)

        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert "AVTALSBOT_DATABASE_URL" in ran.err
        assert "hemligt" not in ran.err


def test_a_database_that_breaks_under_way_is_told_in_a_sentence(migrated: Shell) -> None:
    with sqlite3.connect(migrated.folder / "avtalsbot.db") as database:
        database.execute("DROP TABLE tenant")
    database.close()

    ran = migrated.run("rollout", "critical")

    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "no such table" in ran.err


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("rollout", "viktigt"), "critical, high, medium, low"),
        (("golive", "måndag"), "2027-01-11"),
        (("tick", "--at", "måndag"), "2027-01-11T08:00"),
        (("serve", "--port", "70000"), "65535"),
        (("export", "everything"), "followups"),
        (("nonsense",), "migrate"),
        ((), "COMMAND"),
    ],
)
def test_a_mistyped_command_is_told_what_would_do(shell: Shell, argv: tuple[str, ...], told: str) -> None:
    ran = shell.run(*argv)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_in_local_mode_no_command_goes_back_behind_a_turned_clock(imported: Shell) -> None:
    good(imported.run("tick", "--local", "--at", "2027-06-01T08:00+02:00"))

    good(imported.run("import", "register", "register.xlsx", LOCAL="1"))
    good(imported.run("tick", "--local"))

    at = {event["at"] for event in exported(imported, "events") if event["kind"] == "register_imported"}
    assert max(at) == "2027-06-01T06:00:00+00:00"


@contextmanager
def served(shell: Shell, *argv: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A bot that serves on a port of its own, and where."""
    with shell.running("serve", "--local", "--port", "0", *argv) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert said.startswith("avtalsbot serves on http://127.0.0.1:"), said + process.stderr.read()
        yield process, said.split("//")[1].strip()


def ask(where: str, method: str, path: str, body: bytes | None = None) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection(where, timeout=60)
    connection.request(method, path, body)
    response = connection.getresponse()
    told: dict[str, Any] = json.loads(response.read())
    connection.close()
    return response.status, told


def stopped(process: "subprocess.Popen[str]", by: signal.Signals) -> float:
    """Seconds it took to end."""
    began = time.monotonic()
    process.send_signal(by)
    assert process.wait(60) == 0
    return time.monotonic() - began


def test_a_bot_that_serves_is_alive_ready_and_alone_and_its_clock_can_be_turned(imported: Shell) -> None:
    with served(imported, "--clock", "2027-01-12T07:00+01:00") as (process, where):
        assert ask(where, "GET", "/health/live") == (200, {"status": "alive"})
        assert ask(where, "GET", "/health/ready") == (200, {"status": "ready"})
        assert ask(where, "GET", "/local/clock") == (200, {"now": "2027-01-12T06:00:00+00:00"})

        second = imported.run("serve", "--local", "--port", "0")
        assert (second.code, "already serves" in second.err) == (1, True)
        taken = replace(imported, database_url=f"sqlite:///{imported.folder / 'other.db'}")
        good(taken.run("migrate"))
        elsewhere = taken.run("serve", "--local", "--port", where.split(":")[1])
        assert (elsewhere.code, "cannot be used" in elsewhere.err) == (1, True)

        good(imported.run("import", "register", "register.xlsx", LOCAL="1"))
        good(imported.run("rollout", "critical", "high", LOCAL="1"))
        good(imported.run("rules", "import", str(RULES / "limits.toml"), LOCAL="1"))
        assert exported(imported, "contracts")

        for body in (b"", b"tomorrow", b'{"to": 7}', b'{"to": "2027-01-12T09:00"}', b'{"to": "2027-01-11T08:00Z"}'):
            status, told = ask(where, "POST", "/local/clock", body)
            assert (status, list(told)) == (400, ["error"])
        status, told = ask(where, "POST", "/local/clock", b'{"to": "2027-01-13T08:00:00+01:00"}')
        assert (status, told["now"]) == (200, "2027-01-13T08:00:00+01:00")
        assert {"ticks", "planned", "advanced", "sent"} < set(told)
        assert ask(where, "GET", "/local/clock")[1] == {"now": "2027-01-13T07:00:00+00:00"}

        assert stopped(process, signal.SIGTERM) < STOPPED_SECONDS
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_bot_that_is_started_again_goes_on_from_the_turned_clock(imported: Shell) -> None:
    good(imported.run("tick", "--local", "--at", "2027-03-01T08:00+01:00"))

    with served(imported) as (process, where):
        assert ask(where, "GET", "/local/clock") == (200, {"now": "2027-03-01T07:00:00+00:00"})
        assert stopped(process, signal.SIGINT) < STOPPED_SECONDS
