"""The Bot Framework's own way through a turn, without what it would do for every turn in vain.

The stock adapter makes a new connector client, a new token and a user token client for each activity, and its
`process` answers every invoke with 500. Here `process_activity` is given a request already authenticated and
clients that are never used: answers leave by `bot.teams.outbound`.
"""

from collections.abc import Awaitable, Callable

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.teams.activity_json import Json, child

Respond = Callable[[str], Awaitable[None]]
"""Takes the JSON text an invoke is answered with."""


class TurnRunner:
    """Runs one authenticated activity through the adapter's middleware to our logic."""

    def __init__(self) -> None:
        self._adapter = CloudAdapter(_Settled())
        self._authenticated = AuthenticateRequestResult()
        self._authenticated.claims_identity = ClaimsIdentity({}, True)  # noqa: FBT003 - theirs
        self._authenticated.connector_factory = _NoConnectors()

    async def run(self, activity: Json, logic: Callable[[Respond], Awaitable[None]]) -> str | None:
        """Call the logic inside a turn. Returns what it responded with, None when it did not or need not."""

        async def turn(context: TurnContext) -> None:
            async def respond(body: str) -> None:
                await context.send_activity(
                    Activity(type="invokeResponse", value=InvokeResponse(status=200, body=body))
                )

            await logic(respond)

        answer = await self._adapter.process_activity(self._authenticated, _as_activity(activity), turn)
        return str(answer.body) if answer and answer.body else None


def _as_activity(activity: Json) -> Activity:
    """No more than the adapter looks at; our own translation reads the JSON itself, and loses nothing."""
    return Activity(
        type=activity["type"],
        id=activity.get("id"),
        name=activity.get("name"),
        channel_id=activity.get("channelId"),
        service_url=activity["serviceUrl"],
        from_property=ChannelAccount(id=child(activity, "from")["id"]),
        recipient=ChannelAccount(id=child(activity, "recipient").get("id")),
        conversation=ConversationAccount(id=child(activity, "conversation")["id"]),
    )


class _NoConnectors(ConnectorFactory):  # type: ignore[misc]  # the Bot Framework ships no types
    async def create(self, service_url: str, audience: str) -> object:  # noqa: ARG002 - theirs
        return object()


class _Settled(BotFrameworkAuthentication):  # type: ignore[misc]  # the Bot Framework ships no types
    """Stands where the framework would authenticate; `bot.teams.auth` has done it before."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        raise NotImplementedError

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        raise NotImplementedError

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:  # noqa: ARG002 - theirs
        return _NoConnectors()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Nobody signs in to anything through the bot."""
