"""A second ballot for the same vote (SPEC §2.1, §5.5, §5.7).

If somebody can change an accepted ballot so that it is still accepted, one vote has two ids: the code on a receipt is
then in no log, and the delegate is told that the ballot was lost. Responses that can be shifted are enough for that, or
scalars that are read modulo q.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ballots.sealed_ballot import SealedBallot, ballot_id, statement
from tests.support.builders import ballot_world, small_contest
from voting_core.argument import statement as module
from voting_core.argument import verify
from voting_core.argument.statement import Statement
from voting_core.argument.verify import verify_argument
from voting_core.errors import VerificationError
from voting_core.group import Q, decode_scalar, encode_scalar

WORLD = ballot_world(small_contest(rows=1))
BALLOT = WORLD.seal((0,))
SCALARS = range(6, len(BALLOT.argument_bytes) // 32)
"""Where the scalars of the argument stand, after its six points."""


def lenient_scalars(data: bytes, names: Sequence[str], where: str) -> tuple[int, ...]:
    """Reads any 32 bytes as a number modulo q."""
    del where
    return tuple(int.from_bytes(data[32 * at : 32 * at + 32], "little") % Q for at in range(len(names)))


def with_scalar(place: int, number: int) -> SealedBallot:
    argument = BALLOT.argument_bytes
    changed = argument[: 32 * place] + number.to_bytes(32, "little") + argument[32 * place + 32 :]
    return replace(BALLOT, argument_bytes=changed)


def scalar(place: int) -> int:
    return decode_scalar(BALLOT.argument_bytes[32 * place : 32 * place + 32], "scalar")


@pytest.mark.parametrize("place", SCALARS)
def test_a_scalar_read_modulo_q_gives_one_vote_two_ids(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = with_scalar(place, scalar(place) + Q)
    assert ballot_id(twin) != ballot_id(BALLOT)
    with monkeypatch.context() as patch:
        patch.setattr(module, "decode_scalars", lenient_scalars)
        verify_argument(statement(twin, WORLD.contest, WORLD.key))
    with pytest.raises(VerificationError, match=r"V2\.D.*group order"):
        statement(twin, WORLD.contest, WORLD.key)


def without_equation_4(checked: Statement) -> None:
    """A verifier that forgets that votes are bits, and with it what fixes rho."""
    with pytest.MonkeyPatch.context() as patch:
        original = verify._refuse

        def lenient(refused: Statement, code: str, equation: int) -> None:
            if equation != 4:
                original(refused, code, equation)

        patch.setattr(verify, "_refuse", lenient)
        verify_argument(checked)


def test_a_response_that_nothing_fixes_gives_one_vote_two_ids() -> None:
    last = SCALARS[-1]
    twin = with_scalar(last, int.from_bytes(encode_scalar((scalar(last) + 1) % Q), "little"))
    assert ballot_id(twin) != ballot_id(BALLOT)
    decoded = statement(twin, WORLD.contest, WORLD.key)
    without_equation_4(decoded)
    with pytest.raises(VerificationError, match=r"V8\.H"):
        verify_argument(decoded)


@pytest.mark.parametrize("place", SCALARS)
def test_every_response_is_fixed(place: int) -> None:
    for shift in (1, Q - 1):
        twin = with_scalar(place, (scalar(place) + shift) % Q)
        with pytest.raises(VerificationError, match=r"V8\.[E-I]"):
            verify_argument(statement(twin, WORLD.contest, WORLD.key))
