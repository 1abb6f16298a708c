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
