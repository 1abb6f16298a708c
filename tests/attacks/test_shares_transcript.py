"""Every value that the transcript of a share absorbs is there because of a forgery (SPEC §9.5).

Each forgery is accepted by the real verifier when its transcript forgets one value, and refused when it does not.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tests.attacks.support.weak_transcript import absorbed_labels, forgetting
from tests.support.seeded_rng import SeededRng
from voting_core import dleq
from voting_core.dleq import ShareProof, ShareStatement, share_challenge, share_transcript, verify_share
from voting_core.errors import VerificationError
from voting_core.group import BASE, Point, Q, base_mul, multi_mul
from voting_core.prove.share import make_shares
from voting_core.rng import random_scalar
from voting_core.secret import Secret

RNG = SeededRng("shares")
PRIVATE, WRONG, NONCE, OTHER = (random_scalar(RNG) for _ in range(4))
HERE = ShareStatement(
    b"S" * 32, b"C" * 32, b"R" * 32, 2, base_mul(PRIVATE), tuple(base_mul(random_scalar(RNG)) for _ in range(3))
)

Forged = tuple[ShareStatement, Sequence[Point], ShareProof]


def honest(statement: ShareStatement = HERE) -> Forged:
    return (statement, *make_shares(statement, Secret(PRIVATE), SeededRng("proof")))


def replay_from(**changes: object) -> Forged:
    """Shares made elsewhere, presented here."""
    _, shares, proof = honest(replace(HERE, **changes))  # type: ignore[arg-type]  # tests only
    return HERE, shares, proof


def replay_protocol() -> Forged:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dleq, "PROTOCOL", "plenum-v0")
        return honest()


def prepared(shares: Sequence[Point]) -> tuple[tuple[int, ...], Point, Callable[[Point, Point], int]]:
    """The weights and the folded base, and the challenge as a function of the first message."""
    _, weights = share_transcript(HERE, shares)
    return (
        weights,
        multi_mul(weights, HERE.bases),
        lambda t1, t2: share_challenge(share_transcript(HERE, shares)[0], t1, t2),
    )


def choose_key() -> Forged:
    """A public share that fits shares of another secret."""
    shares = tuple(base * WRONG for base in HERE.bases)
    _, folded, challenge = prepared(shares)
    t1, t2 = base_mul(OTHER), folded * NONCE
    c = challenge(t1, t2)
    z = (NONCE + c * WRONG) % Q
    key = base_mul((z - OTHER) * pow(c, -1, Q))
    assert key != base_mul(WRONG)
    return replace(HERE, key=key), shares, ShareProof(t1, t2, z)


def choose_bases() -> Forged:
    """Shares of other ciphertexts than those that are decrypted."""
    _, shares, proof = honest()
    _, weights = share_transcript(HERE, shares)
    one, two, three = HERE.bases
    moved = (one + BASE * weights[1], two - BASE * weights[0], three)
    return replace(HERE, bases=moved), shares, proof


def choose_shares() -> Forged:
    """Move votes between two counters and keep the folded share."""
    _, (one, two, three), proof = honest()
    _, weights = share_transcript(HERE, HERE.bases)
    return HERE, (one + BASE * weights[1], two - BASE * weights[0], three), proof


def choose_t1() -> Forged:
    """Shares of another secret than the one behind the public share."""
    shares = tuple(base * WRONG for base in HERE.bases)
    _, folded, challenge = prepared(shares)
    t2 = folded * NONCE
    c = challenge(BASE, t2)
    z = (NONCE + c * WRONG) % Q
    return HERE, shares, ShareProof(base_mul(z) - HERE.key * c, t2, z)


def choose_t2() -> Forged:
    """Any shares at all."""
    shares = tuple(base * PRIVATE + BASE * 1000 for base in HERE.bases)
    weights, folded, challenge = prepared(shares)
    t1 = base_mul(NONCE)
    c = challenge(t1, BASE)
    z = (NONCE + c * PRIVATE) % Q
    return HERE, shares, ShareProof(t1, folded * z - multi_mul(weights, shares) * c, z)


FORGERS: dict[str, Callable[[], Forged]] = {
    "protocol": replay_protocol,
    "session": lambda: replay_from(session=b"X" * 32),
    "contest": lambda: replay_from(contest_hash=b"X" * 32),
    "root": lambda: replay_from(root=b"X" * 32),
    "trustee": lambda: replay_from(trustee=5),
    "key": choose_key,
    "bases": choose_bases,
    "shares": choose_shares,
    "T1": choose_t1,
    "T2": choose_t2,
}


@pytest.mark.parametrize("label", FORGERS)
def test_the_weak_variant_falls_and_ours_stands(label: str) -> None:
    with forgetting(dleq, label):
        forged = FORGERS[label]()
        verify_share(*forged)
    with pytest.raises(VerificationError, match=r"V10\.C: trustee 2"):
        verify_share(*forged)
    with pytest.raises(VerificationError, match=r"V10\.C: trustee 2"):
        verify_share(*FORGERS[label]())


def test_every_absorbed_value_has_its_forgery() -> None:
    made = honest()
    assert absorbed_labels(dleq, lambda: verify_share(*made)) == list(FORGERS)
