import pytest

from api.sequencer.log_index import LogIndex
from voting_core.log.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(bytes([number])) for number in range(20)]


def test_entries_are_found_below_the_size_that_is_asked_for() -> None:
    index = LogIndex(LEAVES[:5])
    index.append(LEAVES[5:])
    assert index.find(LEAVES[7], 20) == 7
    assert index.find(LEAVES[7], 7) is None
    assert index.find(bytes(32), 20) is None
    assert index.leaf(3) == LEAVES[3]


def test_proofs_are_of_the_size_that_is_asked_for() -> None:
    index = LogIndex(LEAVES)
    root = tree_root(LEAVES[:13])
    verify_inclusion(LEAVES[4], 4, 13, index.inclusion(4, 13), root)
    verify_consistency(6, tree_root(LEAVES[:6]), 13, root, index.consistency(6, 13))


def test_proofs_are_those_of_the_plain_definition_at_every_size() -> None:
    index = LogIndex(LEAVES[:3])
    index.append(LEAVES[3:])
    for size in range(1, len(LEAVES) + 1):
        for number in range(size):
            assert index.inclusion(number, size) == inclusion_proof(LEAVES[:size], number)
            assert index.consistency(number, size) == consistency_proof(LEAVES[:size], number)


def test_a_further_proof_costs_no_walk_through_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may ask for as many as they like."""
    leaves = [leaf_hash(number.to_bytes(2)) for number in range(1_000)]
    index, hashed = LogIndex(leaves), 0

    def counting(left: bytes, right: bytes) -> bytes:
        nonlocal hashed
        hashed += 1
        return node_hash(left, right)

    monkeypatch.setattr("api.sequencer.log_index.node_hash", counting)
    index.inclusion(0, 1_000)
    index.inclusion(999, 1_000)
    assert hashed >= 990
    hashed = 0
    for number in range(0, 1_000, 10):
        index.inclusion(number, 1_000)
        index.consistency(number, 1_000)
    assert hashed < 200 * 20
