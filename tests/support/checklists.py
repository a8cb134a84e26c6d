"""The shipped checklists, and a session in the middle of a follow-up, ready for a test to change."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from cards.checklist_view import ChecklistView
from domain.checklist.answer import Answer
from domain.checklist.reading import parse_template
from domain.checklist.session import Known, questions_for
from domain.checklist.template import Question, Template
from domain.contract import Contract, ContractClass, ContractSupplier, Renewal, RenewalKind
from domain.deviation_types import DeviationType, parse_deviation_types
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import ContractId, FollowupId
from domain.people import Language

TODAY = date(2027, 3, 2)
FOLLOWUP_ID = FollowupId("0193f0aa-0000-7000-8000-000000000001")


@cache
def templates() -> Mapping[str, Template]:
    """PU, LK and PF as they ship."""
    folder = files("domain") / "rulebook" / "checklists"
    found = {}
    for module in ("PU", "LK", "PF"):
        text = (folder / f"{module}.toml").read_text(encoding="utf-8")
        found[module] = parse_template(module, tomllib.loads(text))
    return MappingProxyType(found)


@cache
def deviation_types() -> Mapping[str, DeviationType]:
    """The shipped types of deviation by code."""
    text = (files("domain") / "rulebook" / "deviation_types.toml").read_text(encoding="utf-8")
    return parse_deviation_types(tomllib.loads(text))


def question(question_id: str) -> Question:
    """A shipped question, such as `LK3`, as its template has it."""
    found = templates()[question_id[:2]].question(question_id)
    assert found is not None, question_id
    return found


def answered(**values: str) -> dict[str, Answer]:
    """Answers by question id: `answered(PU1="4", LK1="no")`."""
    return {name: Answer(question_id=name, value=value) for name, value in values.items()}


def contract(contract_class: ContractClass | None = ContractClass.CRITICAL) -> Contract:
    return Contract(
        contract_id=ContractId("0193f0aa-0000-7000-8000-0000000000c1"),
        contract_number="2026-0147",
        title="Städning av skolor och förskolor",
        suppliers=(ContractSupplier(org_number="5590000017", name="Rent & Snyggt i Väst AB", lot=""),),
        start_on=date(2025, 3, 1),
        end_on=date(2028, 2, 29),
        renewal=Renewal(kind=RenewalKind.OPTION, count=1, months=12),
        contract_class=contract_class,
        annual_value_sek=Decimal(4_200_000),
        owner_mail="agneta.agare@kommun.example",
        manager_mail="maria.forvaltare@kommun.example",
    )


def view(
    modules: Sequence[str] = ("PU", "LK"),
    *,
    answers: Mapping[str, Answer] | None = None,
    language: Language = Language.SV,
    contract_class: ContractClass = ContractClass.CRITICAL,
    earlier: Mapping[str, Answer] | None = None,
    known: Known | None = None,
    today: date = TODAY,
) -> ChecklistView:
    """A quarterly follow-up with these answers so far."""
    given = answers or {}
    followup = Followup(
        followup_id=FOLLOWUP_ID,
        contract_id=contract().contract_id,
        activity=Activity.QUARTERLY,
        period_key="2027-03-01",
        plan_version=1,
        due_on=date(2027, 3, 5),
        state=FollowupState.IN_PROGRESS,
        contract_class=contract_class,
        ruleset_number=1,
        modules=tuple(modules),
        template_versions={},
        version=4,
    )
    return ChecklistView(
        followup=followup,
        contract=contract(contract_class),
        questions=questions_for(templates(), modules, contract_class, given, known or Known()),
        answers=given,
        language=language,
        today=today,
        earlier=earlier or {},
        notice_id="0193f0aa-0000-5000-8000-0000000000e1",
    )
