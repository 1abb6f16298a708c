"""The Merkle tree (SPEC §8.1): the vectors of Certificate Transparency, every small tree, and mostly refusals."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

# The eight inputs of the reference tests of Certificate Transparency and the roots of their first 1 to 8.
CT_INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CT_LEAVES = [leaf_hash(bytes.fromhex(text)) for text in CT_INPUTS]
# (index, size) -> proof
CT_INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
# (first, second) -> proof
CT_CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
LEAVES = [leaf_hash(b"entry %d" % number) for number in range(130)]
SIZES = range(66)


def naive_root(hashes: Sequence[bytes]) -> bytes:
    """The definition of RFC 9162 §2.1.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(hashes[:split]) + naive_root(hashes[split:])).digest()


ROOTS = [naive_root(LEAVES[:size]) for size in range(len(LEAVES) + 1)]


def refuse_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    with pytest.raises(VerificationError) as refused:
        verify_inclusion(leaf, index, size, proof, root)
    assert refused.value.code == "V3.B"


def refuse_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> None:
    with pytest.raises(VerificationError) as refused:
        verify_consistency(first, first_root, second, second_root, proof)
    assert refused.value.code == "V3.B"


def changed(proof: Sequence[bytes]) -> list[tuple[bytes, ...]]:
    """Every proof that differs from this one by one simple change."""
    others: list[tuple[bytes, ...]] = []
    for at in range(len(proof)):
        flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        others.append((*proof[:at], flipped, *proof[at + 1 :]))
        others.append((*proof[:at], *proof[at + 1 :]))
        others.append((*proof[:at], proof[at], *proof[at:]))
        others.append((*proof[:at], proof[at][:31], *proof[at + 1 :]))
        if at and proof[at] != proof[at - 1]:
            others.append((*proof[: at - 1], proof[at], proof[at - 1], *proof[at + 1 :]))
    others.append((*proof, bytes(32)))
    others.append((bytes(32), *proof))
    return others


@pytest.mark.parametrize("size", range(1, 9))
def test_ct_roots(size: int) -> None:
    assert tree_root(CT_LEAVES[:size]).hex() == CT_ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), CT_INCLUSION)
def test_ct_inclusion(index: int, size: int) -> None:
    proof = inclusion_proof(CT_LEAVES[:size], index)
    assert [step.hex() for step in proof] == CT_INCLUSION[index, size]
    verify_inclusion(CT_LEAVES[index], index, size, proof, bytes.fromhex(CT_ROOTS[size - 1]))


@pytest.mark.parametrize(("first", "second"), CT_CONSISTENCY)
def test_ct_consistency(first: int, second: int) -> None:
    proof = consistency_proof(CT_LEAVES[:second], first)
    assert [step.hex() for step in proof] == CT_CONSISTENCY[first, second]
    verify_consistency(first, bytes.fromhex(CT_ROOTS[first - 1]), second, bytes.fromhex(CT_ROOTS[second - 1]), proof)


def test_the_empty_tree() -> None:
    assert Frontier.empty().root() == EMPTY_ROOT == tree_root([])
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_leaf_is_no_node() -> None:
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


def test_the_frontier_is_the_definition_at_every_size() -> None:
    frontier = Frontier.empty()
    for size in range(len(LEAVES)):
        assert frontier.size == size
        assert len(frontier.nodes) == size.bit_count()
        assert frontier.root() == ROOTS[size]
        frontier = frontier.append(LEAVES[size])


def test_appending_leaves_old_trees_alone() -> None:
    old = Frontier.empty().append(LEAVES[0]).append(LEAVES[1]).append(LEAVES[2])
    left, right = old.append(LEAVES[3]), old.append(LEAVES[4])
    assert old.root() == ROOTS[3]
    assert left.root() == ROOTS[4] != right.root()


@pytest.mark.parametrize("size", SIZES)
def test_every_inclusion_proof(size: int) -> None:
    for index in range(size):
        proof = inclusion_proof(LEAVES[:size], index)
        verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size])


@pytest.mark.parametrize("second", SIZES)
def test_every_consistency_proof(second: int) -> None:
    for first in range(second + 1):
        proof = consistency_proof(LEAVES[:second], first)
        verify_consistency(first, ROOTS[first], second, ROOTS[second], proof)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33])
def test_changed_inclusion_proofs(size: int) -> None:
    for index in range(size):
        proof = inclusion_proof(LEAVES[:size], index)
        for other in changed(proof):
            refuse_inclusion(LEAVES[index], index, size, other, ROOTS[size])
        refuse_inclusion(leaf_hash(b"forged"), index, size, proof, ROOTS[size])
        refuse_inclusion(LEAVES[index], index, size, proof, ROOTS[size + 1])
        for other_index in (*range(-1, size + 2), 2 * size + index, 2**64 + index):
            if other_index != index:
                refuse_inclusion(LEAVES[index], other_index, size, proof, ROOTS[size])


@pytest.mark.parametrize("second", [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33])
def test_changed_consistency_proofs(second: int) -> None:
    for first in range(second + 1):
        proof = consistency_proof(LEAVES[:second], first)
        for other in changed(proof):
            refuse_consistency(first, ROOTS[first], second, ROOTS[second], other)
        refuse_consistency(first, bytes(32), second, ROOTS[second], proof)
        if first:
            refuse_consistency(first, ROOTS[first], second, bytes(32), proof)
        for other_first in range(-1, second + 2):
            if other_first != first:
                refuse_consistency(other_first, ROOTS[first], second, ROOTS[second], proof)


def test_a_tree_of_the_wrong_size_never_includes() -> None:
    """The position must be right in the tree of the stated size, not in one of another shape."""
    for size in range(1, 20):
        for index in range(size):
            proof = inclusion_proof(LEAVES[:size], index)
            for other in range(1, 40):
                if other == size:
                    continue
                try:
                    verify_inclusion(LEAVES[index], index, other, proof, ROOTS[size])
                except VerificationError:
                    continue
                # The path of a leaf may have the same shape in both trees; then the root decides.
                refuse_inclusion(LEAVES[index], index, other, proof, ROOTS[other])


def test_sizes_that_cannot_be() -> None:
    refuse_inclusion(LEAVES[0], 0, 0, (), EMPTY_ROOT)
    refuse_inclusion(LEAVES[0], -1, 1, (), LEAVES[0])
    refuse_inclusion(LEAVES[0], 1, 1, (), LEAVES[0])
    refuse_consistency(-1, EMPTY_ROOT, 0, EMPTY_ROOT, ())
    refuse_consistency(2, ROOTS[2], 1, ROOTS[1], ())
    refuse_consistency(0, bytes(32), 5, ROOTS[5], ())
    refuse_consistency(0, EMPTY_ROOT, 0, ROOTS[1], ())
    refuse_consistency(0, EMPTY_ROOT, 5, ROOTS[5], (bytes(32),))
    refuse_consistency(5, ROOTS[5], 5, ROOTS[5], (bytes(32),))
    refuse_consistency(5, ROOTS[5], 5, ROOTS[4], ())
    refuse_consistency(3, ROOTS[3], 5, ROOTS[5], ())
    refuse_consistency(4, ROOTS[4], 5, ROOTS[5], ())


@pytest.mark.parametrize("short", [b"", bytes(31), bytes(33)])
def test_hashes_of_another_length(short: bytes) -> None:
    proof = inclusion_proof(LEAVES[:3], 1)
    refuse_inclusion(short, 1, 3, proof, ROOTS[3])
    refuse_inclusion(LEAVES[1], 1, 3, proof, short)
    refuse_consistency(1, short, 1, short, ())
    refuse_consistency(0, EMPTY_ROOT, 1, short, ())


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_no_proof_for_what_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match="size 3"):
        inclusion_proof(LEAVES[:3], index)


@pytest.mark.parametrize("first", [-1, 4])
def test_no_consistency_proof_for_what_is_not_there(first: int) -> None:
    with pytest.raises(ValueError, match="size 3"):
        consistency_proof(LEAVES[:3], first)


@given(st.lists(st.binary(max_size=5), min_size=1, max_size=40), st.data())
def test_two_logs_that_differ_anywhere_are_inconsistent(entries: list[bytes], data: st.DataObject) -> None:
    hashes = [leaf_hash(entry) for entry in entries]
    first = data.draw(st.integers(1, len(hashes)))
    at = data.draw(st.integers(0, first - 1))
    other = [*hashes]
    other[at] = leaf_hash(entries[at] + b"!")
    proof = consistency_proof(other, first)
    refuse_consistency(first, tree_root(hashes[:first]), len(other), tree_root(other), proof)
