"""The letters of a case as one person may read, draft and answer for them."""

from dataclasses import dataclass

from domain.case_file import CaseLetter, LetterKind
from domain.case_guards import CaseFacts
from domain.errors import Refused
from domain.letter_sending import fitting_letters, may_write, why_not_send
from domain.people import Person
from storage.unit_of_work import Unit
from usecases.parts.casework import Case, case_for
from usecases.parts.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLetters:
    """A case with its letters, and which kinds the person looking at them may draft now."""

    case: Case
    fitting: tuple[LetterKind, ...]

    @property
    def letters(self) -> tuple[CaseLetter, ...]:
        return self.case.file.letters


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterShown:
    """One letter, and what the person looking at it may do with it."""

    case: Case
    letter: CaseLetter
    may_write: bool
    may_send: bool


def letters_of(case: Case) -> CaseLetters:
    """The letters of a case the person may see."""
    is_ours = case.kind is not None and case.kind.is_internal
    is_writable = _may_write(case) and case.deviation.is_open and not is_ours
    return CaseLetters(case=case, fitting=fitting_letters(case.deviation) if is_writable else ())


def as_shown(case: Case, letter: CaseLetter) -> LetterShown:
    is_draft = letter.sent_on is None and case.deviation.is_open
    return LetterShown(
        case=case,
        letter=letter,
        may_write=is_draft and _may_write(case),
        may_send=is_draft and not _why_not_send(case, letter.kind),
    )


async def letter_for(unit: Unit, scene: Scene, person: Person, letter_id: str) -> LetterShown:
    """The letter, for somebody who may see its case; refused otherwise, in the same words as if it were not there."""
    letter = await unit.case_files.letter(letter_id)
    if letter is None:
        raise Refused("supplier_letter.refused.no_such_letter")
    try:
        case = await case_for(unit, scene, person, letter.deviation_id)
    except Refused:
        raise Refused("supplier_letter.refused.no_such_letter") from None
    return as_shown(case, letter)


def refuse_other_writers(case: Case) -> None:
    """Only those who handle the case write to its supplier."""
    if not _may_write(case):
        keeps = case.contract is None or (case.kind is not None and case.kind.only_controller_and_legal)
        role = "controller" if keeps else "manager"
        raise Refused(f"deviation.refused.only_{role}", number=case.deviation.number or "")


def refuse_other_senders(case: Case, kind: LetterKind) -> None:
    """Whose letter it is follows from its step of the supplier ladder."""
    reason = _why_not_send(case, kind)
    if reason:
        raise Refused(f"deviation.refused.{reason}", number=case.deviation.number or "")


def _may_write(case: Case) -> bool:
    return may_write(case.kind, case.parts, has_contract=case.contract is not None)


def _why_not_send(case: Case, kind: LetterKind) -> str | None:
    facts = case.facts(CaseFacts(now=case.scene.now))
    return why_not_send(kind, case.deviation, facts, case.parts, case.scene.rules, case.kind)
