import csv
import json
from io import StringIO

from tally.board.audience import Audience, shown_to
from tally.board.results import Result, result_of
from tally.board.tables import result_csv, result_json, results_json
from tests.tally.board.sample import source


def result(contest: str, audience: Audience) -> Result:
    state = source().state
    shown = shown_to(state, state.contests[contest], audience, source().day)
    assert shown is not None
    return result_of(shown)


def test_the_table_has_what_the_page_shows() -> None:
    rows = list(csv.reader(StringIO(result_csv(result("motion", Audience.PUBLIC)).decode("utf-8-sig"))))
    assert rows == [["编号", "姓名", "赞成", "不赞成", "弃权", "结果"], ["motion", "决议", "3", "1", "1", "未通过"]]


def test_what_is_kept_back_is_in_neither_form() -> None:
    found = result("election", Audience.PUBLIC)
    assert list(csv.reader(StringIO(result_csv(found).decode("utf-8-sig")))) == [["编号", "姓名"]]
    assert result_json(found)["rows"] == []


def test_the_file_for_programs_is_the_same_each_time() -> None:
    found = [result("motion", Audience.PUBLIC), result("trust", Audience.PUBLIC)]
    content = results_json(found)
    assert content == results_json(found)
    value = json.loads(content)
    assert [one["contest"] for one in value] == ["motion", "trust"]
    assert list(value[1]["rows"][0]["cells"]) == ["信任率"]
