"""The Merkle tree, checkpoints and cosignatures, SPEC §8.1 and §8.6."""

import base64
import binascii
import re
from dataclasses import dataclass

from . import ed25519
from .errors import Refused, require
from .sealing import sha256


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right)


def root(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, as defined there."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha256(b"")
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root(leaves[:split]), root(leaves[split:]))


class Tree:
    """Roots of all sizes while leaves are added: perfect subtrees, largest first."""

    def __init__(self) -> None:
        self._peaks: list[tuple[int, bytes]] = []
        self.roots = [sha256(b"")]

    def append(self, leaf: bytes) -> None:
        self._peaks = self._with(leaf)
        self.roots.append(self._top(self._peaks))

    def root_with(self, leaf: bytes) -> bytes:
        """The root that the tree would have after this leaf."""
        return self._top(self._with(leaf))

    def _with(self, leaf: bytes) -> list[tuple[int, bytes]]:
        peaks, size, node = list(self._peaks), 1, leaf
        while peaks and peaks[-1][0] == size:
            node, size = node_hash(peaks.pop()[1], node), 2 * size
        return [*peaks, (size, node)]

    @staticmethod
    def _top(peaks: list[tuple[int, bytes]]) -> bytes:
        top = peaks[-1][1]
        for _, peak in reversed(peaks[:-1]):
            top = node_hash(peak, top)
        return top


def verify_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes], top: bytes) -> None:
    """RFC 9162 §2.1.3.2."""
    require(0 <= index < size, "V3.B", "an index beyond the tree")
    fn, sn, r = index, size - 1, leaf
    for node in proof:
        require(sn != 0, "V3.B", "the proof is too long")
        if fn & 1 or fn == sn:
            r = node_hash(node, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, node)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0 and r == top, "V3.B", "the proof leads to another root")


def verify_consistency(first: int, second: int, proof: list[bytes], old: bytes, new: bytes) -> None:
    """RFC 9162 §2.1.4.2, for 0 < first <= second."""
    require(0 < first <= second, "V3.B", "sizes out of order")
    if first == second:
        require(not proof and old == new, "V3.B", "one size, two roots")
        return
    path = [old, *proof] if first & first - 1 == 0 else list(proof)
    require(bool(path), "V3.B", "the proof is empty")
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for node in path[1:]:
        require(sn != 0, "V3.B", "the proof is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(node, fr), node_hash(node, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, node)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0 and fr == old and sr == new, "V3.B", "the proof leads to another root")


@dataclass(frozen=True)
class Checkpoint:
    size: int
    root: bytes


MAX_TRUSTEES = 15
SIGNATURE = re.compile("— ([^ +\n]+) ([A-Za-z0-9+/=]+)")


def _standard_b64(text: str, code: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Refused(code, "not base64") from error
    require(base64.b64encode(data).decode() == text, code, "not canonical base64")
    return data


def _hash(name: str, algorithm: int, key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([algorithm]) + key)[:4]


def verify_checkpoint(
    data: bytes, session: bytes, log_key: bytes, witnesses: dict[int, bytes]
) -> tuple[Checkpoint, list[int]]:
    """The checkpoint and the indices of those that cosigned it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("V3.B", "a checkpoint is not text") from error
    origin = f"plenum-v1/{session.hex()}"
    body, gap, tail = text.partition("\n\n")
    lines = body.split("\n")
    require(
        gap == "\n\n" and tail.endswith("\n") and len(lines) == 3 and lines[0] == origin,
        "V3.B",
        "the form of the checkpoint",
    )
    require(re.fullmatch(r"0|[1-9][0-9]{0,15}", lines[1]) is not None, "V3.B", "the size of the checkpoint")
    checkpoint = Checkpoint(int(lines[1]), _standard_b64(lines[2], "V3.B"))
    require(len(checkpoint.root) == 32, "V3.B", "the root of the checkpoint")
    message = (body + "\n").encode()
    signers: list[int] = []
    for number, line in enumerate(tail[:-1].split("\n")):
        found = SIGNATURE.fullmatch(line)
        if found is None:
            raise Refused("V3.B", "a signature line")
        name, blob = found.group(1), _standard_b64(found.group(2), "V3.B")
        if number == 0:
            require(
                name == origin and blob[:4] == _hash(name, 1, log_key), "V3.B", "the first signature is not the log's"
            )
            ed25519.verify_raw(log_key, message, blob[4:], "V3.B")
            continue
        index = next((i for i in range(1, MAX_TRUSTEES + 1) if name == f"{origin}/witness/{i}"), 0)
        require(index != 0 and index not in signers, "V3.B", "a signature of nobody that may sign, or a second one")
        require(index in witnesses, "V3.C", f"trustee {index} has not joined")
        require(len(blob) == 76 and blob[:4] == _hash(name, 4, witnesses[index]), "V3.C", "the hash of a witness key")
        time = int.from_bytes(blob[4:12], "big")
        ed25519.verify_raw(witnesses[index], f"cosignature/v1\ntime {time}\n".encode() + message, blob[12:], "V3.C")
        signers.append(index)
    return checkpoint, signers
