import json
import pickle

import pytest

from tally.trustee.keys import TrusteeSecrets, new_trustee
from tests.support.seeded_rng import SeededRng
from tests.tally.trustee.hall import hall
from voting_core.errors import EncodingError
from voting_core.secret import Secret

SESSION = b"\7" * 32


def secrets_of(stage: str) -> TrusteeSecrets:
    return hall(stage).secrets[2]


def test_a_new_trustee_has_two_keys_of_its_own() -> None:
    secrets = new_trustee(SESSION, 3, "何志刚", SeededRng(1))
    joined = secrets.joined()
    assert (joined.index, joined.name) == (3, "何志刚")
    assert joined.signing_key == secrets.signing.public != joined.witness_key
    assert new_trustee(SESSION, 3, "何志刚", SeededRng(2)).signing.public != secrets.signing.public


@pytest.mark.parametrize("stage", ["joined", "committed", "keyed"])
def test_the_key_file_is_written_and_read(stage: str) -> None:
    secrets = secrets_of(stage)
    read = TrusteeSecrets.from_bytes(secrets.to_bytes())
    assert read.to_bytes().reveal() == secrets.to_bytes().reveal()
    assert read.joined() == secrets.joined()
    assert (read.deal is None, read.share is None) == (secrets.deal is None, secrets.share is None)


def test_nothing_secret_is_shown() -> None:
    for stage in ("committed", "keyed"):
        secrets = secrets_of(stage)
        content = json.loads(secrets.to_bytes().reveal())
        hidden = [content["signing_seed"], content["witness_seed"]]
        hidden += (
            [content["share"]] if "share" in content else [*content["deal"]["polynomial"], content["deal"]["sealing"]]
        )
        shown = f"{secrets!r} {secrets} {secrets.to_bytes()!r}"
        assert not [text for text in hidden if text in shown]
        with pytest.raises(TypeError):
            pickle.dumps(secrets)


def test_the_polynomial_and_the_sealing_key_are_gone_after_the_ceremony() -> None:
    before = json.loads(secrets_of("revealed").to_bytes().reveal())
    after = secrets_of("keyed").to_bytes().reveal().decode()
    assert "deal" not in after
    assert before["deal"]["sealing"] not in after
    assert not any(part in after for part in before["deal"]["polynomial"])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "plenum-trustee-2"),
        ("index", 0),
        ("index", 16),
        ("session", "00"),
        ("signing_seed", "00" * 31),
        ("share", "ff" * 32),
        ("share", 7),
        ("share", "xy" * 32),
        ("more", 1),
    ],
)
def test_a_damaged_key_file_is_refused_without_showing_it(key: str, value: object) -> None:
    content = json.loads(secrets_of("keyed").to_bytes().reveal())
    data = json.dumps({**content, key: value}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    with pytest.raises(EncodingError) as caught:
        TrusteeSecrets.from_bytes(Secret(data))
    assert content["signing_seed"] not in str(caught.value)
    assert "ff" * 32 not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\x00" * 100, b" " * 100_000])
def test_what_is_no_key_file(data: bytes) -> None:
    with pytest.raises(EncodingError):
        TrusteeSecrets.from_bytes(Secret(data))
