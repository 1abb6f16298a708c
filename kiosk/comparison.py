"""What scrutineers say to each other before they sign a closed root (SPEC §9.3): its code, and "it is the same".

The code is read aloud in the hall. What a scrutineer has heard comes back to the station as a request, and the station
compares it with its own: a person can overlook a character, the station cannot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ballots.crockford import BITS, encode_bits, in_groups, read_characters
from voting_core.codec import Fields, JsonObject
from voting_core.errors import InputError

CODE_BITS: Final = 100


def root_code(root: bytes) -> str:
    """Write a closed root as scrutineers read it aloud: its first 100 bits in five groups of four."""
    return in_groups(encode_bits(root, CODE_BITS))


@dataclass(frozen=True, slots=True)
class Compared:
    """A scrutineer's word that the others have this code for the contest."""

    contest: str
    root_code: str

    @classmethod
    def parse(cls, fields: Fields) -> Compared:
        """Read it from a request; the code as people type it.

        Raises:
            EncodingError: a field is missing or not text.
            InputError: the code has not twenty characters of the alphabet.
        """
        typed = read_characters(fields.text("root_code"), CODE_BITS // BITS, "root code")
        compared = cls(contest=fields.text("contest"), root_code=in_groups(typed))
        fields.done()
        return compared

    def to_json(self) -> JsonObject:
        """Write it as :meth:`parse` reads it."""
        return {"contest": self.contest, "root_code": self.root_code}

    def require(self, root: bytes) -> None:
        """Require that this is the code of the root that the station has computed.

        Raises:
            InputError: it is another.
        """
        own = root_code(root)
        if self.root_code != own:
            raise InputError(
                f"root code of {self.contest}",
                f"this station has {own}, you compared {self.root_code}; nothing was signed",
                "If you did not mistype it, nobody signs: keep the laptop as it is and call the other scrutineers",
            )
