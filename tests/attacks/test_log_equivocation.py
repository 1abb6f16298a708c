"""A log that wants to show two histories, and the checks that it has to get past (SPEC §8.1, §8.6).

Each weak variant leaves out one check; the attack works on it and fails on the real one.
"""

import hashlib
from collections.abc import Sequence

import pytest

from voting_core.errors import VerificationError
from voting_core.log.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

HONEST = [leaf_hash(b"ballot %d" % number) for number in range(20)]


def refuse_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    with pytest.raises(VerificationError) as refused:
        verify_inclusion(leaf, index, size, proof, root)
    assert refused.value.code == "V3.B"


def refuse_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> None:
    with pytest.raises(VerificationError) as refused:
        verify_consistency(first, first_root, second, second_root, proof)
    assert refused.value.code == "V3.B"


def climb(leaf: bytes, index: int, last: int, proof: Sequence[bytes]) -> bytes:
    """The loop of RFC 9162 §2.1.3.2 without its preconditions and without the final check of the length."""
    for step in proof:
        if index & 1 or index == last:
            leaf = node_hash(step, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = node_hash(leaf, step)
        index, last = index >> 1, last >> 1
    return leaf


def test_dropping_replacing_inserting_or_swapping_an_entry() -> None:
    """Whatever is changed before the old size, no proof of the usual making connects the two trees."""
    for size in range(2, len(HONEST)):
        old = tree_root(HONEST[:size])
        for at in range(size):
            forged = leaf_hash(b"forged")
            changed = [
                [*HONEST[:at], *HONEST[at + 1 :]],
                [*HONEST[:at], forged, *HONEST[at + 1 :]],
                [*HONEST[:at], forged, *HONEST[at:]],
                [*HONEST[:at], *reversed(HONEST[at : at + 2]), *HONEST[at + 2 :]] if at + 1 < size else HONEST[1:],
            ]
            for other in changed:
                refuse_consistency(size, old, len(other), tree_root(other), consistency_proof(other, size))
                refuse_consistency(size, old, len(other), tree_root(other), consistency_proof(HONEST, size))


def test_a_shorter_log_is_not_a_later_one() -> None:
    refuse_consistency(20, tree_root(HONEST), 19, tree_root(HONEST[:19]), ())
    refuse_consistency(20, tree_root(HONEST), 0, EMPTY_ROOT, ())


def test_two_roots_of_one_size() -> None:
    """A verifier that takes equal sizes for equal trees accepts both histories."""
    other = [*HONEST[:19], leaf_hash(b"forged")]
    refuse_consistency(20, tree_root(HONEST), 20, tree_root(other), ())


def test_the_first_root_must_come_out_of_the_proof() -> None:
    """A weak verifier that computes only the second root takes any history that leads there."""
    other = [leaf_hash(b"forged"), *HONEST[1:]]
    proof = consistency_proof(other, 6)
    assert climb(proof[0], 5 >> 1, 19 >> 1, proof[1:]) == tree_root(other)
    refuse_consistency(6, tree_root(HONEST[:6]), 20, tree_root(other), proof)


def test_one_entry_at_two_places() -> None:
    """Without index < size, the one leaf of a small tree is at every index, and a proof says nothing."""
    root = tree_root(HONEST[:1])
    for index in (1, 2, 7, 2**40):
        assert climb(HONEST[0], index, 0, ()) == root
        refuse_inclusion(HONEST[0], index, 1, (), root)


def test_a_subtree_is_no_entry() -> None:
    """Without the check of the length, an inner node passes for a leaf and entries can hide behind it."""
    proof = inclusion_proof(HONEST[:8], 0)
    node = node_hash(HONEST[0], HONEST[1])
    assert climb(node, 0, 3, proof[1:]) == tree_root(HONEST[:8])
    refuse_inclusion(node, 0, 8, proof[1:], tree_root(HONEST[:8]))


def test_an_entry_that_is_made_of_two_hashes() -> None:
    """Without the prefixes 0 and 1, an entry left ‖ right hashes to the node above two other entries."""
    weak_leaf, weak_node = hashlib.sha256, lambda left, right: hashlib.sha256(left + right)
    left, right = weak_leaf(b"ballot 0").digest(), weak_leaf(b"ballot 1").digest()
    assert weak_leaf(left + right).digest() == weak_node(left, right).digest()
    entry = HONEST[0] + HONEST[1]
    assert leaf_hash(entry) != node_hash(HONEST[0], HONEST[1])
    refuse_inclusion(leaf_hash(entry), 0, 1, (), tree_root(HONEST[:2]))


def test_a_witness_that_keeps_its_last_tree_sees_the_fork() -> None:
    """Two halls get logs that agree up to entry 10. Whoever cosigned one branch can never be led to the other."""
    fork = [*HONEST[:10], *(leaf_hash(b"other %d" % number) for number in range(10))]
    for last in range(11, 21):
        seen = tree_root(HONEST[:last])
        for later in range(last, 21):
            verify_consistency(last, seen, later, tree_root(HONEST[:later]), consistency_proof(HONEST[:later], last))
            refuse_consistency(last, seen, later, tree_root(fork[:later]), consistency_proof(fork[:later], last))
    for last in range(11):
        verify_consistency(last, tree_root(HONEST[:last]), 20, tree_root(fork), consistency_proof(fork, last))


def test_the_frontier_of_one_branch_does_not_grow_into_the_other() -> None:
    common = Frontier.empty()
    for leaf in HONEST[:10]:
        common = common.append(leaf)
    branches = {common.append(leaf_hash(b"branch %d" % number)).root() for number in range(5)}
    assert len(branches) == 5
    assert common.root() == tree_root(HONEST[:10])
