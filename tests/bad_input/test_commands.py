"""Commands with wrong arguments, files that are not there, folders in place of files, and folders that take nothing."""

import json

import pytest

from tests.bad_input.plenum import Plenum


@pytest.mark.parametrize(
    "arguments",
    [
        ["verfy"],
        ["verify"],
        ["verify", "--no-such-option", "x"],
        ["simulate", "session"],
        ["demo", "--delegates", "many"],
        ["serve", "--data", "x", "--port", "99999"],
        ["scrutineer", "--server", "http://x", "--dir", "x", "--name", "x", "--index", "0"],
        ["kiosk", "--server", "http://x"],
    ],
)
def test_wrong_arguments_exit_with_2(plenum: Plenum, arguments: list[str]) -> None:
    ended = plenum(*arguments)
    assert ended.code == 2
    assert "Usage: plenum" in ended.err
    assert sorted(path.name for path in plenum.directory.iterdir()) == ["session", "votes.jsonl"]


SIMULATE = ("simulate", "session", "--votes", "votes.jsonl", "--out")
KIOSK = ("kiosk", "--server", "http://10.0.0.1", "--keys", "k/1")
SCRUTINEER = ("scrutineer", "--server", "http://10.0.0.1", "--dir", "d", "--name", "甲", "--index", "1")


@pytest.mark.parametrize(
    ("item", "arguments"),
    [
        ("command: a file that is not there", ["decide", "nothing.json"]),
        ("command: a folder in place of a file", ["decide", "session"]),
        ("command: a file in place of a folder", ["simulate", "votes.jsonl", "--votes", "votes.jsonl", "--out", "o"]),
        ("command: --out is a file", [*SIMULATE, "votes.jsonl"]),
        ("command: --out takes nothing", [*SIMULATE, "/proc/out"]),
        ("command: --out is the session's folder", [*SIMULATE, "session"]),
        ("command: --delegates 0", ["demo", "session", "--delegates", "0", "--out", "o"]),
        ("command: --delegates -1", ["demo", "session", "--delegates", "-1", "--out", "o"]),
        ("command: --data is a file", ["serve", "--data", "votes.jsonl", "--port", "0"]),
        ("command: --official is no key", ["serve", "--data", "o", "--port", "0", "--official", "abc"]),
        ("command: --server is no address", [*KIOSK, "--fingerprint", "0" * 32, "--server", "10.0.0.1"]),
        ("command: --fingerprint is none", [*KIOSK, "--fingerprint", "AB"]),
        ("command: --ballots is not there", [*KIOSK, "--fingerprint", "0" * 32, "--ballots", "nothing"]),
        ("command: no passphrase in the file", [*SCRUTINEER, "--passphrase-file", "/dev/null"]),
    ],
)
def test_what_cannot_be_used_is_one_sentence(plenum: Plenum, item: str, arguments: list[str]) -> None:
    plenum(*arguments).refused(item)
    assert not (plenum.directory / "o").exists()


def test_the_tables_are_still_there_after_out_named_their_folder(plenum: Plenum) -> None:
    before = (plenum.session / "committee.csv").read_bytes()
    assert plenum.simulate(plenum.session).code == 2
    plenum.replace("session.toml", "small-1", "session")
    ended = plenum("demo", plenum.session, "--out", plenum.directory)
    assert ended.code == 2
    assert "holds the tables of the session" in ended.err
    assert (plenum.session / "committee.csv").read_bytes() == before


def test_a_case_that_cannot_be_decided_is_in_the_answer(plenum: Plenum) -> None:
    cases = plenum.directory / "cases.json"
    cases.write_text(json.dumps({"schema_version": 1, "cases": [{"id": "a"}]}), encoding="utf-8")
    assert plenum("decide", cases).code in (1, 2)
    cases.write_text("{", encoding="utf-8")
    plenum("decide", cases).refused("command: cases that are no JSON")
