"""Key files: what they look like, what opens them, and what they must not be able to do."""

import base64
import json
import unicodedata

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError, InputError, SealedError
from voting_core.keyfile import DEFAULT_COST, KdfCost, decrypt_keyfile, encrypt_keyfile
from voting_core.secret import Secret

PAYLOAD = b"a private share and two signing keys"
PASSPHRASE = "Zelený čaj, 四个词"
FILE = encrypt_keyfile(PAYLOAD, Secret(PASSPHRASE), SeededRng("keyfile"))
VALUE = json.loads(FILE)


def changed(path: str, value: object) -> bytes:
    """The file with one field changed; path names it as in kdf.salt."""
    copy = json.loads(FILE)
    *parents, last = path.split(".")
    place = copy
    for parent in parents:
        place = place[parent]
    place[last] = value
    return json.dumps(copy).encode()


def test_it_opens_with_its_passphrase() -> None:
    opened = decrypt_keyfile(FILE, Secret(PASSPHRASE))
    assert opened.reveal() == PAYLOAD
    assert repr(opened) == "<redacted>"


def test_it_says_what_it_is_and_hides_what_it_holds() -> None:
    assert list(VALUE) == ["about", "box", "cipher", "format", "kdf", "version"]
    assert VALUE["kdf"] == {
        "lanes": 4,
        "memory_kib": 65536,
        "name": "argon2id",
        "passes": 3,
        "salt": VALUE["kdf"]["salt"],
    }
    assert FILE.endswith(b"}\n")
    assert PAYLOAD not in FILE
    assert base64.b64encode(PAYLOAD)[:20] not in FILE
    assert len(base64.urlsafe_b64decode(VALUE["box"] + "==")) == len(PAYLOAD) + 16


def test_it_is_what_its_description_says() -> None:
    """Opened from the description alone, with the two primitives."""
    kdf = VALUE["kdf"]
    argon2id = Argon2id(salt=bytes.fromhex(kdf["salt"]), length=32, iterations=3, lanes=4, memory_cost=65536)
    key = argon2id.derive(PASSPHRASE.encode())
    header = {key: value for key, value in VALUE.items() if key != "box"}
    aad = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    box = base64.urlsafe_b64decode(VALUE["box"] + "==")
    assert ChaCha20Poly1305(key).decrypt(bytes.fromhex(VALUE["cipher"]["nonce"]), box, aad) == PAYLOAD


def test_layout_and_the_form_of_letters_do_not_matter() -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    spaced = json.dumps(dict(reversed(VALUE.items())), indent=7).encode() + b"\r\n\r\n"
    assert decrypt_keyfile(spaced, Secret(decomposed)).reveal() == PAYLOAD


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [
        (FILE, PASSPHRASE + " "),
        (FILE, ""),
        (FILE, "\ud800" * 9),
        (changed("kdf.salt", "00" * 16), PASSPHRASE),
        (changed("kdf.lanes", 3), PASSPHRASE),
        (changed("cipher.nonce", "00" * 12), PASSPHRASE),
        (changed("about", "This is the key of trustee 2."), PASSPHRASE),
        (changed("box", "AAAA"), PASSPHRASE),
        (changed("box", VALUE["box"][:-4] + "AAAA"), PASSPHRASE),
    ],
)
def test_a_wrong_passphrase_and_a_changed_file_look_the_same(data: bytes, passphrase: str) -> None:
    with pytest.raises(SealedError) as refused:
        decrypt_keyfile(data, Secret(passphrase))
    assert str(refused.value) == "the key file does not open: the passphrase is wrong, or the file was changed"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "key file"),
        (b"[]", "key file"),
        (b"not a key file", "key file"),
        (FILE[:-3], "key file"),
        (FILE + FILE, "key file"),
        (b'{"version":1,' + FILE[1:], "twice"),
        (b" " * 200_000, "bytes"),
        (b"[" * 100_000, "deep"),
        (changed("format", "plenum-record"), "format"),
        (changed("version", 2), "version"),
        (changed("version", True), "version"),
        (changed("about", 5), "about"),
        (changed("comment", "x"), "comment"),
        (changed("kdf", {}), "kdf"),
        (changed("kdf.name", "argon2i"), "kdf.name"),
        (changed("kdf.name", "scrypt"), "kdf.name"),
        (changed("kdf.salt", "00"), "kdf.salt"),
        (changed("kdf.pepper", 1), "pepper"),
        (changed("cipher.name", "none"), "cipher.name"),
        (changed("cipher.nonce", ""), "cipher.nonce"),
        (changed("box", "!"), "box"),
        (changed("kdf.memory_kib", 65_535), "kdf.memory_kib"),
        (changed("kdf.memory_kib", 8), "kdf.memory_kib"),
        (changed("kdf.memory_kib", 64 * 2**20), "kdf.memory_kib"),
        (changed("kdf.memory_kib", 1.5), "integer"),
        (changed("kdf.passes", 2), "kdf.passes"),
        (changed("kdf.passes", 2**32), "kdf.passes"),
        (changed("kdf.lanes", 0), "kdf.lanes"),
        (changed("kdf.lanes", 1000), "kdf.lanes"),
    ],
)
def test_what_is_no_key_file_is_refused_before_any_work(
    data: bytes, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that asks for 64 GiB, or for next to nothing, is not even tried."""
    monkeypatch.setattr("voting_core.keyfile.Argon2id", None)
    with pytest.raises(EncodingError, match=named):
        decrypt_keyfile(data, Secret(PASSPHRASE))


@pytest.mark.parametrize("passphrase", ["", "seven77", "四个词"])
def test_short_passphrases(passphrase: str) -> None:
    with pytest.raises(InputError, match="fewer than 8"):
        encrypt_keyfile(PAYLOAD, Secret(passphrase), SeededRng("x"))


@pytest.mark.parametrize("cost", [(65_535, 3, 4), (65_536, 2, 4), (65_536, 3, 0), (2**20 + 1, 3, 4), (65_536, 17, 4)])
def test_there_is_no_weak_cost_to_choose(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        KdfCost(*cost)
    assert KdfCost(65_536, 3, 4) == DEFAULT_COST


def test_a_higher_cost_is_in_the_file() -> None:
    data = encrypt_keyfile(b"", Secret(PASSPHRASE), SeededRng("y"), KdfCost(65_536, 4, 2))
    assert json.loads(data)["kdf"]["passes"] == 4
    assert decrypt_keyfile(data, Secret(PASSPHRASE)).reveal() == b""


def test_large_payloads() -> None:
    with pytest.raises(ValueError, match="at most"):
        encrypt_keyfile(bytes(65_537), Secret(PASSPHRASE), SeededRng("z"))


def test_two_files_of_one_key_differ() -> None:
    rng = SeededRng("two")
    first, second = (encrypt_keyfile(PAYLOAD, Secret(PASSPHRASE), rng) for _ in range(2))
    assert json.loads(first)["kdf"]["salt"] != json.loads(second)["kdf"]["salt"]
    assert json.loads(first)["cipher"]["nonce"] != json.loads(second)["cipher"]["nonce"]
    assert json.loads(first)["box"] != json.loads(second)["box"]
