"""Where `plenum rules` finds a rule set."""

from pathlib import Path

import pytest

from tally.cli.rules_files import adopted_in, beside, rule_set
from tally.rules.loader import load_rule_set
from tests.golden.make_golden import FOLDER
from tests.tally.rules.county_files import NAME, county_files
from voting_core.errors import InputError

RECORD = (FOLDER / "record.zip").read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in county_files().items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "session.toml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "other.toml").write_text("", encoding="utf-8")
    (tmp_path / "folder.toml").mkdir()
    return tmp_path


def test_packaged_or_a_file(folder: Path) -> None:
    assert rule_set("ticket_2004") == load_rule_set("ticket_2004")
    assert rule_set(str(folder / NAME)).id == "qinglan_election"


def test_the_files_beside(folder: Path) -> None:
    assert set(beside(folder / NAME)) == {NAME, "other.toml"}


@pytest.mark.parametrize(("which", "said"), [("no_such", "ticket_2004"), ("no_such.toml", "cannot be read")])
def test_neither(folder: Path, which: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        rule_set(which)


def test_adopted_in_a_session(tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    path.write_bytes(RECORD)
    adopted = adopted_in(path, "resolution_default")
    assert (adopted.id, adopted.decides) == ("resolution_default", ("motion",))
    with pytest.raises(InputError, match="Name one that was: resolution_default"):
        adopted_in(path, "ticket_2004")


def test_no_record(tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    for content, said in ((None, "cannot be read"), (b"x", "ZIP"), (RECORD[: len(RECORD) // 2], "end is missing")):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(InputError, match=said):
            adopted_in(path, "resolution_default")
