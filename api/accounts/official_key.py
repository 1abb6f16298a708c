"""An official's signing key, sealed under the official's own password.

It is opened for one signature and forgotten. Whoever copies the database gets a key file that costs Argon2id for each
guess; whoever runs the server could read passwords as they are typed, which docs/security/trust.md says.
"""

from api.errors import SaidError
from ballots.screen.words import Said
from voting_core.errors import SealedError
from voting_core.keyfile import decrypt_keyfile, encrypt_keyfile
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

WRONG_PASSWORD = Said("密码不对，没有签名", "The password is wrong; nothing was signed")


def new_sealed_key(password: Secret[str], rng: Rng) -> tuple[bytes, bytes]:
    """A new key: its public half, and the key file with its secret."""
    key = SigningKey.generate(rng)
    return key.public, encrypt_keyfile(key.seed().reveal(), password, rng)


def open_key(sealed: bytes, password: Secret[str]) -> SigningKey:
    """Open a key for one signature.

    Raises:
        SaidError: the password is wrong.
    """
    try:
        return SigningKey.from_seed(decrypt_keyfile(sealed, password))
    except SealedError:
        raise SaidError(WRONG_PASSWORD) from None


def resealed(sealed: bytes, old: Secret[str], new: Secret[str], rng: Rng) -> bytes:
    """The same key under a new password.

    Raises:
        SaidError: the old password is wrong.
    """
    return encrypt_keyfile(open_key(sealed, old).seed().reveal(), new, rng)
