"""The tree of the log, its proofs, checkpoints and cosignatures: SPEC §8.1, §8.6."""

import base64
from functools import partial

from tests.vectors.generate.common import Json, VectorFile, flipped, some_bytes
from voting_core.log.checkpoint import (
    Checkpoint,
    add_cosignatures,
    cosign_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
)
from voting_core.log.merkle import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

SESSION = some_bytes("session")
ENTRIES = [some_bytes(f"entry {number}", 10 + number) for number in range(13)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
LOG_KEY = SigningKey.from_seed(Secret(some_bytes("log key")))
WITNESSES = {index: SigningKey.from_seed(Secret(some_bytes(f"witness key {index}"))) for index in (1, 2, 3)}


def build() -> Json:
    file = VectorFile("§8", "roots, inclusion and consistency proofs, checkpoints with cosignatures")
    for size in (*range(9), 13):
        entries = [entry.hex() for entry in ENTRIES[:size]]
        gives = {"root": tree_root(LEAVES[:size]).hex()}
        file.valid(f"root-{size}", f"{size} entries", "root", {"entries": entries}, gives)
    for size, index in ((1, 0), (2, 1), (7, 0), (7, 3), (7, 6), (8, 5), (13, 12)):
        given = _inclusion(size, index)
        _verify_inclusion(given)
        file.valid(f"inclusion-{size}-{index}", "an inclusion proof", "inclusion", given, {})
    for first, second in ((1, 2), (3, 7), (4, 7), (6, 8), (7, 7), (8, 13)):
        given = _consistency(first, second)
        _verify_consistency(given)
        file.valid(f"consistency-{first}-{second}", "a consistency proof", "consistency", given, {})
    _bad_proofs(file)
    _checkpoints(file)
    return file.content()


def _inclusion(size: int, index: int) -> Json:
    proof = [node.hex() for node in inclusion_proof(LEAVES[:size], index)]
    root = tree_root(LEAVES[:size]).hex()
    return {"leaf": LEAVES[index].hex(), "index": index, "size": size, "proof": proof, "root": root}


def _verify_inclusion(given: Json) -> None:
    leaf, root = bytes.fromhex(given["leaf"]), bytes.fromhex(given["root"])
    verify_inclusion(leaf, given["index"], given["size"], [bytes.fromhex(node) for node in given["proof"]], root)


def _consistency(first: int, second: int) -> Json:
    proof = [node.hex() for node in consistency_proof(LEAVES[:second], first)]
    old, new = tree_root(LEAVES[:first]).hex(), tree_root(LEAVES[:second]).hex()
    return {"first": first, "second": second, "old": old, "new": new, "proof": proof}


def _verify_consistency(given: Json) -> None:
    old, new = bytes.fromhex(given["old"]), bytes.fromhex(given["new"])
    proof = [bytes.fromhex(node) for node in given["proof"]]
    verify_consistency(given["first"], old, given["second"], new, proof)


def _bad_proofs(file: VectorFile) -> None:
    good = _inclusion(7, 3)
    node = some_bytes("node").hex()
    for name, comment, changes in (
        ("index", "another index", {"index": 2}),
        ("size", "a size of another height", {"size": 9}),
        ("outside", "an index beyond the tree", {"index": 7}),
        ("leaf", "another leaf", {"leaf": LEAVES[4].hex()}),
        ("root", "another root", {"root": tree_root(LEAVES[:6]).hex()}),
        ("short", "a node too few", {"proof": good["proof"][:-1]}),
        ("long", "a node too many", {"proof": [*good["proof"], node]}),
        ("order", "nodes out of order", {"proof": good["proof"][::-1]}),
        ("node", "another node", {"proof": [node, *good["proof"][1:]]}),
        ("none", "no node", {"proof": []}),
    ):
        given = {**good, **changes}
        file.invalid(f"inclusion-{name}", comment, "inclusion", given, "V3.B", partial(_verify_inclusion, given))
    good = _consistency(3, 7)
    for name, comment, changes in (
        ("old", "another old root", {"old": tree_root(LEAVES[:4]).hex()}),
        ("new", "another new root", {"new": tree_root(LEAVES[:8]).hex()}),
        ("first", "another old size", {"first": 4}),
        ("second", "a new size of another height", {"second": 9}),
        ("backwards", "a tree that shrinks", {"first": 8}),
        ("short", "a node too few", {"proof": good["proof"][:-1]}),
        ("long", "a node too many", {"proof": [*good["proof"], node]}),
        ("none", "no node", {"proof": []}),
        ("same-size", "one size and two roots", {"first": 7}),
    ):
        given = {**good, **changes}
        file.invalid(f"consistency-{name}", comment, "consistency", given, "V3.B", partial(_verify_consistency, given))


def _given(note: bytes, session: bytes = SESSION) -> Json:
    witnesses = {str(index): key.public.hex() for index, key in WITNESSES.items()}
    return {"note": note.decode(), "session": session.hex(), "log_key": LOG_KEY.public.hex(), "witnesses": witnesses}


def _verify(given: Json) -> list[int]:
    note, session = given["note"].encode(), bytes.fromhex(given["session"])
    signed = verify_checkpoint(note, session, bytes.fromhex(given["log_key"]))
    indices = [cosignature.index for cosignature in signed.cosignatures]
    for index in indices:
        verify_cosignature(signed, index, bytes.fromhex(given["witnesses"].get(str(index), "00" * 32)))
    return indices


def _checkpoints(file: VectorFile) -> None:
    notes: dict[str, bytes] = {}
    for size in (0, 7, 13):
        checkpoint = Checkpoint(SESSION, size, tree_root(LEAVES[:size]))
        notes[f"{size}"] = sign_checkpoint(checkpoint, LOG_KEY)
    checkpoint = Checkpoint(SESSION, 13, tree_root(LEAVES))
    lines = [cosign_checkpoint(checkpoint, key, index, 1796000000 + index) for index, key in WITNESSES.items()]
    notes["cosigned"] = add_cosignatures(notes["13"], lines[:2])
    notes["all"] = add_cosignatures(notes["13"], lines)
    for name, note in notes.items():
        size = int(note.split(b"\n")[1])
        gives = {"size": size, "root": tree_root(LEAVES[:size]).hex(), "signers": _verify(_given(note))}
        file.valid(f"checkpoint-{name}", "a checkpoint", "checkpoint", _given(note), gives)
    good = notes["cosigned"]
    text, _, signatures = good.partition(b"\n\n")
    by_log, first, second = signatures.splitlines(keepends=True)
    stranger = SigningKey.from_seed(Secret(some_bytes("stranger")))
    forged = cosign_checkpoint(checkpoint, stranger, 1, 1796000001)
    fourth = cosign_checkpoint(checkpoint, stranger, 4, 1796000001)
    late = cosign_checkpoint(Checkpoint(SESSION, 7, tree_root(LEAVES[:7])), WITNESSES[1], 1, 1796000001)
    other = sign_checkpoint(Checkpoint(some_bytes("s"), 13, checkpoint.root), LOG_KEY)
    by_other = sign_checkpoint(checkpoint, stranger)
    body = text + b"\n\n"
    cases: dict[str, tuple[str, str, bytes]] = {
        "size": ("another size", "V3.B", good.replace(b"\n13\n", b"\n12\n")),
        "leading-zero": ("a size with a leading zero", "V3.B", good.replace(b"\n13\n", b"\n013\n")),
        "plus": ("a size with a sign", "V3.B", good.replace(b"\n13\n", b"\n+13\n")),
        "root": ("another root", "V3.B", good.replace(*_other_root(text))),
        "extension": ("an extension line", "V3.B", text + b"\nextension\n\n" + signatures),
        "no-log": ("without the log's signature", "V3.B", body + first + second),
        "log-last": ("the log's signature last", "V3.B", body + first + second + by_log),
        "other-session": ("of another session", "V3.B", other),
        "other-log-key": ("signed by another log key", "V3.B", by_other),
        "no-signature": ("without a signature", "V3.B", body),
        "cut": ("without the last line feed", "V3.B", good[:-1]),
        "carriage-return": ("with a carriage return", "V3.B", good.replace(b"\n13\n", b"\r\n13\n")),
        "hyphen": ("a hyphen for the dash", "V3.B", good.replace("—".encode(), b"-", 1)),
        "witness-twice": ("one witness twice", "V3.B", body + by_log + first + first),
        "forged-witness": ("cosigned by a stranger", "V3.C", body + by_log + forged + second),
        "other-size-cosigned": ("a cosignature of another tree", "V3.C", body + by_log + late),
        "time": ("another time in the cosignature", "V3.C", body + by_log + _other_time(first)),
        "unknown-witness": ("a witness that has not joined", "V3.C", body + by_log + fourth),
    }
    for name, (comment, code, note) in cases.items():
        given = _given(note)
        file.invalid(f"checkpoint-{name}", comment, "checkpoint", given, code, partial(_verify, given))


def _other_root(text: bytes) -> tuple[bytes, bytes]:
    line = text.split(b"\n")[2]
    return line, (b"A" if line[:1] != b"A" else b"B") + line[1:]


def _other_time(line: bytes) -> bytes:
    head, _, encoded = line.rstrip(b"\n").rpartition(b" ")
    return head + b" " + base64.b64encode(flipped(base64.b64decode(encoded), 11)) + b"\n"
