"""Signing keys show nothing and sign deterministically (SPEC §3.6)."""

import copy
import pickle

import pytest

from tests.support.seeded_rng import SeededRng
from voting_core.params import Tag
from voting_core.secret import Secret
from voting_core.signing import verify_signature
from voting_core.signing_key import SigningKey


def test_generated_keys_sign() -> None:
    key = SigningKey.generate(SeededRng("signing key"))
    signature = key.sign(Tag.REPORT, b"digest")
    verify_signature(key.public, Tag.REPORT, b"digest", signature)
    assert key.sign(Tag.REPORT, b"digest") == signature


def test_a_key_comes_back_from_its_seed() -> None:
    key = SigningKey.generate(SeededRng("seed"))
    assert SigningKey.from_seed(key.seed()).public == key.public


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_seed_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SigningKey.from_seed(Secret(bytes(length)))


def test_nothing_shows_the_seed() -> None:
    seed = bytes(range(100, 132))
    key = SigningKey.from_seed(Secret(seed))
    for shown in (repr(key), str(key), f"{key}", repr(key.seed()), repr([key])):
        assert seed.hex() not in shown
        assert repr(seed)[2:20] not in shown
    assert key.public.hex()[:16] in repr(key)


def test_keys_are_not_copied_or_pickled() -> None:
    key = SigningKey.generate(SeededRng("copy"))
    for act in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            act(key)
