import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting_core.framing import digest, frame, frames, u64
from voting_core.params import Tag

parts = st.lists(st.binary(max_size=12), max_size=5)


def test_u64_is_little_endian() -> None:
    assert u64(1) == b"\x01" + bytes(7)
    assert u64(2**64 - 1) == b"\xff" * 8


@pytest.mark.parametrize("number", [-1, 2**64])
def test_u64_refuses_other_numbers(number: int) -> None:
    with pytest.raises(ValueError, match="u64"):
        u64(number)


def test_a_frame_is_length_and_part() -> None:
    assert frame(b"abc") == b"\x03" + bytes(7) + b"abc"
    assert frames(b"", b"x") == bytes(8) + b"\x01" + bytes(7) + b"x"


@settings(deadline=None)
@given(parts, parts)
def test_different_parts_have_different_frames(left: list[bytes], right: list[bytes]) -> None:
    assert (frames(*left) == frames(*right)) == (left == right)


def test_a_digest_is_sha256_of_tag_and_parts() -> None:
    expected = hashlib.sha256(frames(b"plenum-v1/ballot", b"a", b"b")).digest()
    assert digest(Tag.BALLOT, b"a", b"b") == expected


def test_digests_do_not_run_parts_together() -> None:
    values = [
        digest(Tag.BALLOT),
        digest(Tag.BALLOT, b""),
        digest(Tag.BALLOT, b"ab"),
        digest(Tag.BALLOT, b"a", b"b"),
        digest(Tag.CONTEST, b"ab"),
    ]
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("part", ["text", 1, bytearray(b"x"), None])
def test_only_bytes_are_framed(part: Any) -> None:
    with pytest.raises(TypeError):
        frame(part)
