import pytest
import tomlkit

from tally.drafting.session_text import contest_table, contest_tables, parse_session, put, section, with_session
from tests.tally.drafting.folders import draft, example_files
from voting_core.errors import InputError


def test_reading_and_writing_changes_nothing() -> None:
    files = example_files()
    assert with_session(files, parse_session(files)) == files


@pytest.mark.parametrize("data", [b"[session", b'a = "\xff"', b"a = 1\na = 2\n", b"\0", b"x" * 300_000])
def test_what_is_no_session_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        parse_session({"session.toml": data})
    assert caught.value.place.startswith("session.toml")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match="is missing"):
        parse_session({})


def test_a_key_with_its_value_keeps_line_and_comment() -> None:
    document = tomlkit.parse('a = "x" # why\nb = 1\n')
    put(document, "a", "x")
    put(document, "b", None)
    put(document, "missing", None)
    assert tomlkit.dumps(document) == 'a = "x" # why\n'
    put(document, "a", "y")
    assert tomlkit.parse(tomlkit.dumps(document))["a"] == "y"


def test_sections_and_contests_are_found_or_made() -> None:
    document = parse_session(draft())
    assert section(document, "session")["id"] == "small"
    section(document, "counters")["names"] = ["甲"]
    assert tomlkit.parse(tomlkit.dumps(document))["counters"]["names"] == ["甲"]  # type: ignore[index]
    assert [table["id"] for table in contest_tables(document)] == ["committee"]
    with pytest.raises(InputError, match="not in the draft any more"):
        contest_table(document, "other")
    assert contest_tables(tomlkit.parse('contest = "x"')) == []
