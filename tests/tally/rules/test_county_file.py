"""A county's rule set as a file."""

import pytest

from tally.rules.county_file import MAX_FILE_BYTES, own_id, read_rules_file
from voting_core.errors import InputError


def read(text: str | bytes, name: str = "own.toml"):
    return read_rules_file(name, text if isinstance(text, bytes) else text.encode())


def refused(text: str | bytes, name: str = "own.toml") -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, name)
    return caught.value


def test_what_a_file_gives():
    file = read('inherits = "ticket_2004"\nid = "mine"\nretention = { days = 30, destroy_needs_two_roles = true }\n')
    assert (file.name, file.id, file.inherits) == ("own.toml", "mine", "ticket_2004")
    assert file.fields == {"retention": {"days": 30, "destroy_needs_two_roles": True}}
    assert file.place("quorum.op") == "own.toml, field quorum.op"


def test_the_id_is_that_of_the_file_unless_it_says_another():
    assert read("", "qinglan-election.toml").id == "qinglan_election"
    assert read("", "qinglan-election.toml").inherits == ""
    assert own_id("青岚.toml") == own_id("Own.toml") == own_id(f"{'a' * 49}.toml") == ""
    assert own_id(f"{'a' * 48}.toml") == "a" * 48
    assert read('id = "a"', "青岚.toml").id == "a"
    assert refused("", "青岚.toml").place == "青岚.toml, field id"


def test_days_are_read_as_days():
    assert read("effective_from = 2026-12-01").fields == {"effective_from": "2026-12-01"}
    assert "time of day" in refused("effective_from = 2026-12-01T10:00:00").problem
    assert "time of day" in refused("effective_from = 10:00:00").problem


def test_a_byte_order_mark_is_let_through():
    assert read("\ufeffid = 'a'").id == "a"


@pytest.mark.parametrize("value", ["0.5", "50.0", "inf", '"50%"', '"66.7 ％"', '"1/2"', '" 2 / 3 "', '".5"'])
def test_fractions_are_written_as_whole_numbers(value):
    for text, place in ((f"elect = {value}", "elect"), (f"elect = {{ frac = [{value}, 2] }}", "elect.frac[0]")):
        error = refused(text)
        assert error.place == f"own.toml, field {place}"
        assert "frac = [1, 2]" in error.remedy


@pytest.mark.parametrize(
    "text", ['name = { zh = "1/2", en = "50%" }', 'version = "1/2"', 'articles = [{ zh = "50%" }]']
)
def test_texts_may_hold_what_looks_like_a_fraction(text):
    assert read(text).fields


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("adopted_by = '决议'".encode("gb18030"), "is not UTF-8, it may be GB18030", "UTF-8"),
        (b"\nx = '\xff\xff'", "is not UTF-8", "UTF-8"),
        ("elect = ", "is not TOML", "Correct"),
        ("a = 1\na = 2", "is not TOML", "Correct"),
        ("x = " + "[" * 5000 + "]" * 5000, "is nested too deep", "plenum rules copy"),
        ("id = 'a b'", "is not an id", "small letters"),
        ("id = 1", "is not an id", "small letters"),
        ("inherits = ''", "is not the id of a rule set", "inherits ="),
        ("inherits = ['ticket_2004']", "is not the id of a rule set", "inherits ="),
        (b"#" * (MAX_FILE_BYTES + 1), f"has {MAX_FILE_BYTES + 1} bytes", "At most"),
    ],
    ids=["GB18030", "other", "TOML", "twice", "deep", "id", "id type", "no parent", "parents", "large"],
)
def test_files_that_are_none(text, problem, remedy):
    error = refused(text)
    assert problem in error.problem
    assert remedy in error.remedy


def test_the_line_of_another_encoding_is_named():
    assert refused(b"a = 1\nb = '\xff'").place == "own.toml, line 2"


def test_a_file_as_large_as_may_be():
    assert read(b"#" * MAX_FILE_BYTES).fields == {}
