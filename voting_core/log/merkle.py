"""The Merkle tree of the log: RFC 9162 §2.1 with SHA-256 (SPEC §8.1).

* :class:`Frontier` is the tree while it grows: a persistent value of at most log2(size) + 1 hashes.
* Proofs are made from all leaf hashes, and checked from sizes, roots and the proof alone.
* Every check states its preconditions and tests them; a proof must have exactly the length that the sizes ask for.

Leaves are hashed with prefix 0 and nodes with prefix 1, so that no leaf can pass for a node.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from voting_core.errors import VerificationError

HASH_BYTES: Final = 32

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Hash one entry (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A growing tree: its size and the roots of its complete subtrees, the largest (oldest) first.

    The subtrees are those of the binary digits of the size. Appending gives a new value and leaves the old one as it
    was, so that old states stay valid.
    """

    size: int
    nodes: tuple[bytes, ...]

    @classmethod
    def empty(cls) -> "Frontier":
        """Give the tree without leaves."""
        return cls(0, ())

    def append(self, leaf: bytes) -> "Frontier":
        """Give the tree with one more leaf hash; takes time in the logarithm of the size."""
        nodes = list(self.nodes)
        node = leaf
        # Each trailing 1 of the size is a complete subtree of the height that the new one has reached.
        complete = self.size
        while complete & 1:
            node = node_hash(nodes.pop(), node)
            complete >>= 1
        nodes.append(node)
        return Frontier(self.size + 1, tuple(nodes))

    def root(self) -> bytes:
        """Give the root of the tree (RFC 9162 §2.1.1)."""
        if not self.nodes:
            return EMPTY_ROOT
        root = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            root = node_hash(node, root)
        return root


def tree_root(hashes: Sequence[bytes]) -> bytes:
    """Give the root of the tree over leaf hashes."""
    # Pairing level by level and carrying an odd last node up gives the tree of RFC 9162 §2.1.1.
    level = list(hashes)
    while len(level) > 1:
        pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
    return level[0] if level else EMPTY_ROOT


Subtree = Callable[[int, int], bytes]
"""Gives the root of the tree over the leaves from one index to another."""


def inclusion_proof(hashes: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Make the proof that leaf `index` is in the tree over these leaf hashes (RFC 9162 §2.1.3.1)."""
    return inclusion_nodes(lambda low, high: tree_root(hashes[low:high]), index, len(hashes))


def consistency_proof(hashes: Sequence[bytes], first: int) -> tuple[bytes, ...]:
    """Make the proof that the tree of size `first` is a prefix of the tree over these leaf hashes (RFC 9162 §2.1.4.1).

    It is empty for the empty tree and for the whole tree.
    """
    return consistency_nodes(lambda low, high: tree_root(hashes[low:high]), first, len(hashes))


def inclusion_nodes(subtree: Subtree, index: int, size: int) -> tuple[bytes, ...]:
    """:func:`inclusion_proof` for whoever has the roots of subtrees."""
    if not 0 <= index < size:
        raise ValueError(f"index {index} is not in a tree of size {size}")
    proof: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        split = low + largest_split(high - low)
        if index < split:
            proof.append(subtree(split, high))
            high = split
        else:
            proof.append(subtree(low, split))
            low = split
    return tuple(reversed(proof))


def consistency_nodes(subtree: Subtree, first: int, size: int) -> tuple[bytes, ...]:
    """:func:`consistency_proof` for whoever has the roots of subtrees."""
    if not 0 <= first <= size:
        raise ValueError(f"size {first} is not a size of a tree of size {size}")
    if first in (0, size):
        return ()
    proof: list[bytes] = []
    low, high = 0, size
    while first != high:
        split = low + largest_split(high - low)
        if first <= split:
            proof.append(subtree(split, high))
            high = split
        else:
            proof.append(subtree(low, split))
            low = split
    # The subtree [low, first) is complete in both trees. Where it is the whole first tree, the verifier has its root.
    if low != 0:
        proof.append(subtree(low, first))
    return tuple(reversed(proof))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf hash is at `index` of the tree with this size and root (RFC 9162 §2.1.3.2).

    Raises:
        VerificationError: V3.B.
    """
    if not 0 <= index < size:
        raise VerificationError("V3.B", f"index {index} is not in a tree of size {size}")
    _check_hashes(leaf, root, *proof)
    node_index, last_index, node = index, size - 1, leaf
    for step in proof:
        if last_index == 0:
            raise VerificationError("V3.B", "the inclusion proof is too long")
        if node_index & 1 or node_index == last_index:
            node = node_hash(step, node)
            # A last node without a sibling moves up until it is a right child.
            while not node_index & 1 and node_index:
                node_index, last_index = node_index >> 1, last_index >> 1
        else:
            node = node_hash(node, step)
        node_index, last_index = node_index >> 1, last_index >> 1
    if last_index != 0:
        raise VerificationError("V3.B", "the inclusion proof is too short")
    _check_same_root(node, root, size)


def verify_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of size `first` is a prefix of the one of size `second` (RFC 9162 §2.1.4.2).

    Raises:
        VerificationError: V3.B.
    """
    if not 0 <= first <= second:
        raise VerificationError("V3.B", f"a tree of size {first} is no prefix of one of size {second}")
    _check_hashes(first_root, second_root, *proof)
    if first in (0, second):
        if proof:
            raise VerificationError("V3.B", "the consistency proof is too long")
        _check_same_root(EMPTY_ROOT if first == 0 else second_root, first_root, first)
        if second == 0:
            _check_same_root(EMPTY_ROOT, second_root, second)
        return
    # Where the first tree is one complete subtree, the proof begins with its root, which the verifier has.
    steps = (first_root, *proof) if first & (first - 1) == 0 else tuple(proof)
    if not steps:
        raise VerificationError("V3.B", "the consistency proof is too short")
    node_index, last_index = first - 1, second - 1
    while node_index & 1:
        node_index, last_index = node_index >> 1, last_index >> 1
    first_node = second_node = steps[0]
    for step in steps[1:]:
        if last_index == 0:
            raise VerificationError("V3.B", "the consistency proof is too long")
        if node_index & 1 or node_index == last_index:
            first_node, second_node = node_hash(step, first_node), node_hash(step, second_node)
            while not node_index & 1 and node_index:
                node_index, last_index = node_index >> 1, last_index >> 1
        else:
            second_node = node_hash(second_node, step)
        node_index, last_index = node_index >> 1, last_index >> 1
    if last_index != 0:
        raise VerificationError("V3.B", "the consistency proof is too short")
    _check_same_root(first_node, first_root, first)
    _check_same_root(second_node, second_root, second)


def largest_split(size: int) -> int:
    # The largest power of two below size (RFC 9162 §2.1.1), for size > 1.
    return 1 << (size - 1).bit_length() - 1


def _check_hashes(*hashes: bytes) -> None:
    if any(len(value) != HASH_BYTES for value in hashes):
        raise VerificationError("V3.B", f"a hash of the log has {HASH_BYTES} bytes")


def _check_same_root(computed: bytes, claimed: bytes, size: int) -> None:
    if computed != claimed:
        raise VerificationError(
            "V3.B", f"the proof leads to root {computed.hex()[:16]} for size {size}, claimed is {claimed.hex()[:16]}"
        )
