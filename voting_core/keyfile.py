"""Private keys in a file, under a passphrase: Argon2id and ChaCha20-Poly1305 (RFC 9106, RFC 8439).

A key file is JSON for people to look at::

    {
      "about": "what this file is, in one sentence",
      "box": "base64url of the encrypted payload and its tag of 16 bytes",
      "cipher": {"name": "chacha20-poly1305", "nonce": "24 hexadecimal digits"},
      "format": "plenum-keyfile",
      "kdf": {"lanes": 4, "memory_kib": 65536, "name": "argon2id", "passes": 3, "salt": "32 hexadecimal digits"},
      "version": 1
    }

The key is Argon2id of the passphrase (NFC, UTF-8). Everything but the box, as canonical JSON, is authenticated with
it. Layout and line ends may change, nothing else may.

The cost is written in the file so that it can grow. It has a floor, because a cheap file is a weak one, and a ceiling,
because a strange file must not take all memory. What the payload means is for its owner to know.
"""

import json
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from voting_core.codec import Fields, JsonObject, b64encode, canonical, parse_json
from voting_core.errors import InputError, SealedError
from voting_core.rng import Rng
from voting_core.secret import Secret

FORMAT: Final = "plenum-keyfile"
VERSION: Final = 1
MAX_PAYLOAD_BYTES: Final = 65_536
MAX_FILE_BYTES: Final = 131_072
MIN_PASSPHRASE: Final = 8
"""Characters. It keeps the worst away; a good passphrase is a matter of advice, not of counting."""

MIN_MEMORY_KIB: Final = 65_536
MAX_MEMORY_KIB: Final = 1_048_576
MIN_PASSES: Final = 3
MAX_PASSES: Final = 16
MAX_LANES: Final = 8

_ABOUT: Final = "A private key of Plenum. It opens with the passphrase of its owner and with nothing else."
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class KdfCost:
    """The cost of Argon2id: memory in KiB, passes over it, and lanes. A cost below the floor cannot be made."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        """Refuse costs that no key file has."""
        if not (
            MIN_MEMORY_KIB <= self.memory_kib <= MAX_MEMORY_KIB
            and MIN_PASSES <= self.passes <= MAX_PASSES
            and 1 <= self.lanes <= MAX_LANES
        ):
            raise ValueError("the cost of a key file is out of bounds")


DEFAULT_COST: Final = KdfCost(memory_kib=65_536, passes=3, lanes=4)
"""The second recommended option of RFC 9106 §4, 64 MiB; a fraction of a second on a laptop."""


def encrypt_keyfile(payload: bytes, passphrase: Secret[str], rng: Rng, cost: KdfCost = DEFAULT_COST) -> bytes:
    """Write a payload as a key file.

    Raises:
        InputError: the passphrase is too short.
    """
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise ValueError(f"a key file holds at most {MAX_PAYLOAD_BYTES} bytes")
    if len(_normal(passphrase)) < MIN_PASSPHRASE:
        problem = f"it has fewer than {MIN_PASSPHRASE} characters"
        raise InputError("passphrase", problem, "Choose a longer one, for example four words that nobody would guess")
    salt, nonce = rng.bytes(_SALT_BYTES), rng.bytes(_NONCE_BYTES)
    header = _header(cost, salt, nonce, _ABOUT)
    box = ChaCha20Poly1305(_derive(passphrase, salt, cost)).encrypt(nonce, payload, canonical(header))
    return (json.dumps({**header, "box": b64encode(box)}, indent=2, sort_keys=True) + "\n").encode("ascii")


def decrypt_keyfile(data: bytes, passphrase: Secret[str]) -> Secret[bytes]:
    """Open a key file and give its payload.

    Raises:
        EncodingError: it is not a key file, or of a version or cost that this program does not take.
        SealedError: the passphrase is wrong, or the file was changed; the two look the same.
    """
    fields = Fields(parse_json(data, "key file", MAX_FILE_BYTES), "key file")
    fields.choice("format", (FORMAT,))
    fields.integer("version", VERSION, VERSION)
    about = fields.text("about")
    cost, salt = _read_kdf(fields.fields("kdf"))
    cipher = fields.fields("cipher")
    cipher.choice("name", ("chacha20-poly1305",))
    nonce = cipher.hex("nonce", _NONCE_BYTES)
    cipher.done()
    box = fields.b64("box", None)
    fields.done()
    header = canonical(_header(cost, salt, nonce, about))
    try:
        return Secret(ChaCha20Poly1305(_derive(passphrase, salt, cost)).decrypt(nonce, box, header))
    except InvalidTag:
        message = "the key file does not open: the passphrase is wrong, or the file was changed"
        raise SealedError(message) from None


def _read_kdf(fields: Fields) -> tuple[KdfCost, bytes]:
    fields.choice("name", ("argon2id",))
    cost = KdfCost(
        memory_kib=fields.integer("memory_kib", MIN_MEMORY_KIB, MAX_MEMORY_KIB),
        passes=fields.integer("passes", MIN_PASSES, MAX_PASSES),
        lanes=fields.integer("lanes", 1, MAX_LANES),
    )
    salt = fields.hex("salt", _SALT_BYTES)
    fields.done()
    return cost, salt


def _header(cost: KdfCost, salt: bytes, nonce: bytes, about: str) -> JsonObject:
    return {
        "about": about,
        "cipher": {"name": "chacha20-poly1305", "nonce": nonce.hex()},
        "format": FORMAT,
        "kdf": {
            "lanes": cost.lanes,
            "memory_kib": cost.memory_kib,
            "name": "argon2id",
            "passes": cost.passes,
            "salt": salt.hex(),
        },
        "version": VERSION,
    }


def _derive(passphrase: Secret[str], salt: bytes, cost: KdfCost) -> bytes:
    argon2id = Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return argon2id.derive(_normal(passphrase).encode("utf-8", "surrogatepass"))


def _normal(passphrase: Secret[str]) -> str:
    # Keyboards differ in how they compose the same letter; the same passphrase must open the file on all of them.
    return unicodedata.normalize("NFC", passphrase.reveal())
