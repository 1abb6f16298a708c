from pathlib import Path

import pytest

from ballots.crockford import fingerprint_text
from kiosk.scan.source import contest_of, counted_of, read_session, urn_of
from tally.audit.papers import Totals
from tally.record.read import RecordReader
from tally.replay import initial
from tests.kiosk.scan.papers import RECORD, box, contest, state
from tests.support.session import SessionBuilder
from voting_core.errors import InputError


def lines() -> list[bytes]:
    with RECORD.open("rb") as file:
        return list(RecordReader(file).entries())


def test_a_record_and_a_stations_copy_are_the_same_session(tmp_path: Path) -> None:
    copy = tmp_path / "k.log.jsonl"
    copy.write_bytes(b"".join(line + b"\n" for line in lines()))
    fingerprint = fingerprint_text(state().fingerprint or b"")
    assert read_session(copy, fingerprint).root == state().root == read_session(RECORD, fingerprint).root


def test_what_is_no_session_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_session(tmp_path / "none", None)
    for content, problem in ((b"", "no session"), (b"{}\n", "entry 0 is not valid")):
        (tmp_path / "log").write_bytes(content)
        with pytest.raises(InputError, match=problem):
            read_session(tmp_path / "log", None)
    with pytest.raises(InputError, match="fingerprint is another"):
        read_session(RECORD, "0000-" * 7 + "0000")


def test_contests_and_their_counts() -> None:
    assert counted_of(contest_of(state(), "waived")) == Totals(6, ((4, 2, 0),))
    assert counted_of(contest("by-hand")) is None
    assert counted_of(contest("broken-off")) is None
    with pytest.raises(InputError, match="motion"):
        contest_of(state(), "none")


def test_the_key_of_the_box_is_that_of_the_log() -> None:
    assert urn_of(state(), contest("motion")).box_key == box().public
    early = SessionBuilder().run("keyed").state
    assert early.box_key is None
    assert initial().box_key is None
    with pytest.raises(InputError, match="no kiosk"):
        urn_of(early, contest("motion"))
