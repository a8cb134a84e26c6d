"""A year of small things that keep happening: nothing is nagged about, nothing adds up unseen, and no event counts twice."""

from datetime import date, timedelta

from domain.deviation import Deviation, DeviationState, Severity
from domain.identifiers import DeviationId
from domain.joint_proposal import JointProposal, JointProposalState
from domain.letter import JointItem
from storage.unit_of_work import Store
from tests.support.deviations import deviation
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person
from usecases.parts.registering import register
from usecases.parts.scene import read_scene

MIA, OLLE, CARIN, PIA = PEOPLE
EVA = person("Eva Ek")
CLEANING = contract("2026-0147")
WINDOWS = contract("2026-0148", title="Fönsterputs", manager_mail=EVA.mail, owner_mail=EVA.mail, area="Fönster")

LATE = "LEV_SEN"
DRIPS = (
    # Three in six weeks: gathered by the manager on 1 March.
    (date(2027, 1, 11), CLEANING, LATE),
    (date(2027, 2, 1), CLEANING, LATE),
    (date(2027, 2, 22), CLEANING, LATE),
    # Another kind, a hundred days apart all year: never comes to anything.
    (date(2027, 1, 12), CLEANING, "ADM_STATISTIK"),
    (date(2027, 4, 22), CLEANING, "ADM_STATISTIK"),
    (date(2027, 7, 31), CLEANING, "ADM_STATISTIK"),
    (date(2027, 11, 8), CLEANING, "ADM_STATISTIK"),
    # Three more, solved at once: they count all the same, and the manager says no on 17 May.
    (date(2027, 3, 15), CLEANING, LATE),
    (date(2027, 4, 12), CLEANING, LATE),
    (date(2027, 5, 10), CLEANING, LATE),
    # One more beside those said no to is one, not four.
    (date(2027, 6, 7), CLEANING, LATE),
    # The summer's two and June's: proposed on 9 August, renewed on the 30th, never answered.
    (date(2027, 7, 12), CLEANING, LATE),
    (date(2027, 8, 9), CLEANING, LATE),
    (date(2027, 8, 30), CLEANING, LATE),
    # The same supplier somewhere else: the controller's, since it is on two contracts.
    (date(2027, 9, 6), WINDOWS, LATE),
)
SOLVED_AT_ONCE = {date(2027, 3, 15), date(2027, 4, 12), date(2027, 5, 10)}


async def test_a_year_of_drips(store: Store) -> None:
    town = make_world(store, at=local("2027-01-04"))
    await furnish(town, [CLEANING, WINDOWS], [*PEOPLE, EVA])
    async with store.open(TENANT) as unit:
        # No follow-ups: the year is about deviations, and goes twice as fast without.
        await unit.contracts.mark_planned([CLEANING.contract_id, WINDOWS.contract_id])
        await unit.commit()
    mia = Talk(town, MIA)
    days = sorted({day for day, _, _ in DRIPS} | {date(2027, 3, 1), date(2027, 5, 17)})

    for day in days:
        await town.turn_to(local(day.isoformat(), "10:00"))
        for on, about, kind in DRIPS:
            if on == day:
                await reported(town, about, kind)
        if day == date(2027, 3, 1):
            await mia.says("förslag")
            assert "AVV-2027-0005" in await mia.says("samla 1")
        if day == date(2027, 5, 17):
            await mia.says("förslag")
            await mia.says("nej 1, städschemat var fel och är ändrat")
    await town.turn_to(local("2027-12-31", "12:00"))

    found = [(one.state, one.contract_id, one.severity, len(one.evidence)) for one in await proposals(town)]
    assert found == [
        (JointProposalState.ACCEPTED, CLEANING.contract_id, Severity.MODERATE, 3),
        (JointProposalState.DECLINED, CLEANING.contract_id, Severity.MODERATE, 3),
        (JointProposalState.OPEN, CLEANING.contract_id, Severity.MODERATE, 4),
        # July, August twice and September at the supplier: what lies more than ninety days back is out by then.
        (JointProposalState.OPEN, None, Severity.MODERATE, 4),
    ]
    assert dates(town, MIA.mail) == [date(2027, 2, 23), date(2027, 5, 11), date(2027, 8, 10), date(2027, 8, 31)]
    assert dates(town, CARIN.mail) == [date(2027, 9, 7)]
    joint = next(row for row in await cases(town) if row.is_joint)
    assert (joint.number, joint.severity, joint.occurrence_count) == ("AVV-2027-0005", Severity.MODERATE, 3)


async def reported(town: TestWorld, about: object, kind: str) -> None:
    """One small thing, reported by somebody else; some are solved at once by the manager."""
    chosen = WINDOWS if about is WINDOWS else CLEANING
    async with town.world.store.open(TENANT) as unit:
        number = len(await unit.deviations.all()) + 1
        now = town.clock()
        scene = await read_scene(unit, now=now, is_local=True)
        draft = deviation(
            deviation_id=DeviationId(f"d{number}"),
            number=None,
            state=DeviationState.DRAFT,
            contract_id=chosen.contract_id,
            contract_number=chosen.contract_number,
            type=kind,
            severity=Severity.MINOR,
            reported_by=PIA.mail,
            reported_at=now,
            occurred_from=now.date(),
        )
        done = await register(unit, scene, draft, chosen, is_stored=False)
        await unit.commit()
    if now.date() in SOLVED_AT_ONCE:
        said = await Talk(town, MIA).says(f"{done.deviation.number} löst direkt, ja, sagt till på telefon")
        assert "Stängd" in said


async def proposals(town: TestWorld) -> list[JointProposal]:
    async with town.world.store.read(TENANT) as unit:
        return [one for one in await unit.joint_proposals.all() if not one.is_supplier_case]


async def cases(town: TestWorld) -> list[Deviation]:
    async with town.world.store.read(TENANT) as unit:
        return await unit.deviations.all()


def dates(town: TestWorld, mail: str) -> list[date]:
    """The days somebody was told of a proposal."""
    return [
        letter.today
        for letter in town.teams.to(mail)
        for item in letter.items
        if isinstance(item, JointItem) and not item.proposal.is_supplier_case
    ]


def test_the_days_are_as_the_story_says() -> None:
    within = [day for day, about, kind in DRIPS if kind == LATE and about is CLEANING]

    assert within[2] - within[0] < timedelta(days=90)
    assert date(2027, 9, 6) - date(2027, 6, 7) > timedelta(days=90)
