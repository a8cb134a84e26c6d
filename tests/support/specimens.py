"""One specimen of every letter, answer and outcome, in both languages: for the tests and for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cards.answers import answer_card, not_yours_note, status_card
from cards.card import Card
from cards.contract_answer import contract_card
from cards.controls import allow_list_card, started_card, stopped_card, tomorrow_card
from cards.followup import item_card, my_followups_card, state_card
from cards.followup_outcomes import already_done_card, cannot_card, snoozed_card, undone_card, wrong_person_card
from cards.letters import letter_card, letter_text
from cards.manners import (
    digest_time_card,
    error_card,
    help_card,
    language_card,
    refusal_card,
    unclear_card,
)
from cards.views import (
    AllowListView,
    AnswerRow,
    AnswerView,
    ContractView,
    DeviationLine,
    FollowupView,
    HelpView,
    StartedView,
    StatusView,
    StoppedView,
    TomorrowMessage,
    TomorrowView,
    WatchView,
)
from cards.watch import (
    watch_card,
    watch_dismissed_card,
    watch_done_card,
    watch_handed_card,
    watch_raised_card,
    watch_undone_card,
)
from domain.contract import Contract, ContractClass, ContractFlag, ContractSupplier, Renewal, RenewalKind
from domain.deviation import Deviation, DeviationState, Severity
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import ContractId, DeviationId, FollowupId, NoticeId, PersonId, WatchId
from domain.letter import (
    DeviationItem,
    FollowupItem,
    LegalDateItem,
    Letter,
    LetterItem,
    NextRung,
    NoteItem,
    WatchDateItem,
    WelcomeItem,
)
from domain.light import Cause, ContractLight, Light, Why
from domain.notice import NoticeKind
from domain.people import Language, Person
from domain.watch import Watch, WatchKind, WatchState
from tests.support.letter_specimens import letter_specimens
from tests.support.right_specimens import right_specimens

TODAY = date(2027, 3, 8)
NOW = datetime(2027, 3, 8, 8, 3, tzinfo=UTC)
_ID = "0192f0c1-7b1a-7c3e-9a51-00000000000{}"

MARIA = Person(person_id=PersonId(_ID.format(1)), mail="maria.aker@exempelkommun.example", name="Maria Åker")

LONG_TITLE = (
    "Verksamhetsanpassade hemtjänstinsatser och trygghetslarmsinstallationer inom äldreomsorgsförvaltningens "
    "boendestödsverksamheter, delområde nordöst"
)


def contract(**changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    """Ordinary, with two suppliers, an option left and a known notice time."""
    plain = Contract(
        contract_id=ContractId(_ID.format(2)),
        contract_number="2026-0147",
        title="Städning av skolor och förskolor",
        suppliers=(
            ContractSupplier(org_number="5500000001", name="Kvarnpartner i Väst AB", lot="Skolor"),
            ContractSupplier(org_number="5500000002", name="Lindqvist Städ AB", lot="Förskolor"),
        ),
        start_on=date(2025, 7, 1),
        end_on=date(2027, 9, 30),
        renewal=Renewal(kind=RenewalKind.OPTION, count=2, months=12),
        department="Barn- och utbildningsförvaltningen",
        contract_class=ContractClass.HIGH,
        owner_mail="karl.strand@exempelkommun.example",
        manager_mail=MARIA.mail,
        deputy_mail="emma.lund@exempelkommun.example",
        notice_months=6,
        annual_value_sek=Decimal(3818000),
    )
    return replace(plain, **changes)


def followup(**changes: Any) -> Followup:  # noqa: ANN401 - any field of a follow-up
    """A half-yearly follow-up that has been told of and not started."""
    plain = Followup(
        followup_id=FollowupId(_ID.format(3)),
        contract_id=ContractId(_ID.format(2)),
        activity=Activity.HALF_YEAR,
        period_key="2027-03-19",
        plan_version=1,
        due_on=date(2027, 3, 19),
        state=FollowupState.NOTIFIED,
        contract_class=ContractClass.HIGH,
        ruleset_number=1,
        modules=("PU", "LK", "PF"),
        template_versions={},
        version=4,
    )
    return replace(plain, **changes)


def followup_view(**changes: Any) -> FollowupView:  # noqa: ANN401 - any field of a view
    """As Maria sees it eleven days ahead."""
    plain = FollowupView(
        followup=followup(),
        contract=contract(),
        today=TODAY,
        days_late=-9,
        minutes=10,
        preparation_minutes=30,
        next_rung=NextRung(level="N3", on=date(2027, 4, 6), name="Karl Strand"),
        snooze_latest_on=date(2027, 3, 22),
        owner_name="Karl Strand",
        manager_name=MARIA.name,
        notice_id=_ID.format(4),
    )
    return replace(plain, **changes)


def late_view(**changes: Any) -> FollowupView:  # noqa: ANN401 - any field of a view
    """Five working days late."""
    return followup_view(followup=followup(due_on=date(2027, 3, 1)), days_late=5, **changes)


def watch_view(**changes: Any) -> WatchView:  # noqa: ANN401 - any field of a view
    """A legal date eight days ahead."""
    plain = WatchView(
        watch=watch(),
        contract=contract(),
        today=TODAY,
        notice_is_assumed=False,
        renews_automatically=False,
        notice_id=_ID.format(4),
    )
    return replace(plain, **changes)


def watch(**changes: Any) -> Watch:  # noqa: ANN401 - any field of a watch
    plain = Watch(
        watch_id=WatchId(_ID.format(5)),
        contract_id=ContractId(_ID.format(2)),
        kind=WatchKind.SEND_BY,
        period_key="2027-09-30",
        plan_version=1,
        on=date(2027, 3, 16),
        notice_deadline=date(2027, 3, 30),
        state=WatchState.OPEN,
    )
    return replace(plain, **changes)


def deviation(**changes: Any) -> Deviation:  # noqa: ANN401 - any field of a deviation
    plain = Deviation(
        deviation_id=DeviationId(_ID.format(6)),
        number="AVV-2027-0012",
        contract_id=ContractId(_ID.format(2)),
        contract_number="2026-0147",
        type="LEV_UTEBLIVEN",
        severity=Severity.SERIOUS,
        state=DeviationState.REGISTERED,
        description="Städningen på Kinnaskolan uteblev tre gånger i veckan.",
        reported_by="anna.berg@exempelkommun.example",
        reported_at=NOW,
        location="Kinnaskolan",
        occurred_from=date(2027, 3, 2),
        occurrence_count=3,
    )
    return replace(plain, **changes)


def nudge(level: str = "N0", **changes: Any) -> FollowupItem:  # noqa: ANN401 - any field of an item
    """A follow-up as a letter item, on the given rung."""
    kinds = {"N3": NoticeKind.FOLLOWUP_TO_OWNER, "N4": NoticeKind.FOLLOWUP_TO_CONTROLLER}
    view = late_view() if level in {"N2", "N3", "N4"} else followup_view()
    plain = FollowupItem(
        notice_id=NoticeId(_ID.format(4)),
        kind=kinds.get(level, NoticeKind.FOLLOWUP_NUDGE),
        followup=view.followup,
        contract=view.contract,
        level=level,
        minutes=10,
        preparation_minutes=30,
        next_rung=view.next_rung if level != "N4" else None,
        manager_name=MARIA.name,
        days_late=view.days_late,
    )
    return replace(plain, **changes)


def legal(send_by: date, **changes: Any) -> LegalDateItem:  # noqa: ANN401 - any field of an item
    """A legal date as a letter item; the last day is a fortnight after `send_by`."""
    plain = LegalDateItem(
        notice_id=NoticeId(_ID.format(4)),
        kind=NoticeKind.LEGAL_DATE,
        watch_id=_ID.format(5),
        watch_kind="send_by",
        contract=contract(),
        send_by=send_by,
        notice_deadline=send_by + timedelta(days=14),
        notice_is_assumed=False,
        renews_automatically=False,
        days_left=(send_by - TODAY).days,
    )
    return replace(plain, **changes)


def automatic() -> Contract:
    return contract(title="Larmtjänster", renewal=Renewal(kind=RenewalKind.AUTOMATIC, months=12))


def watch_date(kind: WatchKind, **changes: Any) -> WatchDateItem:  # noqa: ANN401 - any field of an item
    plain = WatchDateItem(
        notice_id=NoticeId(_ID.format(4)),
        kind=NoticeKind.WATCH_DATE,
        watch_id=_ID.format(5),
        watch_kind=kind.value,
        contract=contract(renewal=Renewal(kind=RenewalKind.NONE)),
        on=TODAY,
    )
    return replace(plain, **changes)


def told(kind: NoticeKind, **changes: Any) -> DeviationItem:  # noqa: ANN401 - any field of an item
    """A deviation as a letter item."""
    plain = DeviationItem(
        notice_id=NoticeId(_ID.format(4)),
        kind=kind,
        deviation=deviation(),
        contract=contract(),
        text_key="letters.deviation.kind.deviation_urgent",
        deadline_on=date(2027, 3, 10),
        type_name="Leveransen uteblev",
    )
    return replace(plain, **changes)


def welcome() -> WelcomeItem:
    return WelcomeItem(
        notice_id=NoticeId(_ID.format(7)),
        kind=NoticeKind.WELCOME,
        organisation="Exempelkommun",
        contact_name="Leila Gran",
    )


def note(kind: NoticeKind, text_key: str, **values: str) -> NoteItem:
    return NoteItem(
        notice_id=NoticeId(_ID.format(4)),
        kind=kind,
        text_key=text_key,
        values=tuple(values.items()),
        followup=followup(reminder_level="N3"),
        contract=contract(),
    )


def letter(*items: LetterItem, language: Language = Language.SV, is_sample: bool = False) -> Letter:
    return Letter(recipient=MARIA, language=language, today=TODAY, items=items, is_sample=is_sample)


def digest_items(count: int) -> tuple[LetterItem, ...]:
    """As mixed and as wordy as a bad Monday gets."""
    wordy = contract(title=LONG_TITLE)
    ring: tuple[LetterItem, ...] = (
        legal(date(2027, 3, 16), contract=wordy),
        nudge("N2", contract=wordy),
        nudge("N0", contract=wordy),
        nudge("N3", contract=wordy),
        told(NoticeKind.DEVIATION_NEW, contract=wordy, text_key="letters.deviation.kind.deviation_new"),
    )
    return tuple(ring[at % len(ring)] for at in range(count))


def letters() -> dict[str, tuple[LetterItem, ...]]:
    """Every kind of letter by name."""
    step = deviation(proposed_step=2)
    return {
        "nudge_n0": (nudge("N0", next_rung=NextRung(level="N1", on=date(2027, 3, 19), name=None)),),
        "nudge_n1": (nudge("N1"),),
        "nudge_n2_late": (nudge("N2"),),
        "nudge_extension": (nudge("N1", followup=followup(activity=Activity.EXTENSION_DECISION, modules=())),),
        "to_owner": (nudge("N3", next_rung=NextRung(level="N4", on=date(2027, 3, 15), name="Leila Gran")),),
        "to_controller": (nudge("N4"),),
        "reported": (note(NoticeKind.MANAGER_REPORTED, "letters.sign_off", told="Karl Strand"),),
        "legal_ahead": (legal(date(2027, 3, 22)),),
        "legal_late": (legal(date(2027, 3, 3)),),
        "legal_passed": (legal(date(2027, 2, 17)),),
        "legal_assumed": (legal(date(2027, 3, 16), notice_is_assumed=True),),
        "legal_automatic": (legal(date(2027, 3, 16), renews_automatically=True, contract=automatic()),),
        "new_procurement": (watch_date(WatchKind.NEW_PROCUREMENT_START),),
        "handover": (watch_date(WatchKind.HANDOVER_PLAN),),
        "review": (watch_date(WatchKind.YEARLY_REVIEW, contract=contract(end_on=None)),),
        "welcome": (welcome(),),
        "welcome_and_nudge": (welcome(), nudge("N0")),
        "sign_off": (note(NoticeKind.SIGN_OFF, "letters.sign_off", manager="Maria Åker"),),
        "returned": (
            note(NoticeKind.FOLLOWUP_RETURNED, "letters.returned", owner="Karl Strand", reason="Hur gick 3?"),
        ),
        "help_wanted": (note(NoticeKind.HELP_WANTED, "letters.help_wanted", name="Maria Åker"),),
        "deviation_urgent": (told(NoticeKind.DEVIATION_URGENT),),
        "deviation_step": (told(NoticeKind.DEVIATION_STEP, deviation=step, deadline_on=date(2027, 3, 4)),),
        "deviation_progress": (told(NoticeKind.DEVIATION_PROGRESS),),
        "digest": (nudge("N1"), nudge("N2", contract=contract(title="Rullstolar")), told(NoticeKind.DEVIATION_NEW)),
        "digest_13": digest_items(13),
    }


def rows(count: int) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(
            headline=f"2026-{at:04} {LONG_TITLE if at % 3 == 0 else 'Rullstolar'}",
            lines=("Årsuppföljning", "Klass 1 – Kritiskt avtal", f"{at} arbetsdagar försenad", "Maria Åker"),
            is_alarming=at % 2 == 1,
            open_verb="followup.open",
            subject=_ID.format(3),
        )
        for at in range(1, count + 1)
    )


def answer(count: int, *, of: int | None = None, **changes: Any) -> AnswerView:  # noqa: ANN401 - any field
    plain = AnswerView(
        title="Försenade uppföljningar",
        filter_line="öppna uppföljningar som passerat sin dag, alla klasser",
        count=of if of is not None else count,
        as_of=NOW,
        rows=rows(count),
        more_subject="late:15",
    )
    return replace(plain, **changes)


def contract_view() -> ContractView:
    return ContractView(
        contract=contract(),
        as_of=NOW,
        owner_name="Karl Strand",
        manager_name=MARIA.name,
        notice_deadline=date(2027, 3, 30),
        flags=(ContractFlag.TOO_SHORT_FOR_PROCUREMENT,),
        followups=(late_view(), followup_view()),
        last_followup_on=date(2026, 9, 14),
        watches=(watch_view(),),
        deviations=(
            DeviationLine(
                deviation_id=_ID.format(6),
                number="AVV-2027-0012",
                headline="Leveransen uteblev, Kinnaskolan",
                severity=Severity.SERIOUS,
                deadline_on=date(2027, 3, 4),
                is_past_deadline=True,
            ),
        ),
        light=ContractLight(
            light=Light.RED,
            causes=(
                Cause(why=Why.DEADLINE_PASSED, number="AVV-2027-0012", on=date(2027, 3, 4)),
                Cause(why=Why.NEVER_FOLLOWED_UP),
            ),
        ),
    )


def status() -> StatusView:
    return StatusView(
        as_of=NOW,
        followups_due={ContractClass.CRITICAL: 12, ContractClass.HIGH: 31, None: 2},
        followups_late={ContractClass.CRITICAL: 3},
        deviations={Severity.CRITICAL: 1, Severity.MODERATE: 7},
        deviations_past_deadline=2,
        needs_decision=14,
        unclassified=220,
        without_owner=9,
        undelivered=1,
        contracts_active=702,
        is_stopped=True,
        lights={
            Light.RED: {ContractClass.CRITICAL: 2, ContractClass.LOW: 1},
            Light.YELLOW: {ContractClass.HIGH: 9},
            Light.GREY: {ContractClass.MEDIUM: 180, None: 220},
            Light.GREEN: {ContractClass.CRITICAL: 290},
        },
    )


def tomorrow(count: int = 3) -> TomorrowView:
    messages = tuple(
        TomorrowMessage(
            recipient_name=MARIA.name,
            recipient_mail=MARIA.mail,
            at=NOW + timedelta(days=1, minutes=at),
            text=letter_text(letter(*items)),
            hold_subject=_ID.format(4),
            is_held=at == 1,
        )
        for at, items in zip(range(count), letters().values(), strict=False)
    )
    return TomorrowView(
        day=TODAY + timedelta(days=1), today=TODAY, as_of=NOW, messages=messages, count=count, outside_count=4
    )


def cards(language: Language) -> Iterator[tuple[str, Card]]:
    """Every card by name."""
    for name, items in letters().items():
        yield f"letter_{name}", letter_card(letter(*items, language=language))
    yield "letter_sample", letter_card(letter(nudge(), language=language, is_sample=True))
    yield from _followup_cards(language)
    yield from _watch_cards(language)
    yield from _answers(language)
    yield from _controls(language)
    yield from _manners(language)
    yield from letter_specimens(language)
    yield from right_specimens(language)


def _followup_cards(language: Language) -> Iterator[tuple[str, Card]]:
    started = followup(state=FollowupState.IN_PROGRESS, is_paused=True)
    snoozed = followup(snoozed_until=date(2027, 3, 15), snooze_count=1)
    yield "item", item_card(followup_view(), language)
    yield "item_late_started", item_card(late_view(answered_count=3, question_count=12), language)
    yield "item_started", item_card(followup_view(followup=started, answered_count=3, question_count=12), language)
    yield "item_no_snooze", item_card(followup_view(snoozes_left=0), language)
    yield "item_helping", item_card(late_view(), language, is_own=False)
    for state in (FollowupState.SUBMITTED, FollowupState.ACCEPTED, FollowupState.CANCELLED):
        closed = followup(state=state, closed_reason="Avtalet har sagts upp.")
        yield f"state_{state}", state_card(followup_view(followup=closed), language)
    yield "snoozed", snoozed_card(followup_view(followup=snoozed, snoozes_left=1), language)
    yield "snoozed_last", snoozed_card(followup_view(followup=snoozed, snoozes_left=0), language)
    yield "handed", wrong_person_card(followup_view(), language, new_name="Samira Holm", controller_name=None)
    yield "handed_unknown", wrong_person_card(followup_view(), language, new_name=None, controller_name="Leila Gran")
    yield "already_done", already_done_card(followup_view(), language, sign_off_name="Karl Strand")
    yield "cannot", cannot_card(followup_view(), language, reason="Leverantören är i konkurs.", told_name="Karl Strand")
    yield "undone", undone_card(followup_view(), language)
    mine = [late_view(), followup_view(followup=started), followup_view()]
    yield "mine", my_followups_card(mine, language)
    yield "mine_40", my_followups_card([followup_view(contract=contract(title=LONG_TITLE))] * 40, language)
    yield "mine_none", my_followups_card([], language)


def _watch_cards(language: Language) -> Iterator[tuple[str, Card]]:
    decided = {
        "decision": "extend",
        "decided_by": "Karl Strand",
        "decided_on": "2027-03-05",
        "notice_sent_on": "2027-03-06",
        "notice_how": "E-post med kvittens",
    }
    done = watch_view(watch=watch(state=WatchState.DONE, decision=decided), settled_by_name="Maria Åker")
    yield "watch", watch_card(watch_view(), language)
    yield "watch_settled", watch_card(done, language)
    for state in (WatchState.TRIAGE, WatchState.LAPSED):
        yield f"watch_{state}", watch_card(watch_view(watch=watch(state=state, on=date(2026, 11, 1))), language)
    gone = watch(state=WatchState.TRIAGE, kind=WatchKind.EXPIRED, on=date(2026, 11, 1))
    yield "watch_expired", watch_card(watch_view(watch=gone), language)
    yield "watch_done", watch_done_card(done, language)
    yield "watch_raised", watch_raised_card(watch_view(), language, told_names=["Karl Strand", "Maria Åker"])
    yield "watch_dismissed", watch_dismissed_card(watch_view(), language, reason="Avtalet är ersatt.")
    yield "watch_handed", watch_handed_card(watch_view(), language, new_name=None, controller_name="Leila Gran")
    yield "watch_undone", watch_undone_card(watch_view(), language)


def _answers(language: Language) -> Iterator[tuple[str, Card]]:
    yield "answer", answer_card(answer(4, note=not_yours_note(language)), language)
    yield "answer_15_of_230", answer_card(answer(40, of=230), language)
    yield "answer_none", answer_card(answer(0), language)
    yield "status", status_card(status(), language)
    yield "contract", contract_card(contract_view(), language)


def _controls(language: Language) -> Iterator[tuple[str, Card]]:
    names = ("Maria Åker", "Karl Strand")
    yield "tomorrow", tomorrow_card(tomorrow(), language)
    yield "tomorrow_many", tomorrow_card(tomorrow(20), language)
    yield "tomorrow_none", tomorrow_card(tomorrow(0), language)
    yield "stopped", stopped_card(StoppedView(by_name="Leila Gran", at=NOW, waiting_count=12), language)
    started = StartedView(at=NOW, stopped_since=NOW, dropped_count=4, remaining_count=1, next_at=NOW)
    yield "started", started_card(started, language)
    allowed = AllowListView(as_of=NOW, is_everyone=False, people=names, departments=("Skolan",), added="Maria Åker")
    yield "allow_list", allow_list_card(allowed, language)
    yield "allow_list_empty", allow_list_card(AllowListView(as_of=NOW, is_everyone=False), language)


def _manners(language: Language) -> Iterator[tuple[str, Card]]:
    yield "help_controller", help_card(HelpView(is_responsible=True, is_controller=True, contact_name=None), language)
    yield "help_manager", help_card(HelpView(is_responsible=True, is_controller=False, contact_name="Leila"), language)
    yield "help_anyone", help_card(HelpView(is_responsible=False, is_controller=False, contact_name="Leila"), language)
    yield "unclear", unclear_card(language, ["mina uppföljningar", "avvikelser", "status", "hjälp"])
    yield "unclear_lost", unclear_card(language)
    yield "language", language_card(language)
    yield "digest_time", digest_time_card(language, time(13, 30))
    yield "error", error_card(language, "7f3a91")
    yield "refusal", refusal_card("Den är redan framflyttad två gånger.", language)
