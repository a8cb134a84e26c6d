"""A letter: one message to one person, gathered from notices and the truth at the moment of sending.

Letters are values. `usecases.deliver_notices` fills them, `cards.letters` draws them, and the same
two are used to show the controller tomorrow's exact texts.
"""

from dataclasses import dataclass
from datetime import date

from domain.contract import Contract
from domain.deviation import Deviation
from domain.followup import Followup
from domain.identifiers import NoticeId
from domain.joint_proposal import JointProposal
from domain.notice import NoticeKind
from domain.people import Language, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRung:
    """What happens if nobody answers: on which day, which level, who is told."""

    level: str
    on: date
    name: str | None
    """The person who will be told; None when the role is vacant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupItem:
    """A follow-up somebody should answer (N0-N2), or has not been answered (N3-N4)."""

    notice_id: NoticeId
    kind: NoticeKind
    followup: Followup
    contract: Contract
    level: str
    minutes: int
    """Expected time in the chat, preparation not included."""
    preparation_minutes: int
    next_rung: NextRung | None
    manager_name: str | None
    days_late: int
    """Working days past the due date; negative or zero before it."""
    told_name: str | None = None
    """In the copy to the manager: who was told that the follow-up waits."""
    snoozes_left: int = 2
    snooze_latest_on: date | None = None
    """The last day it may be put off to, by the rule set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDateItem:
    """A legal date on a contract: `send_by`, `notice_deadline` or the date to give notice by."""

    notice_id: NoticeId
    kind: NoticeKind
    watch_id: str
    watch_kind: str
    contract: Contract
    send_by: date
    notice_deadline: date
    notice_is_assumed: bool
    renews_automatically: bool
    days_left: int
    """Calendar days to `send_by`; negative when it has passed."""
    version: int = 1
    """Row version of the watch, for its buttons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchDateItem:
    """A date worth knowing: start the new procurement, plan the handover, review an open-ended contract."""

    notice_id: NoticeId
    kind: NoticeKind
    watch_id: str
    watch_kind: str
    contract: Contract
    on: date
    version: int = 1
    """Row version of the watch, for its buttons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationItem:
    """A deviation somebody should know of, decide on, or hear the end of."""

    notice_id: NoticeId
    kind: NoticeKind
    deviation: Deviation
    contract: Contract | None
    text_key: str
    """Which sentence opens it, such as `deviation.urgent` or `deviation.no_answer_from_supplier`."""
    deadline_on: date | None = None
    type_name: str | None = None
    """The type in the recipient's words and language, such as `Leveransen uteblev`."""
    values: tuple[tuple[str, str], ...] = ()
    """What else the sentence is filled with; `day` is an ISO date."""
    decider_name: str | None = None
    """Who decides on the proposed step, where it is somebody else than the recipient."""
    days_untold: int = 0
    """Days we have known of it without telling the supplier."""
    days_undecided: int = 0
    """Days a sanction has waited for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeItem:
    """The first words ever said to somebody."""

    notice_id: NoticeId
    kind: NoticeKind
    organisation: str
    contact_name: str | None
    has_part: bool = True
    """They have contracts or a role; others may report what they see, and are asked for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItem:
    """A short message of its own, such as a follow-up returned by its owner, or a call for help."""

    notice_id: NoticeId
    kind: NoticeKind
    text_key: str
    values: tuple[tuple[str, str], ...]
    followup: Followup | None = None
    contract: Contract | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JointItem:
    """Many small deviations that may be one large, or a supplier that is red in two places, for somebody to decide on."""

    notice_id: NoticeId
    kind: NoticeKind
    proposal: JointProposal
    evidence: tuple[Deviation, ...]
    """Oldest first."""
    contract: Contract | None = None
    """None when it is about a supplier across contracts."""
    type_name: str | None = None
    """In the recipient's language; None for a supplier case."""


LetterItem = FollowupItem | LegalDateItem | WatchDateItem | DeviationItem | WelcomeItem | NoteItem | JointItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one person. More than one item makes it a digest."""

    recipient: Person
    language: Language
    today: date
    """The local day it is read; what is late or coming is said from here."""
    items: tuple[LetterItem, ...]
    is_sample: bool = False

    @property
    def notice_ids(self) -> tuple[NoticeId, ...]:
        """The notices this message settles, in the order they are shown."""
        return tuple(item.notice_id for item in self.items)
