from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import scrutineer_files
from tests.api.hall import Hall, running_hall
from tests.kiosk.booth import Booth, world_booth
from voting_core.errors import SealedError
from voting_core.secret import Secret


@pytest.fixture
def quick_key_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files without the cost of Argon2id, which is tested where key files are."""

    def encrypt(payload: bytes, passphrase: Secret[str], _: object) -> bytes:
        return passphrase.reveal().encode() + b"\n" + payload

    def decrypt(data: bytes, passphrase: Secret[str]) -> Secret[bytes]:
        start, _, payload = data.partition(b"\n")
        if start != passphrase.reveal().encode():
            raise SealedError("the passphrase is wrong, or the file was changed")
        return Secret(payload)

    monkeypatch.setattr(scrutineer_files, "encrypt_keyfile", encrypt)
    monkeypatch.setattr(scrutineer_files, "decrypt_keyfile", decrypt)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A server with an open contest and one registered kiosk."""
    with running_hall(tmp_path / "data", simulated=True) as started:
        started.vote()
        yield started


@pytest.fixture
def booth(hall: Hall, tmp_path: Path) -> Booth:
    """The registered kiosk, having followed the log."""
    made = world_booth(hall, tmp_path / "kiosk")
    made.round()
    return made
