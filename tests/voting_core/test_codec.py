"""Canonical JSON and bytes in JSON (SPEC §3.3, §3.5): accepted bytes are written back; the rest is refused by name."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from voting_core.codec import (
    MAX_INTEGER,
    Fields,
    b64decode,
    b64encode,
    canonical,
    hex32,
    parse_canonical,
    parse_json,
    read_integer,
    unhex,
)
from voting_core.errors import EncodingError


def parse(data: bytes) -> object:
    return parse_canonical(data, "thing", 10_000)


def good_text(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12).filter(good_text)
keys = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=8)
scalars = st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=20
)


@given(values)
def test_what_is_written_is_read_back(value: object) -> None:
    data = canonical(value)
    assert parse(data) == value
    assert json.loads(data) == value
    assert data == rfc8785.dumps(value)  # type: ignore[arg-type]


class Named(StrEnum):
    ONE = "ééé"


@given(st.dictionaries(keys | st.sampled_from("aAbB_-{}~ 019"), scalars, min_size=3))
def test_keys_are_in_the_order_of_the_rfc(value: dict[str, object]) -> None:
    data = canonical({**value, "list": (1, "\u2028\U0001f600\ue000", [True, False]), "named": Named.ONE})
    assert data == rfc8785.dumps({**value, "list": [1, "\u2028\U0001f600\ue000", [True, False]], "named": "ééé"})


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:0123456789.eE+-\\utrfalsn ', max_size=40).map(str.encode))
def test_what_is_read_is_written_back(data: bytes) -> None:
    """Any bytes are either refused with our own error or are the canonical form of what they mean."""
    try:
        value = parse(data)
    except EncodingError:
        return
    assert canonical(value) == data


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[1,]", "not JSON"),
        (b"[01]", "not JSON"),
        (b"[1] ", "canonically"),
        (b" [1]", "canonically"),
        (b"[1, 2]", "canonically"),
        (b"[1]\n", "canonically"),
        (b"[1][2]", "not JSON"),
        (b"\xef\xbb\xbf[1]", "not JSON"),
        ('"a"'.encode("utf-16"), "not UTF-8"),
        (b'"\xff"', "not UTF-8"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        (b'"\xc0\xaf"', "not UTF-8"),
        (b"null", "neither object"),
        (b"[null]", "neither object"),
        (b"1.0", "not an integer"),
        (b"1e3", "not an integer"),
        (b"-0.0", "not an integer"),
        (b"-0", "canonically"),
        (b"+1", "not JSON"),
        (b"NaN", "not an integer"),
        (b"Infinity", "not an integer"),
        (b"-Infinity", "not an integer"),
        (b"9007199254740992", "2^53"),
        (b"-9007199254740992", "2^53"),
        (b"1" + b"0" * 5000, "2^53"),
        (b'{"a":1,"a":1}', "twice"),
        (b'{"a":1,"\\u0061":2}', "twice"),
        (b'{"b":{"a":1,"a":1}}', "twice"),
        (b'{"b":1,"a":2}', "canonically"),
        (b'"\\u0061"', "canonically"),
        (b'"\\/"', "canonically"),
        ('{"é":1}'.encode(), "ASCII"),
        (b'{"\\n":1}', "ASCII"),
        (b'"\\n"', "control"),
        (b'"\\u0000"', "control"),
        (b'"\x7f"', "control"),
        ('"\u0085"'.encode(), "control"),
        (b'"\n"', "not JSON"),
        (b'"\\ud800"', "surrogate"),
        (b'"\\ud83d\\ude00"', "canonically"),
        ('"e\u0301"'.encode(), "normal form C"),
        ('"\u212b"'.encode(), "normal form C"),
        ('"\uf900"'.encode(), "normal form C"),
        (b"[" * 17 + b"]" * 17, "16 deep"),
        (b'{"a":' * 17 + b"1" + b"}" * 17, "16 deep"),
        (b"[" * 4_000 + b"]" * 4_000, "16 deep"),
        (b"[" * 9_000, "16 deep"),
        (b'"' + b"a" * 10_000 + b'"', "at most 10000"),
    ],
)
def test_refused_bytes(data: bytes, problem: str) -> None:
    with pytest.raises(EncodingError) as refused:
        parse(data)
    assert problem in str(refused.value)
    assert "thing" in str(refused.value)


@pytest.mark.parametrize("data", [b' {"b": 1,\r\n "a": "\\u4e2d"}\n', b'{"a":"\xe4\xb8\xad","b":1}'])
def test_json_in_any_layout(data: bytes) -> None:
    assert parse_json(data, "file", 100) == {"a": "中", "b": 1}


@pytest.mark.parametrize("data", [b"", b"[1.0]", b"[null]", b'{"a":1,"a":1}', b'["\\n"]', b'["e\xcc\x81"]', b"[" * 99])
def test_json_in_any_layout_has_the_same_values(data: bytes) -> None:
    with pytest.raises(EncodingError, match="file"):
        parse_json(data, "file", 100)
    with pytest.raises(EncodingError, match="at most 3"):
        parse_json(b"[1, 2]", "file", 3)


def test_deepest_allowed() -> None:
    data = b"[" * 16 + b"]" * 16
    assert canonical(parse_canonical(data, "deep", 100)) == data


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.0,
        float("nan"),
        b"bytes",
        {1: 2},
        {"ü": 1},
        {"": None},
        2**53,
        -(2**53),
        "\ud800",
        "e\u0301",
        "\t",
        {1, 2},
        [object()],
        1j,
    ],
)
def test_canonical_refuses_what_cannot_be_read(value: object) -> None:
    with pytest.raises(EncodingError):
        canonical(value)


def test_canonical_refuses_a_value_that_contains_itself() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(EncodingError, match="16 deep"):
        canonical(loop)


def test_errors_name_the_path() -> None:
    with pytest.raises(EncodingError, match=r"entry\.rows\[1\]\.name"):
        canonical({"rows": [{"name": "a"}, {"name": "\x07"}]}, "entry")


def test_errors_show_foreign_keys_escaped_and_short() -> None:
    with pytest.raises(EncodingError) as refused:
        canonical({"a b" + "x" * 90: [1.5]}, "entry")
    assert len(str(refused.value)) < 140


def test_keys_are_sorted_and_nothing_is_escaped_needlessly() -> None:
    assert canonical({"b": [True, False, -1], "a": '中"\\/<'}) == '{"a":"中\\"\\\\/<","b":[true,false,-1]}'.encode()


def test_tuples_are_arrays() -> None:
    assert canonical(((1, 2), ())) == b"[[1,2],[]]"


@given(st.binary(max_size=70))
def test_base64_round_trip(data: bytes) -> None:
    assert b64decode(b64encode(data), len(data), "x") == data
    assert b64decode(b64encode(data), None, "x") == data
    assert "=" not in b64encode(data)


@given(st.text(alphabet="AQgw_-+/=\n Zé", max_size=9))
def test_accepted_base64_is_written_back(text: str) -> None:
    try:
        data = b64decode(text, None, "x")
    except EncodingError:
        return
    assert b64encode(data) == text


@pytest.mark.parametrize(
    "text",
    ["AB", "A", "AA==", "AA=", "A A", "AA\n", "+A", "/w", "ÀA", "AAAAA", "é", "A-_.", "AAB", None, 3, b"AA", "\ud800"],
)
def test_refused_base64(text: object) -> None:
    with pytest.raises(EncodingError, match="field"):
        b64decode(text, None, "field")


@pytest.mark.parametrize("length", [0, 1, 2, 4, 5, 6])
def test_base64_of_another_length(length: int) -> None:
    with pytest.raises(EncodingError, match="field"):
        b64decode(b64encode(b"abc"), length, "field")


@given(st.binary(max_size=40))
def test_hexadecimal_round_trip(data: bytes) -> None:
    assert unhex(data.hex(), len(data), "x") == data


@pytest.mark.parametrize("text", ["0", "000", "0G", "AB", "0 ", " 0", "0x", "\u0660\u0660", "00\n", "", None, 0, b"00"])
def test_refused_hexadecimal(text: object) -> None:
    with pytest.raises(EncodingError, match="field"):
        unhex(text, 1, "field")


def test_hex32() -> None:
    assert unhex(hex32(bytes(range(32))), 32, "x") == bytes(range(32))
    with pytest.raises(ValueError, match="32"):
        hex32(b"short")


def test_fields_reads_every_type_and_leaves_the_object_alone() -> None:
    value = {
        "a": [1],
        "b": True,
        "h": "00ff",
        "i": 5,
        "o": {"x": 1},
        "r": [{"n": 1}],
        "t": "text",
        "u": "AAE",
        "k": "motion",
    }
    before = canonical(value)
    fields = Fields(value, "body")
    assert fields.array("a", max=1) == (1,)
    assert fields.boolean("b") is True
    assert fields.hex("h", 2) == b"\x00\xff"
    assert fields.integer("i", 5, 5) == 5
    inner = fields.fields("o")
    assert inner.integer("x", 0, 9) == 1
    inner.done()
    assert fields.object("o") == {"x": 1}
    (row,) = fields.rows("r")
    assert row.integer("n", 0, 9) == 1
    row.done()
    assert fields.text("t", max=4) == "text"
    assert fields.b64("u", 2) == b"\x00\x01"
    assert fields.choice("k", ("election", "motion")) == "motion"
    assert fields.has("t")
    assert not fields.has("z")
    fields.done()
    assert canonical(value) == before


def test_fields_refuses_what_is_no_object() -> None:
    for value in ([], "text", 1, True):
        with pytest.raises(EncodingError, match="body: is not an object"):
            Fields(value, "body")


READERS = {
    "text": lambda fields: fields.text("x"),
    "integer": lambda fields: fields.integer("x", 0, 10),
    "boolean": lambda fields: fields.boolean("x"),
    "hex": lambda fields: fields.hex("x", 1),
    "b64": lambda fields: fields.b64("x", 1),
    "array": lambda fields: fields.array("x"),
    "object": lambda fields: fields.object("x"),
    "fields": lambda fields: fields.fields("x"),
    "rows": lambda fields: fields.rows("x"),
    "choice": lambda fields: fields.choice("x", ("only",)),
}
WRONG = {
    "text": [1, True, [], {}, "\n", "a" * 401],
    "integer": ["1", True, False, [], {}, -1, 11],
    "boolean": ["true", 0, 1, [], {}],
    "hex": [1, "0", "000", "AA", [], {}],
    "b64": [1, "AB", "A", "AAA", [], {}],
    "array": ["text", 1, True, {}],
    "object": ["text", 1, True, []],
    "fields": ["text", 1, True, []],
    "rows": ["text", 1, {}, [1], [[]], [{}, "x"]],
    "choice": ["", "Only", 1, True, [], {}],
}


@pytest.mark.parametrize("reader", sorted(READERS))
def test_missing_fields_are_named(reader: str) -> None:
    with pytest.raises(EncodingError, match=r"body\.x.*missing"):
        READERS[reader](Fields({"y": 1}, "body"))


@pytest.mark.parametrize(("reader", "value"), [(reader, value) for reader, wrong in WRONG.items() for value in wrong])
def test_wrong_fields_are_named(reader: str, value: object) -> None:
    with pytest.raises(EncodingError, match=r"body\.x"):
        READERS[reader](Fields({"x": value}, "body"))


def test_fields_with_a_pattern_and_limits() -> None:
    fields = Fields({"id": "a-b", "list": [1, 2, 3]}, "body")
    assert fields.text("id", pattern=re.compile("[a-z-]+")) == "a-b"
    with pytest.raises(EncodingError, match=r"body\.id"):
        fields.text("id", pattern=re.compile("[a-z]+"))
    with pytest.raises(EncodingError, match=r"body\.list"):
        fields.array("list", max=2)


def test_unknown_fields_are_refused() -> None:
    fields = Fields({"a": 1, "b": 2, "c": 3}, "body")
    fields.integer("b", 0, 9)
    with pytest.raises(EncodingError, match=r"body.*field a "):
        fields.done()


def test_read_integer_names_its_place() -> None:
    assert read_integer(3, 0, 3, "counts[0]") == 3
    with pytest.raises(EncodingError, match=r"counts\[0\]"):
        read_integer(4, 0, 3, "counts[0]")


def test_a_ballot_of_twenty_kilobytes_is_read_quickly() -> None:
    """This runs for every ballot that comes in; the bound is loose: only a change of kind fails."""
    data = canonical(
        {
            "argument": b64encode(bytes(12_000)),
            "ciphertexts": b64encode(bytes(3_000)),
            "contest": "0" * 64,
            "credential": "0" * 64,
        }
    )
    durations = []
    for _ in range(20):
        start = time.perf_counter()
        parse_canonical(data, "ballot", 100_000)
        durations.append(time.perf_counter() - start)
    assert min(durations) < 0.005
