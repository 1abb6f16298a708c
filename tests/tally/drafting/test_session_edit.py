from dataclasses import replace

import pytest

from ballots.paper_setting import PaperSetting, PaperUse
from tally.drafting.session_edit import CountingPerson, SessionFacts, set_counters, set_scrutineers, set_session
from tally.drafting.survey import survey
from tally.plan.problems import InputErrors
from tests.tally.drafting.folders import draft, example_files

FACTS = SessionFacts("small", "小会", "congress", "2026-12-08", "礼堂")


def text(files: object) -> str:
    return files["session.toml"].decode()  # type: ignore[index]


def test_facts_that_stay_change_nothing() -> None:
    assert set_session(draft(), FACTS) == draft()


def test_other_facts_keep_comments_and_the_rest() -> None:
    files = set_session(example_files(), SessionFacts("next", "第四次会议", "congress", "2026-12-08", ""))
    found = survey(files).plan
    assert found is not None
    assert (found.info.id, found.info.title, found.info.place) == ("next", "第四次会议", "")
    assert "# 监票人，第一位为总监票人" in text(files)


def test_what_kiosks_print_is_written_only_where_it_is_said() -> None:
    audit = set_session(draft(), replace(FACTS, paper="audit"))
    assert 'paper = "audit"' in text(audit)
    assert "paper_evaluations" not in text(audit)
    both = set_session(audit, replace(FACTS, paper="record", paper_evaluations=True))
    found = survey(both).plan
    assert found is not None
    assert found.info.paper == PaperSetting(PaperUse.RECORD, evaluations=True)
    back = survey(set_session(both, FACTS)).plan
    assert back is not None
    assert back.info.paper == PaperSetting()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (SessionFacts("Small", "小会", "congress", "2026-12-08", ""), "another form"),
        (SessionFacts("small", "小会", "congress", "2026-12-08", "", "perhaps"), "is not known"),
        (SessionFacts("small", "", "congress", "2026-12-08", ""), "is empty"),
        (SessionFacts("small", "小会", "party", "2026-12-08", ""), "is not known"),
        (SessionFacts("small", "小会", "congress", "8.12.2026", ""), "is not a day"),
        (SessionFacts("small", "小\n会", "congress", "2026-12-08", ""), "line break"),
        (SessionFacts("small", 'x"\nroll = "other.csv', "congress", "2026-12-08", ""), "line break"),
    ],
)
def test_wrong_facts_are_refused(facts: SessionFacts, said: str) -> None:
    with pytest.raises(InputErrors, match=said):
        set_session(draft(), facts)


def test_another_kind_is_taken_and_the_roll_told() -> None:
    files = set_session(draft(), SessionFacts("small", "小会", "plenum", "2026-12-08", ""))
    assert "身份" in survey(files).problems[0].problem


def test_scrutineers_are_set() -> None:
    people = [CountingPerson("甲"), CountingPerson("周五", "5")]
    found = survey(set_scrutineers(draft(), 2, people)).plan
    assert found is not None
    assert (found.scrutineers.names, found.scrutineers.numbers) == (("甲", "周五"), ("", "5"))
    assert "numbers" not in text(set_scrutineers(draft(), 2, [CountingPerson("甲"), CountingPerson("乙")]))


def test_a_candidate_is_no_scrutineer_whatever_is_stated() -> None:
    roll = "编号,姓名,状态\nA1,吴六,正常\n2,乙,正常\n"
    people = [CountingPerson("吴六", "A1", different=True), CountingPerson("乙", "2")]
    with pytest.raises(InputErrors, match="A1 吴六 stands in committee"):
        set_scrutineers(draft(roll_csv=roll), 2, people)
    with pytest.raises(InputErrors, match="A1 吴六 stands in committee"):
        set_counters(draft(roll_csv=roll), people)


def test_a_namesake_is_stated_to_be_another_person() -> None:
    people = [CountingPerson("吴六", different=True), CountingPerson("乙")]
    found = survey(set_scrutineers(draft(), 2, people))
    assert found.ready
    assert found.plan is not None
    assert (found.plan.scrutineers.different, found.plan.notes) == (("吴六",), ())


def test_more_who_decrypt_than_there_are_is_refused() -> None:
    with pytest.raises(InputErrors, match="3 of 2 scrutineers"):
        set_scrutineers(draft(), 3, [CountingPerson("甲"), CountingPerson("乙")])


def test_counters_are_set_and_removed() -> None:
    files = set_counters(draft(), [CountingPerson("丁")])
    found = survey(files).plan
    assert found is not None
    assert found.counters.names == ("丁",)
    assert "counters" not in text(set_counters(files, []))
    assert set_counters(draft(), []) == draft()
