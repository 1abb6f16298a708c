"""Aggregates, decryption shares and counts, SPEC §9."""

from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from ballots.contest import parse_contest
from ballots.encrypt import seal_ballot
from ballots.sealed_ballot import statement
from tally.aggregate import aggregates_digest, check_minimum, merge_cells, share_bases
from tally.entries.counting import CountedCell
from tally.replay.combine import check_cells
from tally.state.contest import BoxSum, CellSum, Closing
from tests.support.seeded_rng import SeededRng
from tests.vectors.generate.common import Json, VectorFile, some_bytes
from tests.vectors.generate.contests import APPROVAL, contest
from voting_core.codec import canonical
from voting_core.dleq import ShareProof, ShareStatement, verify_share
from voting_core.elgamal import Ciphertext, encode_ciphertexts
from voting_core.framing import digest
from voting_core.group import Point, Q, base_mul, decode_points, encode_scalar, sum_points
from voting_core.params import Tag
from voting_core.polynomial import lagrange_at_zero
from voting_core.prove.dealing import new_polynomial, share_for
from voting_core.prove.share import make_shares
from voting_core.secret import Secret

SESSION = some_bytes("session")
ROOT = some_bytes("closed root")
POLYNOMIAL = new_polynomial(3, SeededRng("secret of the trustees"))
KEY = base_mul(POLYNOMIAL.reveal()[0])
SHARES = {index: share_for(POLYNOMIAL, index) for index in range(1, 6)}
CONTEST = contest(
    2,
    APPROVAL,
    (("most", 1, "approve"),),
    classes=["east", "west", "south"],
    cells=[
        {"classes": ["east"], "id": "east", "merge_into": "rest"},
        {"classes": ["west"], "id": "west", "merge_into": "rest"},
        {"classes": ["south"], "id": "rest", "merge_into": ""},
    ],
    minimum=3,
    waiver=True,
)
VOTES = {"east": [(0, 1), (1, 0)], "west": [(0, 2), (0, 1), (1, 1)], "south": [(0, 1), (1, 2)]}


def build() -> Json:
    file = VectorFile("§9", "cells, aggregates digest, shares, Lagrange coefficients, counts")
    boxes = _boxes()
    cells = _merge(file, boxes)
    parsed = parse_contest(CONTEST)
    bases = share_bases(cells)
    statements = {
        i: ShareStatement(SESSION, parsed.hash, ROOT, i, base_mul(s.reveal()), bases) for i, s in SHARES.items()
    }
    made = {i: make_shares(statements[i], SHARES[i], SeededRng(f"share {i}")) for i in (1, 2, 4, 5)}
    for index, (points, proof) in made.items():
        verify_share(statements[index], points, proof)
        given = _share(statements[index], points, proof.encode())
        file.valid(f"share-{index}", f"of trustee {index}", "share_proof", given, {})
    _bad_shares(file, statements[1], *made[1])
    body = {"contest": "committee", "proof": "proof", "shares": "shares"}
    gives = {"commitment": digest(Tag.SHARE_COMMITMENT, ROOT, canonical(body)).hex()}
    file.valid("commitment", "over a body", "share_commitment", {"body": body, "root": ROOT.hex()}, gives)
    for indices in ((1, 2, 3), (1, 2, 4), (5, 3, 1), (1, 15), (7,)):
        weights = {str(i): encode_scalar(weight).hex() for i, weight in lagrange_at_zero(indices).items()}
        name = "-".join(map(str, indices))
        file.valid(f"lagrange-{name}", "at 0", "lagrange", {"indices": list(indices)}, {"coefficients": weights})
    _counts(file, cells, {index: points for index, (points, _) in made.items()})
    return file.content()


def _boxes() -> dict[str, BoxSum]:
    parsed, boxes, number = parse_contest(CONTEST), {}, 0
    for name, votes in VOTES.items():
        ballots = []
        for marks in votes:
            number += 1
            seed = Secret(some_bytes(f"vote {number}"))
            sealed = seal_ballot(parsed, SESSION, KEY, some_bytes(f"voter {number}"), marks, seed)
            ballots.append(statement(sealed, parsed, KEY).ciphertexts)
        total = tuple(
            Ciphertext(sum_points(c.pad for c in column), sum_points(c.data for c in column))
            for column in zip(*ballots, strict=True)
        )
        boxes[name] = BoxSum(len(votes), total)
    return boxes


def _boxes_json(boxes: dict[str, BoxSum]) -> Json:
    return {
        name: {"ballots": box.ballots, "aggregate": encode_ciphertexts(box.ciphertexts).hex()}
        for name, box in boxes.items()
    }


def _merge(file: VectorFile, boxes: dict[str, BoxSum]) -> tuple[CellSum, ...]:
    parsed = parse_contest(CONTEST)
    subsets = {
        "all": boxes,
        "west-only": {"west": boxes["west"]},
        "none": {},
        "no-south": {k: boxes[k] for k in ("east", "west")},
    }
    for name, some in subsets.items():
        cells = merge_cells(parsed, some)
        given = {"contest": CONTEST, "classes": _boxes_json(some)}
        if name == "no-south":
            attempt = partial(check_minimum, parsed, cells)
            file.invalid("cells-below", "a last cell below the minimum", "cells", given, "V10.A", attempt)
            continue
        listing = [
            {"cell": c.cell, "ballots": c.ballots, "aggregate": encode_ciphertexts(c.ciphertexts).hex()} for c in cells
        ]
        gives = {"cells": listing, "digest": aggregates_digest(parsed, cells).hex()}
        file.valid(f"cells-{name}", "after merging", "cells", given, gives)
    return merge_cells(parsed, boxes)


def _share(at: ShareStatement, points: tuple[Point, ...], proof: bytes) -> Json:
    return {
        "bases": b"".join(base.encode() for base in at.bases).hex(),
        "contest": at.contest_hash.hex(),
        "key": at.key.encode().hex(),
        "proof": proof.hex(),
        "root": at.root.hex(),
        "session": at.session.hex(),
        "shares": b"".join(point.encode() for point in points).hex(),
        "trustee": at.trustee,
    }


def _check_share(given: Json) -> None:
    def points(name: str) -> tuple[Point, ...]:
        data = bytes.fromhex(given[name])
        return decode_points(data, len(data) // 32, name)

    session, contest_hash, root = (bytes.fromhex(given[name]) for name in ("session", "contest", "root"))
    at = ShareStatement(session, contest_hash, root, given["trustee"], points("key")[0], points("bases"))
    verify_share(at, points("shares"), ShareProof.decode(bytes.fromhex(given["proof"]), "proof"))


def _bad_shares(file: VectorFile, at: ShareStatement, points: tuple[Point, ...], proof: ShareProof) -> None:
    good = _share(at, points, proof.encode())
    shifted = (points[0] + base_mul(1), *points[1:])
    moved = (points[0] + base_mul(1), points[1] - base_mul(1), *points[2:])
    other, _ = make_shares(at, SHARES[2], SeededRng("x"))
    _, remade = make_shares(at, SHARES[2], SeededRng("y"))
    for name, comment, code, changes in (
        ("shifted", "one D_j shifted by g", "V10.C", _share(at, shifted, proof.encode())),
        ("moved", "a count moved from one counter to another", "V10.C", _share(at, moved, proof.encode())),
        ("other-secret", "the share of another trustee", "V10.C", _share(at, other, remade.encode())),
        ("proof-of-other", "a proof of another trustee", "V10.C", _share(at, points, remade.encode())),
        ("swapped", "two D_j swapped", "V10.C", _share(at, (points[1], points[0], *points[2:]), proof.encode())),
        ("root", "another root", "V10.C", {"root": some_bytes("r").hex()}),
        ("session", "another session", "V10.C", {"session": some_bytes("s").hex()}),
        ("contest", "another contest", "V10.C", {"contest": some_bytes("c").hex()}),
        ("trustee", "another index", "V10.C", {"trustee": 2}),
        ("key", "another public share", "V10.C", {"key": base_mul(5).encode().hex()}),
        ("z", "z + 1", "V10.C", {"proof": good["proof"][:128] + encode_scalar((proof.z + 1) % Q).hex()}),
        ("few", "a D_j too few", "V10.C", {"shares": good["shares"][:-64]}),
        ("identity", "a D_j that is the identity", "V2.D", {"shares": "00" * 32 + good["shares"][64:]}),
        ("z-plus-q", "z + q", "V2.D", {"proof": good["proof"][:128] + (proof.z + Q).to_bytes(32, "little").hex()}),
    ):
        given = {**good, **changes}
        file.invalid(f"share-{name}", comment, "share_proof", given, code, partial(_check_share, given))


def _counts(file: VectorFile, cells: tuple[CellSum, ...], shares: dict[int, tuple[Point, ...]]) -> None:
    merged = {"west": VOTES["west"], "rest": [*VOTES["east"], *VOTES["south"]]}
    counted = []
    for cell in cells:
        votes = merged[cell.cell]
        counts = [[sum(marks[row] == mark for marks in votes) for mark in range(3)] for row in range(2)]
        counted.append({"cell": cell.cell, "ballots": cell.ballots, "counts": counts})
    given = {
        "contest": CONTEST,
        "cells": [
            {"cell": c.cell, "ballots": c.ballots, "aggregate": encode_ciphertexts(c.ciphertexts).hex()} for c in cells
        ],
        "shares": {str(i): b"".join(point.encode() for point in points).hex() for i, points in shares.items()},
        "threshold": 3,
        "counted": counted,
    }
    three = {str(i): given["shares"][str(i)] for i in (1, 4, 5)}
    for name, comment, changes in (
        ("", "what was voted, with four shares", {}),
        ("-three", "with three shares", {"shares": three}),
        ("-none", "a contest without ballots needs no share", _nothing()),
    ):
        _check_counts({**given, **changes})
        file.valid(f"counts{name}", comment, "counts", {**given, **changes}, {})
    west, rest = counted
    moved = [[west["counts"][0][1], west["counts"][0][0], west["counts"][0][2]], west["counts"][1]]
    short = [[0, 0, 0], west["counts"][1]]
    bad_share = {**three, "2": given["shares"]["1"]}
    for name, comment, code, changes in (
        ("moved", "two counts of a row exchanged", "V10.D", {"counted": [{**west, "counts": moved}, rest]}),
        (
            "sum",
            "a row that does not add up",
            "V10.D",
            {"counted": [{**west, "counts": short}, rest]},
        ),
        ("ballots", "another number of ballots", "V10.D", {"counted": [{**west, "ballots": 4}, rest]}),
        ("order", "cells in another order", "V10.D", {"counted": [rest, west]}),
        ("missing", "a cell is missing", "V10.D", {"counted": [west]}),
        ("merged-away", "a cell that was merged", "V10.D", {"counted": [{**west, "cell": "east"}, west, rest]}),
        ("rows", "a row too many", "V10.D", {"counted": [{**west, "counts": [*west["counts"], [3, 0, 0]]}, rest]}),
        ("marks", "a mark too few", "V10.D", {"counted": [{**west, "counts": [[3, 0], [1, 2]]}, rest]}),
        ("two-shares", "two shares where three are needed", "V10.C", {"shares": {i: three[i] for i in ("1", "4")}}),
        ("bad-share", "two subsets that do not agree", "V10.D", {"shares": bad_share}),
    ):
        attempt = partial(_check_counts, {**given, **changes})
        file.invalid(f"counts-{name}", comment, "counts", {**given, **changes}, code, attempt)


def _nothing() -> Json:
    cells = [{"cell": name, "ballots": 0, "aggregate": ""} for name in ("east", "west", "rest")]
    zeros = [[0, 0, 0], [0, 0, 0]]
    counted = [{"cell": name, "ballots": 0, "counts": zeros} for name in ("east", "west", "rest")]
    return {"cells": cells, "shares": {}, "counted": counted}


def _check_counts(given: Json) -> None:
    """The check of replay on a state that has nothing but what it needs."""

    def points(data: str) -> tuple[Point, ...]:
        return decode_points(bytes.fromhex(data), len(data) // 64, "points")

    shares = {int(i): SimpleNamespace(points=points(data)) for i, data in given["shares"].items()}
    parsed = parse_contest(given["contest"])
    cells = []
    for item in given["cells"]:
        run = points(item["aggregate"])
        ciphertexts = tuple(Ciphertext(a, b) for a, b in zip(run[::2], run[1::2], strict=True))
        cells.append(CellSum(item["cell"], item["ballots"], ciphertexts))
    state = SimpleNamespace(facts=SimpleNamespace(threshold=given["threshold"]), trustees={})
    contest = SimpleNamespace(
        id=parsed.id, contest=parsed, good_shares=tuple(sorted(shares)), bad_shares=(), shares=shares
    )
    closing = Closing(size=1, root=ROOT, cells=tuple(cells), kiosks=())
    counted = [
        CountedCell(item["cell"], item["ballots"], tuple(tuple(row) for row in item["counts"]))
        for item in given["counted"]
    ]
    check_cells(contest=cast("Any", contest), state=cast("Any", state), closing=closing, cells=counted)
