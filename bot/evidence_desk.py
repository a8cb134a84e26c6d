"""Evidence handed out in local mode: a link to this machine, since there is no OneDrive to put it in."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web

from domain.errors import Refused
from usecases.deviations.fetch_evidence import fetch_evidence
from usecases.world import World


def local_evidence(world: World) -> Callable[[web.Request], Awaitable[web.Response]]:
    """GET /local/evidence/<id>, in local mode only; the id is only ever shown to those who may see the case."""

    async def show(request: web.Request) -> web.Response:
        try:
            evidence, content = await fetch_evidence(world, world.home_tenant, request.match_info["evidence"])
        except Refused:
            return web.json_response({"error": "there is no such evidence"}, status=404)
        # Never shown in place: what somebody else has sent is to be looked at outside the page that links to it.
        plain = evidence.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
        headers = {
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(evidence.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=content, content_type=evidence.content_type, headers=headers)

    return show
