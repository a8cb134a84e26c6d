"""Notices become letters: the truth is looked up again, and what is no longer needed is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.contract import Contract
from domain.deviation import Deviation, LadderStep
from domain.followup import Followup, FollowupState
from domain.identifiers import ContractId, NoticeId
from domain.joint_proposal import JointProposal
from domain.letter import (
    DeviationItem,
    FollowupItem,
    JointItem,
    LegalDateItem,
    Letter,
    LetterItem,
    NextRung,
    NoteItem,
    WatchDateItem,
    WelcomeItem,
)
from domain.notice import LEGAL_KINDS, URGENT_KINDS, Notice, NoticeKind, NoticeState
from domain.passivity import days_undecided, days_untold
from domain.people import ContractRole, Person, Role
from domain.reminder_ladder import future
from domain.supplier_ladder import decider_of
from domain.urgency import among_equals
from domain.watch import Watch, WatchState
from storage.unit_of_work import Unit
from usecases.parts.acting import latest_snooze, snoozes_left
from usecases.parts.joint_letters import joint_item
from usecases.parts.passive import is_passive, why_settled
from usecases.parts.scene import Scene

_NUDGES = frozenset(
    {NoticeKind.FOLLOWUP_NUDGE, NoticeKind.FOLLOWUP_TO_OWNER, NoticeKind.FOLLOWUP_TO_CONTROLLER},
)
_NOTES = frozenset(
    {
        NoticeKind.SIGN_OFF,
        NoticeKind.FOLLOWUP_RETURNED,
        NoticeKind.FOLLOWUP_NOTE,
        NoticeKind.MANAGER_REPORTED,
        NoticeKind.HELP_WANTED,
    },
)
_UNSAID = frozenset({"text_key", "apart", "proposed", "decider"})
"""What a notice about a case carries for the clock, and no sentence says."""
_WHILE_OPEN = frozenset({NoticeKind.FOLLOWUP_RETURNED, NoticeKind.MANAGER_REPORTED})
"""Notes that say nothing any more once the follow-up has been answered."""
_DEVIATIONS = frozenset(
    {
        NoticeKind.DEVIATION_URGENT,
        NoticeKind.DEVIATION_NEW,
        NoticeKind.DEVIATION_STEP,
        NoticeKind.DEVIATION_PROGRESS,
        NoticeKind.DEVIATION_MEETING,
        NoticeKind.JOINT_PROPOSED,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """Everything a batch of notices is about, fetched at once."""

    followups: Mapping[str, Followup]
    watches: Mapping[str, Watch]
    deviations: Mapping[str, Deviation]
    contracts: Mapping[ContractId, Contract]
    joints: Mapping[str, JointProposal] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Sorted:
    """Notices sorted by whether they still have something to say."""

    items: list[tuple[Notice, LetterItem]] = field(default_factory=list)
    closed: list[tuple[Notice, NoticeState, str]] = field(default_factory=list)


async def subjects_of(unit: Unit, notices: Sequence[Notice]) -> Subjects:
    """Fetch what the notices are about."""
    followups = await unit.followups.by_ids(_ids(notices, "followup"))
    watches = await unit.watches.by_ids(_ids(notices, "watch"))
    joints = await unit.joint_proposals.by_ids(_ids(notices, "joint"))
    evidence = {one for proposal in joints.values() for one in proposal.evidence}
    deviations = await unit.deviations.by_ids(_ids(notices, "deviation") | evidence)
    contract_ids = {row.contract_id for row in followups.values()} | {row.contract_id for row in watches.values()}
    contract_ids |= {row.contract_id for row in deviations.values() if row.contract_id}
    return Subjects(
        followups={str(key): row for key, row in followups.items()},
        watches={str(key): row for key, row in watches.items()},
        deviations={str(key): row for key, row in deviations.items()},
        contracts=await unit.contracts.by_ids(contract_ids),
        joints={str(key): row for key, row in joints.items()},
    )


def sort_notices(notices: Sequence[Notice], subjects: Subjects, scene: Scene, on: date) -> Sorted:
    """Keep the newest notice of each subject that is still true on a day; the rest is closed with a reason."""
    found = Sorted()
    parts = {notice.recipient_mail for notice in notices if notice.role is not None}
    newest: dict[tuple[str, NoticeKind, str], Notice] = {}
    for notice in notices:
        # What stands apart is about a part of its subject, and is not replaced by news of the whole.
        key = (notice.subject, notice.kind, notice.payload.get("apart", ""))
        older = newest.get(key)
        if older is not None:
            found.closed.append((older, NoticeState.SUPERSEDED, "newer_notice"))
        newest[key] = notice
    for notice in newest.values():
        item = _item(notice, subjects, scene, on)
        if isinstance(item, str):
            found.closed.append((notice, NoticeState.NO_LONGER_NEEDED, item))
        else:
            has_part = notice.recipient_mail in parts or _has_role(notice.recipient_mail, scene)
            greeted = replace(item, has_part=has_part) if isinstance(item, WelcomeItem) else item
            found.items.append((notice, greeted))
    return found


def letters_for(person: Person, items: Sequence[tuple[Notice, LetterItem]], on: date) -> list[Letter]:
    """One digest, one letter of legal dates, and one letter for each urgent matter."""
    greeting = [item for _, item in items if item.kind is NoticeKind.WELCOME]
    urgent = [item for notice, item in items if notice.kind in URGENT_KINDS]
    legal = [item for notice, item in items if notice.kind in LEGAL_KINDS]
    others = URGENT_KINDS | LEGAL_KINDS | {NoticeKind.WELCOME}
    digest = [item for notice, item in items if notice.kind not in others]
    bundles = [bundle for bundle in (*([item] for item in urgent), legal, sorted(digest, key=_weight)) if bundle]
    if bundles:
        bundles[0] = [*greeting, *bundles[0]]
    return [
        Letter(
            recipient=person,
            language=person.speaks,
            items=tuple(bundle),
            today=on,
            is_sample=bundle[0].kind is NoticeKind.SAMPLE,
        )
        for bundle in bundles
    ]


def followup_item(
    notice_id: NoticeId, kind: NoticeKind, level: str, followup: Followup, contract: Contract, scene: Scene, on: date
) -> FollowupItem:
    """A follow-up as it is told about in a letter."""
    minutes, preparation = scene.rules.minutes(followup.activity, followup.contract_class, followup.modules)
    manager = scene.roster.manager_of(contract)
    return FollowupItem(
        notice_id=notice_id,
        kind=kind,
        followup=followup,
        contract=contract,
        level=level,
        minutes=minutes,
        preparation_minutes=preparation,
        next_rung=next_rung_of(followup, contract, scene, on),
        manager_name=manager.name if manager else None,
        days_late=scene.calendar.working_days_between(followup.due_on, on),
        snoozes_left=snoozes_left(followup, scene),
        snooze_latest_on=latest_snooze(scene, on),
    )


def next_rung_of(followup: Followup, contract: Contract, scene: Scene, on: date) -> NextRung | None:
    """Who hears next, and when, if nobody answers."""
    if followup.contract_class is None:
        return None
    ahead = future(
        followup.due_on,
        scene.rules.rungs(followup.contract_class),
        followup.rungs_done,
        scene.calendar,
        last_delivered_on=on,
    )
    if not ahead:
        return None
    rung, day = ahead[0]
    people = scene.roster.who(rung.to, contract)
    return NextRung(level=rung.level, on=day, name=", ".join(person.name for person in people) or None)


def _item(notice: Notice, subjects: Subjects, scene: Scene, on: date) -> LetterItem | str:
    kind, _, subject_id = notice.subject.partition(":")
    if notice.kind is NoticeKind.WELCOME:
        return _welcome(notice, scene)
    if notice.kind in _NUDGES:
        return _nudge(notice, subjects.followups.get(subject_id), subjects, scene, on)
    if notice.kind in _NOTES:
        return _note(notice, subjects)
    if notice.kind in _DEVIATIONS:
        return _case(notice, subjects, scene)
    if kind == "watch":
        return _watch(notice, subjects.watches.get(subject_id), subjects, on)
    return "unknown_kind"


def _nudge(notice: Notice, followup: Followup | None, subjects: Subjects, scene: Scene, on: date) -> FollowupItem | str:
    if followup is None or not followup.is_open:
        return "followup_answered"
    if followup.snoozed_until is not None and on < followup.snoozed_until:
        return "snoozed"
    contract = subjects.contracts[followup.contract_id]
    if notice.role is not None and notice.recipient_mail not in _mails(scene, notice.role, contract):
        return "role_has_moved"
    level = notice.payload.get("level", "N0")
    return followup_item(notice.notice_id, notice.kind, level, followup, contract, scene, on)


def _note(notice: Notice, subjects: Subjects) -> NoteItem | str:
    kind, _, subject_id = notice.subject.partition(":")
    if kind == "watch":
        return _watch_note(notice, subjects.watches.get(subject_id), subjects)
    followup = subjects.followups.get(subject_id)
    if followup is None:
        return "followup_gone"
    if notice.kind is NoticeKind.SIGN_OFF and followup.state is not FollowupState.SUBMITTED:
        return "already_signed_off"
    if notice.kind in _WHILE_OPEN and not followup.is_open:
        return "followup_answered"
    return _note_item(notice, followup, subjects.contracts[followup.contract_id])


def _watch_note(notice: Notice, watch: Watch | None, subjects: Subjects) -> NoteItem | str:
    """A note about a date stands only for as long as the date wants an answer."""
    if watch is None or watch.state is not WatchState.OPEN:
        return "date_settled"
    return _note_item(notice, None, subjects.contracts[watch.contract_id])


def _note_item(notice: Notice, followup: Followup | None, contract: Contract) -> NoteItem:
    values = {name: value for name, value in notice.payload.items() if name != "text_key"}
    return NoteItem(
        notice_id=notice.notice_id,
        kind=notice.kind,
        text_key=notice.payload["text_key"],
        values=tuple(sorted(values.items())),
        followup=followup,
        contract=contract,
    )


def _case(notice: Notice, subjects: Subjects, scene: Scene) -> DeviationItem | JointItem | str:
    kind, _, subject_id = notice.subject.partition(":")
    if kind == "joint":
        return joint_item(notice, subjects.joints.get(subject_id), subjects.deviations, subjects.contracts, scene)
    return _deviation(notice, subjects.deviations.get(subject_id), subjects, scene)


def _deviation(
    notice: Notice,
    deviation: Deviation | None,
    subjects: Subjects,
    scene: Scene,
) -> DeviationItem | str:
    if deviation is None or deviation.number is None:
        return "deviation_gone"
    if notice.kind is not NoticeKind.DEVIATION_PROGRESS and not deviation.is_open:
        return "deviation_closed"
    if is_passive(notice):
        settled = why_settled(notice, deviation)
        if settled is not None:
            return settled
    elif notice.kind is NoticeKind.DEVIATION_STEP and not _still_waits(notice, deviation):
        return "already_decided"
    kind = scene.in_force.deviation_types.get(deviation.type or "")
    recipient = scene.roster.people.get(notice.recipient_mail)
    return DeviationItem(
        notice_id=notice.notice_id,
        kind=notice.kind,
        deviation=deviation,
        contract=subjects.contracts.get(deviation.contract_id) if deviation.contract_id else None,
        text_key=notice.payload["text_key"],
        values=tuple(sorted((name, value) for name, value in notice.payload.items() if name not in _UNSAID)),
        type_name=kind.name(recipient.speaks) if kind and recipient else None,
        deadline_on=deviation.deadline_on,
        days_untold=days_untold(deviation, kind, scene.today),
        days_undecided=days_undecided(deviation, scene.today),
        decider_name=_somebody_else(notice, deviation, subjects, scene),
    )


def _somebody_else(notice: Notice, deviation: Deviation, subjects: Subjects, scene: Scene) -> str | None:
    """Who decides on the proposed step; None when it is whoever reads of it."""
    if deviation.proposed_step is None:
        return None
    contract = subjects.contracts.get(deviation.contract_id) if deviation.contract_id else None
    people = scene.roster.who(_decider(notice, deviation, scene), contract)
    names = ", ".join(person.name for person in people)
    return None if any(person.mail == notice.recipient_mail for person in people) else names or None


def _decider(notice: Notice, deviation: Deviation, scene: Scene) -> ContractRole:
    """As the notice says, by the rules its case runs under; else as the rules in force would have it."""
    said = notice.payload.get("decider")
    if said is not None:
        return ContractRole(said)
    kind = scene.in_force.deviation_types.get(deviation.type or "")
    step = LadderStep(min(deviation.proposed_step or 0, LadderStep.RESCISSION))
    return decider_of(step, deviation.severity, scene.rules, kind)


def _still_waits(notice: Notice, deviation: Deviation) -> bool:
    """Whether there is still something to decide: the step that was proposed, else what to do where the case stood."""
    proposed = notice.payload.get("proposed")
    if proposed is not None:
        return str(deviation.proposed_step) == proposed
    return notice.occurrence == case_position(deviation)


def case_position(deviation: Deviation) -> str:
    """Where a case stands: what was decided on there is settled once it has moved."""
    return f"{deviation.state.value}:{deviation.ladder_step}"


def _watch(notice: Notice, watch: Watch | None, subjects: Subjects, on: date) -> LetterItem | str:
    if watch is None or (watch.state is not WatchState.OPEN and notice.kind is NoticeKind.LEGAL_DATE):
        return "date_settled"
    contract = subjects.contracts[watch.contract_id]
    if notice.kind is NoticeKind.LEGAL_DATE:
        return LegalDateItem(
            notice_id=notice.notice_id,
            kind=notice.kind,
            watch_id=watch.watch_id,
            watch_kind=watch.kind.value,
            contract=contract,
            send_by=watch.on,
            notice_deadline=watch.notice_deadline or watch.on,
            notice_is_assumed=contract.notice_months is None,
            renews_automatically=contract.renewal.kind.value == "automatic",
            days_left=(watch.on - on).days,
            version=watch.version,
        )
    return WatchDateItem(
        notice_id=notice.notice_id,
        kind=notice.kind,
        watch_id=watch.watch_id,
        watch_kind=watch.kind.value,
        contract=contract,
        on=watch.on,
        version=watch.version,
    )


def _has_role(mail: str, scene: Scene) -> bool:
    person = scene.roster.people.get(mail)
    return person is not None and bool(person.roles)


def _welcome(notice: Notice, scene: Scene) -> WelcomeItem:
    controllers = scene.roster.with_role(Role.CONTRACT_CONTROLLER)
    return WelcomeItem(
        notice_id=notice.notice_id,
        kind=notice.kind,
        organisation=scene.tenant.name,
        contact_name=controllers[0].name if controllers else None,
    )


def _mails(scene: Scene, role: ContractRole, contract: Contract) -> set[str]:
    return {person.mail for person in scene.roster.who(role, contract)}


def _ids(notices: Sequence[Notice], kind: str) -> set[str]:
    prefix = f"{kind}:"
    return {notice.subject.removeprefix(prefix) for notice in notices if notice.subject.startswith(prefix)}


def _weight(item: LetterItem) -> tuple[int, int, int, tuple[int, str]]:
    """What decides something first, then follow-ups by class and lateness; equals by activity and contract."""
    if isinstance(item, FollowupItem):
        classes = ("critical", "high", "medium", "low")
        rank = classes.index(item.followup.contract_class) if item.followup.contract_class else len(classes)
        return 1, rank, -item.days_late, among_equals(item.followup, item.contract.contract_number)
    return 0, 0, 0, (0, "")
