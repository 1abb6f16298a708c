import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tally.cli.simulate_command import register
from tally.verify import verify_record
from voting_core.errors import InputError, PlenumError

PLENUM = Path(__file__).resolve().parents[3] / "examples" / "qinglan-plenum"
SECRETARIES = [f"S{number}" for number in range(1, 8)]
MAYORS = [f"M{number}" for number in range(1, 7)]


def _run(*arguments: object) -> tuple[int, str, BaseException | None]:
    app = typer.Typer()
    register(app)
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout, done.exception


def _ballots(path: Path) -> list[dict[str, object]]:
    """30 ballots on the mayors, 3 on the secretaries; some rows are left blank, which counts as abstention."""
    marks = ("agree", "agree", "disapprove", "abstain")
    ballots: list[dict[str, object]] = []
    for number in range(30):
        chosen = {row: marks[(number + at) % 4] for at, row in enumerate(MAYORS) if (number + at) % 7}
        ballots.append({"contest": "mayors", "marks": chosen})
    ballots += [{"contest": "secretaries", "marks": dict.fromkeys(SECRETARIES, "agree")} for _ in range(3)]
    path.write_text("".join(json.dumps(ballot) + "\n" for ballot in ballots), encoding="utf-8")
    return ballots


def test_the_counts_are_those_of_a_short_script_and_the_record_verifies(tmp_path: Path) -> None:
    ballots = _ballots(tmp_path / "votes.jsonl")
    code, shown, _ = _run(PLENUM, "--votes", tmp_path / "votes.jsonl", "--out", tmp_path / "out")
    assert code == 0
    results = {one["contest"]: one for one in json.loads((tmp_path / "out/results.json").read_text(encoding="utf-8"))}
    for contest, rows in (("mayors", MAYORS), ("secretaries", SECRETARIES)):
        given = [ballot["marks"] for ballot in ballots if ballot["contest"] == contest]
        for row in rows:
            counted = Counter(marks.get(row, "abstain") for marks in given)  # type: ignore[attr-defined]
            assert results[contest]["rows"][row] == {mark: counted[mark] for mark in ("agree", "disapprove", "abstain")}
    assert results["secretaries"]["should_attend"] == 35
    assert results["secretaries"]["ballots"] == 3
    assert "乡镇长推荐人选表决" in shown
    with (tmp_path / "out/record.zip").open("rb") as source:
        report = verify_record(source)
    report.require_clean()
    assert report.simulated
    assert f"session fingerprint  {report.fingerprint}\n" in shown


def test_a_seed_gives_the_same_results_to_the_byte(tmp_path: Path) -> None:
    _ballots(tmp_path / "votes.jsonl")
    for name in ("a", "b"):
        assert _run(PLENUM, "--votes", tmp_path / "votes.jsonl", "--out", tmp_path / name, "--seed", "7")[0] == 0
    assert (tmp_path / "a/results.json").read_bytes() == (tmp_path / "b/results.json").read_bytes()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"contest": "mayors", "marks": {"M9": "agree"}}', "M9"),
        ('{"contest": "mayors", "marks": {"M1": "yes"}}', "yes"),
        ('{"contest": "nobody", "marks": {}}', "nobody"),
        ("not json", "line 2"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_written(tmp_path: Path, line: str, problem: str) -> None:
    votes = tmp_path / "votes.jsonl"
    votes.write_text('{"contest": "mayors", "marks": {}}\n' + line + "\n", encoding="utf-8")
    code, _, error = _run(PLENUM, "--votes", votes, "--out", tmp_path / "out")
    assert code != 0
    assert isinstance(error, PlenumError)
    assert "line 2" in str(error)
    assert problem in str(error)
    assert not (tmp_path / "out").exists()


def test_more_ballots_than_people_present_stop_the_run(tmp_path: Path) -> None:
    votes = tmp_path / "votes.jsonl"
    votes.write_text('{"contest": "mayors", "marks": {}}\n' * 34, encoding="utf-8")
    code, _, error = _run(PLENUM, "--votes", votes, "--out", tmp_path / "out")
    assert code != 0
    assert isinstance(error, InputError)
    assert "line 34" in str(error)


def test_a_ballots_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    _, _, error = _run(PLENUM, "--votes", tmp_path / "none.jsonl", "--out", tmp_path / "out")
    assert isinstance(error, InputError)
    assert "none.jsonl" in str(error)


def test_paper_is_refused_before_any_work(tmp_path: Path) -> None:
    shutil.copytree(PLENUM, tmp_path / "plan")
    with (tmp_path / "plan/session.toml").open("a", encoding="utf-8") as plan:
        plan.write('capture = "hand"\n')
    _ballots(tmp_path / "votes.jsonl")
    _, _, error = _run(tmp_path / "plan", "--votes", tmp_path / "votes.jsonl", "--out", tmp_path / "out")
    assert isinstance(error, InputError)
    assert 'session.toml, [[contest]] 2 ("mayors"), key capture: paper is not played here' in str(error)
    assert not (tmp_path / "out").exists()


SESSION = """
[session]
id = "weighed"
title = "测评"
kind = "congress"
date = 2026-12-08
roll = "roll.csv"

[scrutineers]
threshold = 2
names = ["甲", "乙", "丙"]

[[contest]]
id = "trust"
kind = "evaluation"
title = "信任度测评"
rule_set = "trust_categories"
scale = "trust4"
subjects = "people.csv"

[[contest]]
id = "plain"
kind = "evaluation"
title = "信任度测评"
rule_set = "trust_default"
scale = "trust4"
subjects = "people.csv"
"""


def _weighed(folder: Path, sizes: dict[str, int]) -> Path:
    folder.mkdir()
    letters = "".join(letter * size for letter, size in sizes.items())
    roll = "".join(f"{n},代表{n},正常,{letter}\n" for n, letter in enumerate(letters, 1))
    (folder / "session.toml").write_text(SESSION, encoding="utf-8")
    (folder / "roll.csv").write_text("编号,姓名,状态,类别\n" + roll, encoding="utf-8")
    (folder / "people.csv").write_text("编号,姓名\n1,王海\n", encoding="utf-8")
    return folder


def _ballot(contest: str, mark: str, letter: str = "") -> str:
    ballot = {"contest": contest, "marks": {"1": mark}} | ({"class": letter} if letter else {})
    return json.dumps(ballot, ensure_ascii=False) + "\n"


def test_categories_of_evaluators_are_weighed_cell_by_cell(tmp_path: Path) -> None:
    """A is too small and counted with B; the index is that of fractions by hand: 70 % of 1240/16, 30 % of 1000/20."""
    folder = _weighed(tmp_path / "in", {"A": 4, "B": 12, "C": 20})
    votes = tmp_path / "votes.jsonl"
    ballots = [_ballot("trust", "信任", "A")] * 4 + [_ballot("trust", "信任", "B")] * 6
    ballots += [_ballot("trust", "基本信任", "B")] * 4 + [_ballot("trust", "不信任", "b")] * 2
    ballots += [_ballot("trust", "信任", "c")] * 10 + [_ballot("trust", "不信任", "C")] * 10
    ballots += [_ballot("plain", "信任")] * 9
    votes.write_text("".join(ballots), encoding="utf-8")

    code, _, error = _run(folder, "--votes", votes, "--out", tmp_path / "out")

    assert code == 0, error
    weighed, plain = json.loads((tmp_path / "out/results.json").read_text(encoding="utf-8"))
    row = weighed["outcome"]["rows"]["1"]
    assert row["index"] == "69.25"
    assert {name: own["index"] for name, own in row["categories"].items()} == {"a+b": "77.50", "c": "50.00"}
    assert (weighed["ballots"], row["rate_trust"]) == (36, "55.56")
    assert set(plain["outcome"]["rows"]["1"]) == {
        "rate_trust",
        "rate_trust_or_basic",
        "rate_distrust",
        "index",
        "flags",
    }
    with (tmp_path / "out/record.zip").open("rb") as source:
        verify_record(source).require_clean()


def test_more_ballots_of_a_class_than_people_write_nothing(tmp_path: Path) -> None:
    folder = _weighed(tmp_path / "in", {"A": 1, "B": 12, "C": 20})
    votes = tmp_path / "votes.jsonl"
    votes.write_text(_ballot("trust", "信任", "A") * 2, encoding="utf-8")

    code, _, error = _run(folder, "--votes", votes, "--out", tmp_path / "out")

    assert code == 1
    assert isinstance(error, InputError)
    assert "line 2" in error.place
    assert not (tmp_path / "out").exists()
