"""Vectors of contests and ballots, SPEC §4 and §5."""

from collections.abc import Callable
from typing import Any

from . import ballot as b
from . import contest as c
from .errors import Refused


def _compile(given: Any) -> Any:
    c.check_contest(given["contest"])
    relation = c.compile_contest(given["contest"])
    return {
        "hash": c.contest_hash(given["contest"]).hex(),
        "bits": relation.bits,
        "counters": [[list(term) for term in form] for form in relation.counters],
        "equations": [{"form": [list(term) for term in form], "constant": k} for form, k in relation.equations],
    }


def _bits(given: Any) -> Any:
    try:
        return {"bits": c.bits_of(given["contest"], given["marks"])}
    except Refused as error:
        raise Refused("", str(error)) from error


def _context(given: Any) -> b.Context:
    session, key, credential = (bytes.fromhex(given[name]) for name in ("session", "key", "credential"))
    return b.Context(session, given["contest"], key, credential)


def _seal(given: Any) -> Any:
    context = _context(given)
    ciphertexts, argument = b.seal(context, given["marks"], bytes.fromhex(given["seed"]))
    b.verify(context, ciphertexts, argument)
    sealed = b.ballot_object(context, ciphertexts, argument)
    identifier = b.ballot_id(sealed)
    return {"ballot": sealed, "id": identifier.hex(), "code": b.confirmation_code(identifier)}


def _verify(given: Any) -> Any:
    context, ciphertexts, argument = b.open_ballot(given["ballot"], bytes.fromhex(given["key"]), given["contest"])
    b.verify(context, ciphertexts, argument)
    return {}


def _open(given: Any) -> Any:
    context, ciphertexts, argument = b.open_ballot(given["ballot"], bytes.fromhex(given["key"]), given["contest"])
    if len(given["seed"]) != 64 or b.seal(context, given["marks"], bytes.fromhex(given["seed"])) != (
        ciphertexts,
        argument,
    ):
        raise Refused("V8.J", "not the ballot of this seed and these marks")
    return {}


def _code(given: Any) -> Any:
    return {"code": b.confirmation_code(bytes.fromhex(given["id"]))}


CONTEST_OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "compile": _compile,
    "bits": _bits,
    "seal": _seal,
    "verify": _verify,
    "open": _open,
    "code": _code,
}
