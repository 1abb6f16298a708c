"""Debian's packages on the stick, as a small repository of their own: apt takes what is missing and nothing older."""

import re
import subprocess
from pathlib import Path
from typing import Final

from tools.bundle.sums import digest_of

COMMENT: Final = re.compile(r"\s*#.*")


def wanted(text: str) -> tuple[str, ...]:
    """The names in `debian-packages.txt`."""
    lines = (COMMENT.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def closure(names: tuple[str, ...]) -> tuple[str, ...]:
    """The packages with everything they depend on, as the machine's own lists say."""
    options = ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")
    command = ["apt-cache", "depends", "--recurse", *(f"--no-{option}" for option in options), *names]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # Lines that begin at the margin are packages; virtual ones stand in angle brackets.
    return tuple(sorted({line for line in shown.splitlines() if re.match(r"[a-z0-9]", line)}))


def download(names: tuple[str, ...], folder: Path) -> None:
    """Fetch the packages into the folder, with an index for apt."""
    folder.mkdir(parents=True)
    # A name may be that of a virtual package or of another architecture: what cannot be had is left out, and apt on
    # the other machine says so if it should be needed.
    real = _with_a_version(names)
    subprocess.run(["apt-get", "download", "-qq", *real], check=True, cwd=folder)
    (folder / "Packages").write_text("".join(map(_entry, sorted(folder.glob("*.deb")))), encoding="utf-8")


def _with_a_version(names: tuple[str, ...]) -> list[str]:
    shown = subprocess.run(["apt-cache", "policy", *names], check=True, capture_output=True, text=True).stdout
    return re.findall(r"^([a-z0-9][^\s:]*):\n  Installed: .*\n  Candidate: (?!\(none\))", shown, re.MULTILINE)


def _entry(path: Path) -> str:
    control = subprocess.run(["dpkg-deb", "--field", str(path)], check=True, capture_output=True, text=True).stdout
    return f"{control}Filename: ./{path.name}\nSize: {path.stat().st_size}\nSHA256: {digest_of(path)}\n\n"
