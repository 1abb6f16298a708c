"""The key ceremony, SPEC §6."""

from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from tally.entries.ceremony import TrusteeJoined
from tally.replay.transcripts import deal_commitment, fingerprint, roster_hash, share_info
from tests.support import plain_hpke
from tests.support.seeded_rng import SeededRng
from tests.vectors.generate.common import Json, VectorFile, flipped, some_bytes
from voting_core.errors import EncodingError, SealedError, VerificationError
from voting_core.framing import digest, u64
from voting_core.group import P, Point, Q, decode_point, decode_scalar, encode_scalar
from voting_core.params import Tag
from voting_core.polynomial import is_good_share, joint_key, public_share
from voting_core.prove.dealing import commit, constant_term, new_polynomial, share_for
from voting_core.prove.schnorr import prove_deal
from voting_core.schnorr import DealProof, DealStatement, verify_deal_proof
from voting_core.sealing import check_sealing_key, open_box

SESSION = some_bytes("session")
ROSTER = [
    TrusteeJoined(
        index=index,
        name=name,
        signing_key=some_bytes(f"signing {index}"),
        witness_key=some_bytes(f"witness {index}"),
    )
    for index, name in enumerate(("周建平", "林秀兰", "何志刚"), 1)
]
THRESHOLD = 2
ATTEMPT = 3


def build() -> Json:
    file = VectorFile("§6", "roster, deals, shares, boxes, transcript, keys and fingerprint of the key ceremony")
    roster = roster_hash(SESSION, ROSTER)
    given = {"session": SESSION.hex(), "trustees": [trustee.to_json() for trustee in ROSTER]}
    file.valid("roster", "three trustees", "roster", given, {"hash": roster.hex()})
    for n, k in ((2, 2), (3, 2), (3, 3), (5, 3), (7, 4), (15, 8), (15, 2)):
        file.valid(f"quorum-{n}-{k}", "ceil((n + k) / 2)", "quorum", {"n": n, "k": k}, {"quorum": -(-(n + k) // 2)})
    polynomials = [new_polynomial(THRESHOLD, SeededRng(f"dealer {index}")) for index in (1, 2, 3)]
    deals = [commit(polynomial) for polynomial in polynomials]
    for index, points in enumerate(deals, 1):
        statement = DealStatement(SESSION, ATTEMPT, roster, index, points)
        proof = prove_deal(statement, constant_term(polynomials[index - 1]), SeededRng(f"proof {index}"))
        state = cast(
            "Any", SimpleNamespace(ceremony=SimpleNamespace(attempt=ATTEMPT), session_id=SESSION, roster_hash=roster)
        )
        commitment = deal_commitment(state, index, _run(points), proof.encode())
        gives = {"commitment": commitment.hex()}
        file.valid(f"deal-{index}", f"dealer {index}", "deal", _deal(statement, proof.encode()), gives)
        if index == 1:
            _bad_deals(file, statement, proof, constant_term(polynomials[0]))
        for to in {1, 2, 3} - {index}:
            share = encode_scalar(share_for(polynomials[index - 1], to).reveal())
            file.valid(f"share-{index}-{to}", "a good share", "share", _share(points, to, share), {"good": True})
            if (index, to) == (1, 2):
                _shares_and_boxes(file, points, share, share_info(state, index, to), roster)
    leaves = [some_bytes(f"leaf {number}") for number in range(6)]
    transcript = digest(Tag.CEREMONY, SESSION, roster, u64(ATTEMPT), *leaves)
    given = {
        "attempt": ATTEMPT,
        "committed": [leaf.hex() for leaf in leaves[:3]],
        "revealed": [leaf.hex() for leaf in leaves[3:]],
        "roster": roster.hex(),
        "session": SESSION.hex(),
    }
    file.valid(
        "transcript", "what dkg.confirmed is over", "ceremony_transcript", given, {"transcript": transcript.hex()}
    )
    _keys(file, deals)
    _fingerprints(file)
    return file.content()


def _run(points: tuple[Point, ...]) -> bytes:
    return b"".join(point.encode() for point in points)


def _deal(statement: DealStatement, proof: bytes, commitments: bytes | None = None) -> Json:
    return {
        "attempt": statement.attempt,
        "commitments": (commitments or _run(statement.commitments)).hex(),
        "dealer": statement.dealer,
        "proof": proof.hex(),
        "roster": statement.roster.hex(),
        "session": statement.session.hex(),
        "threshold": THRESHOLD,
    }


def _check_deal(statement: DealStatement, commitments: bytes, proof: bytes) -> None:
    if len(commitments) != 32 * THRESHOLD:
        raise VerificationError("V5.C", "not exactly k commitments")
    try:
        points = tuple(decode_point(commitments[i : i + 32], "C") for i in range(0, len(commitments), 32))
    except EncodingError as error:
        raise VerificationError("V5.C", str(error)) from error
    verify_deal_proof(replace(statement, commitments=points), DealProof.decode(proof, "proof"))


def _bad_deals(file: VectorFile, statement: DealStatement, proof: DealProof, constant: Any) -> None:
    run, good = _run(statement.commitments), proof.encode()
    longer = commit(new_polynomial(3, SeededRng("three")))
    of_longer = DealStatement(statement.session, ATTEMPT, statement.roster, 1, longer)
    third = prove_deal(of_longer, constant, SeededRng("x")).encode()
    wrong = prove_deal(replace(statement, dealer=2), constant, SeededRng("y")).encode()
    for name, comment, code, at, commitments, data in (
        ("k-plus-1", "k + 1 commitments", "V5.C", of_longer, _run(longer), third),
        ("k-minus-1", "k - 1 commitments", "V5.C", statement, run[:32], good),
        ("identity", "a commitment that is the identity", "V5.C", statement, run[:32] + bytes(32), good),
        ("half", "half a commitment", "V5.C", statement, run[:48], good),
        ("odd", "a commitment that is no point", "V5.C", statement, run[:32] + b"\1" + bytes(31), good),
        ("attempt", "a proof for another attempt", "V5.D", replace(statement, attempt=4), run, good),
        ("session", "a proof for another session", "V5.D", replace(statement, session=some_bytes("s")), run, good),
        ("roster", "a proof for another roster", "V5.D", replace(statement, roster=some_bytes("r")), run, good),
        ("dealer", "a proof by another dealer", "V5.D", statement, run, wrong),
        ("copied", "a copied deal under another index", "V5.D", replace(statement, dealer=2), run, good),
        ("swapped", "the commitments swapped", "V5.D", statement, run[32:] + run[:32], good),
        ("T", "another T", "V5.D", statement, run, run[:32] + good[32:]),
        ("z", "z + 1", "V5.D", statement, run, good[:32] + encode_scalar((proof.z + 1) % Q)),
        ("z-plus-q", "z + q", "V2.D", statement, run, good[:32] + (proof.z + Q).to_bytes(32, "little")),
        ("T-identity", "T is the identity", "V2.D", statement, run, bytes(32) + good[32:]),
    ):
        attempt = partial(_check_deal, at, commitments, data)
        file.invalid(f"deal-{name}", comment, "deal", _deal(at, data, commitments), code, attempt)


def _share(points: tuple[Point, ...], to: int, share: bytes) -> Json:
    return {"commitments": _run(points).hex(), "index": to, "share": share.hex()}


def _shares_and_boxes(file: VectorFile, points: tuple[Point, ...], share: bytes, info: bytes, roster: bytes) -> None:
    for name, comment, other in (
        ("plus-1", "the share plus 1", encode_scalar((int.from_bytes(share, "little") + 1) % Q)),
        ("plus-q", "not below q", (int.from_bytes(share, "little") + Q).to_bytes(32, "little")),
        ("zero", "zero", bytes(32)),
        ("short", "31 bytes", share[:31]),
    ):
        if len(other) == 32 and int.from_bytes(other, "little") < Q:
            good = is_good_share(points, 2, decode_scalar(other, "share"))
            if good:
                raise RuntimeError(name)
        file.valid(f"share-bad-{name}", comment, "share", _share(points, 2, other), {"good": False})
    file.valid("share-bad-index", "for another index", "share", _share(points, 3, share), {"good": False})
    secret, ephemeral = some_bytes("sealing secret"), some_bytes("ephemeral")
    public = plain_hpke.public_of(secret)
    box = plain_hpke.seal(ephemeral, public, info, b"", share)
    if open_box(secret, info, box) != share:
        raise RuntimeError("the product does not open the box")
    given = {"attempt": ATTEMPT, "box": box.hex(), "dealer": 1, "roster": roster.hex(), "session": SESSION.hex()}
    given |= {"secret": secret.hex(), "to": 2}
    file.valid("box", "a sealed share", "box", given, {"public": public.hex(), "share": share.hex()})
    for name, comment, changes in (
        ("ciphertext", "a bit of the ciphertext", {"box": flipped(box, 40).hex()}),
        ("tag", "a bit of the tag", {"box": flipped(box, 79).hex()}),
        ("enc", "a bit of enc", {"box": flipped(box, 0).hex()}),
        ("enc-bit-255", "bit 255 of enc", {"box": flipped(box, 31, 0x80).hex()}),
        ("enc-zero", "enc of small order", {"box": (bytes(32) + box[32:]).hex()}),
        ("attempt", "sealed for another attempt", {"attempt": ATTEMPT + 1}),
        ("dealer", "sealed by another dealer", {"dealer": 3}),
        ("to", "sealed to another trustee", {"to": 3}),
        ("roster", "sealed under another roster", {"roster": some_bytes("r").hex()}),
        ("session", "sealed in another session", {"session": some_bytes("s").hex()}),
        ("secret", "another private key", {"secret": some_bytes("t").hex()}),
    ):
        file.invalid(f"box-{name}", comment, "box", {**given, **changes}, "", partial(_open, {**given, **changes}))
    for name, number in (("zero", 0), ("one", 1), ("p-minus-1", P - 1), ("p", P), ("p-plus-1", P + 1)):
        key = number.to_bytes(32, "little")
        file.invalid(
            f"sealing-key-{name}",
            "refused",
            "sealing_key",
            {"key": key.hex()},
            "V4.C",
            partial(check_sealing_key, key, "key"),
        )
    high = flipped(public, 31, 0x80)
    file.invalid(
        "sealing-key-high",
        "bit 255",
        "sealing_key",
        {"key": high.hex()},
        "V4.C",
        partial(check_sealing_key, high, "key"),
    )
    check_sealing_key(public, "key")
    file.valid("sealing-key", "a good key", "sealing_key", {"key": public.hex()}, {})


def _open(given: Json) -> None:
    ceremony = SimpleNamespace(attempt=given["attempt"])
    session, roster, secret, box = (bytes.fromhex(given[name]) for name in ("session", "roster", "secret", "box"))
    state = cast("Any", SimpleNamespace(ceremony=ceremony, session_id=session, roster_hash=roster))
    try:
        open_box(secret, share_info(state, given["dealer"], given["to"]), box)
    except SealedError as error:
        raise EncodingError("box", str(error)) from error


def _keys(file: VectorFile, deals: list[tuple[Point, ...]]) -> None:
    shares = [public_share(deals, index).encode().hex() for index in (1, 2, 3)]
    gives = {"joint": joint_key(deals).encode().hex(), "shares": shares}
    file.valid("keys", "K and Y_1, Y_2, Y_3", "keys", {"deals": [_run(points).hex() for points in deals]}, gives)


def _fingerprints(file: VectorFile) -> None:
    for size in (14, 1000):
        root = some_bytes(f"root {size}")
        value = fingerprint(SESSION, size, root)
        given = {"root": root.hex(), "session": SESSION.hex(), "size": size}
        file.valid(f"fingerprint-{size}", "the session fingerprint", "fingerprint", given, {"hash": value.hex()})
