"""The leaves of the log, for proofs and for finding an entry again.

Only the sequencer adds to it, after the commit. Readers ask for what lies below the size of their view, so that they
never see an entry before everybody does.

Anybody may ask for a proof, and each is over the whole log. Nodes over full subtrees never change, so they are kept
once they were needed: the first proof costs as much as the log is long, each further one as its logarithm.
"""

from collections.abc import Sequence

from voting_core.log.merkle import consistency_nodes, inclusion_nodes, largest_split, node_hash


class LogIndex:
    """The leaf hashes of all entries of the log, in order."""

    def __init__(self, leaves: Sequence[bytes] = ()) -> None:
        self._leaves = list(leaves)
        self._index = {leaf: number for number, leaf in enumerate(self._leaves)}
        self._nodes: dict[tuple[int, int], bytes] = {}

    def append(self, leaves: Sequence[bytes]) -> None:
        """Add the leaves of new entries."""
        for leaf in leaves:
            self._index[leaf] = len(self._leaves)
            self._leaves.append(leaf)

    def find(self, leaf: bytes, size: int) -> int | None:
        """The index of the entry with this leaf hash in the log of `size`, or None."""
        index = self._index.get(leaf)
        return index if index is not None and index < size else None

    def leaf(self, index: int) -> bytes:
        """The leaf hash of an entry."""
        return self._leaves[index]

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """The proof that entry `index` is in the log of `size` (RFC 9162 §2.1.3)."""
        return inclusion_nodes(self._subtree, index, size)

    def consistency(self, first: int, second: int) -> tuple[bytes, ...]:
        """The proof that the log of size `second` extends that of size `first` (RFC 9162 §2.1.4)."""
        return consistency_nodes(self._subtree, first, second)

    def _subtree(self, low: int, high: int) -> bytes:
        """The root of the tree over some leaves; they are in the log by the time anybody asks."""
        size = high - low
        if size == 1:
            return self._leaves[low]
        kept = self._nodes.get((low, high))
        if kept is not None:
            return kept
        split = low + largest_split(size)
        node = node_hash(self._subtree(low, split), self._subtree(split, high))
        if size & (size - 1) == 0:
            self._nodes[low, high] = node
        return node
