"""The secret side of signatures: Ed25519 keys that sign (SPEC §3.6).

Verification is in :mod:`voting_core.signing` and never needs this module.
"""

from typing import NoReturn

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting_core.framing import frames
from voting_core.params import Tag
from voting_core.rng import Rng
from voting_core.secret import Secret

SEED_BYTES = 32


class SigningKey:
    """An Ed25519 private key.

    Its representation shows the public key only; it cannot be pickled or copied. Signing is deterministic (RFC 8032).
    """

    __slots__ = ("_key", "_seed", "public")

    _seed: Secret[bytes]
    public: bytes

    def __init__(self, seed: Secret[bytes]) -> None:
        if len(seed.reveal()) != SEED_BYTES:
            raise ValueError(f"a signing key's seed has {SEED_BYTES} bytes")
        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed.reveal())
        self.public = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls, rng: Rng) -> "SigningKey":
        """Make a new key from 32 random bytes."""
        return cls(Secret(rng.bytes(SEED_BYTES)))

    @classmethod
    def from_seed(cls, seed: Secret[bytes]) -> "SigningKey":
        """Make the key of a 32-byte seed (RFC 8032 §5.1.5)."""
        return cls(seed)

    def seed(self) -> Secret[bytes]:
        """Give the seed, to be kept in a key file."""
        return self._seed

    def sign(self, tag: Tag, message: bytes) -> bytes:
        """Sign a message under a domain tag; 64 bytes (SPEC §3.6)."""
        return self._key.sign(frames(tag.raw, message))

    def sign_raw(self, data: bytes) -> bytes:
        """Sign exactly these bytes. Only for C2SP notes, whose format has its own separation (SPEC §8.6)."""
        return self._key.sign(data)

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public.hex()[:16]}…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a signing key cannot be pickled or copied")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a signing key cannot be pickled or copied")
