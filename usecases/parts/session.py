"""A follow-up's checklist as it stands: what is asked, what has been answered, and what the answers propose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.outcome import DeviationProposal, proposals
from domain.checklist.pages import Page, page_of
from domain.checklist.session import Known, Row, questions_for
from domain.checklist.template import Question, Template
from domain.checklist.typed import Misfit
from domain.contract import Contract
from domain.deviation import Deviation, DeviationState
from domain.deviation_types import DeviationType
from domain.followup import Followup, FollowupState
from domain.people import Language, Role
from storage.followups import StoredAnswer
from storage.rule_library import template_of
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

AT_END: Final = "end"
"""`Followup.current_question` past the last question: proposals, then the summary."""
CONFIRMED: Final = "confirmed"
DECLINED: Final = "declined"
"""What was said to a proposed deviation, as it is kept with the answer."""
_AGREED = frozenset(
    {
        DeviationState.COMMUNICATED,
        DeviationState.COMPLAINT_SENT,
        DeviationState.PLAN_APPROVED,
        DeviationState.IN_REMEDY,
    },
)
"""States in which the supplier has said, or been told, what will be done."""
_ROW_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A deviation an answer proposes, and what has been said to it."""

    proposal: DeviationProposal
    kind: DeviationType
    decision: str | None = None
    """CONFIRMED, DECLINED, or None while nobody has said."""
    reason: str | None = None

    @property
    def is_open(self) -> bool:
        return self.decision is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session at one moment."""

    followup: Followup
    contract: Contract
    today: date
    templates: Mapping[str, Template]
    known: Known
    stored: Mapping[str, StoredAnswer]
    questions: tuple[Question, ...]
    proposed: tuple[Proposed, ...]
    deviations: tuple[Deviation, ...]
    """Every registered deviation of the contract, newest first."""
    types: Mapping[str, DeviationType]
    earlier: Mapping[str, Answer] = field(default_factory=dict)
    """What was answered in the session handed in before this one."""
    misfit: Misfit | None = None
    """Why what was written last is no answer."""

    @property
    def answers(self) -> dict[str, Answer]:
        return answers_of(self.stored)

    @property
    def is_running(self) -> bool:
        """Begun, and waiting for nobody else."""
        return self.followup.state is FollowupState.IN_PROGRESS

    @property
    def page(self) -> Page | None:
        """The questions to show; None when what is left is to decide on proposals and hand in."""
        if not self.questions or self.followup.current_question == AT_END:
            return None
        return page_of(self.questions, self.followup.current_question, self.answers)

    @property
    def open_proposals(self) -> tuple[Proposed, ...]:
        return tuple(one for one in self.proposed if one.is_open)

    @property
    def own_deviations(self) -> tuple[Deviation, ...]:
        """What has been registered from this very session."""
        prefix = source_of(self.followup, "")
        return tuple(deviation for deviation in self.deviations if deviation.source.startswith(prefix))


async def read_session(
    unit: Unit,
    scene: Scene,
    followup: Followup,
    contract: Contract,
    language: Language,
) -> Session:
    """Read the session with the templates it runs under, or would run under if it began now."""
    session = Session(
        followup=followup,
        contract=contract,
        today=scene.today,
        templates=await _templates(unit, scene, followup),
        known=Known(),
        stored={answer.question_id: answer for answer in await unit.followups.answers(followup.followup_id)},
        questions=(),
        proposed=(),
        deviations=tuple(await unit.deviations.of_contract(contract.contract_id)),
        types=scene.in_force.deviation_types,
        earlier=await _earlier(unit, followup),
    )
    return renewed(replace(session, known=_known(session, scene)), scene, language)


def renewed(session: Session, scene: Scene, language: Language) -> Session:
    """The session with its questions and proposals worked out again from its answers."""
    answers = session.answers
    questions = questions_for(
        session.templates,
        session.followup.modules,
        session.followup.contract_class,
        answers,
        session.known,
    )
    own = source_of(session.followup, "")
    seen = {row.type for row in session.deviations if row.type and row.is_open and not row.source.startswith(own)}
    found = proposals(questions, answers, language, seen_before=seen)
    return replace(session, questions=questions, proposed=_proposed(found, session.stored, scene))


def answers_of(stored: Mapping[str, StoredAnswer]) -> dict[str, Answer]:
    """The answers as the checklist knows them."""
    return {
        question_id: Answer(question_id=question_id, kind=AnswerKind(row.kind), value=row.value, note=row.note)
        for question_id, row in stored.items()
    }


def source_of(followup: Followup, question_id: str) -> str:
    """What a deviation from this session says about where it comes from."""
    return f"checklist:{followup.followup_id}:{question_id}"


def _proposed(
    found: Sequence[DeviationProposal],
    stored: Mapping[str, StoredAnswer],
    scene: Scene,
) -> tuple[Proposed, ...]:
    types = scene.in_force.deviation_types
    return tuple(
        Proposed(
            proposal=proposal,
            kind=types[proposal.type],
            decision=stored[proposal.question_id].proposal,
            reason=stored[proposal.question_id].proposal_reason,
        )
        for proposal in found
        if proposal.type in types
    )


async def _templates(unit: Unit, scene: Scene, followup: Followup) -> dict[str, Template]:
    """The very versions the session began with; the newest for one that has not begun."""
    found = dict(scene.templates)
    for module, version in followup.template_versions.items():
        template = await template_of(unit.rules, module, version)
        if template is not None:
            found[module] = template
    return found


async def _earlier(unit: Unit, followup: Followup) -> dict[str, Answer]:
    last = await unit.followups.last_submitted(followup.contract_id)
    if last is None or last.followup_id == followup.followup_id:
        return {}
    return answers_of({row.question_id: row for row in await unit.followups.answers(last.followup_id)})


def _known(session: Session, scene: Scene) -> Known:
    controllers = scene.roster.with_role(Role.CONTRACT_CONTROLLER)
    return Known(
        controller_name=controllers[0].name if controllers else None,
        rows={"agreed_actions": _agreed_actions(session, scene)},
    )


def _agreed_actions(session: Session, scene: Scene) -> list[Row]:
    """What the supplier should have done by now, or has been answered about here already."""
    rows = []
    for deviation in reversed(session.deviations):
        key = (deviation.number or "").removeprefix("AVV-")
        is_answered = f"PU3:{key}" in session.stored
        if key and (deviation.state in _AGREED or is_answered) and not _is_restricted(deviation, scene):
            rows.append(Row(key=key, label=_labelled(deviation)))
    return rows


def _is_restricted(deviation: Deviation, scene: Scene) -> bool:
    # Whoever answers may not be allowed to see it, and the question would tell them.
    kind = scene.in_force.deviation_types.get(deviation.type or "")
    return kind is None or kind.is_restricted


def _labelled(deviation: Deviation) -> str:
    what = " ".join(deviation.description.split())
    short = what if len(what) <= _ROW_LENGTH else f"{what[: _ROW_LENGTH - 1]}…"
    return f"({deviation.number}: {short})"
