"""Plays a person's OneDrive on loopback: takes a document at the address it gave, once, and fails on demand."""

from types import TracebackType
from typing import Any, Self

from aiohttp import web


class FakeOneDrive:
    """`upload_info()` is what Teams hands the bot with a yes; `files` is what has arrived since, by name."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.headers: list[dict[str, str]] = []
        self.fails: list[int] = []
        """Statuses the next uploads are answered with, nothing taken."""
        self._address = ""
        self._used: set[str] = set()
        self._runner: web.AppRunner | None = None

    def upload_info(self, name: str = "brev.docx", *, ticket: str = "t1") -> dict[str, Any]:
        return {
            "uploadUrl": f"{self._address}/up/{ticket}?name={name}&tempauth=secret%2Fkey",
            "contentUrl": f"{self._address}/personal/anna/{name}",
            "name": name,
            "uniqueId": "00000000-0000-4000-8000-00000000f11e",
            "fileType": "docx",
        }

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_put("/up/{ticket}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        content = await request.read()
        self.headers.append(dict(request.headers))
        if self.fails:
            return web.Response(status=self.fails.pop(0))
        ticket = request.match_info["ticket"]
        if ticket in self._used:
            return web.Response(status=404)  # a ticket is good for one document
        self._used.add(ticket)
        self.files[request.query["name"]] = content
        return web.json_response({"id": "f1"}, status=201)
