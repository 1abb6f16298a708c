import pytest

from ballots.contest import Stage
from tally.report.words import articles, checks, needed, result_title, validity, who_is_elected, with_stage
from tests.tally.decide.contests import LOCAL, changed_rules
from tests.tally.report.samples import election


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("选举县委委员", "县委委员"),
        ("县委委员候选人预备人选", "县委委员"),
        ("县委委员", "县委委员"),
        ("选举", "选举"),
    ],
)
def test_a_title_becomes_the_head_of_a_list(title: str, who: str) -> None:
    assert who_is_elected(title) == who


def test_a_stage_is_said_once() -> None:
    assert with_stage(election(160, stage=Stage.SUPPLEMENTARY)) == "选举县委委员（另行选举）"
    assert with_stage(election(160, stage=Stage.PRESELECTION, title="县委委员预选")) == "县委委员预选"
    assert with_stage(election(160)) == "选举县委委员"


def test_a_vote_is_said_once() -> None:
    assert result_title("甲表决", "表决结果报告单") == "甲表决结果报告单"
    assert result_title("甲", "表决结果报告单") == "甲表决结果报告单"
    assert result_title("甲表决", "问卷结果") == "甲表决问卷结果"


def test_the_base_of_a_threshold_is_named_with_its_number() -> None:
    rules = changed_rules("election_local_2020", elect={"base": "present", "op": "gt", "frac": [1, 2]})
    contest = election(160, rules=rules)
    assert needed(contest, contest.outcome.votes_needed, "当选") == (
        "当选所需票数：超过半数（以实到会有表决权人数 305 为基数），即不少于 153 票。"
    )


def test_articles_that_nobody_has_read_are_marked() -> None:
    lines = articles(LOCAL, ("elect", "write_in", "elect", "unknown"))
    assert lines[0].startswith("依据：地方组织选举（2020）")
    assert len([line for line in lines if "始得当选" in line]) == 1
    assert next(line for line in lines if "另选他人" in line).endswith("（条文待核对）。")
    assert not next(line for line in lines if "始得当选" in line).endswith("（条文待核对）。")


def test_an_unknown_check_is_shown_as_it_is() -> None:
    assert checks(("stroke_order", "new_check")) == (
        "待核对：个别姓名的笔画次序须由人核对。",
        "待核对：new_check。",
    )


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (304, "少于发出的选票，本次选举有效"),
        (305, "等于发出的选票，本次选举有效"),
        (306, "多于发出的选票，本次选举无效"),
    ],
)
def test_returned_ballots_are_compared_with_those_issued(returned: int, words: str) -> None:
    assert words in validity(election(160, returned=returned), "选举", "选票")
