import csv
import io
from dataclasses import replace

import pytest

from tally.continuing import continue_session
from tally.plan import SessionPlan, read_plan
from tally.state import State
from tests.tally.continuing.held import ROLL, SESSION, held, read_held
from voting_core.errors import InputError

MOTION = '[[contest]]\nid = "m"\nkind = "motion"\ntitle = "决议"\nrule_set = "resolution_default"\n'


def made(plan: SessionPlan | None = None, day: str = "2027-01-10", state: State | None = None) -> dict[str, bytes]:
    return dict(continue_session(state or held().state, plan or read_held(), day))


def filled(files: dict[str, bytes], **changes: str) -> SessionPlan:
    """The plan of the next session after its officials have filled what was empty."""
    text = files["session.toml"].decode()
    answers = {'id = ""': 'id = "s-3"', 'title = ""': 'title = "下次"', "names = []": 'names = ["子", "丑"]', **changes}
    for old, new in answers.items():
        assert old in text
        text = text.replace(old, new, 1)
    return read_plan({**files, "session.toml": (text + MOTION).encode()})


def lines(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_next_session_reads_what_the_earlier_one_left() -> None:
    state = held().state
    plan = filled(made(), **{"vacancies = 0": "vacancies = 1"})
    left = plan.earlier
    assert left is not None
    assert (left.id, left.title, left.date) == ("s-2", '会"议', "2026-12-08")
    assert (left.session, left.record) == (state.session_id.hex(), state.root.hex())
    assert [one.name for one in left.alternates] == ["杨光", "王海", "李娟"]
    assert [(one.nominee.name, one.times) for one in left.failed] == [("蔡玉", 1)]
    (trust,) = left.trust_of("1", "李娟")
    assert [rate.text for rate in trust.evaluation.rates] == ["66.67", "100.00", "0.00"]
    assert plan.succession is not None
    assert [one.name for one in plan.succession.promoted] == ["杨光"]


def test_the_roll_is_rolled_forward_with_its_history() -> None:
    files = made(day="2027-01-10")
    words = {line["编号"]: line["状态"] for line in lines(files["roll.csv"])}
    assert (words["9"], words["10"], words["11"]) == ("正常", "正常", "终止")
    assert lines(files["roll-changes.csv"])[0]["经办"] == "甲"
    before, after = read_held().roll.history, filled(files).roll.history
    assert before is not None
    assert after is not None
    assert [change.to_row() for change in after.changes] == [change.to_row() for change in before.changes]


def test_changes_that_take_effect_before_the_next_session_are_in_the_roll() -> None:
    for day, word in (("2027-01-31", "正常"), ("2027-02-01", "停止"), ("", "停止")):
        words = {line["编号"]: line["状态"] for line in lines(made(day=day)["roll.csv"])}
        assert words["9"] == word
    assert filled(made(day="2027-02-01")).roll.should_attend == 9


def test_a_roll_without_history_keeps_its_words_and_forgets_leave() -> None:
    toml = SESSION.replace('roll_changes = "changes.csv"\n', "")
    files = made(read_held(session_toml=toml))
    assert "roll-changes.csv" not in files
    assert [line["状态"] for line in lines(files["roll.csv"])] == ["正常"] * 10 + ["终止"]


def test_other_columns_of_the_roll_stay_as_they_are() -> None:
    rows = lines(made()["roll.csv"])
    assert list(rows[0]) == ["编号", "姓名", "代表团", "备注", "状态"]
    assert rows[0]["备注"] == "-"
    assert [row["姓名"] for row in rows] == [line.split(",")[1] for line in ROLL.splitlines()[1:]]


def test_a_plenum_keeps_the_capacities() -> None:
    roll = "编号,姓名,身份,状态\n1,甲,委员,正常\n2,乙,候补委员,请假\n"
    toml = SESSION.replace('roll_changes = "changes.csv"\n', "").replace('"congress"', '"plenum"')
    plan = read_held(session_toml=toml, roll_csv=roll)
    state = held().state
    plenum = replace(state, session=replace(state.facts, kind="plenum"))
    rows = lines(made(plan, state=plenum)["roll.csv"])
    assert [(row["身份"], row["状态"]) for row in rows] == [("委员", "正常"), ("候补委员", "正常")]


def test_a_chain_of_sessions_adds_up() -> None:
    files = made()
    plan = replace(read_held(), earlier=filled(files).earlier)
    again = lines(made(plan)["failed-nominees.csv"])
    assert [(line["姓名"], line["未通过次数"], line["会议"]) for line in again] == [("蔡玉", "1", "s-2")]


def test_tables_without_a_line_are_not_written() -> None:
    state = held().state
    contests = state.contests
    for name in ("alternates", "mayors", "trust"):
        contests = contests.delete(name)
    files = made(state=replace(state, contests=contests))
    assert set(files) == {"session.toml", "roll.csv", "roll-changes.csv"}


def test_a_session_that_is_not_sealed() -> None:
    with pytest.raises(InputError, match="is not sealed"):
        made(state=replace(held().state, sealed=False))


def test_a_day_before_the_sealed_session() -> None:
    made(day="2026-12-08")
    with pytest.raises(InputError, match="2026-12-07 is before 2026-12-08"):
        made(day="2026-12-07")
