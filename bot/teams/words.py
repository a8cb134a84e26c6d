"""What a person typed, freed from what the Teams client put around it."""

import html
import re
import unicodedata

from bot.teams.activity_json import Json, child, children, text

_MENTION = re.compile(r"<at(?:\s[^>]*)?>(.*?)</at>", re.IGNORECASE | re.DOTALL)
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKUP_FORMATS = frozenset({"xml", "html"})
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")


def typed_words(activity: Json) -> str:
    """The text as the person meant it: the bot's own name, markup, escapes and unseen characters taken away."""
    words = _without_bot_mention(text(activity, "text") or "", activity)
    words = _MENTION.sub(r"\1", words)
    if text(activity, "textFormat") in _MARKUP_FORMATS:
        words = _TAG.sub("", _LINE_END.sub("\n", words))
    return clean(html.unescape(words))


def clean(words: str) -> str:
    """One form for each letter, plain blanks, no unseen characters: what is compared, stored and shown."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    words = unicodedata.normalize("NFC", _UNSEEN.sub("", words))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in words.split("\n")).strip()


def _without_bot_mention(words: str, activity: Json) -> str:
    bot = child(activity, "recipient")
    for entity in children(activity, "entities"):
        mentioned = child(entity, "mentioned") if entity.get("type") == "mention" else {}
        written = text(entity, "text") if mentioned and mentioned.get("id") == bot.get("id") else None
        if written:
            words = words.replace(written, " ")
    name = text(bot, "name")
    return _MENTION.sub(lambda found: " " if name and found.group(1).strip() == name else found.group(0), words)
