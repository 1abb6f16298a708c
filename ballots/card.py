"""The secret on a credential card, the keys it gives, and the code that is typed without a camera (SPEC §7.1, §7.3).

A card holds 16 bytes. From them and the session id comes one signing key for each contest slot, so that votes in two
contests cannot be linked, and a card of another session is of no use.

The typed code ends in a check of 20 bits: a slip of the finger is noticed before a wrong credential is looked up, and
is told apart from a card of another session.
"""

from typing import Final, TypeAlias

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ballots.crockford import BITS, decode_bits, encode_bits, in_groups, read_characters
from voting_core.errors import InputError
from voting_core.framing import digest, frames, u64
from voting_core.params import MAX_SLOTS, Tag
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SEED_BYTES, SigningKey

CardSecret: TypeAlias = Secret[bytes]

SECRET_BYTES: Final = 16
_SECRET_CHARACTERS: Final = 26
_TAG_CHARACTERS: Final = 2
_CHECK_CHARACTERS: Final = 4
CODE_CHARACTERS: Final = _SECRET_CHARACTERS + _TAG_CHARACTERS + _CHECK_CHARACTERS
"""Characters of a typed code, without hyphens."""
_PLACE: Final = "card code"


def new_card_secret(rng: Rng) -> CardSecret:
    """Make the secret of a new card."""
    return Secret(rng.bytes(SECRET_BYTES))


def credential_key(secret: CardSecret, session: bytes, slot: int) -> SigningKey:
    """Give the signing key of a card for the contest in this slot (SPEC §7.1)."""
    if len(secret.reveal()) != SECRET_BYTES or not 0 <= slot < MAX_SLOTS:
        raise ValueError(f"a card has {SECRET_BYTES} bytes and slots 0 to {MAX_SLOTS - 1}")
    hkdf = HKDF(algorithm=SHA256(), length=SEED_BYTES, salt=session, info=frames(Tag.CREDENTIAL.raw, u64(slot)))
    return SigningKey.from_seed(Secret(hkdf.derive(secret.reveal())))


def typed_code(secret: CardSecret, session: bytes) -> Secret[str]:
    """Give the code that is printed on a card: eight groups of four characters (SPEC §7.3)."""
    if len(secret.reveal()) != SECRET_BYTES:
        raise ValueError(f"a card has {SECRET_BYTES} bytes")
    characters = encode_bits(secret.reveal(), _SECRET_CHARACTERS * BITS)
    tag = _tag(session)
    return Secret(in_groups(characters + tag + _check(secret.reveal(), tag)))


def parse_typed_code(text: str, session: bytes) -> CardSecret:
    """Read a card's code as it is typed.

    Raises:
        InputError: it has another length, a character that no code contains, a slip, or is of another session's card.
    """
    characters = read_characters(text, CODE_CHARACTERS, _PLACE)
    secret = decode_bits(characters[:_SECRET_CHARACTERS], SECRET_BYTES)
    tag = characters[_SECRET_CHARACTERS:-_CHECK_CHARACTERS]
    if secret is None or _check(secret, tag) != characters[-_CHECK_CHARACTERS:]:
        raise InputError(_PLACE, "it was mistyped", "Compare it with the card, group by group, and type it again")
    if tag != _tag(session):
        raise InputError(
            _PLACE, "it is of a card of another session", "Use a card that was handed out for this session"
        )
    return Secret(secret)


def _tag(session: bytes) -> str:
    return encode_bits(session, _TAG_CHARACTERS * BITS)


def _check(secret: bytes, tag: str) -> str:
    return encode_bits(digest(Tag.CARD_CHECK, secret, tag.encode("ascii")), _CHECK_CHARACTERS * BITS)
