"""What a scrutineer's key file holds (SPEC §6).

* A :class:`TrusteeSecrets` never changes; every act gives a new one, to be stored before what it made is sent.
* Deal secrets live for one attempt: once the key is confirmed, :func:`tally.trustee.dealing.finish` leaves the share.
* :meth:`TrusteeSecrets.to_bytes` is the payload for a key file under a passphrase, never a file by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tally.entries.ceremony import TrusteeJoined
from voting_core.codec import Fields, JsonValue, canonical, parse_canonical
from voting_core.errors import EncodingError
from voting_core.group import decode_scalar, encode_scalar
from voting_core.params import MAX_TEXT, MAX_TRUSTEES
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

FORMAT: Final = "plenum-trustee-1"
MAX_BYTES: Final = 16_384
"""Fifteen coefficients with commitments and proof take 3 kB."""

_WHERE: Final = "trustee secrets"


@dataclass(frozen=True, slots=True, kw_only=True)
class DealSecrets:
    """One attempt: private sealing key, polynomial, and the deal it leads to (public from the reveal on)."""

    attempt: int
    sealing: Secret[bytes]
    polynomial: Secret[tuple[int, ...]]
    commitments: bytes
    proof: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeSecrets:
    """The keys of one trustee in one session. `deal` is there during the ceremony, `share` after it."""

    session: bytes
    index: int
    name: str
    signing: SigningKey
    witness: SigningKey
    deal: DealSecrets | None = None
    share: Secret[int] | None = None

    def joined(self) -> TrusteeJoined:
        """The body of `trustee.joined`, which the trustee and two officials sign."""
        return TrusteeJoined(
            index=self.index, name=self.name, signing_key=self.signing.public, witness_key=self.witness.public
        )

    def to_bytes(self) -> Secret[bytes]:
        """Write the payload of the key file."""
        value: dict[str, JsonValue] = {
            "format": FORMAT,
            "index": self.index,
            "name": self.name,
            "session": self.session.hex(),
            "signing_seed": self.signing.seed().reveal().hex(),
            "witness_seed": self.witness.seed().reveal().hex(),
        }
        if self.deal is not None:
            value["deal"] = {
                "attempt": self.deal.attempt,
                "commitments": self.deal.commitments.hex(),
                "polynomial": [encode_scalar(part).hex() for part in self.deal.polynomial.reveal()],
                "proof": self.deal.proof.hex(),
                "sealing": self.deal.sealing.reveal().hex(),
            }
        if self.share is not None:
            value["share"] = encode_scalar(self.share.reveal()).hex()
        return Secret(canonical(value))

    @classmethod
    def from_bytes(cls, payload: Secret[bytes]) -> TrusteeSecrets:
        """Read the payload of a key file.

        Raises:
            EncodingError: not such a payload; the message holds no part of it.
        """
        fields = Fields(parse_canonical(payload.reveal(), _WHERE, MAX_BYTES), _WHERE)
        fields.choice("format", (FORMAT,))
        secrets = cls(
            session=fields.hex("session", 32),
            index=fields.integer("index", 1, MAX_TRUSTEES),
            name=fields.text("name", max=MAX_TEXT),
            signing=SigningKey.from_seed(Secret(fields.hex("signing_seed", 32))),
            witness=SigningKey.from_seed(Secret(fields.hex("witness_seed", 32))),
            deal=_read_deal(fields.fields("deal")) if fields.has("deal") else None,
            share=_read_share(fields) if fields.has("share") else None,
        )
        fields.done()
        return secrets


def new_trustee(session: bytes, index: int, name: str, rng: Rng) -> TrusteeSecrets:
    """Make the long-term keys of a trustee of this session."""
    signing, witness = SigningKey.generate(rng), SigningKey.generate(rng)
    return TrusteeSecrets(session=session, index=index, name=name, signing=signing, witness=witness)


def _read_deal(fields: Fields) -> DealSecrets:
    rows = fields.array("polynomial", max=MAX_TRUSTEES)
    deal = DealSecrets(
        attempt=fields.integer("attempt", 1, 2**31),
        sealing=Secret(fields.hex("sealing", 32)),
        polynomial=Secret(tuple(_scalar(row) for row in rows)),
        commitments=fields.hex("commitments", 32 * len(rows)),
        proof=fields.hex("proof", 64),
    )
    fields.done()
    return deal


def _read_share(fields: Fields) -> Secret[int]:
    return Secret(_scalar(fields.value("share")))


def _scalar(value: JsonValue) -> int:
    # The errors of the codec show lengths, never digits, so that a damaged key file leaks nothing to the screen.
    if not isinstance(value, str):
        raise EncodingError(_WHERE, "holds a scalar that is not text")
    try:
        return decode_scalar(bytes.fromhex(value), _WHERE)
    except ValueError:
        raise EncodingError(_WHERE, "holds a scalar that is not hexadecimal") from None
