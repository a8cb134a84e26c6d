"""A register that tells of rights: they come in with the contracts, and what people decide outlives the next import."""

import json
from dataclasses import replace

import pytest

from cards.register_report import report_json, report_text
from domain.contract_right import ContractRight, RightKind, TimeLimit
from domain.deviation import Deviation, DeviationState, Severity
from domain.identifiers import ContractId, DeviationId
from domain.people import Language, Role
from domain.register.cell import Cell
from domain.register.report import RegisterReport
from storage.unit_of_work import Store
from tests.support.registers import Table, as_csv, make_register
from tests.support.world import TENANT, TestWorld, furnish, make_world, person
from usecases.import_register import import_register
from usecases.rights.change_rights import put_rights

_MADE = make_register(contracts=3, seed=3)
PLAIN = Table(headings=_MADE.headings, rows=_MADE.rows[:1])
NUMBER = str(PLAIN.rows[0][0])
TERMS = "Vite 5 000 kr/påbörjad vecka § 7.2; prisavdrag"


def telling(rights: Cell = "", complaint: Cell = "", correction: Cell = "") -> Table:
    headings = (*PLAIN.headings, "Påföljder", "Reklamationstid", "Åtgärdstid (arbetsdagar)")
    return Table(headings=headings, rows=((*PLAIN.rows[0], rights, complaint, correction),))


async def imported(house: TestWorld, table: Table, *, dry_run: bool = False) -> RegisterReport:
    return await import_register(house.world, TENANT, "r.csv", as_csv(table), dry_run=dry_run, actor="cli")


async def rights(house: TestWorld) -> dict[RightKind, ContractRight]:
    async with house.world.store.read(TENANT) as unit:
        contract = await unit.contracts.by_number(NUMBER)
        assert contract is not None
        return {right.kind: right for right in await unit.contract_rights.of(contract.contract_id)}


async def test_rights_come_in_with_the_contract(store: Store) -> None:
    house = make_world(store)

    await imported(house, telling(TERMS, "7 dagar", 10))

    found = await rights(house)
    penalty = found[RightKind.PENALTY]
    assert (penalty.clause, penalty.terms) == ("§ 7.2", "5 000 kr/påbörjad vecka")
    assert found[RightKind.COMPLAINT_TIME].limit_days == 7
    assert (found[RightKind.CORRECTION_TIME].limit_days, found[RightKind.CORRECTION_TIME].is_working_days) == (10, True)
    assert RightKind.PRICE_REDUCTION in found


async def test_the_same_file_again_changes_nothing(store: Store) -> None:
    house = make_world(store)
    await imported(house, telling(TERMS, "7 dagar", 10))

    again = await imported(house, telling(TERMS, "7 dagar", 10))

    assert again.difference.changed == ()
    assert again.difference.held == ()
    assert again.difference.baselines == {}


async def test_a_register_that_gains_the_columns_tells_what_they_change(store: Store) -> None:
    house = make_world(store)
    await imported(house, PLAIN)

    tried = await imported(house, telling(TERMS, "7 dagar"), dry_run=True)

    assert await rights(house) == {}
    told = report_text(tried, Language.SV)
    assert "Vite: tomt → § 7.2, 5 000 kr/påbörjad vecka" in told
    assert "Reklamationstid: tomt → 7 dagar" in told
    [change] = tried.difference.changed
    assert {field.column for field in change.fields} == {
        "right_penalty",
        "right_price_reduction",
        "right_complaint_time",
    }
    json.dumps(report_json(tried))


async def test_a_register_without_the_columns_takes_nothing_away(store: Store) -> None:
    house = make_world(store)
    await imported(house, telling(TERMS))

    report = await imported(house, PLAIN)

    assert report.difference.changed == ()
    assert set(await rights(house)) == {RightKind.PENALTY, RightKind.PRICE_REDUCTION}


async def test_a_right_the_register_no_longer_names_is_taken_away_and_one_it_never_named_stays(store: Store) -> None:
    house = make_world(store)
    await imported(house, telling(TERMS))
    await add_by_hand(house, RightKind.RESCISSION)

    await imported(house, telling("Vite 5 000 kr/påbörjad vecka § 7.2"))

    assert set(await rights(house)) == {RightKind.PENALTY, RightKind.RESCISSION}


async def test_what_people_have_corrected_outlives_the_same_register_and_is_told(store: Store) -> None:
    house = make_world(store)
    await imported(house, telling(TERMS))
    await add_by_hand(house, RightKind.PENALTY, terms="6 000 kr per vecka")

    report = await imported(house, telling(TERMS))

    assert (await rights(house))[RightKind.PENALTY].terms == "6 000 kr per vecka"
    assert [held.field for held in report.difference.held] == ["right_penalty"]
    assert "6 000 kr per vecka" in report_text(report, Language.SV)


async def test_since_when_somebody_has_known_better_stands_in_the_report(store: Store) -> None:
    house = make_world(store)
    carin = person("Carin Controller", Role.CONTRACT_CONTROLLER)
    await furnish(house, [], [carin])
    await imported(house, telling(TERMS))
    penalty = ContractRight(contract_id=ContractId(""), kind=RightKind.PENALTY, terms="6 000 kr per vecka")
    await put_rights(house.world, TENANT, carin, NUMBER, [penalty])

    report = await imported(house, telling(TERMS))

    assert "6 000 kr per vecka sedan 2027-01-11" in report_text(report, Language.SV)


async def test_what_the_register_says_anew_goes_before_a_correction(store: Store) -> None:
    house = make_world(store)
    await imported(house, telling(TERMS))
    await add_by_hand(house, RightKind.PENALTY, terms="6 000 kr per vecka")

    await imported(house, telling("Vite 7 000 kr per vecka § 7.2"))

    assert (await rights(house))[RightKind.PENALTY].terms == "7 000 kr per vecka"


@pytest.mark.parametrize(
    ("table", "said"),
    [(telling("enligt bilaga 3"), "påföljd eller en tid"), (telling("", "omgående"), "inget antal dagar")],
)
async def test_what_cannot_be_read_is_told_and_the_contract_comes_in(store: Store, table: Table, said: str) -> None:
    house = make_world(store)

    report = await imported(house, table)

    assert (report.accepted_count, report.quarantined) == (1, ())
    assert said in report_text(report, Language.SV)


async def test_open_cases_go_by_the_contracts_own_time_limits_from_then_on(store: Store) -> None:
    house = make_world(store)
    await imported(house, PLAIN)
    await report_case(house)

    await imported(house, telling(TERMS, "1 dag"))

    async with store.read(TENANT) as unit:
        [case] = await unit.deviations.all()
    assert case.limits == (TimeLimit(kind=RightKind.COMPLAINT_TIME, days=1),)
    assert case.sanction_since == house.clock()
    assert case.next_action_at is not None


async def add_by_hand(house: TestWorld, kind: RightKind, terms: str = "") -> None:
    """Somebody registers or changes a right of the contract."""
    async with house.world.store.open(TENANT) as unit:
        contract = await unit.contracts.by_number(NUMBER)
        assert contract is not None
        kept = [right for right in await unit.contract_rights.of(contract.contract_id) if right.kind is not kind]
        added = ContractRight(contract_id=contract.contract_id, kind=kind, terms=terms)
        await unit.contract_rights.put(contract.contract_id, [*kept, added])
        await unit.commit()


async def report_case(house: TestWorld) -> None:
    async with house.world.store.open(TENANT) as unit:
        contract = await unit.contracts.by_number(NUMBER)
        assert contract is not None
        case = Deviation(
            deviation_id=DeviationId("d-1"),
            number="AVV-2027-0001",
            contract_id=contract.contract_id,
            contract_number=NUMBER,
            type="LEV_SEN",
            severity=Severity.MODERATE,
            state=DeviationState.ASSESSED,
            description="Kom för sent.",
            reported_by="eva@exempel.example",
            reported_at=house.clock(),
        )
        await unit.deviations.add(replace(case, state_entered_at=house.clock()))
        await unit.commit()
