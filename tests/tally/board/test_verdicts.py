from ballots.contest import Kind, Stage
from tally.board.verdicts import (
    BAD,
    CARE,
    GOOD,
    NO_QUORUM,
    NOTHING,
    STATUS_WORDS,
    VOID,
    conclusion,
    selection_verdict,
    verdict,
)
from tally.decide import Attendance, decide
from tally.rules.loader import load_rule_set
from tally.state.contest import Status
from tests.tally.decide.contests import a_contest, elect, meeting


def name(identity: str) -> str:
    return identity.upper()


def motion(approve: int, present: int = 300, returned: int = 300):
    contest = a_contest(Kind.MOTION, "决议")
    attendance = Attendance(300, present, present, returned)
    counts = ((approve, returned - approve, 0),)
    return decide(contest, attendance, counts, load_rule_set("resolution_default"))


def test_a_motion_passes_or_not() -> None:
    assert conclusion(motion(200), Stage.NONE, name)[0].zh == "通过"
    assert verdict("r1", motion(200)) == (conclusion(motion(200), Stage.NONE, name)[0], GOOD)
    assert verdict("r1", motion(100))[1] == BAD


def test_a_vote_that_decides_nothing_gives_nobody_a_verdict() -> None:
    for outcome, said in ((motion(10, present=20, returned=20), NO_QUORUM), (motion(200, 300, 301), VOID)):
        assert conclusion(outcome, Stage.NONE, name) == (said, BAD)
        assert verdict("r1", outcome)[0] == NOTHING


def test_candidates_are_elected_tied_or_not_elected() -> None:
    outcome = elect((200, 180, 180, 20, 20))
    assert verdict("r1", outcome)[0].zh == "当选"
    assert verdict("r2", outcome)[1] == CARE
    assert verdict("r4", outcome)[0].zh == "未当选"
    said, tone = conclusion(outcome, Stage.FORMAL, name)
    assert tone == CARE
    assert said.zh.startswith("当选 1 名；R2、R3 票数相等")
    assert "tied" in said.en


def test_a_preselection_nominates() -> None:
    outcome = elect((200, 180, 100, 90, 20))
    assert verdict("r1", outcome, Stage.PRESELECTION)[0].zh == "列为正式候选人"
    assert verdict("r5", outcome, Stage.PRESELECTION)[0].zh == "未列入"
    assert conclusion(outcome, Stage.PRESELECTION, name)[0].en.startswith("2 nominated")


def test_empty_seats_are_said() -> None:
    said, tone = conclusion(elect((200, 20, 20, 20, 20)), Stage.FORMAL, name)
    assert "缺额 1 名" in said.zh
    assert tone != GOOD


def test_nominees_pass_each_by_itself() -> None:
    contest = a_contest(Kind.TICKET_VOTE, "王海 李娟")
    outcome = decide(contest, meeting(30, 30), ((20, 10, 0), (10, 20, 0)), load_rule_set("ticket_2004"))
    assert [verdict(row, outcome)[0].zh for row in ("r1", "r2")] == ["通过", "未通过"]
    assert conclusion(outcome, Stage.NONE, name)[0].en == "1 passed, 1 did not"


def test_a_selection_proposes() -> None:
    assert selection_verdict("a", ("a",), ("b",))[1] == GOOD
    assert selection_verdict("b", ("a",), ("b",))[1] == CARE
    assert selection_verdict("c", ("a",), ("b",))[0].zh == "未入选"


def test_every_status_has_its_words() -> None:
    assert set(STATUS_WORDS) == set(Status)
