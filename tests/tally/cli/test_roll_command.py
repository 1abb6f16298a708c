import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tally.cli.roll_command import register
from tests.tally.plan.files import SESSION, small_files
from voting_core.errors import InputError

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
CHANGES = (
    "变更号,编号,事项,生效日期,决定机关,依据,记录日期\n"
    "c1,3,刑事羁押或立案审查,2026-05-01,代表资格审查委员会,青资审〔2026〕1号,2026-05-02\n"
    "c2,4,停止党籍,2026-06-01,党委,青组〔2026〕2号,2026-06-02\n"
)


def run(*arguments: object) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    toml = SESSION.replace('roll = "roll.csv"', 'roll = "roll.csv"\nroll_changes = "changes.csv"')
    for name, data in small_files(session_toml=toml, changes_csv=CHANGES).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_the_example_of_a_congress() -> None:
    result = run(EXAMPLES / "qinglan-congress", "--json")
    value = json.loads(result.stdout)
    assert (value["on_roll"], value["should_attend"], value["on_leave"], value["present"]) == (312, 310, 7, 303)
    assert [(one["number"], one["status"], one["since"]) for one in value["outside"]] == [
        ("0225", "暂停", "2026-09-24"),
        ("0301", "终止", "2026-06-11"),
    ]
    assert value["needed"][0] == {"rule_set": "election_local_2020", "quorum_needed": 156, "votes_needed": 156}
    assert sum(one["should_attend"] for one in value["delegations"]) == 310
    assert value["delegations"][0]["heads"] == ["史刚平"]


@pytest.mark.parametrize(
    ("day", "base"),
    [("2025-12-08", 311), ("2025-12-09", 312), ("2026-03-02", 311), ("2026-05-18", 312), ("2026-06-11", 311)],
)
def test_the_example_on_other_days(day: str, base: int) -> None:
    assert json.loads(run(EXAMPLES / "qinglan-congress", "--on", day, "--json").stdout)["should_attend"] == base


def test_the_example_of_a_plenum() -> None:
    value = json.loads(run(EXAMPLES / "qinglan-plenum", "--json").stdout)
    assert (value["should_attend"], value["present"]) == (35, 33)
    assert {one["status"] for one in value["outside"]} == {"候补委员"}
    assert value["needed"] == [{"rule_set": "ticket_2004", "quorum_needed": 24, "votes_needed": 18}]


def test_for_people(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0
    assert "2026-12-08　应到 3　请假 1　实到 2" in result.stdout
    assert "到会至少 2，通过至少 2" in result.stdout
    for word in ("（未编代表团）", "赵一", "孙三", "暂停", "2026-05-01", "青资审〔2026〕1号", "第4、5条"):
        assert word in result.stdout
    assert "变更 c2 尚未报上级党委备案" in result.stdout


def test_another_day(folder: Path) -> None:
    assert "2026-05-31　应到 4　请假 0　实到 4" in run(folder, "--on", "2026-05-31").stdout
    assert isinstance(run(folder, "--on", "2026-02-30").exception, InputError)


def test_a_roll_without_anybody_outside(folder: Path) -> None:
    assert "不计入应到" in run(folder).stdout
    assert "不计入应到" not in run(folder, "--on", "2026-04-30").stdout


EARLIER = f"""
[earlier]
id = "s-1"
title = "上次"
date = 2025-12-08
session = "{"ab" * 32}"
fingerprint = "{"-".join(["2W5N"] * 8)}"
record = "{"cd" * 32}"
succession = "s.csv"
vacancies = 2
"""


def test_who_moves_up_and_what_is_open(folder: Path) -> None:
    path = folder / "session.toml"
    path.write_text(path.read_text(encoding="utf-8") + EARLIER, encoding="utf-8")
    lines = "顺序,编号,姓名,得票,会议\n1,3,孙三,120,s-1\n2,A2,郑七,118,s-1\n"
    (folder / "s.csv").write_text(lines, encoding="utf-8")
    shown = run(folder).stdout
    assert "递补 moves up  A2 郑七（得票 118）" in shown
    assert "不递补 passed over  3 孙三：资格暂停 suspended" in shown
    assert "补选 1 名" in shown
    value = json.loads(run(folder, "--json").stdout)["succession"]
    assert [one["number"] for one in value["promoted"]] == ["A2"]
    assert value["passed_over"][0]["reason"]["zh"] == "资格暂停"
    assert (value["needs_decision_of"], value["by_election"]["seats"]) == ("plenum", 1)


def test_notes_are_told(folder: Path) -> None:
    value = json.loads(run(EXAMPLES / "qinglan-plenum", "--json").stdout)
    assert len(value["notes"]) == 1
    assert value["notes"][0] in run(EXAMPLES / "qinglan-plenum").stdout
    assert "succession" not in value
    assert json.loads(run(folder, "--json").stdout)["notes"] == []


def test_a_rule_set_that_nobody_has_is_pointed_out(folder: Path) -> None:
    session = folder / "session.toml"
    text = session.read_text(encoding="utf-8")
    session.write_text(text.replace('rule_set = "election_local_2020"', 'rule_set = "own-rules"'), encoding="utf-8")

    assert "没有 id 为 own-rules 的规则" in run(folder).stdout
    assert any("there is no rule set own-rules" in note for note in json.loads(run(folder, "--json").stdout)["notes"])
