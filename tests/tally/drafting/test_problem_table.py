import re

from tally.drafting.problem_table import PLACES, PROBLEMS, REMEDIES


def test_every_value_of_a_sentence_may_be_said_and_no_other() -> None:
    for english, chinese in (*PROBLEMS, *REMEDIES):
        values = english.count("{}")
        assert {int(number) for number in re.findall(r"\{([0-9])\}", chinese)} <= set(range(values)), english
        assert re.search("[\u4e00-\u9fff]", chinese), english


def test_no_sentence_is_there_twice() -> None:
    for table in (PROBLEMS, REMEDIES):
        assert len({english for english, _ in table}) == len(table)
    assert len({pattern for pattern, _ in PLACES}) == len(PLACES)
