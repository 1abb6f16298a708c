"""Records and folders from which no session can be continued, as `plenum continue` meets them."""

from pathlib import Path

import pytest

from tally.cli.output import RECORD, write_record_file
from tests.bad_input.plenum import Ended, Plenum
from tests.tally.continuing.held import FILES, held

TICKET = """
[[contest]]
id = "mayors"
kind = "ticket_vote"
title = "票决镇长"
rule_set = "ticket_2004"
candidates = "mayors.csv"
"""


@pytest.fixture
def sealed(plenum: Plenum) -> Plenum:
    """A sealed record, and the folder of its session."""
    for name, text in FILES.items():
        plenum.write(name, text)
    done = held()
    write_record_file(plenum.directory / RECORD, done.entries, done.checkpoints, done.service_key)
    return plenum


def resume(plenum: Plenum, out: Path, *more: str) -> Ended:
    return plenum("continue", plenum.directory / RECORD, "--from", plenum.session, "--out", out, *more)


def test_a_folder_that_is_there(sealed: Plenum) -> None:
    resume(sealed, sealed.session).refused("continue: the new folder is there already")


def test_a_folder_of_another_session(sealed: Plenum) -> None:
    sealed.replace("session.toml", "礼堂", "会堂")
    resume(sealed, sealed.out).refused("continue: the folder is of another session")
    assert not sealed.out.exists()


def test_a_day_before_the_session(sealed: Plenum) -> None:
    resume(sealed, sealed.out, "--date", "2026-12-07").refused("continue: a day before the session")


def test_a_file_that_is_no_record(sealed: Plenum) -> None:
    (sealed.directory / RECORD).write_bytes(b"PK")
    assert resume(sealed, sealed.out).code == 2
    assert not sealed.out.exists()


def test_a_nominee_who_is_barred(sealed: Plenum) -> None:
    """A nominee who failed twice is refused in the next session, whatever command reads it."""
    assert resume(sealed, sealed.out, "--date", "2027-01-10").code == 0
    path = sealed.out / "session.toml"
    text = path.read_text(encoding="utf-8").replace('id = ""', 'id = "s-3"').replace('title = ""', 'title = "下次"')
    path.write_text(text.replace("names = []", 'names = ["子", "丑"]') + TICKET, encoding="utf-8")
    (sealed.out / "mayors.csv").write_bytes((sealed.session / "mayors.csv").read_bytes())
    failed = sealed.out / "failed-nominees.csv"
    failed.write_text(failed.read_text(encoding="utf-8").replace(",1,s-2", ",2,s-1；s-2"), encoding="utf-8")
    sealed.votes.write_text("", encoding="utf-8")
    ended = sealed("simulate", sealed.out, "--votes", sealed.votes, "--out", sealed.directory / "result")
    ended.refused("ticket vote: a nominee who is barred")
