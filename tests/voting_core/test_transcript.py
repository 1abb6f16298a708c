import hashlib

import pytest

from tests.support import oracle
from voting_core import transcript as module
from voting_core.errors import EncodingError
from voting_core.params import Tag
from voting_core.transcript import Transcript


def framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(8, "little") + part for part in parts)


def test_a_transcript_is_that_of_the_specification() -> None:
    transcript = Transcript(Tag.ARGUMENT)
    transcript.absorb("session", b"s" * 32)
    first = transcript.challenge("w")
    seed = transcript.seed("weights")
    second = transcript.challenge("x")

    said = framed(b"plenum-v1/ballot-argument", b"session", b"s" * 32, b"challenge", b"w")
    expected = oracle.hash_to_scalar(hashlib.sha512(said).digest(), b"plenum-v1/transcript-scalar")
    assert first == expected
    said += framed(expected.to_bytes(32, "little"), b"seed", b"weights")
    assert seed == hashlib.sha512(said).digest()
    said += framed(seed, b"challenge", b"x")
    assert second == oracle.hash_to_scalar(hashlib.sha512(said).digest(), b"plenum-v1/transcript-scalar")


def challenge(*said: tuple[str, bytes], tag: Tag = Tag.ARGUMENT) -> int:
    transcript = Transcript(tag)
    for label, data in said:
        transcript.absorb(label, data)
    return transcript.challenge("w")


def test_tag_label_data_and_order_all_count() -> None:
    values = [
        challenge(),
        challenge(("a", b"")),
        challenge(("a", b"b")),
        challenge(("ab", b"")),
        challenge(("a", b""), ("b", b"")),
        challenge(("b", b""), ("a", b"")),
        challenge(("a", b"b"), tag=Tag.SHARE_PROOF),
    ]
    assert len(set(values)) == len(values)


def test_a_challenge_of_zero_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "hash_to_scalar", lambda *_: 0)
    with pytest.raises(EncodingError, match="challenge w is 0"):
        challenge()


@pytest.mark.parametrize("label", ["challenge", "seed"])
def test_the_transcripts_own_labels_cannot_be_absorbed(label: str) -> None:
    with pytest.raises(ValueError, match="reserved"):
        Transcript(Tag.ARGUMENT).absorb(label, b"")
