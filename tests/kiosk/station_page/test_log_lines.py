"""The log in words: runs of ballots are one line, pages are stable, half a line is not read."""

from pathlib import Path

from kiosk.station_page.log_lines import PER_PAGE, LogLines
from tally.entries.entry_type import EntryType
from tests.api.world import voting_world


def test_a_page_of_the_log(tmp_path: Path) -> None:
    world, contest = voting_world()
    entries = [*world.entries]
    for card in range(3):
        raw = world.cast(card, contest)
        world.add(raw)
        entries.append(raw)
    path = tmp_path / "log.jsonl"
    lines = LogLines(path)
    assert lines.size == 0
    path.write_bytes(b"".join(raw + b"\n" for raw in entries[:-1]) + entries[-1][:10])
    assert lines.size == len(entries) - 1
    path.write_bytes(b"".join(raw + b"\n" for raw in entries))
    assert lines.size == len(entries)
    page = lines.page(world.state, lines.size)
    first = page[0]
    assert (first.number, first.count, first.type, first.moment, first.signers) == (
        len(entries) - 1,
        3,
        EntryType.BALLOT_CAST,
        "",
        (),
    )
    assert page[-1].number == 0
    assert "创建会议" in page[-1].told.said.zh
    assert [signer.zh for signer in page[-1].signers] == ["工作人员 1", "工作人员 2"]
    assert sum(line.count for line in page) == len(entries)
    opened = next(line for line in page if line.type is EntryType.CONTEST_OPENED)
    assert opened.told.said.zh == "“工作报告”开始投票"
    assert opened.moment


def test_pages_join_without_a_gap(tmp_path: Path) -> None:
    world, _ = voting_world()
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(raw + b"\n" for raw in world.entries * 8))
    lines = LogLines(path)
    size = len(world.entries) * 8
    assert size > PER_PAGE
    found = [line.number for line in lines.page(world.state, size)]
    assert found == list(range(size - 1, size - 1 - PER_PAGE, -1))
    rest = [line.number for line in lines.page(world.state, size - PER_PAGE)]
    assert rest[0] == size - PER_PAGE - 1
    assert lines.page(world.state, 0) == []
