"""Who hears that a case has moved: its reporter, counsel when the supplier disputes, and the all-clear for all who were told."""

from collections.abc import Collection, Iterator

from domain.case_moves import is_failed_remedy
from domain.deviation import ENDED_STATES, Deviation, DeviationState, LadderStep
from domain.notice import URGENT_KINDS, Notice, NoticeKind, NoticeState, new_notice
from domain.people import ContractRole, Person, Role
from domain.supplier_ladder import decider_of
from domain.twins import reporters
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.letters import case_position

_S = DeviationState
_TOLD_REPORTER = {
    _S.COMMUNICATED: "deviation.progress.with_supplier",
    _S.COMPLAINT_SENT: "deviation.progress.with_supplier",
    _S.CLOSED: "deviation.progress.closed",
    _S.DISMISSED: "deviation.progress.closed",
}
"""The two lines a reporter hears after the thanks (domain.md 8)."""
_ALL_CLEAR = ENDED_STATES | {_S.VERIFIED}
_STEPS = frozenset({NoticeKind.DEVIATION_STEP, NoticeKind.DEVIATION_URGENT})
_ALARMS = frozenset(
    {
        NoticeKind.DEVIATION_URGENT,
        NoticeKind.DEVIATION_NEW,
        NoticeKind.DEVIATION_STEP,
        NoticeKind.DEVIATION_MEETING,
    },
)


async def tell_of_move(unit: Unit, before: Case, kept: Deviation, actors: Collection[str]) -> None:
    """Queue what people should hear of the move; `actors` made it, and need no telling."""
    notices = [*_reporters(unit, before, kept, actors), *_counsel(unit, before, kept), *_decider(unit, before, kept)]
    if kept.state in _ALL_CLEAR:
        notices += await _all_clear(unit, before, kept, actors)
    await unit.notices.add_all(notices, at=before.scene.now)


def _reporters(unit: Unit, case: Case, kept: Deviation, actors: Collection[str]) -> Iterator[Notice]:
    """To everybody who has reported it; of a restricted case only to those who may see it."""
    text_key = _TOLD_REPORTER.get(kept.state)
    if text_key is None:
        return
    key = (_round(kept), text_key.rpartition(".")[2])
    for mail in reporters(kept, case.file):
        person = case.scene.roster.people.get(mail)
        if person is not None and mail not in actors and _may_hear_more(case, person):
            yield _notice(unit, case, person, NoticeKind.DEVIATION_PROGRESS, key, text_key, role=ContractRole.REPORTER)


def _may_hear_more(case: Case, person: Person) -> bool:
    """Whether a reporter hears of the case after the thanks."""
    parts = case.scene.roster.plays(person, case.contract) if case.contract else frozenset()
    return case.kind is None or case.kind.may_be_seen_by({ContractRole.REPORTER, *parts}, person.roles)


def _counsel(unit: Unit, case: Case, kept: Deviation) -> Iterator[Notice]:
    """A supplier that disputes what we say is the counsel's to know of (t5 of domain.md 8.1)."""
    if kept.state is not _S.DISPUTED:
        return
    for person in case.scene.roster.with_role(Role.LEGAL_COUNSEL):
        key = (case_position(kept), "disputed")
        yield _notice(unit, case, person, NoticeKind.DEVIATION_STEP, key, "case.told.disputed")


def _decider(unit: Unit, case: Case, kept: Deviation) -> Iterator[Notice]:
    """A remedy that failed proposes a step, and whoever decides on it hears so (t2)."""
    if not is_failed_remedy(case.deviation.state, kept.state) or kept.proposed_step is None:
        return
    yield from step_notices(unit, case, kept, "deviation.why.remedy_failed")


def step_notices(
    unit: Unit, case: Case, kept: Deviation, text_key: str, *, is_at_once: bool = False
) -> Iterator[Notice]:
    """That a step is proposed, to whoever decides on it: at once when it is grave and somebody asks, else in a digest."""
    scene = case.scene
    decider = decider_of_step(case, kept)
    for person in scene.roster.who(decider, case.contract):
        key = (case_position(kept), f"proposed:{kept.proposed_step}:{scene.today.isoformat()}")
        kind = NoticeKind.DEVIATION_URGENT if is_at_once else NoticeKind.DEVIATION_STEP
        yield _notice(unit, case, person, kind, key, text_key, role=decider)


def decider_of_step(case: Case, deviation: Deviation) -> ContractRole:
    """Who decides on the step that is proposed."""
    proposed = deviation.ladder_step if deviation.proposed_step is None else deviation.proposed_step
    step = LadderStep(min(proposed, LadderStep.RESCISSION))
    return decider_of(step, deviation.severity, case.scene.rules, case.kind)


async def _all_clear(unit: Unit, case: Case, kept: Deviation, actors: Collection[str]) -> list[Notice]:
    """To everybody an alarm about the case has reached, once, in their next digest."""
    told = {
        notice.recipient_mail
        for notice in await unit.notices.about([f"deviation:{kept.deviation_id}"])
        if notice.kind in _ALARMS and notice.state is NoticeState.SENT
    }
    people = (case.scene.roster.living(mail) for mail in sorted(told - {*actors, kept.reported_by}))
    text_key = f"case.all_clear.{kept.state.value}"
    return [
        _notice(unit, case, person, NoticeKind.DEVIATION_PROGRESS, (_round(kept), "all_clear"), text_key)
        for person in people
        if person is not None
    ]


def _round(deviation: Deviation) -> str:
    """Which life of the case: what is told once is told again when it was opened again or its remedy failed."""
    again = deviation.reopened_count + deviation.failed_remedies
    return f"{deviation.number}:{again}" if again else deviation.number or ""


def _notice(
    unit: Unit,
    case: Case,
    person: Person,
    kind: NoticeKind,
    key: tuple[str, str],
    text_key: str,
    *,
    role: ContractRole | None = None,
) -> Notice:
    """To one person in their next digest; `key` is the occurrence and the step that make it once."""
    scene = case.scene
    return new_notice(
        unit.tenant_id,
        kind=kind,
        subject=f"deviation:{case.deviation.deviation_id}",
        occurrence=key[0],
        step=key[1],
        role=role,
        recipient_mail=person.mail,
        not_before=scene.now if kind in URGENT_KINDS else scene.post.digest_moment(person, scene.now),
        payload={"text_key": text_key, **({"decider": role.value} if kind in _STEPS and role else {})},
    )
