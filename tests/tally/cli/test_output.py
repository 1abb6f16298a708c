import json
from pathlib import Path

import pytest

from tally.cli import output
from tally.cli.output import (
    NEXT,
    RECORD,
    REPORTS,
    decided_contests,
    make_folder,
    write_file,
    write_next,
    write_record_file,
    write_reports,
    write_results,
)
from tally.cli.system import SystemRng
from tally.report.model import DocumentKind
from tally.simulate.run import Simulated, simulate
from tally.verify import verify_record
from tests.support.simulation import small_simulation
from tests.tally.report.samples import election, made, person
from voting_core.errors import InputError


@pytest.fixture(scope="module")
def done() -> Simulated:
    return simulate(small_simulation(), SystemRng(), lambda: 1_800_000_000, lambda _step, _done, _total: None)


def test_the_written_record_verifies(done: Simulated, tmp_path: Path) -> None:
    write_record_file(tmp_path / RECORD, done.entries, done.checkpoints, done.service_key)
    with (tmp_path / RECORD).open("rb") as source:
        verify_record(source).require_clean()
    assert [path.name for path in tmp_path.iterdir()] == [RECORD]


def test_results_hold_one_object_for_each_contest_in_the_order_of_slots(done: Simulated, tmp_path: Path) -> None:
    assert write_results(tmp_path, done.state, done.entries) == ()
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert [result["contest"] for result in results] == ["election", "motion"]
    assert results[0]["rows"]["1"] == {"approve": 4, "disapprove": 1, "abstain": 1}
    names = {"results.json", "election.csv", "motion.csv", "汇总.csv", "next.json", "reports"}
    assert {path.name for path in tmp_path.iterdir()} == names


def test_reports_are_in_a_folder_of_their_own_in_three_forms(done: Simulated, tmp_path: Path) -> None:
    write_results(tmp_path, done.state, done.entries)
    names = {path.stem for path in (tmp_path / REPORTS).iterdir()}
    documents = {"election-得票情况报告单", "election-当选名单", "motion-表决结果报告单"}
    documents |= {"后续表决建议", "到会情况", "日志摘要"}
    assert names == documents
    assert len(list((tmp_path / REPORTS).iterdir())) == 3 * len(documents)


def test_reports_of_an_earlier_run_go_away_and_nothing_else(done: Simulated, tmp_path: Path) -> None:
    folder = tmp_path / REPORTS
    folder.mkdir()
    for form in (".pdf", ".xlsx", ".json", ".txt"):
        (folder / f"old-当选名单{form}").write_text("earlier", encoding="utf-8")
    write_results(tmp_path, done.state, done.entries)
    assert {path.name for path in folder.iterdir() if path.stem.startswith("old")} == {"old-当选名单.txt"}


def test_what_may_follow_is_a_file_and_goes_away_with_its_reason(done: Simulated, tmp_path: Path) -> None:
    write_results(tmp_path, done.state, done.entries)
    proposals = json.loads((tmp_path / NEXT).read_text(encoding="utf-8"))
    assert {proposal["after"] for proposal in proposals} == {"election"}
    assert all(proposal["zh"] and proposal["en"] for proposal in proposals)
    write_next(tmp_path, ())
    assert not (tmp_path / NEXT).exists()
    write_next(tmp_path, ())


def test_a_name_that_no_font_has_leaves_out_the_pdf_alone(tmp_path: Path) -> None:
    (tmp_path / "committee-得票情况报告单.pdf").write_bytes(b"of an earlier run")
    document = made(election(160, rows=(person("1", "张𠀀三"),)), DocumentKind.COUNT)
    (sentence,) = write_reports(tmp_path, (document, made(election(160), DocumentKind.ELECTED)))
    assert "张𠀀三" in sentence
    assert {path.name for path in tmp_path.iterdir()} == {
        "committee-得票情况报告单.json",
        "committee-得票情况报告单.xlsx",
        "committee-当选名单.json",
        "committee-当选名单.pdf",
        "committee-当选名单.xlsx",
    }


def test_the_counted_contests_are_decided_by_the_adopted_rules(done: Simulated) -> None:
    assert [contest.id for contest, *_ in decided_contests(done.state)] == ["election", "motion"]


def test_a_full_disk_leaves_what_stood_there_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "results.json"
    target.write_bytes(b"before")

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match=r"No space left on device.*Free space"):
        write_file(target, b"after")
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


def test_a_record_that_cannot_be_written_whole_is_not_left_in_half(
    done: Simulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "write_record", full)
    with pytest.raises(InputError, match="No space left"):
        write_record_file(tmp_path / RECORD, done.entries, done.checkpoints, done.service_key)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be made"):
        make_folder(tmp_path / "file" / "below")


def test_results_are_not_written_over_the_tables_of_the_session(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(InputError, match=r"holds the tables .* --out"):
        make_folder(tmp_path / "a" / ".." / "a", tmp_path / "a")
    make_folder(tmp_path / "a" / "out", tmp_path / "a")
