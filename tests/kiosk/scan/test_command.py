import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from kiosk.scan import command as module
from kiosk.scan.command import EXIT_FOUND, memory_of, register
from tests.kiosk.scan.papers import COUNTED, RECORD, contest, digits, outcome_of_many, picture, png, votes
from tests.support.pdf import text_of
from voting_core.errors import InputError


def run(*arguments: object) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["scan", *map(str, arguments)])


def pile(folder: Path, name: str, counts: tuple[tuple[int, ...], ...]) -> Path:
    folder.mkdir()
    for number, marks in enumerate(votes(counts)):
        code = digits(contest(name).contest, marks, serial=f"{name} {number}")
        (folder / f"{number:03d}.png").write_bytes(png(picture(code)))
    return folder


def test_all_papers_are_compared_and_scanned_again_they_are_duplicates(tmp_path: Path) -> None:
    papers, memory, out = pile(tmp_path / "papers", "waived", ((4, 2, 0),)), tmp_path / "m.json", tmp_path / "out.json"
    half = sorted(papers.iterdir())[:3]
    first = run("read", RECORD, "waived", *half, "--memory", memory)
    assert first.exit_code == EXIT_FOUND
    assert "纸票 3 张，计票 6 张" in first.output
    second = run("read", RECORD, "waived", papers, "--memory", memory, "--json", out)
    assert second.output.count("这一张已经计过") == 3
    assert second.exit_code == EXIT_FOUND
    done = run("read", RECORD, "waived", "--memory", memory, "--json", out)
    assert done.exit_code == 0
    assert "纸质票与计票结果完全相符" in done.output
    found = json.loads(out.read_text("utf-8"))
    assert (found["kind"], found["ok"], found["refused"], found["papers"]) == ("compared", True, 0, 6)
    assert run("forget", memory).exit_code == 0
    assert not memory.exists()


def test_papers_of_record_become_a_count_sheet(tmp_path: Path) -> None:
    papers, out = pile(tmp_path / "papers", "committee", ((7, 1, 0), (3, 4, 1))), tmp_path / "out.json"
    box = ("--memory", tmp_path / "m", "--box", "票箱", "--sheet", "第三计票组")
    done = run("read", RECORD, "committee", papers, *box, "--json", out)
    assert done.exit_code == 0, done.output
    assert json.loads(out.read_text("utf-8"))["outcome"] == contest("committee").outcome
    unnamed = run("read", RECORD, "committee", "--memory", tmp_path / "m")
    assert isinstance(unnamed.exception, InputError)


def test_no_two_boxes_have_one_memory() -> None:
    assert memory_of("vote", "").name == "scan-vote.memory.json"
    assert memory_of("vote", "西厅票箱").name == "scan-vote+西厅票箱.memory.json"
    names = ("东/1", "东 1", "东_1", "东_20_1", "东1", "../东1")
    assert len({memory_of("vote", name) for name in names}) == len(names)
    assert all(len(memory_of("vote", name).parts) == 1 for name in names)


def test_boxes_are_counted_apart_and_a_paper_of_one_is_a_copy_in_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    papers = pile(tmp_path / "papers", "by-hand", ((2, 1, 1),))
    west = run("read", RECORD, "by-hand", papers, "--box", "西厅票箱", "--sheet", "二")
    assert west.exit_code == 0, west.output
    assert (tmp_path / "scan-by-hand+西厅票箱.memory.json").is_file()
    one = sorted(papers.iterdir())[0]
    east = run("read", RECORD, "by-hand", one, "--box", "东厅票箱", "--sheet", "一")
    assert east.exit_code == EXIT_FOUND
    assert "这一张已经计过" in east.output
    assert "已计纸票 0 张" in east.output


def pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "counted_of", lambda _: COUNTED)
    monkeypatch.setattr(module, "outcome_of", lambda *_: outcome_of_many())


def test_a_sample_is_drawn_scanned_and_confirms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session has six papers; told that there are 6,000 with the same shares, the plan draws some of them."""
    pretend(monkeypatch)
    drawn = run("draw", RECORD, "waived", "--seed", "1" * 20, "--bundle", 3000, "--bundle", 3000)
    assert drawn.exit_code == 0, drawn.output
    assert "共 6000 张，计划抽" in drawn.output
    places = [line for line in drawn.output.splitlines() if line[:2] in ("1-", "2-")]
    assert len(places) > 20
    more = run("draw", RECORD, "waived", "--seed", "1" * 20, "--bundle", 6000, "--already", 5, "--more", 2)
    assert len([line for line in more.output.splitlines() if line.startswith("1-")]) == 2
    papers, memory = pile(tmp_path / "papers", "waived", ((5, 0, 0),)), tmp_path / "m"
    short = run("read", RECORD, "waived", papers, "--memory", memory, "--sample")
    assert short.exit_code == EXIT_FOUND
    assert "还差 1 条" in short.output
    code = digits(contest("waived").contest, (0,), serial="another")
    (tmp_path / "last.png").write_bytes(png(picture(code)))
    last = run("read", RECORD, "waived", tmp_path / "last.png", "--memory", memory, "--sample", "--times", 30)
    assert last.exit_code == 0, last.output
    assert "抽查已在风险限度内确认结果" in last.output
    pile_of = ("--seed", "1" * 20, "--bundle", 3000, "--bundle", 3000, "--out", tmp_path / "out")
    told = run("report", RECORD, "waived", "--memory", memory, *pile_of)
    assert told.exit_code == 0, told.output
    (pdf,) = (tmp_path / "out").glob("*纸票抽查报告单.pdf")
    assert "抽查已在风险限度内确认结果" in text_of(pdf.read_bytes())
    again = run("report", RECORD, "waived", "--memory", memory, *pile_of)
    assert again.exit_code == 0
    nothing = run("report", RECORD, "waived", "--memory", tmp_path / "none", *pile_of)
    assert isinstance(nothing.exception, InputError)
    wrong = run("report", RECORD, "waived", "--memory", memory, *pile_of, "--bundle", 1)
    assert isinstance(wrong.exception, InputError)


def test_the_page_is_served_until_enter_is_pressed(tmp_path: Path) -> None:
    app = typer.Typer()
    register(app)
    told = CliRunner().invoke(app, ["scan", "page", str(RECORD), "waived", "--memory", str(tmp_path / "m")], input="\n")
    assert told.exit_code == 0, told.output
    assert "http://127.0.0.1:" in told.output
    assert not (tmp_path / "m.link").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("draw", RECORD, "waived", "--seed", "1" * 20, "--bundle", 6),
        ("draw", RECORD, "by-hand", "--seed", "1" * 20, "--bundle", 6),
        ("read", RECORD, "none"),
        ("forget", "/no/such/file"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: tuple[Any, ...]) -> None:
    assert isinstance(run(*arguments).exception, InputError)


def test_bundles_and_draws_that_do_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    for more in (("--bundle", 5999), ("--bundle", 6000, "--already", 3)):
        assert isinstance(run("draw", RECORD, "waived", "--seed", "1" * 20, *more).exception, InputError)
