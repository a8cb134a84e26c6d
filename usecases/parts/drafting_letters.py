"""Drafts of letters to suppliers: written from the case, kept with it, and written anew when more is known."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from domain.case_file import CaseLetter, LetterKind
from domain.errors import Refused
from domain.identifiers import LetterId
from domain.letter_facts import LetterFacts, Sender, proposed_answer_day
from domain.letter_sending import STEP_OF
from domain.letter_template import SenderRole
from domain.letter_text import as_text
from domain.people import ContractRole, Language, Person, Role
from domain.supplier_ladder import decider_of
from domain.supplier_letter import supplier_letter
from storage.events import CLOCK, new_event
from storage.unit_of_work import Unit
from usecases.parts.casework import Case
from usecases.parts.scene import Scene

_ROLE_OF = {
    ContractRole.OWNER: SenderRole.OWNER,
    ContractRole.MANAGER: SenderRole.MANAGER,
    ContractRole.CONTROLLER: SenderRole.CONTROLLER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants of a letter; what is left out stays as it was."""

    language: Language | None = None
    answer_due_on: date | None = None
    recipient: str | None = None


_NOTHING_SAID = Wanted()


async def draft_letter(
    unit: Unit,
    scene: Scene,
    case: Case,
    kind: LetterKind,
    *,
    drafted_by: str,
    wanted: Wanted = _NOTHING_SAID,
) -> CaseLetter:
    """Draft a letter, or write the unsent draft of the kind anew from what is known now. Somebody else commits.

    `drafted_by` is a mail address or `clock`; the clock leaves a draft that is there alone. The language is the
    draft's own, else Swedish, and so is the last day to answer, else the day the contract or the ladder gives. The
    wording is today's, `scene`'s, while deadlines follow the rules the case runs under. Refused where there is nobody
    to write to.
    """
    _refuse_where_no_supplier_is_told(case)
    before = draft_of(case, kind, wanted.language)
    if before is not None and drafted_by == CLOCK:
        return before
    chosen = wanted.language or (Language(before.language) if before else Language.SV)
    meant_for = wanted.recipient or (before.sent_to if before else None)
    facts = replace(_facts(scene, case, kind), recipient=meant_for or "")
    kept_day = before.answer_due_on if before and before.answer_due_on and before.answer_due_on > scene.today else None
    due_on = wanted.answer_due_on or kept_day or proposed_answer_day(kind, facts, case.scene.rules, case.scene.calendar)
    book = scene.in_force.letters
    letter = CaseLetter(
        letter_id=before.letter_id if before else _id_of(unit, case, kind, chosen),
        deviation_id=case.deviation.deviation_id,
        kind=kind,
        template_version=book.templates[kind].version,
        language=chosen.value,
        text=as_text(supplier_letter(book, kind, replace(facts, answer_due_on=due_on), chosen)),
        answer_due_on=due_on,
        drafted_by=drafted_by,
        drafted_at=scene.now,
        sent_to=meant_for,
    )
    if before is not None and replace(letter, drafted_by=before.drafted_by, drafted_at=before.drafted_at) == before:
        return before
    await unit.case_files.keep_draft(letter)
    await _log(unit, scene, letter)
    return letter


def draft_of(case: Case, kind: LetterKind, language: Language | None = None) -> CaseLetter | None:
    """The unsent draft of a kind, the latest one where no language is named."""
    found = [letter for letter in case.file.letters if letter.kind is kind and letter.sent_on is None]
    return next((letter for letter in reversed(found) if language in {None, letter.language}), None)


def _refuse_where_no_supplier_is_told(case: Case) -> None:
    number = case.deviation.number or ""
    if case.kind is not None and case.kind.is_internal:
        raise Refused("deviation.refused.internal", number=number)
    if not case.deviation.is_open:
        raise Refused("supplier_letter.refused.ended", number=number)


def _facts(scene: Scene, case: Case, kind: LetterKind) -> LetterFacts:
    return LetterFacts(
        deviation=case.deviation,
        contract=case.contract,
        kind=case.kind,
        sightings=case.file.sightings,
        letters=case.file.letters,
        rights=case.rights,
        sender=_sender(scene, case, kind),
        contact=_contact(scene, case),
        answer_due_on=None,
        today=scene.today,
    )


def _sender(scene: Scene, case: Case, kind: LetterKind) -> Sender:
    if kind is LetterKind.WARNING and not _only_controller(case):
        return Sender(role=SenderRole.DEPARTMENT_HEAD, person=_head_of_department(scene, case))
    role = _ROLE_OF[decider_of(STEP_OF[kind], case.deviation.severity, case.scene.rules, case.kind)]
    contract, roster = case.contract, scene.roster
    if role is SenderRole.CONTROLLER or contract is None:
        controllers = roster.with_role(Role.CONTRACT_CONTROLLER)
        return Sender(role=SenderRole.CONTROLLER, person=controllers[0] if controllers else None)
    person = roster.owner_of(contract) if role is SenderRole.OWNER else roster.manager_of(contract)
    return Sender(role=role, person=person)


def _contact(scene: Scene, case: Case) -> Person | None:
    """Who the supplier answers: the manager, or the controller where owner and manager may be concerned."""
    role = ContractRole.CONTROLLER if _only_controller(case) else ContractRole.MANAGER
    return next(iter(scene.roster.who(role, case.contract)), None) if case.contract else None


def _head_of_department(scene: Scene, case: Case) -> Person | None:
    heads = scene.roster.with_role(Role.DEPARTMENT_HEAD)
    department = (case.contract.department or "").casefold() if case.contract else ""
    own = [head for head in heads if department and (head.department or "").casefold() == department]
    return own[0] if len(own) == 1 else None


def _only_controller(case: Case) -> bool:
    return case.kind is not None and case.kind.only_controller_and_legal


def _id_of(unit: Unit, case: Case, kind: LetterKind, language: Language) -> LetterId:
    # The same for two who draft at once, so that there is one draft; another once the one before has been sent.
    sent = sum(
        letter.kind is kind and letter.language == language and letter.sent_on is not None
        for letter in case.file.letters
    )
    name = f"{unit.tenant_id}:letter:{case.deviation.deviation_id}:{kind}:{language}:{sent}"
    return LetterId(str(uuid5(NAMESPACE_OID, name)))


async def _log(unit: Unit, scene: Scene, letter: CaseLetter) -> None:
    event = new_event(
        kind="deviation.letter_drafted",
        subject=f"deviation:{letter.deviation_id}",
        actor=letter.drafted_by,
        at=letter.drafted_at,
        details={
            "letter_id": letter.letter_id,
            "letter": letter.kind.value,
            "template_version": letter.template_version,
            "ruleset": scene.rules.number,
            "answer_due_on": letter.answer_due_on.isoformat() if letter.answer_due_on else None,
        },
    )
    await unit.events.add_all([event])
