"""Somebody has sent a letter: when, how, to whom, with what proof and under which registry number is kept with the case.

A sent complaint moves the case to *reklamerad*, a request for a plan to *åtgärdsplan begärd*, under the same guards as
any other move.
"""

from dataclasses import replace
from datetime import date

from domain.case_file import CaseLetter, LetterKind
from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import Deviation, DeviationState
from domain.deviation_case import allowed
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.letter_sending import STEP_OF, Sending, check_sending, state_after
from domain.letter_template import Slot
from domain.people import Language, Person
from domain.supplier_ladder import allow_step
from domain.supplier_letter import gap_of
from storage.events import Event
from usecases.parts.acting import written
from usecases.parts.case_letters import LetterShown, as_shown, letter_for, refuse_other_senders
from usecases.parts.casework import Case, case_event, keep_moved
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.world import World


async def record_letter_sent(
    world: World,
    tenant_id: TenantId,
    person: Person,
    letter_id: str,
    sending: Sending,
) -> LetterShown:
    """Keep that the letter was sent; said twice, the first holds. Refused with what is missing."""

    async def act() -> LetterShown:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            shown = await letter_for(unit, scene, person, letter_id)
            case, letter = shown.case, shown.letter
            if letter.sent_on is not None:
                return shown
            refuse_other_senders(case, letter.kind)
            known = _looked_through(sending, case, letter)
            check_sending(letter.kind, known, scene.today, case.deviation.number or "")
            sent = _as_sent(letter, known, person, scene)
            changed, events = _after(case, sent, known, person)
            case = await keep_moved(unit, case, changed, [*events, _sent_event(case, sent, person)])
            await unit.case_files.save_letter(sent)
            await unit.commit()
        return as_shown(case, sent)

    return await once_more(act)


def _looked_through(sending: Sending, case: Case, letter: CaseLetter) -> Sending:
    number = written(sending.registry_number or "") or case.deviation.registry_number
    return replace(
        sending,
        how=written(sending.how, most=200),
        to_whom=written(sending.to_whom, most=200, is_name=True) or letter.sent_to or "",
        proof=written(sending.proof, most=500),
        registry_number=number,
        answer_due_on=sending.answer_due_on or letter.answer_due_on,
    )


def _as_sent(letter: CaseLetter, sending: Sending, person: Person, scene: Scene) -> CaseLetter:
    nobody = gap_of(scene.in_force.letters, Slot.RECIPIENT, Language(letter.language))
    return replace(
        letter,
        text=letter.text.replace(nobody, " ".join(sending.to_whom.split())),
        sent_on=sending.sent_on,
        sent_how=sending.how,
        sent_to=sending.to_whom,
        proof=sending.proof or None,
        registry_number=sending.registry_number,
        sent_by=person.mail,
        answer_due_on=sending.answer_due_on or letter.answer_due_on,
    )


def _after(case: Case, sent: CaseLetter, sending: Sending, person: Person) -> tuple[Deviation, list[Event]]:
    """The case once the letter has gone, with an event for each thing that changed."""
    before = case.deviation
    to = state_after(sent.kind, before)
    if to is not None:
        facts = case.facts(_facts(case, sent, sending, person))
        allowed(before, to, case.parts, facts)
        way = {"from": before.state.value, "to": to.value, "letter_id": sent.letter_id}
        return moved(before, to, facts), [case_event(case, "deviation.moved", person, way)]
    kept = replace(before, registry_number=sent.registry_number or before.registry_number)
    if _waits_for_answer(before, sent):
        kept = replace(kept, answer_due_on=sent.answer_due_on)
    if sent.kind is LetterKind.WARNING and _may_step(case, sent):
        step = STEP_OF[sent.kind]
        stepped = replace(kept, ladder_step=int(step), proposed_step=None, step_entered_at=case.scene.now)
        details: dict[str, object] = {"from": before.ladder_step, "to": int(step), "letter_id": sent.letter_id}
        return stepped, [case_event(case, "deviation.step_moved", person, details)]
    return kept, []


def _waits_for_answer(before: Deviation, sent: CaseLetter) -> bool:
    waits = {DeviationState.COMPLAINT_SENT, DeviationState.PLAN_REQUESTED}
    return before.state in waits and sent.answer_due_on is not None


def _facts(case: Case, sent: CaseLetter, sending: Sending, person: Person) -> CaseFacts:
    return CaseFacts(
        now=case.scene.now,
        actor_mail=person.mail,
        told_on=sending.sent_on,
        told_how=sending.how,
        told_whom=sending.to_whom,
        is_letter_reviewed=True,  # whoever says that they have sent it has had it in their hands
        answer_due_on=sent.answer_due_on,
        registry_number=sending.registry_number,
        is_to_be_registered=sending.is_to_be_registered,
    )


def _may_step(case: Case, sent: CaseLetter) -> bool:
    """Whether the ladder follows. A letter that has gone is a fact to be kept even where a step would be skipped."""
    try:
        allow_step(
            case.deviation,
            STEP_OF[sent.kind],
            case.parts,
            case.scene.rules,
            note=sent.kind.value,
            kind=case.kind,
            has_owner=case.contract is not None and case.scene.roster.owner_of(case.contract) is not None,
        )
    except Refused:
        return False
    return True


def _sent_event(case: Case, sent: CaseLetter, person: Person) -> Event:
    said: dict[str, str | date | None] = {
        "letter_id": sent.letter_id,
        "letter": sent.kind.value,
        "told_on": sent.sent_on,
        "told_how": sent.sent_how,
        "told_whom": sent.sent_to,
        "proof": sent.proof,
        "registry_number": sent.registry_number,
        "answer_due_on": sent.answer_due_on,
    }
    details = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items() if value}
    return case_event(case, "deviation.letter_sent", person, details)
