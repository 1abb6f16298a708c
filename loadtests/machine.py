"""The machine and the programs of a load test, as a report names them: figures without them mean nothing."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final, Self

PACKAGES: Final = ("locust", "uvicorn", "starlette", "pydantic", "cryptography", "rbcl", "numba")
"""Whose versions a figure may depend on, beside the interpreter and the database."""

ROOT: Final = Path(__file__).parent.parent
_CPU: Final = Path("/proc/cpuinfo")
_MEMORY: Final = Path("/proc/meminfo")
_SYSTEM: Final = Path("/etc/os-release")
_KILOBYTES: Final = 1_000_000
"""In a gigabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a run was measured on. `load` is the average number of programs at work in the minute before it."""

    processor: str
    cores: int
    memory_gb: float
    system: str
    versions: Mapping[str, str]
    load: float

    @classmethod
    def here(cls) -> Self:
        """This machine, now."""
        return cls(
            processor=_field(_CPU, "model name", ":") or platform.machine(),
            cores=len(os.sched_getaffinity(0)),
            memory_gb=round(int((_field(_MEMORY, "MemTotal", ":") or "0").split()[0]) / _KILOBYTES, 1),
            system=(_field(_SYSTEM, "PRETTY_NAME", "=") or platform.system()).strip('"'),
            versions=_versions(),
            load=round(os.getloadavg()[0], 1),
        )

    def to_json(self) -> dict[str, object]:
        """The machine for programs."""
        return {
            "processor": self.processor,
            "cores": self.cores,
            "memory_gb": self.memory_gb,
            "system": self.system,
            "versions": dict(self.versions),
            "load": self.load,
        }


def _versions() -> dict[str, str]:
    found = {"plenum": _commit(), "Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _commit() -> str:
    """The version, and where this is a checkout the commit, with a word where its programs were changed since."""
    version = metadata.version("plenum")
    try:
        named = _git("rev-parse", "--short", "HEAD")
        changed = _git("diff", "--quiet", "HEAD", "--", "*.py", "*.lock")
    except OSError:
        return version
    if named.returncode:
        return version
    return f"{version} ({named.stdout.strip()}{', changed' if changed.returncode else ''})"


def _git(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)


def _field(path: Path, name: str, between: str) -> str:
    """What comes behind the first `name` of a file; empty where there is neither."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = (line.partition(between) for line in lines)
    return next((value.strip() for key, _, value in found if key.strip() == name), "")
