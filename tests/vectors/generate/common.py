"""How a vector file is put together.

A file has cases; a case has an operation `op`, inputs `given`, and either `gives` (with `"result": "valid"`) or the
number of the check that refuses it, `expect` (with `"result": "invalid"`). `expect` is empty where the specification
gives no number. The product must give what a case says while the file is made.
"""

from collections.abc import Callable
from typing import Any

from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError, InputError, VerificationError

Json = Any


class VectorFile:
    """One file in the making."""

    def __init__(self, section: str, about: str) -> None:
        self._head = {"about": about, "schema": 1, "section": section, "spec": "1.0"}
        self._cases: list[dict[str, Json]] = []

    def valid(self, id: str, comment: str, op: str, given: Json, gives: Json) -> None:
        """A case that both sides must compute alike."""
        case = {"id": id, "comment": comment, "op": op, "given": given, "result": "valid", "gives": gives}
        self._add(case)

    def invalid(self, id: str, comment: str, op: str, given: Json, expect: str, attempt: Callable[[], object]) -> None:
        """A case that both sides must refuse; `attempt` is the product on the same input."""
        try:
            attempt()
        except (EncodingError, InputError, VerificationError) as error:
            code = error.code if isinstance(error, VerificationError) else None
            if code is not None and expect and code != expect:
                raise RuntimeError(f"{id}: the product says {code}, the vector {expect}") from error
        else:
            raise RuntimeError(f"{id}: the product accepts what the vector calls invalid")
        self._add({"id": id, "comment": comment, "op": op, "given": given, "result": "invalid", "expect": expect})

    def content(self) -> Json:
        """The file as JSON."""
        return {**self._head, "cases": self._cases}

    def _add(self, case: dict[str, Json]) -> None:
        if any(case["id"] == other["id"] for other in self._cases):
            raise RuntimeError(f"two cases {case['id']}")
        self._cases.append(case)


def some_bytes(label: str, length: int = 32) -> bytes:
    """Bytes that stand for a hash or a secret."""
    return SeededRng("vectors " + label).bytes(length)


def flipped(data: bytes, place: int, mask: int = 1) -> bytes:
    """The data with bits of one byte flipped."""
    changed = bytearray(data)
    changed[place] ^= mask
    return bytes(changed)
