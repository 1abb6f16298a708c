"""What travels between server and verifier is the statement, whole; anything else is an error and no verdict."""

import json

import pytest

from api.verifiers.wire import answer_line, read_answer, read_request, request_line
from tests.api.sequencer.test_arguments import statements
from voting_core.argument.relation import Relation
from voting_core.argument.verify import verify_argument
from voting_core.errors import EncodingError, VerificationError


def test_a_statement_arrives_as_it_was() -> None:
    (sent,) = statements(set(), 1)
    relations: dict[bytes, Relation] = {}
    (got,) = read_request(request_line([sent], set()), relations)
    assert (got.context, got.relation, got.argument, got.subject) == (
        sent.context,
        sent.relation,
        sent.argument,
        sent.subject,
    )
    assert tuple(got.ciphertexts) == tuple(sent.ciphertexts)
    verify_argument(got)


def test_a_relation_travels_once() -> None:
    batch = statements(set(), 2)
    relations: dict[bytes, Relation] = {}
    first = request_line(batch[:1], set())
    read_request(first, relations)
    second = request_line(batch[1:], set(relations))
    assert json.loads(second)["relations"] == {}
    assert read_request(second, relations)[0].relation == batch[1].relation
    with pytest.raises(KeyError):
        read_request(second, {})


def test_a_damaged_line_is_an_error() -> None:
    (sent,) = statements(set(), 1)
    line = request_line([sent], set())
    value = json.loads(line)
    value["statements"][0]["key"] = "ff" * 32
    with pytest.raises(EncodingError):
        read_request(json.dumps(value).encode(), {})
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
        read_request(line[: len(line) // 2], {})


def test_an_answer_names_the_bad_ones() -> None:
    failures = {"abc": VerificationError("V8.H", "equation 4", ("abc",))}
    (got,) = read_answer(answer_line(failures)).values()
    assert (got.code, got.message, got.culprits) == ("V8.H", "equation 4", ("abc",))
    assert read_answer(answer_line({})) == {}


@pytest.mark.parametrize("line", [b"", b"[]", b'[["a"', b"null\n"])
def test_an_answer_that_breaks_off_is_none(line: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_answer(line)
