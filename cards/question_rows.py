"""One row of each answer: what it is about in bold, and below it what one needs to know before opening it."""

from collections.abc import Sequence
from datetime import date

from cards.pen import class_name
from cards.texts import Texts
from cards.views import AnswerRow
from domain.contract import Contract, ContractState
from domain.due_dates import EndDates
from domain.followup import Followup
from domain.people import Language
from domain.watch import Watch, WatchKind


def late_row(
    followup: Followup,
    contract: Contract,
    language: Language,
    *,
    days_late: int,
    manager_name: str | None,
) -> AnswerRow:
    """A late follow-up; `days_late` are working days."""
    texts = Texts(language)
    manager = texts("questions.late.manager", name=manager_name) if manager_name else ""
    return AnswerRow(
        headline=_named(contract),
        lines=(
            texts(f"activity.{followup.activity}"),
            texts.count("questions.late.days", max(days_late, 1)),
            texts("questions.late.due", day=texts.day(followup.due_on)),
            class_name(texts, followup.contract_class),
            manager or texts("questions.late.no_manager"),
        ),
        is_alarming=True,
        open_verb="followup.open",
        subject=followup.followup_id,
        rev=followup.version,
    )


def decision_row(watch: Watch, contract: Contract, language: Language) -> AnswerRow:
    """A passed date that waits for a decision."""
    texts = Texts(language)
    deadline = watch.notice_deadline
    assumed = "_assumed" if contract.notice_months is None else ""
    says_end = watch.kind is not WatchKind.EXPIRED
    is_automatic = watch.kind is WatchKind.SEND_BY and contract.renewal.kind == "automatic"
    return AnswerRow(
        headline=_named(contract),
        lines=(
            texts("watch.kind.send_by_automatic" if is_automatic else f"watch.kind.{watch.kind}"),
            texts("questions.decisions.passed", day=texts.day(watch.on)),
            texts(f"questions.decisions.deadline{assumed}", day=texts.day(deadline)) if deadline else "",
            texts("questions.decisions.end", day=texts.day(contract.end_on)) if says_end and contract.end_on else "",
            class_name(texts, contract.contract_class),
        ),
        is_alarming=True,
        open_verb="watch.open",
        subject=watch.watch_id,
        rev=watch.version,
    )


def expiring_row(
    contract: Contract,
    dates: EndDates,
    language: Language,
    *,
    because: Sequence[str],
    is_decided: bool,
) -> AnswerRow:
    """A contract that ends or must be decided about; `because` names the dates the question is about, in bold first."""
    texts = Texts(language)
    said = {
        "end": texts(
            "questions.expiring.renews" if dates.renews_automatically else "questions.expiring.end",
            day=texts.day(dates.period_end),
        ),
        "notice": _notice(dates, texts) if dates.has_decision and not is_decided else "",
        "decision": texts("questions.expiring.decision", day=texts.day(dates.decision_due)),
    }
    asked_for = [said[why] for why in sorted(because, key=lambda why: _day(why, dates))]
    beside = [said[why] for why in ("end", "notice") if why not in because]
    return AnswerRow(
        headline=_named(contract),
        lines=(
            *asked_for,
            *beside,
            texts("questions.expiring.decided") if is_decided else "",
            class_name(texts, contract.contract_class),
        ),
        is_alarming="notice" in because,
        open_verb="contract.open",
        subject=contract.contract_id,
        rev=contract.version,
    )


def unclassified_row(
    contract: Contract, language: Language, *, state: ContractState, owner_name: str | None
) -> AnswerRow:
    texts = Texts(language)
    return _contract_row(
        contract,
        (
            contract.supplier_names,
            contract.department or "",
            texts("questions.unclassified.owner", name=owner_name) if owner_name else "",
            _state(state, texts),
        ),
    )


def vacant_row(
    contract: Contract,
    language: Language,
    *,
    state: ContractState,
    owner: tuple[str, str],
    manager: tuple[str, str],
) -> AnswerRow:
    """`owner` and `manager` are how each part stands (`nobody`, `gone` or `named`) and the name where there is one."""
    texts = Texts(language)
    return _contract_row(
        contract,
        (
            texts(f"questions.without_owner.owner.{owner[0]}", name=owner[1]),
            texts(f"questions.without_owner.manager.{manager[0]}", name=manager[1]),
            contract.department or "",
            class_name(texts, contract.contract_class),
            _state(state, texts),
        ),
    )


def contract_row(contract: Contract, language: Language, *, state: ContractState) -> AnswerRow:
    """One of several contracts that some words may mean."""
    texts = Texts(language)
    return _contract_row(
        contract,
        (contract.supplier_names, class_name(texts, contract.contract_class), _state(state, texts)),
    )


def _contract_row(contract: Contract, lines: tuple[str, ...]) -> AnswerRow:
    return AnswerRow(
        headline=_named(contract),
        lines=lines,
        open_verb="contract.open",
        subject=contract.contract_id,
        rev=contract.version,
    )


def _named(contract: Contract) -> str:
    return f"{contract.contract_number} {contract.title}"


def _notice(dates: EndDates, texts: Texts) -> str:
    day = texts.day(dates.notice_deadline)
    if dates.is_notice_assumed:
        return texts("questions.expiring.notice_assumed", day=day)
    key = "questions.expiring.notice_automatic" if dates.renews_automatically else "questions.expiring.notice"
    return texts(key, day=day)


def _day(why: str, dates: EndDates) -> date:
    return {"end": dates.period_end, "notice": dates.notice_deadline}.get(why, dates.decision_due)


def _state(state: ContractState, texts: Texts) -> str:
    """Only what is out of the ordinary is said."""
    return "" if state is ContractState.ACTIVE else texts(f"answers.contract.state.{state}")
