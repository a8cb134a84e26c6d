"""Rows about lights: a contract with what gave its colour, one nobody has looked at, a plan that ran out, a silence."""

from datetime import date

from cards.light_words import light_line
from cards.pen import class_name
from cards.texts import Texts
from cards.views import AnswerRow
from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.followup import Followup
from domain.light import ContractLight, Light
from domain.people import Language


def light_row(contract: Contract, light: ContractLight, language: Language, *, manager_name: str | None) -> AnswerRow:
    """A contract and its light, in words, with what gave it."""
    texts = Texts(language)
    return AnswerRow(
        headline=_named(contract),
        lines=(
            light_line(light, texts),
            contract.supplier_names,
            class_name(texts, contract.contract_class),
            _manager(manager_name, texts),
        ),
        is_alarming=light.light is Light.RED,
        open_verb="contract.open",
        subject=contract.contract_id,
        rev=contract.version,
    )


def unseen_row(
    contract: Contract,
    language: Language,
    *,
    followed_up_on: date | None,
    manager_name: str | None,
) -> AnswerRow:
    """A contract nobody has followed up for long, or ever."""
    texts = Texts(language)
    last = texts("questions.unseen.last", day=texts.day(followed_up_on)) if followed_up_on else None
    return AnswerRow(
        headline=_named(contract),
        lines=(
            last or texts("questions.unseen.never"),
            contract.supplier_names,
            class_name(texts, contract.contract_class),
            _manager(manager_name, texts),
        ),
        open_verb="contract.open",
        subject=contract.contract_id,
        rev=contract.version,
    )


def plan_row(
    deviation: Deviation,
    contract: Contract | None,
    kind: DeviationType | None,
    language: Language,
    *,
    passed_on: date,
    manager_name: str | None,
) -> AnswerRow:
    """A case whose action plan has run out without being checked."""
    texts = Texts(language)
    return AnswerRow(
        headline=f"{deviation.number} {kind.name(language)}" if kind else deviation.number or "",
        lines=(
            texts("questions.plans.passed", day=texts.day(passed_on)),
            _named(contract) if contract else "",
            contract.supplier_names if contract else "",
            _manager(manager_name, texts),
        ),
        is_alarming=True,
        open_verb="deviation.open",
        subject=deviation.deviation_id,
        rev=deviation.version,
    )


def unanswered_row(
    followup: Followup,
    contract: Contract,
    language: Language,
    *,
    days_late: int,
    manager_name: str | None,
) -> AnswerRow:
    """A follow-up nobody has answered after the third reminder; the name is given to the controller only."""
    texts = Texts(language)
    late = texts.count("questions.late.days", days_late) if days_late > 0 else ""
    return AnswerRow(
        headline=_named(contract),
        lines=(
            texts(f"activity.{followup.activity}"),
            texts(f"questions.unanswered.level.{followup.reminder_level}"),
            late,
            class_name(texts, followup.contract_class),
            texts("questions.late.manager", name=manager_name) if manager_name else "",
        ),
        is_alarming=True,
        open_verb="followup.open",
        subject=followup.followup_id,
        rev=followup.version,
    )


def _named(contract: Contract) -> str:
    return f"{contract.contract_number} {contract.title}"


def _manager(name: str | None, texts: Texts) -> str:
    return texts("questions.late.manager", name=name) if name else texts("questions.late.no_manager")
