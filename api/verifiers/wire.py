"""What the server and a verifier say to each other: a line of JSON each way, with public data alone.

A relation travels once for each contest and verifier; everything else of a statement travels as the bytes that the
ballot has. The verifier decodes them again, so a damaged line is an error there and never a verdict.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from voting_core.argument.relation import Equation, Form, Relation
from voting_core.argument.statement import Argument, Context, Statement
from voting_core.codec import b64decode, b64encode
from voting_core.elgamal import encode_ciphertexts
from voting_core.errors import VerificationError
from voting_core.group import decode_point
from voting_core.public import SODIUM, PublicGroup

Failures = dict[str, VerificationError]
"""The error of each bad statement by its subject."""


def request_line(statements: Sequence[Statement], known: set[bytes]) -> bytes:
    """Ask for statements to be verified; `known` are the contest hashes whose relation the verifier has."""
    new = {item.context.contest_hash: item.relation for item in statements if item.context.contest_hash not in known}
    value = {
        "relations": {hash_.hex(): _relation_json(relation) for hash_, relation in new.items()},
        "statements": [_statement_json(item) for item in statements],
    }
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def read_request(line: bytes, relations: dict[bytes, Relation], group: PublicGroup = SODIUM) -> tuple[Statement, ...]:
    """Read a request; relations that come with it are added to those that are known.

    Raises:
        EncodingError: a point or scalar of it is not valid.
        KeyError, TypeError, ValueError: it is no request.
    """
    value = json.loads(line)
    for hash_, relation in value["relations"].items():
        relations[bytes.fromhex(hash_)] = _read_relation(relation)
    return tuple(_read_statement(item, relations, group) for item in value["statements"])


def answer_line(failures: Failures) -> bytes:
    """Tell the bad ones."""
    rows = [[subject, error.code, error.message, error.culprits] for subject, error in failures.items()]
    return json.dumps(rows).encode("ascii") + b"\n"


def read_answer(line: bytes) -> Failures:
    """Read an answer.

    Raises:
        ValueError, TypeError: it is none, or breaks off.
    """
    if not line.endswith(b"\n"):
        raise ValueError("the answer breaks off")
    return {
        subject: VerificationError(code, message, tuple(culprits))
        for subject, code, message, culprits in json.loads(line)
    }


def _statement_json(item: Statement) -> dict[str, str]:
    return {
        "session": item.context.session.hex(),
        "contest": item.context.contest_hash.hex(),
        "key": item.context.key.encode().hex(),
        "credential": item.context.credential.hex(),
        "ciphertexts": b64encode(encode_ciphertexts(item.ciphertexts)),
        "argument": b64encode(item.argument.encode()),
        "subject": item.subject,
    }


def _read_statement(value: Mapping[str, str], relations: Mapping[bytes, Relation], group: PublicGroup) -> Statement:
    subject, contest = value["subject"], bytes.fromhex(value["contest"])
    relation = relations[contest]
    ciphertexts = b64decode(value["ciphertexts"], None, subject)
    return Statement(
        context=Context(
            session=bytes.fromhex(value["session"]),
            contest_hash=contest,
            key=decode_point(bytes.fromhex(value["key"]), "key"),
            credential=bytes.fromhex(value["credential"]),
        ),
        relation=relation,
        ciphertexts=group.decode_ciphertexts(ciphertexts, len(relation.counters), subject),
        argument=Argument.decode(b64decode(value["argument"], None, subject), relation.bits, subject, group),
        subject=subject,
    )


def _relation_json(relation: Relation) -> dict[str, Any]:
    return {
        "bits": relation.bits,
        "counters": relation.counters,
        "equations": [[equation.form, equation.constant] for equation in relation.equations],
    }


def _read_relation(value: Mapping[str, Any]) -> Relation:
    return Relation(
        bits=int(value["bits"]),
        counters=tuple(map(_read_form, value["counters"])),
        equations=tuple(Equation(_read_form(form), int(constant)) for form, constant in value["equations"]),
    )


def _read_form(pairs: Sequence[Sequence[int]]) -> Form:
    return tuple((int(number), int(coefficient)) for number, coefficient in pairs)
