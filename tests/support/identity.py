"""Plays Microsoft's identity on loopback: publishes keys, signs tokens good and bad, and signs the bot in."""

import base64
import json
import ssl
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

APP_ID = "6b1c5a0e-0000-4000-8000-00000000b071"
ISSUER = "https://api.botframework.com"


class Key:
    """A signing key. Making one takes a while, so tests share `FIRST_KEY` and `SECOND_KEY`."""

    def __init__(self, key_id: str, *, endorsements: tuple[str, ...] = ("msteams", "webchat")) -> None:
        self.key_id = key_id
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.endorsements = endorsements

    def published(self) -> dict[str, Any]:
        public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {**public, "kid": self.key_id, "use": "sig", "endorsements": list(self.endorsements)}

    def sign(self, claims: Mapping[str, Any], **headers: object) -> str:
        return jwt.encode(dict(claims), self.private, algorithm="RS256", headers={"kid": self.key_id, **headers})

    def sign_raw(self, header: Mapping[str, Any], payload: bytes) -> str:
        """For what a library would refuse to sign."""
        signed = f"{_b64(json.dumps(header).encode())}.{_b64(payload)}"
        signature = self.private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_b64(signature)}"


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


FIRST_KEY = Key("first")
SECOND_KEY = Key("second")


def good_claims(service_url: str, at: float | None = None, /, **changes: object) -> dict[str, Any]:
    """What the Bot Connector says of itself; a change to None leaves the claim out."""
    now = time.time() if at is None else at
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": APP_ID,
        "serviceurl": service_url,
        "nbf": int(now),
        "exp": int(now) + 3600,
    }
    return {name: value for name, value in {**claims, **changes}.items() if value is not None}


def certify(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """An authority of our own: its file, and a server's context for `localhost` that it vouches for."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    ca_file, key_file = folder / "ca.pem", folder / "key.pem"
    ca_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca_file, key_file)
    return ca_file, context


class FakeIdentity:
    """login.botframework.com and login.microsoftonline.com in one; counts how often it is asked.

    `is_down` makes it answer 503. `keys` are those published now. With a TLS context it speaks https.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.keys: list[Key] = [FIRST_KEY]
        self.is_down = False
        self.key_fetches = 0
        self.sign_ins: list[dict[str, str]] = []
        self.sign_in_answer: tuple[int, dict[str, Any]] | None = None
        self._runner: web.AppRunner | None = None
        self.url = ""

    @property
    def openid_url(self) -> str:
        return f"{self.url}/v1/.well-known/openidconfiguration"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._openid)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._authority)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=self._tls).start()
        port = self._runner.addresses[0][1]
        self.url = f"https://localhost:{port}" if self._tls else f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner
        await self._runner.cleanup()

    async def _openid(self, _request: web.Request) -> web.Response:
        self._fail_when_down()
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/v1/.well-known/keys"})

    async def _keys(self, _request: web.Request) -> web.Response:
        self._fail_when_down()
        self.key_fetches += 1
        return web.json_response({"keys": [key.published() for key in self.keys]})

    async def _authority(self, request: web.Request) -> web.Response:
        self._fail_when_down()
        base = f"{self.url}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        self._fail_when_down()
        form = await request.post()
        self.sign_ins.append({name: str(value) for name, value in form.items()})
        status, answer = self.sign_in_answer or (
            200,
            {"token_type": "Bearer", "expires_in": 3600, "access_token": f"token-{len(self.sign_ins)}"},
        )
        return web.json_response(answer, status=status)

    def _fail_when_down(self) -> None:
        if self.is_down:
            raise web.HTTPServiceUnavailable
