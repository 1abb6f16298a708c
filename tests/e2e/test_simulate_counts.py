"""`plenum simulate` on the examples, with ballots of all shapes, counts what a script of ten lines counts."""

import csv
import json
import random  # noqa: TID251 - ballots of a test, which nobody has to guess
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.plenum_command import run_plenum

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SCRIPT = Path(__file__).with_name("count.py")
MARKS = {
    "election": ("approve", "disapprove", "abstain"),
    "motion": ("approve", "disapprove", "abstain"),
    "ticket_vote": ("agree", "disapprove", "abstain"),
    "evaluation": ("信任", "基本信任", "不信任", "弃权"),
}
Shape = Callable[[random.Random, list[str], tuple[str, ...], int], dict[str, str]]


def partial(rng: random.Random, rows: list[str], marks: tuple[str, ...], most: int) -> dict[str, str]:
    """Some rows only, the first mark on no more than allowed."""
    chosen = {row: rng.choice(marks) for row in rng.sample(rows, rng.randint(0, len(rows)))}
    best = [row for row, mark in chosen.items() if mark == marks[0]]
    return {**chosen, **dict.fromkeys(best[most:], marks[1])}


def blank(rng: random.Random, rows: list[str], marks: tuple[str, ...], most: int) -> dict[str, str]:
    """No row, or every row with the mark that an untouched one has."""
    return rng.choice(({}, dict.fromkeys(rows, marks[-1])))


def complete(rng: random.Random, rows: list[str], marks: tuple[str, ...], most: int) -> dict[str, str]:
    """Every row, in an order of its own."""
    given = {row: rng.choice(marks[1:]) for row in rng.sample(rows, len(rows))}
    return {**given, **dict.fromkeys(rng.sample(rows, min(most, 2, len(rows))), marks[0])}


def to_the_limit(rng: random.Random, rows: list[str], marks: tuple[str, ...], most: int) -> dict[str, str]:
    """As many of the first mark as are allowed, and not one more."""
    return dict.fromkeys(rng.sample(rows, min(most, len(rows))), marks[0])


def same(rng: random.Random, rows: list[str], marks: tuple[str, ...], most: int) -> dict[str, str]:
    """One mark on every row."""
    return dict.fromkeys(rows, rng.choice(marks[1:]))


def contests(folder: Path) -> dict[str, tuple[list[str], tuple[str, ...], int]]:
    """Rows, marks and how often the first mark is allowed, read from the files with nothing of the product."""
    found = {}
    for contest in tomllib.loads((folder / "session.toml").read_text(encoding="utf-8"))["contest"]:
        table = contest.get("candidates") or contest.get("subjects")
        rows = ["motion"]
        if table:
            with (folder / table).open(encoding="utf-8-sig", newline="") as file:
                rows = [row["编号"] for row in csv.DictReader(file)]
        found[contest["id"]] = (rows, MARKS[contest["kind"]], contest.get("seats", len(rows)))
    return found


def write_votes(path: Path, folder: Path, seed: int, ballots: dict[str, int], shapes: tuple[Shape, ...]) -> None:
    """So many ballots of each contest, shape after shape, mixed."""
    rng = random.Random(seed)
    known = contests(folder)
    lines = []
    for contest, count in ballots.items():
        for number in range(count):
            marks = shapes[number % len(shapes)](rng, *known[contest])
            lines.append(json.dumps({"contest": contest, "marks": marks}, ensure_ascii=False) + "\n")
    rng.shuffle(lines)
    path.write_text("".join(lines), encoding="utf-8")


def script_counts(votes: Path, folder: Path) -> dict[str, dict[tuple[str, str], int]]:
    """What the script counts."""
    blanks = votes.with_name("blanks.json")
    blanks.write_text(
        json.dumps({contest: [rows, marks[-1]] for contest, (rows, marks, _) in contests(folder).items()}),
        encoding="utf-8",
    )
    command = [sys.executable, str(SCRIPT), str(votes), str(blanks)]
    counted = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {contest: {(row, mark): number for row, mark, number in rows} for contest, rows in counted.items()}


def compare(results: list[dict[str, Any]], votes: Path, folder: Path, ballots: dict[str, int]) -> None:
    """Every number of results.json must be that of the script."""
    expected = script_counts(votes, folder)
    assert {result["contest"] for result in results} == contests(folder).keys()
    for result in results:
        contest = result["contest"]
        rows, marks, _ = contests(folder)[contest]
        assert result["ballots"] == ballots.get(contest, 0)
        counted = expected.get(contest, {})
        assert result["rows"] == {row: {mark: counted.get((row, mark), 0) for mark in marks} for row in rows}


@pytest.mark.parametrize(
    ("example", "ballots", "shapes"),
    [
        ("qinglan-plenum", {"secretaries": 33, "mayors": 33}, (partial, blank, complete, to_the_limit, same)),
        ("qinglan-plenum", {"secretaries": 7}, (blank,)),
        ("qinglan-plenum", {"secretaries": 1, "mayors": 6}, (complete,)),
        ("qinglan-plenum", {}, (complete,)),
        ("qinglan-congress", {"alternates": 5, "discipline": 5, "work-report": 9}, (partial, to_the_limit, complete)),
        ("qinglan-congress", {"committee": 5, "city-delegates": 2, "trust": 2}, (to_the_limit, partial)),
    ],
    ids=["as many as there are people", "blank", "one ballot", "none at all", "six contests, three of them", "limits"],
)
def test_counts_are_those_of_the_script(
    tmp_path: Path, example: str, ballots: dict[str, int], shapes: tuple[Shape, ...]
) -> None:
    folder, votes = EXAMPLES / example, tmp_path / "votes.jsonl"
    write_votes(votes, folder, len(ballots), ballots, shapes)
    ended = run_plenum("simulate", folder, "--votes", votes, "--out", tmp_path / "out")
    assert ended.code == 0, ended.err
    results = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    compare(results, votes, folder, ballots)


def test_one_approval_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    folder, votes = EXAMPLES / "qinglan-congress", tmp_path / "votes.jsonl"
    rows, marks, most = contests(folder)["committee"]
    votes.write_text(json.dumps({"contest": "committee", "marks": dict.fromkeys(rows[: most + 1], marks[0])}) + "\n")
    ended = run_plenum("simulate", folder, "--votes", votes, "--out", tmp_path / "out")
    assert ended.code == 2
    assert f"at most {most} are allowed" in ended.err
    assert not (tmp_path / "out").exists()
