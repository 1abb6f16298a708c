from dataclasses import replace

import pytest

from tests.support.arguments import make, mark_bits, matrix
from voting_core.argument.distinct import repeated_points
from voting_core.elgamal import Ciphertext
from voting_core.errors import VerificationError

STATEMENT = make(matrix(2, 2), mark_bits((0, 1), 2))
ONE, TWO = STATEMENT.ciphertexts
ARGUMENT = STATEMENT.argument


def test_the_points_of_a_ballot_in_order() -> None:
    assert repeated_points(STATEMENT.ciphertexts, ARGUMENT) == (
        ONE.pad.encode(),
        TWO.pad.encode(),
        ARGUMENT.p.encode(),
        ARGUMENT.q.encode(),
    )


@pytest.mark.parametrize(
    ("ciphertexts", "argument"),
    [
        ((ONE, Ciphertext(ONE.pad, TWO.data)), ARGUMENT),
        ((ONE, TWO), replace(ARGUMENT, p=ARGUMENT.q)),
        ((ONE, TWO), replace(ARGUMENT, p=TWO.pad)),
        ((ONE, TWO), replace(ARGUMENT, q=ONE.pad)),
    ],
)
def test_a_point_twice_is_v8d(ciphertexts: tuple[Ciphertext, ...], argument: object) -> None:
    with pytest.raises(VerificationError) as caught:
        repeated_points(ciphertexts, argument)  # type: ignore[arg-type]
    assert caught.value.code == "V8.D"


def test_equal_data_is_no_repetition() -> None:
    repeated_points((ONE, Ciphertext(TWO.pad, ONE.data)), ARGUMENT)
