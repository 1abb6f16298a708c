"""The sign-ins of a run's desks, as a file that Locust reads: a line for each, its cookie and the token of its forms.

They are of accounts of a server that is thrown away, and lie in the folder that goes with it.
"""

from collections.abc import Iterable
from pathlib import Path

SignIn = tuple[str, str]


def write_sign_ins(path: Path, sign_ins: Iterable[SignIn]) -> None:
    """Write the file."""
    path.write_text("".join(f"{cookie}\t{csrf}\n" for cookie, csrf in sign_ins), encoding="ascii")


def read_sign_ins(path: Path) -> list[SignIn]:
    """Read the file."""
    found = []
    for line in path.read_text(encoding="ascii").splitlines():
        cookie, _, csrf = line.partition("\t")
        found.append((cookie, csrf))
    return found
