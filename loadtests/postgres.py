"""A PostgreSQL for one load test: a private cluster on a Unix socket, thrown away at the end.

It is started as an installation starts one: nothing of what makes its commits durable is switched off.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from voting_core.errors import FatalError, InputError

ACCOUNT: Final = "postgres"
"""PostgreSQL refuses to run as root, so root runs it as this."""

MISSING: Final = "PostgreSQL's programs (initdb, postgres) are not on this machine"
REMEDY: Final = "On Debian install the package postgresql; elsewhere put initdb on the path"


def programs() -> Path:
    """The folder with `initdb`; Debian keeps it out of the path.

    Raises:
        InputError: there is none.
    """
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    for candidate in candidates:
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    raise InputError("PostgreSQL", MISSING, REMEDY)


def version() -> str:
    """The version that :func:`running_postgres` starts."""
    done = subprocess.run([str(programs() / "postgres"), "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[2]


@contextmanager
def running_postgres(out: Path) -> Iterator[str]:
    """Run one whose files are below `out`, so on the disk that is measured; gives the URL of an empty database.

    Raises:
        InputError: its programs are not here.
        FatalError: it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="postgresql-", dir=out))
    # The path of a Unix socket may have 107 bytes, and an output folder may be deep.
    sockets = Path(tempfile.mkdtemp(prefix="plenum-"))
    try:
        if os.geteuid() == 0:
            for path in (folder, sockets):
                os.chown(path, pwd.getpwnam(ACCOUNT).pw_uid, -1)
            _let_through(folder)
        data, log = folder / "data", folder / "programs.log"
        _run(log, "initdb", "-D", str(data), "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-locale")
        flags = f"-c listen_addresses='' -c unix_socket_directories={sockets}"
        _run(log, "pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", flags, "start")
        try:
            yield f"postgresql://{ACCOUNT}@/postgres?host={quote(str(sockets), safe='')}"
        finally:
            _run(log, "pg_ctl", "-D", str(data), "-w", "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(sockets)


def _let_through(folder: Path) -> None:
    """Refuse an output folder that PostgreSQL's account cannot reach, which it would tell in many words.

    Raises:
        InputError: a folder above it is closed to others.
    """
    for parent in folder.absolute().parents:
        if not parent.stat().st_mode & 0o001:
            raise InputError(str(parent), f"{ACCOUNT} may not pass through this folder", "Give another --out")


def _run(log: Path, program: str, *arguments: str) -> None:
    # A file, not a pipe: the server keeps what it inherits, and a pipe would never end.
    with log.open("ab") as said:
        done = subprocess.run(
            [str(programs() / program), *arguments],
            user=ACCOUNT if os.geteuid() == 0 else None,
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            check=False,
        )
    if done.returncode:
        raise FatalError(f"{program} ended with code {done.returncode}:\n{log.read_text(errors='replace')}")
