import pytest

from tally.drafting.tables import (
    CHANGES,
    ROLL,
    contest_target,
    find_table,
    free_name,
    limit_of,
    required_columns,
    table_key,
    table_refs,
    with_table,
)
from tests.tally.drafting.folders import draft, example_files
from voting_core.errors import InputError
from voting_core.params import MAX_CREDENTIALS, MAX_ROWS


def test_every_table_of_the_example_has_its_address() -> None:
    assert [ref.target for ref in table_refs(example_files())] == [
        "roll",
        "roll_changes",
        "contest:committee",
        "contest:alternates",
        "contest:discipline",
        "contest:city-delegates",
        "contest:trust",
    ]
    assert find_table(example_files(), "contest:trust").key == "subjects"
    assert find_table(example_files(), "roll").contest == ""
    with pytest.raises(InputError):
        find_table(example_files(), "contest:work-report")


def test_another_file_takes_the_place_and_the_old_one_goes() -> None:
    files, name = with_table(draft(), contest_target("committee"), ".xlsx", b"new")
    assert name == "committee.xlsx"
    assert b'candidates = "committee.xlsx"' in files["session.toml"]
    assert (files[name], "committee.csv" in files) == (b"new", False)


def test_a_file_that_another_contest_names_stays() -> None:
    more = draft()["session.toml"].decode() + '[[contest]]\nid = "b"\nkind = "election"\ncandidates = "committee.csv"\n'
    files, name = with_table(draft(session_toml=more), contest_target("b"), ".csv", b"new")
    assert name == "committee-2.csv"
    assert files["committee.csv"] == draft()["committee.csv"]


def test_limits_keys_and_columns() -> None:
    assert limit_of(ROLL).rows == MAX_CREDENTIALS
    assert limit_of("contest:x").rows == MAX_ROWS
    assert limit_of(CHANGES).rows == 20_000
    assert [table_key(kind) for kind in ("election", "ticket_vote", "motion", "evaluation", "questionnaire")] == [
        "candidates",
        "candidates",
        "",
        "subjects",
        "options",
    ]
    assert required_columns(draft(), ROLL) == ("编号", "姓名", "状态")
    plenum = draft()["session.toml"].replace(b'"congress"', b'"plenum"')
    assert required_columns(draft(session_toml=plenum), ROLL) == ("编号", "姓名", "状态", "身份")
    assert required_columns(draft(), "contest:committee") == ("编号", "姓名")


def test_names_do_not_collide() -> None:
    assert free_name("a", ".csv", {"b.csv"}) == "a.csv"
    assert free_name("a", ".csv", {"a.csv", "a-2.csv"}) == "a-3.csv"
