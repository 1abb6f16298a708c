"""Confirmation codes of all ballots that the server has, so that a look-up by code reads no list (SPEC §5.5).

A code is the first 100 bits of a ballot id. Two ballots with one code do not happen by chance, but whoever makes 2^50
ballots can find a pair; both are kept, and who asks for the code is told that there are two.
"""

from collections.abc import Iterable
from typing import Final

from ballots.sealed_ballot import confirmation_code

ID_BYTES: Final = 32
"""Bytes of the id of a sealed ballot; that of an assisted one has 16 and stands on no receipt."""


class CodeIndex:
    """The ballot ids of each confirmation code. Only the sequencer adds to it; an id that is in stays in."""

    def __init__(self, ballot_ids: Iterable[bytes] = ()) -> None:
        self._ids: dict[str, tuple[bytes, ...]] = {}
        self.add(ballot_ids)

    def add(self, ballot_ids: Iterable[bytes]) -> None:
        """Add ballots; those that are in already are left as they are. An assisted ballot has no code."""
        for ballot_id in ballot_ids:
            if len(ballot_id) != ID_BYTES:
                continue
            code = confirmation_code(ballot_id)
            known = self._ids.get(code, ())
            if ballot_id not in known:
                self._ids[code] = tuple(sorted((*known, ballot_id)))

    def find(self, code: str) -> tuple[bytes, ...]:
        """The ids with this code, as :func:`ballots.sealed_ballot.parse_confirmation_code` writes it, sorted."""
        return self._ids.get(code, ())
