from dataclasses import replace
from typing import ClassVar

import pytest

from tests.support.arguments import make, mark_bits, matrix
from voting_core.argument import statement as module
from voting_core.argument.statement import Argument, Statement
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import Tag
from voting_core.transcript import Transcript

RELATION = matrix(1, 3)
STATEMENT = make(RELATION, mark_bits((1,), 3))
DATA = STATEMENT.argument.encode()
NAMES = ["P", "Q", "A'", "B'", "T1", "T0", "delta", "f_1", "f_2", "f_3", "tau'", "z", "rho"]


def test_an_argument_has_six_points_and_n_plus_four_scalars() -> None:
    assert len(DATA) == 32 * (RELATION.bits + 10)
    assert Argument.decode(DATA, RELATION.bits, "ballot") == STATEMENT.argument
    argument = STATEMENT.argument
    assert DATA[:32] == argument.p.encode()
    assert DATA[5 * 32 : 6 * 32] == argument.t0.encode()
    assert DATA[6 * 32 : 7 * 32] == argument.delta.to_bytes(32, "little")
    assert DATA[-32:] == argument.rho.to_bytes(32, "little")


@pytest.mark.parametrize("length", [0, len(DATA) - 32, len(DATA) - 1, len(DATA) + 1, len(DATA) + 32])
def test_another_length_is_v8c(length: int) -> None:
    with pytest.raises(VerificationError, match=r"V8\.C: ballot: an argument over 3 bits has 416 bytes"):
        Argument.decode((DATA + DATA)[:length], RELATION.bits, "ballot")


@pytest.mark.parametrize(("index", "name"), list(enumerate(NAMES)))
def test_every_bad_field_is_named(index: int, name: str) -> None:
    data = bytearray(DATA)
    data[32 * index + 31] |= 0x80
    with pytest.raises(EncodingError) as caught:
        Argument.decode(bytes(data), RELATION.bits, "ballot")
    assert caught.value.where == f"ballot, {name}"


@pytest.mark.parametrize("index", range(6))
def test_no_point_may_be_the_identity(index: int) -> None:
    data = DATA[: 32 * index] + bytes(32) + DATA[32 * index + 32 :]
    with pytest.raises(EncodingError, match="is the identity"):
        Argument.decode(data, RELATION.bits, "ballot")


def test_a_statement_has_the_numbers_of_its_relation() -> None:
    for changes in (
        {"ciphertexts": STATEMENT.ciphertexts[1:]},
        {"argument": replace(STATEMENT.argument, f=STATEMENT.argument.f[1:])},
        {"relation": matrix(1, 2)},
    ):
        with pytest.raises(VerificationError) as caught:
            replace(STATEMENT, **changes)
        assert (caught.value.code, caught.value.culprits) == ("V8.C", ("ballot one",))


class Recorder(Transcript):
    """A transcript that remembers what it was told."""

    said: ClassVar[list[tuple[str, bytes]]] = []

    def absorb(self, label: str, data: bytes) -> None:
        self.said.append((label, data))
        super().absorb(label, data)


def test_the_transcript_absorbs_everything_in_the_order_of_the_specification(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "Transcript", Recorder)
    monkeypatch.setattr(Recorder, "said", [])
    at, argument = STATEMENT.context, STATEMENT.argument
    transcript = module.begin(at, STATEMENT.ciphertexts)
    module.challenge_w(transcript, argument.p, argument.q)
    module.challenge_x(transcript, (argument.a, argument.b, argument.t1, argument.t0), argument.delta)
    assert Recorder.said == [
        ("protocol", b"plenum-v1"),
        ("session", at.session),
        ("contest", at.contest_hash),
        ("key", at.key.encode()),
        ("credential", at.credential),
        ("ciphertexts", b"".join(c.pad.encode() + c.data.encode() for c in STATEMENT.ciphertexts)),
        ("P", DATA[:32]),
        ("Q", DATA[32:64]),
        ("A'", DATA[64:96]),
        ("B'", DATA[96:128]),
        ("T1", DATA[128:160]),
        ("T0", DATA[160:192]),
        ("delta", DATA[192:224]),
    ]
    assert Tag.ARGUMENT.value == "plenum-v1/ballot-argument"


def test_statements_are_values() -> None:
    assert Statement(STATEMENT.context, RELATION, STATEMENT.ciphertexts, STATEMENT.argument, "ballot one") == STATEMENT
