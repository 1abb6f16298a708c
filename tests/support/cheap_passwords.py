"""Passwords and officials' key files that cost next to nothing.

Argon2id takes a tenth of a second and 64 MiB for each sign-in and each signature, which is its purpose. What it costs
in the product is tested where passwords and key files are; everywhere else tests would only wait for it.
"""

from typing import Final

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from api.accounts import passwords
from voting_core import keyfile
from voting_core.keyfile import KdfCost
from voting_core.secret import Secret

CHEAP: Final = {"_PASSES": 1, "_LANES": 1, "_MEMORY_KIB": 64}


AS_IN_THE_PRODUCT: Final = {name: getattr(passwords, name) for name in (*CHEAP, "_NOBODY")}


def cheap_passwords(patch: pytest.MonkeyPatch) -> None:
    """Make new hashes of passwords cheap. Every hash says its cost, so those of the product can still be checked."""
    for name, value in CHEAP.items():
        patch.setattr(passwords, name, value)
    nobody = Argon2id(salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=64).derive_phc_encoded(b"")
    patch.setattr(passwords, "_NOBODY", nobody)


def passwords_as_in_the_product(patch: pytest.MonkeyPatch) -> None:
    """Undo that for a while."""
    for name, value in AS_IN_THE_PRODUCT.items():
        patch.setattr(passwords, name, value)


def cheap_key_files(patch: pytest.MonkeyPatch) -> None:
    """Make key files cheap. They look as always, but only this process opens them, and it opens no others."""

    def derive(passphrase: Secret[str], salt: bytes, _: KdfCost) -> bytes:
        argon = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=64)
        return argon.derive(keyfile._normal(passphrase).encode("utf-8", "surrogatepass"))

    patch.setattr(keyfile, "_derive", derive)
