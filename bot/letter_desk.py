"""The office desk for letters: a draft or a sent letter as a Word file, from the command line or in local mode a browser."""

from asyncio import to_thread
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.arguments import Arguments
from bot.clock import Clock
from bot.desk import Hindered, RefusedWhole, home_of, office
from bot.settings import Settings
from cards.letter_document import DOCX_TYPE, document_name, letter_document
from domain.case_file import CaseLetter, LetterKind
from domain.errors import Refused
from domain.letter_text import from_text
from domain.people import Language
from usecases.find_person import find_person
from usecases.supplier_letters.draft_supplier_letter import draft_supplier_letter
from usecases.supplier_letters.fetch_letter import Fetched, fetch_letter
from usecases.supplier_letters.read_letters import list_letters
from usecases.world import World

_ENDING = ".docx"


async def write_letter(arguments: Arguments, settings: Settings, clock: Clock) -> str:
    """Write the letter to the file and say what it is.

    With `--as` the letter is drafted for that person where there is none, and only what they may see is given out.
    """
    out = arguments.paths[0]
    if out.suffix.lower() != _ENDING:
        raise RefusedWhole(f"The letter is a Word file: give it a name that ends in {_ENDING}, not {out.name}.")
    kind = LetterKind(arguments.what) if arguments.what else None
    async with office(settings, clock) as world:
        fetched = await _fetched(world, settings, arguments.text.upper(), kind, arguments.sender)
    _keep(out, document_of(fetched))
    letter = fetched.letter
    stands = f"sent {letter.sent_on.isoformat()}" if letter.sent_on else "a draft, not sent"
    return f"{out}: {letter.kind.value} in {fetched.number}, {stands}. Gaps left: {_gaps(letter)}."


async def _fetched(world: World, settings: Settings, number: str, kind: LetterKind | None, mail: str) -> Fetched:
    tenant_id = await home_of(world, settings)
    if not mail:
        return await fetch_letter(world, tenant_id, number, kind=kind)
    person = await find_person(world, tenant_id, mail)
    if person is None:
        raise RefusedWhole(f"{mail} stands in no list of people.")
    letters = (await list_letters(world, tenant_id, person, number)).letters
    found = next((letter for letter in reversed(letters) if kind in {None, letter.kind}), None)
    if found is None:
        wanted = kind or LetterKind.COMPLAINT
        found = (await draft_supplier_letter(world, tenant_id, person, number, wanted)).letter
    return Fetched(letter=found, number=number)


def document_of(fetched: Fetched) -> bytes:
    """The letter as a Word document."""
    letter = fetched.letter
    language = Language(letter.language)
    return letter_document(from_text(letter.text), language, subject=fetched.number, made_at=letter.drafted_at)


def local_letters(world: World) -> Callable[[web.Request], Awaitable[web.Response]]:
    """GET /local/letters/<letter id>.docx, in local mode only: there is no OneDrive to put it in."""

    async def show(request: web.Request) -> web.Response:
        try:
            fetched = await fetch_letter(world, world.home_tenant, request.match_info["letter"])
        except Refused:
            return web.json_response({"error": "there is no such letter"}, status=404)
        name = document_name(fetched.number, fetched.letter.kind, Language(fetched.letter.language))
        # The plain name for old browsers, the whole one for the rest.
        plain = name.encode("ascii", "replace").decode().replace("?", "_")
        named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
        headers = {"Content-Disposition": named}
        return web.Response(body=await to_thread(document_of, fetched), content_type=DOCX_TYPE, headers=headers)

    return show


def _keep(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Hindered(f"{out} cannot be written: {error.strerror}.") from error


def _gaps(letter: CaseLetter) -> str:
    return ", ".join(from_text(letter.text).gaps) or "none"
