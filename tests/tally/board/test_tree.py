import hashlib

import pytest

from tally.board.tree import Tree, climbed, steps_of
from voting_core.log.merkle import EMPTY_ROOT, inclusion_proof, tree_root, verify_inclusion


def leaves(count: int) -> list[bytes]:
    return [hashlib.sha256(bytes([number])).digest() for number in range(count)]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 13, 33])
def test_every_proof_is_that_of_the_log(size: int) -> None:
    tree = Tree(leaves(size))
    assert tree.size == size
    assert tree.root == tree_root(leaves(size))
    for index in range(size):
        steps = tree.proof(index)
        hashes = inclusion_proof(leaves(size), index)
        assert tuple(step.hash for step in steps) == hashes
        assert steps == steps_of(hashes, index, size)
        verify_inclusion(tree.leaf(index), index, size, hashes, tree.root)
        assert (climbed(tree.leaf(index), steps) or (tree.leaf(index),))[-1] == tree.root


def test_a_changed_step_leads_elsewhere() -> None:
    tree = Tree(leaves(6))
    assert climbed(tree.leaf(2), tree.proof(3))[-1] != tree.root


def test_an_empty_log_has_the_empty_root() -> None:
    assert Tree([]).root == EMPTY_ROOT


def test_neighbours_are_named_by_their_side() -> None:
    (step,) = Tree(leaves(2)).proof(1)
    assert (step.side.zh, step.side.en) == ("左邻", "left neighbour")
