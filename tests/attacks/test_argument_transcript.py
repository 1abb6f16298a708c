"""Every value that the transcript absorbs is there because of a forgery (SPEC §5.3, weak Fiat-Shamir).

Each forgery is accepted by the real verifier when its transcript forgets one value, and refused when it does not.
"""

import pytest

from tests.attacks.support.forgeries import FORGERS, HERE, HONEST, NOT_BITS, RELATION, TOO_MANY, satisfies
from tests.attacks.support.weak_transcript import absorbed_labels, forgetting
from tests.support.arguments import SECRET, make
from voting_core.argument import statement as module
from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.verify import verify_argument
from voting_core.errors import VerificationError
from voting_core.group import BASE, base_mul


@pytest.mark.parametrize("label", FORGERS)
def test_the_weak_variant_falls_and_ours_stands(label: str) -> None:
    with forgetting(module, label):
        forged = FORGERS[label]()
        verify_argument(forged)
        verify_batch([forged])
    with pytest.raises(VerificationError):
        verify_argument(forged)
    with pytest.raises(BatchRefused):
        verify_batch([forged])


@pytest.mark.parametrize("label", FORGERS)
def test_the_same_forger_fails_against_our_transcript(label: str) -> None:
    with pytest.raises(VerificationError):
        verify_argument(FORGERS[label]())


def test_every_absorbed_value_has_its_forgery() -> None:
    honest = make(RELATION, HONEST, at=HERE)
    assert absorbed_labels(module, lambda: verify_argument(honest)) == list(FORGERS)


def test_what_is_forged_is_false() -> None:
    assert satisfies(HONEST)
    assert not satisfies(TOO_MANY)
    assert satisfies(NOT_BITS)
    with forgetting(module, "P"):
        stuffed = FORGERS["P"]()
    one, two = (c.data - c.pad * SECRET for c in stuffed.ciphertexts)
    assert (one, two) == (BASE * 1000, BASE * -5)
    with forgetting(module, "ciphertexts"):
        shifted = FORGERS["ciphertexts"]()
    two = shifted.ciphertexts[1]
    assert two.data - two.pad * SECRET == base_mul(1000)
