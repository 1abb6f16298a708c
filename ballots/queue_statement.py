"""What a kiosk says of its queue while a contest is paused: how many ballots wait there for the server (SPEC §8.9).

A number and nothing else: no ballot, no card, no time. The kiosk signs it over the log that ends with the pause, so
that what it said in an earlier pause says nothing about this one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from voting_core.codec import MAX_INTEGER, Fields, JsonObject, b64encode, canonical, hex32, parse_canonical
from voting_core.params import MAX_CHALLENGES, MAX_CREDENTIALS, Tag
from voting_core.signing import SIGNATURE_BYTES, verify_signature

if TYPE_CHECKING:
    # Verifying code imports this module and shall not import what holds a private key.
    from voting_core.signing_key import SigningKey

MAX_STATEMENT_BYTES: Final = 2_000
"""A statement has about 500 bytes; only the id of the contest and the numbers vary in length."""

MAX_WAITING: Final = (2 + MAX_CHALLENGES) * MAX_CREDENTIALS
"""A ballot, its tests and a note of assistance for every card of a list: more cannot wait at one kiosk."""

_ID_CHARACTERS: Final = 32
"""Of a contest's id at most (SPEC §4.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStatement:
    """`waiting` ballots of `contest` wait at a kiosk (its key); `size`, `root`: the log that ends with the pause."""

    contest: str
    kiosk: bytes
    root: bytes
    session: bytes
    size: int
    waiting: int
    signature: bytes

    def to_bytes(self) -> bytes:
        """Give the statement as canonical JSON."""
        return canonical({**_unsigned(self), "signature": b64encode(self.signature)})

    def verify(self) -> None:
        """Check the kiosk's signature.

        Raises:
            VerificationError: V4.A.
        """
        verify_signature(self.kiosk, Tag.QUEUE, canonical(_unsigned(self)), self.signature)


def sign_queue(
    *, contest: str, root: bytes, session: bytes, size: int, waiting: int, kiosk_key: SigningKey
) -> QueueStatement:
    """Make the statement of a kiosk."""
    bare = QueueStatement(
        contest=contest,
        kiosk=kiosk_key.public,
        root=root,
        session=session,
        size=size,
        waiting=waiting,
        signature=bytes(SIGNATURE_BYTES),
    )
    return replace(bare, signature=kiosk_key.sign(Tag.QUEUE, canonical(_unsigned(bare))))


def parse_queue_statement(data: bytes, where: str = "queue statement") -> QueueStatement:
    """Read a statement. Its signature is not verified yet.

    Raises:
        EncodingError: it is not of this form.
    """
    fields = Fields(parse_canonical(data, where, MAX_STATEMENT_BYTES), where)
    statement = QueueStatement(
        contest=fields.text("contest", max=_ID_CHARACTERS),
        kiosk=fields.hex("kiosk", 32),
        root=fields.hex("root", 32),
        session=fields.hex("session", 32),
        size=fields.integer("size", 0, MAX_INTEGER),
        waiting=fields.integer("waiting", 0, MAX_WAITING),
        signature=fields.b64("signature", SIGNATURE_BYTES),
    )
    fields.done()
    return statement


def _unsigned(statement: QueueStatement) -> JsonObject:
    return {
        "contest": statement.contest,
        "kiosk": hex32(statement.kiosk),
        "root": hex32(statement.root),
        "session": hex32(statement.session),
        "size": statement.size,
        "waiting": statement.waiting,
    }
