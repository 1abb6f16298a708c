"""Secrets of two scrutineers' pages, searched for in everything that they show, say and write (SPEC §1.4)."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from ballots.card import typed_code
from ballots.qr.credential import encode_credential
from kiosk import scrutineer_files
from kiosk.scrutineer_files import ScrutineerFiles
from kiosk.station_page import key_backup
from tally.cli.system import SystemRng
from tests.canaries.search import Canary, found, secret_bytes, secret_text
from tests.kiosk.station_page.meeting import Meeting, known_cards
from tests.kiosk.station_page.page_hall import PASSPHRASE, Browser, page_hall
from voting_core.errors import SealedError
from voting_core.group import encode_scalar
from voting_core.rng import Rng
from voting_core.secret import Secret

PAGES = ("/", "/ceremony", "/cards", "/log", "/key", "/contests/report", "/contests/report/compare")


class _Kept:
    """Everything that the pages answered, by what was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: dict[str, bytes] = {}
        get, send = Browser.get, Browser.send

        def kept_get(browser: Browser, path: str, **options: Any) -> str:
            text = get(browser, path, **options)
            self._keep(path, text.encode())
            return text

        def kept_send(browser: Browser, path: str, **options: Any) -> Any:
            answer = send(browser, path, **options)
            self._keep(path, answer.content + repr(dict(answer.headers)).encode())
            return answer

        monkeypatch.setattr(Browser, "get", kept_get)
        monkeypatch.setattr(Browser, "send", kept_send)

    def _keep(self, path: str, data: bytes) -> None:
        self.said[f"page {path} {len(self.said)}"] = data


def canaries(meeting: Meeting, directories: list[Path]) -> Iterator[Canary]:
    """The passphrase, the cards, and what the key files hold."""
    yield secret_text("passphrase", "both", PASSPHRASE)
    session = meeting.hall.state.session_id
    for number, card in enumerate(meeting.cards):
        yield secret_bytes("card", f"{number}", card.reveal())
        yield secret_text("card", f"{number} typed", typed_code(card, session).reveal())
        yield secret_text("card", f"{number} QR", encode_credential(card, session).reveal())
    for directory in directories:
        loaded = ScrutineerFiles(directory, Secret(PASSPHRASE), SystemRng()).load()
        assert loaded is not None
        assert loaded.secrets.share is not None
        yield secret_bytes("key", f"{directory.name} signing", loaded.secrets.signing.seed().reveal())
        yield secret_bytes("key", f"{directory.name} witness", loaded.secrets.witness.seed().reveal())
        yield secret_bytes("key", f"{directory.name} share", encode_scalar(loaded.secrets.share.reveal()))


@pytest.fixture
def cheap_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files that are really encrypted, without the cost of Argon2id, which is tested where key files are."""

    def cipher(passphrase: Secret[str]) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(hashlib.sha256(passphrase.reveal().encode()).digest())

    def encrypt(payload: bytes, passphrase: Secret[str], rng: Rng) -> bytes:
        nonce = rng.bytes(12)
        return nonce + cipher(passphrase).encrypt(nonce, payload, None)

    def decrypt(data: bytes, passphrase: Secret[str]) -> Secret[bytes]:
        try:
            return Secret(cipher(passphrase).decrypt(data[:12], data[12:], None))
        except (InvalidTag, ValueError) as error:
            raise SealedError("the passphrase is wrong, or the file was changed") from error

    for module in (scrutineer_files, key_backup):
        monkeypatch.setattr(module, "decrypt_keyfile", decrypt)
    monkeypatch.setattr(scrutineer_files, "encrypt_keyfile", encrypt)


@pytest.mark.usefixtures("cheap_encryption")
def test_no_secret_of_a_scrutineer_or_a_card_is_written_or_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = _Kept(monkeypatch)
    with page_hall(tmp_path) as hall:
        meeting = Meeting(hall, known_cards(monkeypatch))
        meeting.begin()
        meeting.first.refused("/key/test", on="/key", files={"copy": ("c", b"{}")}, passphrase=PASSPHRASE)
        meeting.define()
        meeting.make_cards()
        meeting.attend()
        for browser in hall.browsers:
            for path in PAGES:
                browser.get(path)
        directories = [browser.station.directory for browser in hall.browsers]
        secrets = tuple(canaries(meeting, directories))
        written = {
            f"file {path.relative_to(tmp_path)}": path.read_bytes()
            for directory in directories
            for path in sorted(directory.rglob("*"))
            if path.is_file()
        }
    told = capfd.readouterr()
    everything = {**kept.said, **written, "terminal": (told.out + told.err).encode()}
    assert len(kept.said) > 20
    assert any(place.endswith("cards.public.json") for place in written)
    assert [(canary.kind, canary.name, place) for canary, place in found(secrets, everything)] == []


def test_a_canary_that_sings_is_heard() -> None:
    """The same search finds a passphrase and a key where they are."""
    heard = found((secret_text("passphrase", "x", PASSPHRASE),), {"page": f"<input value={PASSPHRASE}>".encode()})
    assert [place for _, place in heard] == ["page"]
