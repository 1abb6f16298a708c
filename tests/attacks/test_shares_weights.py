"""A trustee who shifts counts (SPEC §9.5): why the weights of a share depend on all the D_j.

In every weak variant the real verifier runs with other weights.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from tests.support.seeded_rng import SeededRng
from voting_core import dleq
from voting_core.dleq import ShareProof, ShareStatement, share_challenge, share_transcript, verify_share
from voting_core.errors import VerificationError
from voting_core.framing import frames, u64
from voting_core.group import BASE, Point, Q, base_mul, multi_mul
from voting_core.hash_to_group import hash_to_scalar
from voting_core.params import Tag
from voting_core.prove.encrypt import encrypt
from voting_core.rng import random_scalar
from voting_core.transcript import Transcript

RNG = SeededRng("shift")
PRIVATE = random_scalar(RNG)
KEY = base_mul(PRIVATE)  # one trustee of one: what it decrypts is the tally
COUNTS = (40, 60, 7)
TALLY = tuple(encrypt(KEY, count, random_scalar(RNG)) for count in COUNTS)
STATEMENT = ShareStatement(b"S" * 32, b"C" * 32, b"R" * 32, 1, KEY, tuple(c.pad for c in TALLY))

Table = list[tuple[int, tuple[int, ...]]]
Weights = Callable[[ShareStatement, Sequence[Point]], tuple[int, ...]]


def all_ones(statement: ShareStatement, shares: Sequence[Point]) -> tuple[int, ...]:
    return (1,) * len(shares)


def from_the_bases(statement: ShareStatement, shares: Sequence[Point]) -> tuple[int, ...]:
    """Weights that depend on the whole statement and on no share."""
    seed = hashlib.sha512(frames(statement.root, *(base.encode() for base in statement.bases))).digest()
    return tuple(hash_to_scalar(frames(seed, u64(j)), Tag.SHARE_WEIGHT.raw) for j in range(1, len(shares) + 1))


def use_weights(monkeypatch: pytest.MonkeyPatch, weights: Weights) -> None:
    """Let the product fold shares with other weights; everything else stays, the shares are still absorbed."""

    def weak(statement: ShareStatement, shares: Sequence[Point]) -> tuple[Transcript, tuple[int, ...]]:
        transcript, _ = share_transcript(statement, shares)
        return transcript, weights(statement, shares)

    monkeypatch.setattr(dleq, "share_transcript", weak)


def prove_folded(shares: Sequence[Point]) -> ShareProof:
    """Prove whatever the folded statement says, as a trustee who knows its private share can."""
    transcript, weights = dleq.share_transcript(STATEMENT, shares)
    nonce = random_scalar(SeededRng("nonce"))
    t1, t2 = base_mul(nonce), multi_mul(weights, STATEMENT.bases) * nonce
    return ShareProof(t1, t2, (nonce + share_challenge(transcript, t1, t2) * PRIVATE) % Q)


def decrypted(shares: Sequence[Point]) -> list[Point]:
    return [ciphertext.data - share for ciphertext, share in zip(TALLY, shares, strict=True)]


HONEST = tuple(base * PRIVATE for base in STATEMENT.bases)


def test_the_honest_shares_give_the_counts() -> None:
    assert decrypted(HONEST) == [base_mul(count) for count in COUNTS]
    verify_share(STATEMENT, HONEST, prove_folded(HONEST))


def test_with_equal_weights_a_trustee_moves_thirty_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    shifted = (HONEST[0] - BASE * 30, HONEST[1] + BASE * 30, HONEST[2])
    with monkeypatch.context() as patch:
        use_weights(patch, all_ones)
        forged = prove_folded(shifted)
        verify_share(STATEMENT, shifted, forged)
        assert decrypted(shifted) == [base_mul(70), base_mul(30), base_mul(7)]
    for proof in (forged, prove_folded(shifted)):
        with pytest.raises(VerificationError, match=r"V10\.C: trustee 1"):
            verify_share(STATEMENT, shifted, proof)


def test_weights_that_do_not_depend_on_the_shares_let_a_trustee_change_two_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two, _ = from_the_bases(STATEMENT, HONEST)
    shift = -one * pow(two, -1, Q) % Q
    changed = (HONEST[0] + BASE, HONEST[1] + base_mul(shift), HONEST[2])
    with monkeypatch.context() as patch:
        use_weights(patch, from_the_bases)
        forged = prove_folded(changed)
        verify_share(STATEMENT, changed, forged)
    for proof in (forged, prove_folded(changed)):
        with pytest.raises(VerificationError, match=r"V10\.C"):
            verify_share(STATEMENT, changed, proof)


@pytest.mark.parametrize("position", range(len(COUNTS)))
def test_every_weight_depends_on_every_share(position: int) -> None:
    changed = list(HONEST)
    changed[position] = changed[position] + BASE
    _, before = share_transcript(STATEMENT, HONEST)
    _, after = share_transcript(STATEMENT, changed)
    assert not set(before) & set(after)


# The k-list attack, in a group small enough to carry it out.


@dataclass(frozen=True)
class Toy:
    """Exponents modulo a small prime: a share D_j = A_j^s g^{e_j} is given by its error e_j."""

    order: int
    lists: int
    size: int

    def own_weight(self, j: int, error: int) -> int:
        """As in RFC 9497's ComputeComposites: the weight of a share depends on that share alone."""
        data = frames(b"toy", u64(j), u64(error))
        return int.from_bytes(hashlib.sha512(data).digest(), "little") % self.order

    def joint_weights(self, errors: tuple[int, ...]) -> tuple[int, ...]:
        """As in SPEC §9.5: all weights come from a digest of all shares."""
        seed = hashlib.sha512(frames(*(u64(error) for error in errors))).digest()
        return tuple(
            int.from_bytes(hashlib.sha512(frames(seed, u64(j))).digest(), "little") % self.order
            for j in range(len(errors))
        )

    def find_errors(self) -> tuple[int, ...]:
        """Wagner's tree with four lists: errors, none of them 0, whose weighted sum vanishes."""
        block = 2 ** (self.order.bit_length() // 3)
        tables: list[Table] = [
            [(self.own_weight(j, error) * error % self.order, (error,)) for error in range(1, self.size)]
            for j in range(self.lists)
        ]

        def merge(left: Table, right: Table) -> Table:
            """Add up the pairs whose sum is just below the order, or a little above: most of the number vanishes."""
            width = self.order // block + 1
            buckets: dict[int, Table] = {}
            for value, errors in right:
                buckets.setdefault(value // width, []).append((value, errors))
            return [
                ((value + other) % self.order, errors + more)
                for value, errors in left
                for other, more in buckets.get((-value % self.order) // width, [])
            ]

        first, second = merge(tables[0], tables[1]), merge(tables[2], tables[3])
        wanted = dict(second)
        return next(errors + wanted[-value % self.order] for value, errors in first if -value % self.order in wanted)


def test_the_k_list_attack_on_weights_of_single_shares_and_its_failure_on_ours() -> None:
    toy = Toy(order=2**31 - 1, lists=4, size=2**12)
    errors = toy.find_errors()
    assert all(0 < error < toy.size for error in errors)
    weak = [toy.own_weight(j, error) for j, error in enumerate(errors)]
    # The folded statement is true, so a proof of it holds, and every count is wrong by a little.
    assert sum(weight * error for weight, error in zip(weak, errors, strict=True)) % toy.order == 0
    ours = toy.joint_weights(errors)
    assert sum(weight * error for weight, error in zip(ours, errors, strict=True)) % toy.order != 0
    # Every other choice of errors changes all weights, so nothing found for one of them helps for the next.
    for j in range(4):
        changed = tuple(error + (i == j) for i, error in enumerate(errors))
        assert not set(ours) & set(toy.joint_weights(changed))
