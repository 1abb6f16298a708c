"""Inclusion proofs for every entry of a log at once: the levels of the tree are kept, so that each proof is read off.

The tree is that of :mod:`voting_core.log.merkle` (RFC 9162): an odd last node moves up unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.screen.words import Said
from voting_core.log.merkle import EMPTY_ROOT, node_hash


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One step from a leaf to the root: the neighbour, and whether it stands on the left."""

    left: bool
    hash: bytes

    @property
    def side(self) -> Said:
        """On which side the neighbour stands, in words."""
        return Said("左邻", "left neighbour") if self.left else Said("右邻", "right neighbour")


class Tree:
    """The whole tree over leaf hashes."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            pairs = [node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
            self._levels.append(pairs + below[2 * len(pairs) :])

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0])

    @property
    def root(self) -> bytes:
        """The root."""
        return self._levels[-1][0] if self.size else EMPTY_ROOT

    def leaf(self, index: int) -> bytes:
        """The hash of a leaf."""
        return self._levels[0][index]

    def proof(self, index: int) -> tuple[ProofStep, ...]:
        """The neighbours on the way from a leaf to the root."""
        steps = []
        for level in self._levels[:-1]:
            neighbour = index ^ 1
            if neighbour < len(level):
                steps.append(ProofStep(neighbour < index, level[neighbour]))
            index >>= 1
        return tuple(steps)


def steps_of(hashes: Sequence[bytes], index: int, size: int) -> tuple[ProofStep, ...]:
    """The steps of a proof that has the neighbours' hashes alone: their sides follow from place and size."""
    steps = []
    last = size - 1
    for one in hashes:
        left = bool(index & 1) or index == last
        steps.append(ProofStep(left, one))
        while left and not index & 1 and index:
            # A last node without a neighbour moves up until it is a right child.
            index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    return tuple(steps)


def climbed(leaf: bytes, steps: Sequence[ProofStep]) -> tuple[bytes, ...]:
    """The node after each step; the last is the root."""
    nodes = []
    node = leaf
    for step in steps:
        node = node_hash(step.hash, node) if step.left else node_hash(node, step.hash)
        nodes.append(node)
    return tuple(nodes)
