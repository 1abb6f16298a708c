import dataclasses

import pytest

from ballots.contest import Capture, Kind
from ballots.paper_setting import PaperSetting, PaperUse
from tests.support.builders import TRUST, small_contest

ELECTION = small_contest(2)
BY_HAND = dataclasses.replace(ELECTION, capture=Capture.HAND)
GRADES = small_contest(2, TRUST, kind=Kind.EVALUATION)


def test_nothing_is_printed_unless_it_is_set() -> None:
    assert [PaperSetting().prints(contest) for contest in (ELECTION, BY_HAND, GRADES)] == [False] * 3


@pytest.mark.parametrize(
    ("setting", "printed"),
    [
        (PaperSetting(PaperUse.AUDIT), [True, False, False]),
        (PaperSetting(PaperUse.RECORD), [True, True, False]),
        (PaperSetting(PaperUse.AUDIT, evaluations=True), [True, False, True]),
        (PaperSetting(PaperUse.OFF, evaluations=True), [False, False, False]),
    ],
)
def test_what_is_printed(setting: PaperSetting, printed: list[bool]) -> None:
    assert [setting.prints(contest) for contest in (ELECTION, BY_HAND, GRADES)] == printed
