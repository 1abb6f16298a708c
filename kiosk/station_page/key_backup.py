"""A copy of the key file on a stick, and the proof that it can be used.

The copy is the key file as it lies on the disk: encrypted. The memory is never copied with it. Which root was signed
for which contest must not become older by restoring, and a restored station learns it from the log.
"""

import hmac
from enum import StrEnum
from pathlib import Path
from typing import Final

from kiosk.durable import make_directory, write_durably
from tally.trustee.keys import TrusteeSecrets
from tally.trustee.memory import new_memory
from voting_core.errors import EncodingError, InputError, SealedError
from voting_core.keyfile import MAX_FILE_BYTES, decrypt_keyfile
from voting_core.secret import Secret

KEY_FILE: Final = "trustee.key.json"
MEMORY_FILE: Final = "memory.json"


class CopyState(StrEnum):
    """What testing a copy found."""

    GOOD = "good"
    """It holds exactly what the key file on this laptop holds."""
    OLD = "old"
    """It opens and is of this scrutineer, but was made at another moment, such as before the key was confirmed."""
    OTHER = "other"
    """It opens, and is of another scrutineer or session."""


def copy_of_key(directory: Path) -> bytes:
    """The encrypted key file.

    Raises:
        InputError: there is none (not yet, or not any more).
    """
    try:
        return (directory / KEY_FILE).read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            "key file", "there is none on this laptop now", "It is made when the session begins, and destroyed after it"
        ) from error


def check_copy(copy: bytes, passphrase: Secret[str], directory: Path) -> CopyState:
    """Open a copy as one would after a loss, and compare it with the key file.

    Raises:
        InputError: it is no key file, was changed, or the passphrase is not its own.
    """
    theirs, ours = _opened(copy, passphrase), _opened(copy_of_key(directory), passphrase)
    if hmac.compare_digest(theirs.to_bytes().reveal(), ours.to_bytes().reveal()):
        return CopyState.GOOD
    same = (theirs.session, theirs.index, theirs.signing.public) == (ours.session, ours.index, ours.signing.public)
    return CopyState.OLD if same else CopyState.OTHER


def restore(copy: bytes, passphrase: Secret[str], directory: Path) -> TrusteeSecrets:
    """Put a copy in the place of a key file that is lost with its laptop; gives whose it is.

    The memory begins anew: what was signed is learnt from the log that the station replays before it signs anything.
    The memory of the lost laptop must not be used again beside it.

    Raises:
        InputError: it is no key file, the passphrase is wrong, or this laptop has a key or a memory already.
    """
    for name in (KEY_FILE, MEMORY_FILE):
        if (directory / name).exists():
            raise InputError(
                "key file", "this laptop has the files of a scrutineer already", "Use another directory, with --dir"
            )
    secrets = _opened(copy, passphrase)
    make_directory(directory)
    write_durably(directory / MEMORY_FILE, new_memory(secrets).to_bytes())
    write_durably(directory / KEY_FILE, copy)
    return secrets


def _opened(data: bytes, passphrase: Secret[str]) -> TrusteeSecrets:
    if len(data) > MAX_FILE_BYTES:
        raise InputError("key file", "this file is too large for a key file", "Choose the copy on your stick")
    try:
        return TrusteeSecrets.from_bytes(decrypt_keyfile(data, passphrase))
    except SealedError as error:
        raise InputError("key file", "the passphrase is wrong, or the file was changed", "Type it again") from error
    except EncodingError as error:
        raise InputError("key file", f"this is no key file ({error})", "Choose the copy on your stick") from error
