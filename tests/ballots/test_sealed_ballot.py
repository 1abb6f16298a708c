"""The ballot object, its id, its confirmation code, and its decoding (SPEC §5.5)."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.sealed_ballot import (
    SealedBallot,
    ballot_id,
    confirmation_code,
    parse_ballot,
    parse_confirmation_code,
    statement,
)
from tests.support.builders import ballot_world, small_contest
from voting_core.argument.verify import verify_argument
from voting_core.codec import canonical, parse_canonical
from voting_core.errors import EncodingError, InputError, VerificationError
from voting_core.framing import digest
from voting_core.group import Q
from voting_core.params import MAX_ENTRY_BYTES, Tag

WORLD = ballot_world(small_contest(rows=2, at_most={"approve": 1}))
BALLOT = WORLD.seal((0, 1))
# 4 counters; 6 bits and 1 of slack.
CIPHERTEXTS, ARGUMENT = 4 * 64, 32 * (7 + 10)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.binary(max_size=200))
def test_ballots_survive_json(fixed: bytes, ciphertexts: bytes, argument: bytes) -> None:
    ballot = SealedBallot(
        session=fixed,
        contest_hash=fixed[::-1],
        credential=bytes(32),
        ciphertexts_bytes=ciphertexts,
        argument_bytes=argument,
    )
    data = canonical(ballot.to_json(), "ballot")
    assert parse_ballot(parse_canonical(data, "ballot", MAX_ENTRY_BYTES)) == ballot


def test_the_id_covers_every_byte() -> None:
    assert ballot_id(BALLOT) == digest(Tag.BALLOT, canonical(BALLOT.to_json(), "ballot"))
    others = [
        replace(BALLOT, session=bytes(32)),
        replace(BALLOT, contest_hash=bytes(32)),
        replace(BALLOT, credential=bytes(32)),
        replace(BALLOT, ciphertexts_bytes=BALLOT.ciphertexts_bytes[:-1] + b"\x00"),
        replace(BALLOT, argument_bytes=BALLOT.argument_bytes + b"\x00"),
    ]
    assert len({ballot_id(ballot) for ballot in [BALLOT, *others]}) == 6


@pytest.mark.parametrize("field", ["argument", "ciphertexts", "contest", "credential", "session"])
def test_every_field_is_needed_and_typed(field: str) -> None:
    value: dict[str, Any] = dict(BALLOT.to_json())
    with pytest.raises(EncodingError, match=rf"ballot\.{field}"):
        parse_ballot({key: item for key, item in value.items() if key != field})
    with pytest.raises(EncodingError, match=rf"ballot\.{field}"):
        parse_ballot(value | {field: 7})


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(EncodingError, match="entry 4: has a field time"):
        parse_ballot({**BALLOT.to_json(), "time": 7}, "entry 4")


@pytest.mark.parametrize("field", ["argument", "ciphertexts"])
@pytest.mark.parametrize("run", ["AAAB=", "AA+A", "A", "AB", "AAAA\n", "中文"])
def test_runs_are_canonical_base64(field: str, run: str) -> None:
    with pytest.raises(VerificationError, match=rf"ballot\.{field}") as caught:
        parse_ballot({**BALLOT.to_json(), field: run})
    assert caught.value.code == "V2.D"


def test_a_statement_is_the_decoded_ballot() -> None:
    decoded = statement(BALLOT, WORLD.contest, WORLD.key, "ballot 7")
    assert (decoded.subject, decoded.context.credential) == ("ballot 7", WORLD.credential())
    assert b"".join(ciphertext.encode() for ciphertext in decoded.ciphertexts) == BALLOT.ciphertexts_bytes
    assert decoded.argument.encode() == BALLOT.argument_bytes
    verify_argument(decoded)


def refusal(ballot: SealedBallot) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        statement(ballot, WORLD.contest, WORLD.key)
    assert caught.value.message.startswith(confirmation_code(ballot_id(ballot)))
    return caught.value


@pytest.mark.parametrize("change", [-64, -32, -1, 1, 32, 64])
def test_another_length_is_refused(change: int) -> None:
    def cut(run: bytes) -> bytes:
        return run[:change] if change < 0 else run + run[:change]

    assert (len(BALLOT.ciphertexts_bytes), len(BALLOT.argument_bytes)) == (CIPHERTEXTS, ARGUMENT)
    assert refusal(replace(BALLOT, ciphertexts_bytes=cut(BALLOT.ciphertexts_bytes))).code == "V8.C"
    assert refusal(replace(BALLOT, argument_bytes=cut(BALLOT.argument_bytes))).code == "V8.C"


NO_POINT = {
    "identity": bytes(32),
    "odd": b"\x01" + bytes(31),
    "bit 255": bytes(31) + b"\x80",
    "p": b"\xed" + b"\xff" * 30 + b"\x7f",
}


@pytest.mark.parametrize("name", NO_POINT)
@pytest.mark.parametrize(("run", "place"), [("ciphertexts_bytes", 0), ("ciphertexts_bytes", 7), ("argument_bytes", 5)])
def test_what_is_no_point_is_refused(name: str, run: str, place: int) -> None:
    data = getattr(BALLOT, run)
    changed = data[: 32 * place] + NO_POINT[name] + data[32 * place + 32 :]
    error = refusal(replace(BALLOT, **{run: changed}))
    assert error.code == "V2.D"
    assert error.culprits


@pytest.mark.parametrize("place", range(6, ARGUMENT // 32))
def test_what_is_no_scalar_is_refused(place: int) -> None:
    data = BALLOT.argument_bytes
    scalar = int.from_bytes(data[32 * place : 32 * place + 32], "little")
    for wrong in (Q, scalar + Q):
        changed = data[: 32 * place] + wrong.to_bytes(32, "little") + data[32 * place + 32 :]
        assert refusal(replace(BALLOT, argument_bytes=changed)).code == "V2.D"


def test_a_ballot_of_another_contest_is_refused() -> None:
    other = small_contest(rows=2, at_most={"approve": 1}, slot=1)
    with pytest.raises(VerificationError, match="not of the contest") as caught:
        statement(BALLOT, other, WORLD.key)
    assert caught.value.code == "V8.A"


@given(st.binary(min_size=32, max_size=32))
def test_the_confirmation_code_is_the_first_hundred_bits(identity: bytes) -> None:
    code = confirmation_code(identity)
    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", code)
    bits = "".join(
        f"{'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(character):05b}" for character in code if character != "-"
    )
    assert bits == "".join(f"{byte:08b}" for byte in identity)[:100]


def test_codes_of_known_ids() -> None:
    assert confirmation_code(bytes(32)) == "0000-0000-0000-0000-0000"
    assert confirmation_code(b"\xff" * 32) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert confirmation_code(bytes(range(32))) == "000G-40R4-0M30-E209-185G"
    with pytest.raises(ValueError, match="32 bytes"):
        confirmation_code(bytes(16))


@pytest.mark.parametrize("typed", ["o0og-4or4-0m30-e209-i85g", "000g40r40m30e209l85g", " 000G 40R4 0M30 E209 185G "])
def test_codes_are_read_as_people_type_them(typed: str) -> None:
    assert parse_confirmation_code(typed) == "000G-40R4-0M30-E209-185G"


@pytest.mark.parametrize(
    "typed", ["", "000G-40R4-0M30-E209", "000G-40R4-0M30-E209-185G0", "U00G-40R4-0M30-E209-185G", "零" * 20]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="confirmation code"):
        parse_confirmation_code(typed)
