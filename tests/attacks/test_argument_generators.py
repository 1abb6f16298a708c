"""Generators with a trapdoor (SPEC §2.3): whoever knows a relation between them can vote as he likes.

That is why every program derives them again, and why they are hashes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.attacks.support import forgeries
from tests.attacks.support.forgeries import TRAPDOORS, choose_rho, open_anything
from tests.support import arguments
from tests.support.arguments import SECRET
from voting_core.argument import verify
from voting_core.argument.verify import verify_argument
from voting_core.errors import VerificationError
from voting_core.generators import H
from voting_core.group import BASE, Point, base_mul

LOG_H = 4711


@contextmanager
def trapped(**values: object) -> Iterator[None]:
    """Put generators with known logarithms in the place of the derived ones, in the verifier and in the forger."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (verify, forgeries, arguments):
            for name, value in values.items():
                patch.setattr(module, name, value)
        yield


def test_known_logarithms_of_the_g_i_open_a_ballot_to_anything() -> None:
    weak: tuple[Point, ...] = tuple(H * trapdoor for trapdoor in TRAPDOORS)
    with trapped(generators=lambda count: weak[:count]):
        forged = open_anything()
        verify_argument(forged)
    assert [c.data - c.pad * SECRET for c in forged.ciphertexts] == [BASE * 1000, BASE * -5]
    with pytest.raises(VerificationError, match=r"V8\.E"):
        verify_argument(forged)
    with pytest.raises(VerificationError, match=r"V8\.E"):
        verify_argument(open_anything())


def test_a_known_logarithm_of_h_proves_that_two_is_a_bit() -> None:
    with trapped(H=base_mul(LOG_H)):
        forged = choose_rho(LOG_H)
        verify_argument(forged)
    with pytest.raises(VerificationError):
        verify_argument(forged)
    with pytest.raises(VerificationError, match=r"V8\.H"):
        verify_argument(choose_rho(LOG_H))
