"""A scrutineer's files: the key file under a passphrase, and the memory of what was signed.

They lie in one directory of the scrutineer's own laptop. The memory is kept in a file of its own, so that bringing
back an old key file does not bring back an old memory; and both are durable before anything made with them is sent.
"""

from dataclasses import dataclass
from pathlib import Path

from kiosk.durable import erase, make_directory, write_durably
from tally.trustee.keys import TrusteeSecrets, new_trustee
from tally.trustee.memory import TrusteeMemory, new_memory
from voting_core.errors import EncodingError, InputError, SealedError
from voting_core.keyfile import decrypt_keyfile, encrypt_keyfile
from voting_core.rng import Rng
from voting_core.secret import Secret


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the files hold."""

    secrets: TrusteeSecrets
    memory: TrusteeMemory


class ScrutineerFiles:
    """The files in one directory."""

    def __init__(self, directory: Path, passphrase: Secret[str], rng: Rng) -> None:
        make_directory(directory)
        self._keys = directory / "trustee.key.json"
        self._memory = directory / "memory.json"
        self._passphrase = passphrase
        self._rng = rng

    def load(self) -> Loaded | None:
        """Read both files; None when this scrutineer has none yet.

        Raises:
            InputError: wrong passphrase, damaged, or one of the two files is missing.
        """
        for path in (self._keys, self._memory):
            _erase_left_over(path)
        if not self._keys.exists() and not self._memory.exists():
            return None
        for path in (self._keys, self._memory):
            if not path.exists():
                raise InputError(
                    str(path),
                    "this file is missing beside the other one of this scrutineer",
                    "Restore it; never begin a new one",
                )
        try:
            payload = decrypt_keyfile(self._keys.read_bytes(), self._passphrase)
            return Loaded(TrusteeSecrets.from_bytes(payload), TrusteeMemory.from_bytes(self._memory.read_bytes()))
        except SealedError as error:
            raise InputError(
                str(self._keys), "the passphrase is wrong, or the file was changed", "Type it again"
            ) from error
        except EncodingError as error:
            raise InputError(
                str(self._keys.parent), f"the scrutineer's files are damaged ({error})", "Restore them"
            ) from error

    def create(self, session: bytes, index: int, name: str) -> Loaded:
        """Make the files of a new scrutineer."""
        secrets = new_trustee(session, index, name, self._rng)
        made = Loaded(secrets, new_memory(secrets))
        self.store_memory(made.memory)
        self.store_secrets(made.secrets)
        return made

    def store_secrets(self, secrets: TrusteeSecrets) -> None:
        """Put the secrets in place of the old ones, durably; those are overwritten."""
        _replace(self._keys, encrypt_keyfile(secrets.to_bytes().reveal(), self._passphrase, self._rng))

    def store_memory(self, memory: TrusteeMemory) -> None:
        """Put the memory in place of the old one, durably; that is overwritten: it may hold shares."""
        _replace(self._memory, memory.to_bytes())

    def destroy(self) -> None:
        """Overwrite and remove the key file. The memory stays: it decrypts nothing but totals that were counted."""
        _erase_left_over(self._keys)
        erase(self._keys)


def _replace(path: Path, data: bytes) -> None:
    """Put data in place of a file, durably, and overwrite the old one."""
    _erase_left_over(path)
    old = _old(path)
    if path.exists():
        old.hardlink_to(path)
    write_durably(path, data)
    erase(old)


def _erase_left_over(path: Path) -> None:
    """Overwrite what a crash left of an older file: sealing keys and shares live in it that are long erased."""
    old = _old(path)
    if path.exists() and old.exists() and old.samefile(path):
        # The crash came before the new file: this is a second name of the one that is still needed.
        old.unlink()
    erase(old)
    erase(path.with_name(path.name + ".new"))


def _old(path: Path) -> Path:
    return path.with_suffix(".old")
