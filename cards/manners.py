"""How the bot behaves in conversation: help, not understanding, saying no, and getting its own wishes wrong."""

from collections.abc import Sequence
from datetime import time
from typing import Final

from microsoft_teams.cards import CardElement

from cards.blocks import bullets, finish, heading, paragraph, small
from cards.card import Card
from cards.pen import clock
from cards.saying import say_button, say_words
from cards.texts import Texts, plain, unescaped
from cards.views import HelpView
from domain.people import Language

_ANYONE: Final = ("sample", "digest_time", "language", "help")
_RESPONSIBLE: Final = ("mine", "begin", "answer", "steps", "item", "undo")
_ASKING: Final = (
    "late",
    "deviations",
    "proposals",
    "red",
    "contract",
    "supplier",
    "rights",
    "sanctions",
    "silences",
    "expiring",
    "open",
    "done",
)
_CASES: Final = ("case", "case_told", "case_fixed", "case_plan", "case_future", "case_escalate", "case_file")
_CONTROLLER: Final = ("status", "unclassified", "without_owner", "needs_decision", "settle", "more")
_LEVERS: Final = ("tomorrow", "hold", "stop_sending", "start_sending", "let_in", "take_out", "allow_list")
_SOME_NUMBER: Final = "2026-0147"
_MOST_SUGGESTIONS: Final = 3


def help_card(view: HelpView, language: Language) -> Card:
    """Everything that can be written, by the parts one plays. Each command listed works."""
    texts = Texts(language)
    body: list[CardElement] = [
        heading(texts("answers.help.title")),
        paragraph(texts("answers.help.report")),
    ]
    if view.is_responsible:
        body += _commands(texts, "responsible", _RESPONSIBLE)
    if view.is_responsible or view.is_controller:
        body += _commands(texts, "asking" if view.is_controller else "asking_own", _ASKING)
        body += _commands(texts, "cases", _CASES)
    if view.is_controller:
        body += _commands(texts, "controller", _CONTROLLER)
        body += _commands(texts, "levers", _LEVERS)
    body += _commands(texts, "anyone", _ANYONE)
    contact = plain(view.contact_name) if view.contact_name else texts("people.the_role.controller")
    body.append(small(texts("answers.help.contact", contact=contact)))
    buttons = ["status", "needs_decision", "tomorrow"] if view.is_controller else []
    buttons = (["mine"] if view.is_responsible else []) + buttons
    return finish(
        body, [say_button(texts, button) for button in buttons], texts("answers.help.title"), language=language
    )


def unclear_card(language: Language, suggestions: Sequence[str] = ()) -> Card:
    """Not understood: the nearest commands (words one could have written), and always a way forward."""
    texts = Texts(language)
    title = texts("answers.unclear.title")
    nearest = [words for words in suggestions if words.strip()][:_MOST_SUGGESTIONS]
    ask = texts("answers.unclear.suggest" if nearest else "answers.unclear.ask")
    body: list[CardElement] = [heading(title), paragraph(ask), small(texts("answers.unclear.report"))]
    buttons = [say_words(words) for words in nearest]
    return finish(body, [*buttons, say_button(texts, "help")], title, language=language)


def language_card(language: Language) -> Card:
    """From now on in this language."""
    texts = Texts(language)
    title = texts("answers.language.title")
    body = [heading(title), paragraph(texts("answers.language.line"))]
    return finish(body, [say_button(texts, "help")], title, language=language)


def digest_time_card(language: Language, at: time) -> Card:
    """Messages will come at this hour from now on."""
    texts = Texts(language)
    title = texts("answers.digest_time.title", time=clock(texts, at))
    body = [heading(title), paragraph(texts("answers.digest_time.line"))]
    return finish(body, [say_button(texts, "mine")], title, language=language)


def error_card(language: Language, reference: str) -> Card:
    """Something went wrong on our side: one polite sentence and a number to refer to."""
    texts = Texts(language)
    title = texts("answers.error.title")
    body = [
        heading(title),
        paragraph(texts("answers.error.line")),
        small(texts("answers.error.reference", reference=reference)),
    ]
    return finish(body, [say_button(texts, "help")], title, language=language)


def refusal_card(text: str, language: Language) -> Card:
    """The rules say no, in the sentence they chose; `text` is already harmless."""
    texts = Texts(language)
    title = texts("answers.refusal.title")
    return finish([heading(title), paragraph(text)], [say_button(texts, "help")], unescaped(text), language=language)


def _commands(texts: Texts, group: str, names: Sequence[str]) -> list[CardElement]:
    rows = (
        texts(
            "answers.help.row",
            command=texts(f"answers.command.{name}", number=_SOME_NUMBER),
            what=texts(f"answers.help.what.{name}"),
        )
        for name in names
    )
    return [heading(texts(f"answers.help.group.{group}"), is_main=False), bullets(rows)]
