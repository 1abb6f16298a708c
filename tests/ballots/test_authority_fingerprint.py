"""The fingerprint of the certificate authority, written and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.authority_fingerprint import authority_fingerprint_text, read_authority_fingerprint
from voting_core.errors import InputError


def test_it_is_written_as_browsers_show_it() -> None:
    assert authority_fingerprint_text(bytes(range(32))).startswith("00:01:02:03:04:05:06:07:08:09:0A:")


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["", ":", " ", "-", ": "]), st.booleans())
def test_it_is_read_as_people_copy_it(fingerprint: bytes, between: str, capitals: bool) -> None:
    text = between.join(f"{byte:02X}" if capitals else f"{byte:02x}" for byte in fingerprint)
    assert read_authority_fingerprint(text) == fingerprint
    assert read_authority_fingerprint(authority_fingerprint_text(fingerprint)) == fingerprint


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "g" * 64, "０" * 64, "00:" * 32 + " " * 200, "0" * 64 + "\n"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        read_authority_fingerprint(text)


def test_a_fingerprint_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        authority_fingerprint_text(bytes(31))
