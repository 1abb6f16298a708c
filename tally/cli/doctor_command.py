"""`plenum doctor`: what is missing or wrong on this machine, and how to mend it."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path
from typing import Annotated

import typer

from tally.cli.finding import Finding
from tally.cli.system import SystemRng, unix_time
from voting_core.errors import FatalError
from voting_core.fast import fastest
from voting_core.group import BASE, Q, base_mul, decode_point
from voting_core.params import SPEC_VERSION
from voting_core.public import SODIUM

LOCK_FILE = Path(__file__).resolve().parents[2] / "requirements.lock"
# A record of a session with 5,000 ballots of 60 rows takes about 100 MB;
# ten times that leaves room for database and copies.
MIN_FREE_BYTES = 1_000_000_000
# The specification is from 2026: an earlier clock is certainly wrong.
EARLIEST_TIME = 1_767_225_600
CHECKS_GROUP = "plenum.checks"
RFC9496_BASE = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"


def check_python() -> Finding:
    """Python 3.11 or newer."""
    seen = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("python", sys.version_info >= (3, 11), seen, "install Python 3.11 or newer")


def check_packages(lock_file: Path = LOCK_FILE) -> Finding:
    """Installed packages are those of the lock file (only in a checkout; an installed wheel has no lock file)."""
    if not lock_file.exists():
        return Finding("packages", True, "no lock file beside this installation", "")
    wrong = []
    for line in lock_file.read_text(encoding="utf-8").splitlines():
        name, found, rest = line.partition("==")
        if not found or line.startswith((" ", "#")):
            continue
        wanted = rest.split(" ")[0].rstrip("\\").strip()
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "missing"
        if installed != wanted:
            wrong.append(f"{name} {installed} (locked: {wanted})")
    return Finding("packages", not wrong, "as locked" if not wrong else "; ".join(wrong), "run: make setup")


def check_group() -> Finding:
    """libsodium computes in the group of SPEC §2.1."""
    ok = base_mul(1).encode().hex() == RFC9496_BASE and decode_point(bytes.fromhex(RFC9496_BASE), "base") == BASE
    ok = ok and base_mul(Q - 1) + BASE != BASE and (base_mul(Q - 1) + BASE).encode() == bytes(32)
    return Finding(
        "ristretto255", ok, "libsodium agrees with RFC 9496" if ok else "wrong results", "reinstall the package rbcl"
    )


def check_backend() -> Finding:
    """What verifies records: the compiled backend where it is there. Asking for it compiles it, once on a machine."""
    try:
        group = fastest()
    except FatalError as error:
        return Finding("backend", False, str(error), "pip install --force-reinstall 'plenum[fast]'")
    compiled = group is not SODIUM
    seen = f"{group.name}, compiled" if compiled else "sodium; some times as fast with pip install 'plenum[fast]'"
    return Finding("backend", True, seen, "")


def check_randomness() -> Finding:
    """The operating system gives random bytes that are not all alike."""
    rng = SystemRng()
    ok = len({rng.bytes(32) for _ in range(16)}) == 16
    return Finding(
        "randomness", ok, "16 different draws" if ok else "repeated output", "do not use this machine for votes"
    )


def check_clock() -> Finding:
    """The clock is not before the specification was written."""
    now = unix_time()
    return Finding("clock", now >= EARLIEST_TIME, f"{now} s since 1970", "set the clock: timedatectl set-time ...")


def check_disk(folder: Path) -> Finding:
    """The folder is writable, syncs to disk and has room."""
    try:
        free = shutil.disk_usage(folder).free
        with tempfile.NamedTemporaryFile(dir=folder) as probe:
            probe.write(b"plenum")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return Finding(
            "disk", False, f"{folder}: {error.strerror}", "choose a folder on a local disk that you may write to"
        )
    return Finding("disk", free >= MIN_FREE_BYTES, f"{folder}: {free // 1_000_000} MB free", "free at least 1,000 MB")


def check_web() -> Finding:
    """The packages of the server and the stations are there."""
    return _installed("server packages", "web", ("fastapi", "sqlmodel", "uvicorn", "httpx2"))


def check_station() -> Finding:
    """What reads QR codes from cameras and scanned pages is there."""
    return _installed("camera and scanner packages", "station", ("zxing-cpp", "pillow", "pypdfium2"))


def _installed(what: str, extra: str, names: tuple[str, ...]) -> Finding:
    missing = []
    for name in names:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    seen = "missing: " + ", ".join(missing) if missing else "there"
    return Finding(what, not missing, seen, f"pip install 'plenum[{extra}]'")


def examine(folder: Path) -> tuple[Finding, ...]:
    """All checks of this machine, with `folder` as the place for data."""
    checks: tuple[Callable[[], Finding], ...] = (
        check_python,
        check_packages,
        check_group,
        check_backend,
        check_randomness,
        check_clock,
        check_web,
        check_station,
    )
    return (*(check() for check in checks), check_disk(folder))


def of_other_packages(config: Path | None) -> tuple[Finding, ...]:
    """What the other packages say, through the entry points `plenum.checks`: the server explains its settings."""
    found: list[Finding] = []
    for point in sorted(entry_points(group=CHECKS_GROUP), key=lambda item: item.name):
        try:
            check = point.load()
        except ImportError:
            continue  # what is missing is told by check_web
        found.extend(check(config))
    return tuple(found)


def register(app: typer.Typer) -> None:
    """Add `plenum doctor`."""

    @app.command()
    def doctor(
        data: Annotated[Path, typer.Option(help="the folder where sessions will be kept")] = Path(),
        config: Annotated[Path | None, typer.Option(help="the settings file; else plenum.toml here")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    ) -> None:
        """Say what is missing or wrong on this machine, and how to mend it."""
        findings = (*examine(data), *of_other_packages(config))
        if as_json:
            rows = [{"name": f.name, "ok": f.ok, "remedy": "" if f.ok else f.remedy, "seen": f.seen} for f in findings]
            print(json.dumps({"checks": rows, "spec": SPEC_VERSION}, ensure_ascii=False))
        else:
            for f in findings:
                print(f"{'✓' if f.ok else '✗'} {f.name}: {f.seen}" + ("" if f.ok else f"\n    → {f.remedy}"))
        if not all(f.ok for f in findings):
            raise typer.Exit(1)
