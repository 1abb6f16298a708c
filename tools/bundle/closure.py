"""Which lines of the lock file an installation needs: the product with its extras, and what these bring."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BLOCK: Final = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)
NAME: Final = re.compile(r"[A-Za-z0-9._-]+")


def needed(root: str, extras: Iterable[str], requires: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Names of the packages that `root` brings along on this machine; `requires` gives a package's requirements."""
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = [(canonicalize_name(root), frozenset(extras))]
    while waiting:
        item = waiting.pop()
        if item in found:
            continue
        found.add(item)
        name, wanted = item
        for text in requires(name):
            requirement = Requirement(text)
            if requirement.marker is None or any(
                requirement.marker.evaluate({"extra": extra}) for extra in (wanted or frozenset({""}))
            ):
                waiting.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return frozenset(name for name, _ in found) - {canonicalize_name(root)}


def locked(lock: str, names: frozenset[str]) -> str:
    """The blocks of a lock file for these packages, with their hashes.

    Raises:
        ValueError: one of them is not locked.
    """
    blocks = {_name(block): block for block in BLOCK.split(lock) if "==" in block}
    missing = sorted(names - set(blocks))
    if missing:
        raise ValueError(f"not in the lock file: {', '.join(missing)}; run make lock")
    return "".join(blocks[name] for name in sorted(names))


def _name(block: str) -> str:
    found = NAME.match(block)
    return canonicalize_name(found[0]) if found else ""
