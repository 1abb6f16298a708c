"""Passwords of accounts: Argon2id in PHC form (RFC 9106 §4, second recommended option)."""

import unicodedata
from typing import Final

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from api.errors import SaidError
from ballots.screen.words import Said
from voting_core.rng import Rng
from voting_core.secret import Secret

MIN_LENGTH: Final = 10
"""Characters. Five failures lock the account, and the second factor stands beside it: guessing is hopeless."""

MAX_LENGTH: Final = 200
"""Characters; longer ones only cost time."""

_PASSES: Final = 3
_LANES: Final = 4
_MEMORY_KIB: Final = 65_536
_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32
_COMMON: Final = ("password", "12345678", "qwertyui", "88888888", "66666666", "abc12345", "plenum")
"""Beginnings that everybody tries first."""


def check_new_password(password: Secret[str], account: str) -> None:
    """Refuse a password that is too short, too long or the first that anybody would try.

    Raises:
        SaidError: it is.
    """
    text = password.reveal()
    if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
        raise SaidError(
            Said(
                f"密码须为 {MIN_LENGTH} 至 {MAX_LENGTH} 个字符，例如四个不相干的词",
                f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters, for example four unrelated words",
            )
        )
    plain = text.lower()
    if len(set(plain)) < 5 or plain.startswith((account.lower(), *_COMMON)):
        raise SaidError(Said("这个密码太容易猜到，请换一个", "Anybody would guess this password; choose another one"))


def hash_password(password: Secret[str], rng: Rng) -> str:
    """The hash of a password, with its own salt and cost."""
    argon = Argon2id(
        salt=rng.bytes(_SALT_BYTES), length=_HASH_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    return argon.derive_phc_encoded(_normal(password))


def is_password(password: Secret[str], stored: str) -> bool:
    """Whether a password is the one whose hash is stored. An empty hash is nobody's."""
    try:
        Argon2id.verify_phc_encoded(_normal(password), stored or _NOBODY)
    except InvalidKey:
        return False
    return bool(stored)


def _normal(password: Secret[str]) -> bytes:
    # Keyboards differ in how they compose the same letter.
    return unicodedata.normalize("NFC", password.reveal()[:MAX_LENGTH]).encode("utf-8", "surrogatepass")


_NOBODY: Final = Argon2id(
    salt=bytes(_SALT_BYTES), length=_HASH_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
).derive_phc_encoded(b"")
"""Compared with when there is no such account, so that answers take the same time."""
