"""What came in, in our own words: an activity translated to one of seven values, each with who sent it and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.teams.activity_json import BadBody, Json, child, children, text
from bot.teams.words import clean, typed_words
from cards.buttons import DATA_KEYS
from dialogs.turn import Press
from domain.identifiers import TenantId
from usecases.ports import Attachment

CARD_ACTION = "adaptiveCard/action"
FILE_CONSENT = "fileConsent/invoke"
_CLIENT_FIELDS = frozenset({"msteams"})
_FILE = "application/vnd.microsoft.teams.file.download.info"
_PHOTO = "image/"
_MOST_FILES = 10  # Teams lets people send no more in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who sent it, from where, and where an answer goes. Nothing here comes from a card."""

    tenant_id: TenantId
    user_id: str
    """The channel's id for the person, `29:...` in Teams."""
    aad_object_id: str | None
    name: str | None
    locale: str | None
    time_zone: str | None
    """IANA name, as the person's client has it."""
    service_url: str
    conversation_id: str
    is_personal: bool
    activity_id: str | None
    reply_to_id: str | None
    bot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived:
    """Somebody wrote something. The text may be empty, as when a file alone was sent."""

    caller: Caller
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPressed:
    """Somebody pressed a button on a card of ours, perhaps a very old one."""

    caller: Caller
    press: Press
    reply_to_id: str | None
    """The message the card stands in, when the client said."""
    awaits_answer: bool
    """An Action.Execute, whose answer is the card that takes the pressed one's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Where a document may be put, once: the address is a key, so it is neither kept nor logged."""

    address: str
    content_url: str
    """Where the document can then be opened."""
    name: str
    unique_id: str
    file_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswered:
    """Somebody said yes or no to a document we offered."""

    caller: Caller
    press: Press
    reply_to_id: str | None
    """The message the question stands in, when the client said."""
    upload: Upload | None
    """Given with a yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The app was installed for somebody, or came in a new version."""

    caller: Caller
    is_upgrade: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninstalled:
    """The app was taken away, or is about to come back in a new version."""

    caller: Caller
    is_upgrade: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who came to or left a conversation."""

    user_id: str
    aad_object_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersChanged:
    """People, or the bot itself, came to or left a conversation."""

    caller: Caller
    added: tuple[Member, ...]
    removed: tuple[Member, ...]

    @property
    def is_bot_added(self) -> bool:
        return any(member.user_id == self.caller.bot_id for member in self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Something that needs no answer: typing, a reaction, an edit, a deletion, a read receipt."""

    caller: Caller
    kind: str


Inbound = MessageReceived | CardPressed | FileAnswered | Installed | Uninstalled | MembersChanged | Ignored


def translate(activity: Json, tenant_id: TenantId, *, bot_id: str) -> Inbound:
    """The activity in our words; BadBody when its parts are not what Teams would send."""
    caller = _caller(activity, tenant_id, bot_id)
    kind = str(activity["type"])
    if caller.user_id == caller.bot_id and kind == "message":
        return Ignored(caller=caller, kind="own_words")
    match kind:
        case "message":
            return _message(activity, caller)
        case "invoke" if activity.get("name") in {CARD_ACTION, FILE_CONSENT}:
            return _executed(activity, caller) if activity["name"] == CARD_ACTION else _file_answered(activity, caller)
        case "installationUpdate":
            return _installation(activity, caller)
        case "conversationUpdate" if activity.get("membersAdded") or activity.get("membersRemoved"):
            return MembersChanged(
                caller=caller, added=_members(activity, "membersAdded"), removed=_members(activity, "membersRemoved")
            )
    return Ignored(caller=caller, kind=kind)


def _caller(activity: Json, tenant_id: TenantId, bot_id: str) -> Caller:
    sender, conversation = child(activity, "from"), child(activity, "conversation")
    client: Json = next((e for e in children(activity, "entities") if e.get("type") == "clientInfo"), {})
    kind = text(conversation, "conversationType")
    return Caller(
        tenant_id=tenant_id,
        user_id=str(sender["id"]),
        aad_object_id=_lower(text(sender, "aadObjectId")),
        name=clean(text(sender, "name") or "") or None,
        locale=text(activity, "locale") or text(client, "locale"),
        time_zone=text(activity, "localTimezone") or text(client, "timezone"),
        service_url=str(activity["serviceUrl"]),
        conversation_id=str(conversation["id"]),
        is_personal=kind == "personal" if kind else not conversation.get("isGroup"),
        activity_id=text(activity, "id"),
        reply_to_id=text(activity, "replyToId"),
        bot_id=text(child(activity, "recipient"), "id") or bot_id,
    )


def _lower(object_id: str | None) -> str | None:
    return clean(object_id).lower() or None if object_id else None


def _message(activity: Json, caller: Caller) -> Inbound:
    value = activity.get("value")
    words = typed_words(activity)
    if isinstance(value, dict) and value and not words:
        verb = value.get("verb")
        press = _press(verb if isinstance(verb, str) else "", value)
        return CardPressed(caller=caller, press=press, reply_to_id=caller.reply_to_id, awaits_answer=False)
    files = (_attachment(one) for one in children(activity, "attachments")[:_MOST_FILES])
    return MessageReceived(caller=caller, text=words, attachments=tuple(one for one in files if one))


def _attachment(sent: Json) -> Attachment | None:
    """A photo in the message, or a file the sender's client has put in OneDrive; cards and copies of the text are neither."""
    kind, name = text(sent, "contentType") or "", clean(text(sent, "name") or "")
    if kind == _FILE:
        url = text(child(sent, "content"), "downloadUrl")
    elif kind.startswith(_PHOTO):
        url = text(sent, "contentUrl")
    else:
        return None
    return Attachment(name=name, url=url) if url else None


def _executed(activity: Json, caller: Caller) -> CardPressed:
    action = child(child(activity, "value"), "action")
    verb = text(action, "verb") or text(child(action, "data"), "verb")
    if not verb:
        raise BadBody("no_verb")
    press = _press(verb, child(action, "data"))
    return CardPressed(caller=caller, press=press, reply_to_id=caller.reply_to_id, awaits_answer=True)


def _file_answered(activity: Json, caller: Caller) -> FileAnswered:
    value = child(activity, "value")
    context = child(value, "context")
    verb = text(context, "verb")
    action = text(value, "action")
    if not verb or action not in {"accept", "decline"}:
        raise BadBody("no_file_answer")
    upload = _upload(child(value, "uploadInfo")) if action == "accept" else None
    return FileAnswered(
        caller=caller,
        press=_press(verb, context),
        reply_to_id=caller.reply_to_id or text(value, "replyToId"),
        upload=upload,
    )


def _upload(told: Json) -> Upload:
    address, content_url = text(told, "uploadUrl"), text(told, "contentUrl")
    if not address or not content_url:
        raise BadBody("no_upload")
    return Upload(
        address=address,
        content_url=content_url,
        name=clean(text(told, "name") or ""),
        unique_id=text(told, "uniqueId") or "",
        file_type=text(told, "fileType") or "docx",
    )


def _press(verb: str, carried: Mapping[str, Any]) -> Press:
    """Teams mixes what the card carried with what was filled in; no field of ours bears a name cards carry."""
    data = {key: _as_plain(value) for key, value in carried.items() if key in DATA_KEYS}
    filled = carried.keys() - DATA_KEYS - _CLIENT_FIELDS
    return Press(verb=clean(verb), data=data, inputs={clean(key): _as_text(carried[key]) for key in filled})


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return clean(value)
    return str(value) if isinstance(value, int | float) else ""


def _as_plain(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _installation(activity: Json, caller: Caller) -> Inbound:
    match text(activity, "action"):
        case "add" | "add-upgrade" as action:
            return Installed(caller=caller, is_upgrade=action.endswith("upgrade"))
        case "remove" | "remove-upgrade" as action:
            return Uninstalled(caller=caller, is_upgrade=action.endswith("upgrade"))
    return Ignored(caller=caller, kind="installationUpdate")


def _members(activity: Json, field: str) -> tuple[Member, ...]:
    found = [(text(member, "id"), text(member, "aadObjectId")) for member in children(activity, field)]
    return tuple(Member(user_id=user_id, aad_object_id=_lower(object_id)) for user_id, object_id in found if user_id)
