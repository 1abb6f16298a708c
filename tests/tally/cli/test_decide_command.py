"""plenum decide: the JSON of the contract, readable text, and exit codes."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tally.cli import decide_command
from voting_core.errors import InputError

CASES = Path("examples/cases/worked_cases.json")


def plenum(*arguments):
    app = typer.Typer()
    decide_command.register(app)
    app.command(name="other")(lambda: None)
    return CliRunner().invoke(app, ["decide", *map(str, arguments)])


def test_json_in_the_order_of_the_file():
    run = plenum(CASES, "--json")
    printed = json.loads(run.stdout)

    assert run.exit_code == 0
    assert [item["id"] for item in printed] == [case["id"] for case in json.loads(CASES.read_text("utf-8"))["cases"]]
    assert all(set(item) == {"id", "result"} for item in printed)


def test_one_bad_case_is_an_error_of_its_own_and_exit_code_1(tmp_path):
    file = tmp_path / "cases.json"
    good = {"id": "G", "kind": "quorum", "rule_set": "ticket_2004", "input": {"should_attend": 33, "present": 22}}
    file.write_text(json.dumps({"cases": [{"id": "B", "kind": "unheard"}, good]}), encoding="utf-8")
    run = plenum(file, "--json")
    bad, fine = json.loads(run.stdout)

    assert run.exit_code == 1
    assert set(bad) == {"id", "error"}
    assert bad["id"] == "B"
    assert fine == {"id": "G", "result": {"can_hold": True}}


def test_readable_lines_in_both_languages():
    run = plenum(CASES)

    assert run.exit_code == 0
    assert "丁建国：赞成 250 票，当选" in run.stdout
    assert "more than 1/2 of those who should attend" in run.stdout
    assert "37 cases, 0 with errors" in run.stdout


def test_readable_errors(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text('{"cases": [{"id": "B", "title": "bad", "kind": "unheard"}]}', encoding="utf-8")
    run = plenum(file)

    assert run.exit_code == 1
    assert "错误 error: the kind 'unheard'" in run.stdout


@pytest.mark.parametrize("content", [None, "{"])
def test_a_file_that_is_none(tmp_path, content):
    file = tmp_path / "cases.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    run = plenum(file)

    assert isinstance(run.exception, InputError)
    assert "cases.json" in str(run.exception)


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(decide_command, "MAX_FILE_BYTES", 10)
    file = tmp_path / "cases.json"
    file.write_text('{"cases": []}', encoding="utf-8")

    assert "10 bytes" in str(plenum(file).exception)
