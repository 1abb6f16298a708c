"""Vectors of the ceremony, cards, entries, the log and the tally, SPEC §6 to §9."""

from collections.abc import Callable
from typing import Any

from . import canon, cards, ceremony, ed25519, log, outcome, sealing, tallying
from . import ristretto as r
from .contest import check_contest, contest_hash
from .errors import Refused, require
from .framing import digest
from .session import check_envelope

Given = Any


def _b(given: Given, *names: str) -> list[bytes]:
    return [bytes.fromhex(given[name]) for name in names]


def _roster(given: Given) -> Any:
    return {"hash": ceremony.roster_hash(*_b(given, "session"), given["trustees"]).hex()}


def _quorum(given: Given) -> Any:
    return {"quorum": ceremony.quorum(given["n"], given["k"])}


def _deal(given: Given) -> Any:
    session, roster, commitments, proof = _b(given, "session", "roster", "commitments", "proof")
    deal = ceremony.Deal(session, given["attempt"], roster, given["dealer"], commitments, proof)
    deal.check(given["threshold"])
    return {"commitment": deal.commitment().hex()}


def _share(given: Given) -> Any:
    commitments, share = _b(given, "commitments", "share")
    return {"good": ceremony.share_is_good(share, r.decode_points(commitments), given["index"])}


def _box(given: Given) -> Any:
    session, roster, secret, box = _b(given, "session", "roster", "secret", "box")
    deal = ceremony.Deal(session, given["attempt"], roster, given["dealer"], b"", b"")
    share = sealing.open_box(secret, deal.box_info(given["to"]), box)
    if share is None:
        raise Refused("", "the box does not open")
    return {"public": sealing.public_of(secret).hex(), "share": share.hex()}


def _sealing_key(given: Given) -> Any:
    sealing.check_key(*_b(given, "key"))
    return {}


def _ceremony_transcript(given: Given) -> Any:
    session, roster = _b(given, "session", "roster")
    committed, revealed = (list(map(bytes.fromhex, given[name])) for name in ("committed", "revealed"))
    return {"transcript": ceremony.transcript(session, roster, given["attempt"], committed, revealed).hex()}


def _keys(given: Given) -> Any:
    joint, shares = ceremony.keys([r.decode_points(bytes.fromhex(deal)) for deal in given["deals"]])
    return {"joint": r.encode(joint).hex(), "shares": [r.encode(share).hex() for share in shares]}


def _fingerprint(given: Given) -> Any:
    session, root = _b(given, "session", "root")
    return {"hash": ceremony.fingerprint(session, given["size"], root).hex()}


def _fingerprint_text(given: Given) -> Any:
    return {"text": ceremony.fingerprint_text(*_b(given, "hash"))}


def _credential(given: Given) -> Any:
    return {"key": cards.credential_key(*_b(given, "secret", "session"), given["slot"]).hex()}


def _typed(given: Given) -> Any:
    return {"code": cards.typed_code(*_b(given, "secret", "session"))}


def _read_typed(given: Given) -> Any:
    return {"secret": cards.read_typed_code(given["text"], *_b(given, "session")).hex()}


def _qr(given: Given) -> Any:
    return {"digits": cards.qr(given["kind"], *_b(given, "session", "content"))}


def _read_qr(given: Given) -> Any:
    kind, tag, content = cards.read_qr(given["digits"])
    return {"kind": kind, "tag": tag.hex(), "content": content.hex()}


def _paper(given: Given) -> Any:
    kind, tag, content = cards.read_qr(given["digits"])
    session, box_key = _b(given, "session", "box_key")
    require(kind == 3 and tag == session[:4], "", "no paper record of this session")
    contest, marks, serial = cards.read_paper(content, session, box_key)
    require(cards.paper_content(contest, marks, content[34], serial) == content[:-64], "", "not written so")
    return {"contest": contest.hex(), "marks": marks, "per_row": content[34], "serial": serial.hex()}


def _session_id(given: Given) -> Any:
    return {"session": digest("SESSION", canon.canonical(given["body"])).hex()}


def _rules_hash(given: Given) -> Any:
    return {"hash": digest("RULES", canon.canonical(given["rules"])).hex()}


def _entry(given: Given) -> Any:
    raw = given["raw"].encode()
    check_envelope(canon.parse(raw))
    return {"leaf": log.leaf_hash(raw).hex()}


def _promise(given: Given) -> Any:
    promise = dict(given["promise"])
    signature = canon.b64(promise.pop("signature"), 64, "V13.B")
    ed25519.verify(*_b(given, "service_key"), "plenum-v1/promise", canon.canonical(promise), signature, "V13.B")
    return {}


def _root(given: Given) -> Any:
    leaves = [log.leaf_hash(bytes.fromhex(entry)) for entry in given["entries"]]
    tree = log.Tree()
    for leaf in leaves:
        tree.append(leaf)
    require(tree.roots[-1] == log.root(leaves), "", "two ways to compute one root")
    return {"root": tree.roots[-1].hex()}


def _inclusion(given: Given) -> Any:
    leaf, top = _b(given, "leaf", "root")
    log.verify_inclusion(leaf, given["index"], given["size"], list(map(bytes.fromhex, given["proof"])), top)
    return {}


def _consistency(given: Given) -> Any:
    proof = list(map(bytes.fromhex, given["proof"]))
    log.verify_consistency(given["first"], given["second"], proof, *_b(given, "old", "new"))
    return {}


def _checkpoint(given: Given) -> Any:
    witnesses = {int(index): bytes.fromhex(key) for index, key in given["witnesses"].items()}
    session, log_key = _b(given, "session", "log_key")
    checkpoint, signers = log.verify_checkpoint(given["note"].encode(), session, log_key, witnesses)
    return {"size": checkpoint.size, "root": checkpoint.root.hex(), "signers": signers}


def _pairs(data: str) -> list[tallying.Cipher]:
    points = r.decode_points(bytes.fromhex(data))
    return list(zip(points[::2], points[1::2], strict=True))


def _cells(given: Given) -> Any:
    contest = given["contest"]
    check_contest(contest)
    boxes = {name: (box["ballots"], _pairs(box["aggregate"])) for name, box in given["classes"].items()}
    cells = tallying.merge(contest, boxes)
    listing = [
        {
            "cell": cell.name,
            "ballots": cell.ballots,
            "aggregate": b"".join(r.encode(point) for pair in cell.aggregate for point in pair).hex(),
        }
        for cell in cells
    ]
    return {"cells": listing, "digest": tallying.aggregates_digest(contest_hash(contest), cells).hex()}


def _share_proof(given: Given) -> Any:
    session, contest, root, key, bases = _b(given, "session", "contest", "root", "key", "bases")
    statement = tallying.ShareStatement(session, contest, root, given["trustee"], key, bases)
    statement.verify(*_b(given, "shares", "proof"))
    return {}


def _share_commitment(given: Given) -> Any:
    return {"commitment": tallying.share_commitment(*_b(given, "root"), given["body"]).hex()}


def _lagrange(given: Given) -> Any:
    weights = tallying.lagrange(given["indices"])
    return {"coefficients": {str(i): r.encode_scalar(weight).hex() for i, weight in weights.items()}}


def _counts(given: Given) -> Any:
    cells = [tallying.Cell(c["cell"], c["ballots"], tuple(_pairs(c["aggregate"]))) for c in given["cells"]]
    shares = {int(i): r.decode_points(bytes.fromhex(run)) for i, run in given["shares"].items()}
    tallying.check_counts(given["contest"], cells, given["counted"], shares, given["threshold"])
    return {}


def _decide(given: Given) -> Any:
    people, counts, rules = given["attendance"], given["counts"], given["rules"]
    cells = given.get("cells", [])
    return {"outcome": outcome.decide(given["contest"], people, counts, rules, given.get("sheet"), cells)}


def _fit(given: Given) -> Any:
    outcome.check_fit(given["contest"], given["rules"])
    return {}


SESSION_OPERATIONS: dict[str, Callable[[Given], Any]] = {
    "roster": _roster,
    "quorum": _quorum,
    "deal": _deal,
    "share": _share,
    "box": _box,
    "sealing_key": _sealing_key,
    "ceremony_transcript": _ceremony_transcript,
    "keys": _keys,
    "fingerprint": _fingerprint,
    "fingerprint_text": _fingerprint_text,
    "credential": _credential,
    "typed": _typed,
    "read_typed": _read_typed,
    "qr": _qr,
    "read_qr": _read_qr,
    "paper": _paper,
    "session_id": _session_id,
    "rules_hash": _rules_hash,
    "entry": _entry,
    "promise": _promise,
    "root": _root,
    "inclusion": _inclusion,
    "consistency": _consistency,
    "checkpoint": _checkpoint,
    "cells": _cells,
    "share_proof": _share_proof,
    "share_commitment": _share_commitment,
    "lagrange": _lagrange,
    "counts": _counts,
    "decide": _decide,
    "fit": _fit,
}
