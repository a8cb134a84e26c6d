"""From what use cases say about watched dates and contracts to the cards that show them."""

from cards.views import ContractView, DeviationLine, WatchView
from dialogs.followup_views import view_of
from domain.contract import RenewalKind
from domain.deviation import Severity
from domain.people import Language
from domain.watch import Watch
from usecases.questions.list_deviations import OpenDeviation
from usecases.questions.show_contract import WholeContract
from usecases.watches.seeing import SeenWatch


def watch_view(seen: SeenWatch, notice_id: str | None = None) -> WatchView:
    """What the cards about a watched date are drawn from."""
    return WatchView(
        watch=seen.watch,
        contract=seen.contract,
        today=seen.today,
        notice_is_assumed=seen.notice_is_assumed,
        renews_automatically=seen.renews_automatically,
        owner_name=seen.owner_name,
        manager_name=seen.manager_name,
        settled_by_name=seen.settled_by_name,
        notice_id=notice_id,
    )


def contract_view(whole: WholeContract, language: Language) -> ContractView:
    """What the card of one contract is drawn from."""
    return ContractView(
        contract=whole.contract,
        as_of=whole.as_of,
        owner_name=whole.owner_name,
        manager_name=whole.manager_name,
        deputy_name=whole.deputy_name,
        notice_deadline=whole.notice_deadline,
        notice_is_assumed=whole.notice_is_assumed,
        flags=whole.flags,
        followups=tuple(view_of(item) for item in whole.followups),
        last_followup_on=whole.last_followup_on,
        watches=tuple(_listed(watch, whole) for watch in whole.watches),
        deviations=tuple(_line(one, language) for one in whole.deviations),
        light=whole.light,
    )


def _listed(watch: Watch, whole: WholeContract) -> WatchView:
    return WatchView(
        watch=watch,
        contract=whole.contract,
        today=whole.today,
        notice_is_assumed=whole.notice_is_assumed,
        renews_automatically=whole.contract.renewal.kind is RenewalKind.AUTOMATIC,
    )


def _line(one: OpenDeviation, language: Language) -> DeviationLine:
    deviation = one.deviation
    name = one.kind.name(language) if one.kind else ""
    return DeviationLine(
        deviation_id=deviation.deviation_id,
        number=deviation.number or "",
        headline=", ".join(part for part in (name, deviation.location or "") if part),
        severity=deviation.severity or Severity.MINOR,
        deadline_on=deviation.deadline_on,
        is_past_deadline=one.is_past_deadline,
        version=deviation.version,
    )
