"""`plenum rules`."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tally.cli.rules_command import register
from tally.entries.contests import rules_hash
from tally.rules.loader import available_rule_sets, load_rule_set
from tests.golden.make_golden import FOLDER
from tests.tally.rules.county_files import NAME, TEXT
from voting_core.errors import InputError


def run(*arguments: object) -> Result:
    app = typer.Typer()
    register(app)

    @app.command()
    def other() -> None:
        """A second command, so that `rules` is a name of its own."""

    return CliRunner().invoke(app, ["rules", *map(str, arguments)])


def said(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.exception
    return result.stdout


def refused(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputError)
    assert result.stdout == ""
    return str(result.exception)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_list() -> None:
    assert all(name in said("list") for name in available_rule_sets())
    rows = json.loads(said("list", "--json"))
    assert [row["id"] for row in rows] == list(available_rule_sets())
    assert set(rows[0]) >= {"name", "instrument", "decides", "certainty"}


def test_show(own: Path) -> None:
    assert "第24条" in said("show", "election_local_2020")
    assert "青岚县选举办法" in said("show", own)
    assert json.loads(said("show", own, "--json"))["rules"]["id"] == "qinglan_election"


def test_show_from_a_record() -> None:
    record = FOLDER / "record.zip"
    assert "resolution_default" in said("show", "resolution_default", "--record", record)
    assert "was not adopted" in refused("show", "ticket_2004", "--record", record)


def test_copy_then_check(tmp_path: Path) -> None:
    path = tmp_path / "own-votes.toml"
    assert str(path) in said("copy", "ticket_2004", path)
    assert "adopted_by" in refused("check", path)
    text = path.read_text(encoding="utf-8").replace('adopted_by = ""', 'adopted_by = "青党〔2026〕1号"')
    path.write_text(text, encoding="utf-8")
    assert said("check", path).startswith("✓ own_votes  ")
    assert "各项相同" in said("check", path)
    path.write_text(text.replace('#blank_mark_means = "abstain"', 'blank_mark_means = "agree"'), encoding="utf-8")
    assert "1 项不同" in said("check", path)


def test_copy_replaces_nothing(own: Path, tmp_path: Path) -> None:
    assert "is there already" in refused("copy", "ticket_2004", own)
    assert own.read_text(encoding="utf-8") == TEXT
    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "nowhere")
    assert "is there already" in refused("copy", "ticket_2004", link)
    assert "does not end with .toml" in refused("copy", "ticket_2004", tmp_path / "own")
    assert "no_such" in refused("copy", "no_such", tmp_path / "new.toml")
    assert not (tmp_path / "new.toml").exists()


def test_a_file_whose_name_gives_no_id_gets_one(tmp_path: Path) -> None:
    path = tmp_path / "青岚.toml"
    said("copy", "ticket_2004", path)
    assert 'id = "county_ticket_2004"' in path.read_text(encoding="utf-8")


def test_check_of_what_cannot_be_used(own: Path) -> None:
    own.write_text(TEXT.replace('"gt"', '"50%"'), encoding="utf-8")
    assert refused("check", own).startswith(f"{NAME}, field elect.op:")


def test_a_file_that_stands_alone_is_compared_with_nothing(own: Path) -> None:
    alone = said("show", "questionnaire_default", "--json")
    assert alone
    own.write_text(
        'adopted_by = "决议"\nname = { zh = "问卷", en = "Questionnaire" }\ninstrument = "《办法》"\n'
        'certainty = "quoted"\nuse_for = []\narticles = []\ndecides = ["questionnaire"]\nblank_mark_means = ""\n'
        'option_order = "as_listed"\nreturned_must_be = "le_issued"\n'
        "retention = { days = 30, destroy_needs_two_roles = true }\n",
        encoding="utf-8",
    )
    assert len(said("check", own).splitlines()) == 2


def test_diff(own: Path) -> None:
    assert "1 项不同" in said("diff", "election_local_2020", own)
    (row,) = json.loads(said("diff", "election_local_2020", own, "--json"))
    assert row["parameter"] == "elect"
    assert row["second"]["en"] == "more than 1/2 of those present"
    rows = json.loads(said("diff", "ticket_2004", "resolution_default", "--json"))
    assert {row["parameter"]: row["second"] for row in rows}["recusal"] == {}


def test_hash(own: Path) -> None:
    assert said("hash", "ticket_2004").strip() == rules_hash(load_rule_set("ticket_2004").to_json()).hex()
    assert said("hash", own) != said("hash", "election_local_2020")
