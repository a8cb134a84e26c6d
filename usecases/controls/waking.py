"""What has waited goes on its way again, but not in the night and not on a quiet day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from domain.identifiers import NoticeId
from domain.notice import LEGAL_KINDS, URGENT_KINDS, Notice
from domain.people import Person
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene


def moment_for(notice: Notice, person: Person, scene: Scene) -> datetime:
    """The first moment from now at which this may reach the person: at once in working hours, else their next one."""
    if notice.kind in URGENT_KINDS:
        return scene.now
    post, calendar, today = scene.post, scene.calendar, scene.today
    is_legal = notice.kind in LEGAL_KINDS
    is_day = calendar.is_working_day(today) if is_legal else calendar.is_open_day(today)
    hour = post.local(scene.now).time()
    if is_day and scene.rules.sending_from <= hour < scene.rules.sending_to:
        return scene.now
    return post.legal_moment(person, scene.now) if is_legal else post.digest_moment(person, scene.now)


async def wake_in_daytime(unit: Unit, scene: Scene, notices: Sequence[Notice]) -> datetime | None:
    """Let these notices go as soon as the hour allows; the first moment any of them may, or None without any."""
    moments: dict[datetime, list[NoticeId]] = defaultdict(list)
    for notice in notices:
        person = scene.roster.living(notice.recipient_mail)
        # Nobody there any more: the sender finds that out and says so.
        at = moment_for(notice, person, scene) if person else scene.now
        moments[max(at, notice.not_before)].append(notice.notice_id)
    for moment, notice_ids in moments.items():
        await unit.notices.postpone(notice_ids, moment)
    return min(moments, default=None)
