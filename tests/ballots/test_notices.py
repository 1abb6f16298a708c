"""What a contest says about writing in."""

import pytest

from ballots.contest import NO_WRITE_INS, Kind, WriteIns, WriteInWay
from ballots.notices import write_in_notice
from tests.tally.decide.contests import a_contest


@pytest.mark.parametrize(
    ("way", "decision", "zh"),
    [
        (WriteInWay.SLIPS, "", "另选他人：请向监票人领取另选人纸条"),
        (WriteInWay.PAPER, "", "另选他人：请写在选票的“另选他人”栏内"),
        (WriteInWay.WAIVED, "青发〔2026〕3号", "本次选举经决定不设另选他人（青发〔2026〕3号）"),
    ],
)
def test_how_persons_are_written_in(way: WriteInWay, decision: str, zh: str) -> None:
    notice = write_in_notice(a_contest(Kind.ELECTION, "王海 李娟", write_ins=WriteIns(way, decision)))

    assert notice is not None
    assert notice.zh == zh
    assert decision in notice.en


def test_where_the_question_does_not_arise() -> None:
    assert write_in_notice(a_contest(Kind.MOTION, "议案", write_ins=NO_WRITE_INS)) is None
