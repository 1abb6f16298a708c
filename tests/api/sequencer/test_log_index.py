from api.sequencer.log_index import LogIndex
from voting_core.log.merkle import leaf_hash, tree_root, verify_consistency, verify_inclusion

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
