"""What a delegate takes away: the service's promise and the receipt (SPEC §7.5, §8.8).

A receipt proves that a ballot was accepted, and nothing about its marks. With it anybody can look the ballot up in the
log; if a sealed log does not hold it, the promise is signed evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ballots.crockford import encode_bits, in_groups
from voting_core.codec import Fields, JsonObject, JsonValue, b64encode, canonical, hex32, parse_canonical
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import Tag
from voting_core.signing import SIGNATURE_BYTES, verify_signature

if TYPE_CHECKING:
    # Verifying code imports this module and shall not import what holds a private key.
    from voting_core.signing_key import SigningKey

MAX_RECEIPT_BYTES: Final = 4_096
CODE_BITS: Final = 100
_MAX_SIZE: Final = 2**53 - 1
_FINGERPRINT: Final = re.compile("(?:[0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The service's signed word that a durable ballot will be in the log.

    `ballot` is the ballot id, `size` and `root` are the last cosigned checkpoint at that moment.
    """

    ballot: bytes
    size: int
    root: bytes
    session: bytes
    signature: bytes

    def to_json(self) -> JsonObject:
        """Give the promise as JSON (SPEC §8.8)."""
        return {**_unsigned(self.ballot, self.size, self.root, self.session), "signature": b64encode(self.signature)}

    def verify(self, service_key: bytes) -> None:
        """Check the service's signature.

        Raises:
            VerificationError: V13.B.
        """
        message = canonical(_unsigned(self.ballot, self.size, self.root, self.session))
        try:
            verify_signature(service_key, Tag.PROMISE, message, self.signature)
        except VerificationError as error:
            problem = f"the promise for ballot {self.ballot.hex()[:16]} is not signed by the service"
            raise VerificationError("V13.B", problem, (self.ballot.hex(),)) from error


def sign_promise(*, ballot: bytes, size: int, root: bytes, session: bytes, service_key: SigningKey) -> Promise:
    """Make the promise for a ballot id that is durable."""
    signature = service_key.sign(Tag.PROMISE, canonical(_unsigned(ballot, size, root, session)))
    return Promise(ballot=ballot, size=size, root=root, session=session, signature=signature)


def parse_promise(value: JsonValue, where: str = "promise") -> Promise:
    """Read a promise. Its signature is not verified yet.

    Raises:
        EncodingError: it is not an object of this form.
    """
    fields = Fields(value, where)
    checkpoint = fields.fields("checkpoint")
    promise = Promise(
        ballot=fields.hex("ballot", 32),
        size=checkpoint.integer("size", 0, _MAX_SIZE),
        root=checkpoint.hex("root", 32),
        session=fields.hex("session", 32),
        signature=fields.b64("signature", SIGNATURE_BYTES),
    )
    checkpoint.done()
    fields.done()
    return promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt as a file: ballot id, session, the fingerprint as text, and the promise where there is one.

    The confirmation code is not kept apart: it is made from the ballot id.
    """

    ballot: bytes
    session: bytes
    fingerprint: str
    promise: Promise | None

    @property
    def code(self) -> str:
        """The confirmation code (SPEC §5.5)."""
        return in_groups(encode_bits(self.ballot, CODE_BITS))

    def to_bytes(self) -> bytes:
        """Give the receipt as canonical JSON."""
        promise: JsonObject = {"promise": self.promise.to_json()} if self.promise else {}
        return canonical(
            {
                "ballot": hex32(self.ballot),
                "code": self.code,
                "fingerprint": self.fingerprint,
                "session": hex32(self.session),
                **promise,
            }
        )


def parse_receipt(data: bytes, where: str = "receipt") -> Receipt:
    """Read a receipt file. The signature of its promise is not verified yet.

    Raises:
        EncodingError: it is not a receipt, its code is not that of its ballot, or its promise is for another ballot.
    """
    fields = Fields(parse_canonical(data, where, MAX_RECEIPT_BYTES), where)
    receipt = Receipt(
        ballot=fields.hex("ballot", 32),
        session=fields.hex("session", 32),
        fingerprint=fields.text("fingerprint", pattern=_FINGERPRINT),
        promise=parse_promise(fields.value("promise"), fields.path("promise")) if fields.has("promise") else None,
    )
    if fields.text("code") != receipt.code:
        raise EncodingError(fields.path("code"), "is not the confirmation code of the ballot")
    if receipt.promise and (receipt.promise.ballot, receipt.promise.session) != (receipt.ballot, receipt.session):
        raise EncodingError(fields.path("promise"), "is for another ballot or session")
    fields.done()
    return receipt


def _unsigned(ballot: bytes, size: int, root: bytes, session: bytes) -> JsonObject:
    checkpoint: JsonObject = {"root": hex32(root), "size": size}
    return {"ballot": hex32(ballot), "checkpoint": checkpoint, "session": hex32(session)}
