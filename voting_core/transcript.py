"""The Fiat-Shamir transcript (SPEC §3.4).

A transcript hashes everything that was said, in order, each part with its length. The statement comes first; then
each message before the challenge that answers it. A challenge becomes part of what follows.
"""

import hashlib

from voting_core.errors import EncodingError
from voting_core.framing import frame, frames
from voting_core.group import encode_scalar
from voting_core.hash_to_group import hash_to_scalar
from voting_core.params import Tag

_RESERVED = frozenset({"challenge", "seed"})


class Transcript:
    """A running SHA-512 over labelled, framed parts. It is used once and not shared."""

    __slots__ = ("_hash",)

    def __init__(self, tag: Tag) -> None:
        self._hash = hashlib.sha512(frame(tag.raw))

    def absorb(self, label: str, data: bytes) -> None:
        """Append a labelled part. The labels ``challenge`` and ``seed`` are the transcript's own."""
        if label in _RESERVED:
            raise ValueError(f"the label {label} is reserved")
        self._hash.update(frames(label.encode("ascii"), data))

    def challenge(self, label: str) -> int:
        """Give a non-zero scalar that depends on everything so far, and append it.

        Raises:
            EncodingError: the challenge is 0, which no honest transcript meets.
        """
        self._hash.update(frames(b"challenge", label.encode("ascii")))
        scalar = hash_to_scalar(self._hash.digest(), Tag.TRANSCRIPT_SCALAR.raw)
        if scalar == 0:
            raise EncodingError("transcript", f"the challenge {label} is 0")
        self._hash.update(frame(encode_scalar(scalar)))
        return scalar

    def seed(self, label: str) -> bytes:
        """Give 64 bytes that depend on everything so far, and append them."""
        self._hash.update(frames(b"seed", label.encode("ascii")))
        digest = self._hash.digest()
        self._hash.update(frame(digest))
        return digest
