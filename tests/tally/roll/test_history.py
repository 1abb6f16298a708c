from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.roll.change import RollChange
from tally.roll.events import ADDED, EVENTS, Effect
from tally.roll.history import Derived, History, read_history
from tally.roll.standing import Standing, Status, StatusWord
from tests.tally.roll.changes import make_change
from voting_core.errors import InputError

SUSPENDED, RESTORED = "刑事羁押或立案审查", "暂停情形消失"
ADDITION = ("增补当选", "增补资格审查合格", "增补确认")


def word(changes: Sequence[RollChange], day: str, delegate: str = "1") -> str:
    history, problems = read_history(changes)
    assert problems == ()
    return history.on(day)[delegate].standing.word.value


def refused(*changes: RollChange) -> InputError:
    _, problems = read_history(changes)
    (problem,) = problems
    return problem


def test_a_suspension_and_its_end_on_each_day() -> None:
    changes = (make_change("1", SUSPENDED, "2026-03-02"), make_change("1", RESTORED, "2026-05-02"))
    assert [word(changes, day) for day in ("2026-03-01", "2026-03-02", "2026-05-01", "2026-05-02")] == [
        "正常", "暂停", "暂停", "正常",
    ]  # fmt: skip


def test_an_addition_is_in_the_base_once_it_is_confirmed() -> None:
    changes = [make_change("1", event, f"2026-0{month}-01") for month, event in enumerate(ADDITION, 1)]
    days = ("2025-12-31", "2026-01-01", "2026-02-01", "2026-02-28", "2026-03-01")
    assert [word(changes, day) for day in days] == ["增补待确认"] * 4 + ["正常"]


def test_an_addition_of_one_day() -> None:
    assert word([make_change("1", event, "2026-03-01") for event in reversed(ADDITION)], "2026-03-01") == "正常"


@pytest.mark.parametrize(
    ("events", "line", "says"),
    [
        (["增补当选", "增补确认"], 3, 'comes before "增补资格审查合格"'),
        (["增补确认"], 2, "cannot follow 正常"),
        (["增补资格审查合格"], 2, "cannot follow 正常"),
        ([RESTORED], 2, "cannot follow 正常"),
        ([SUSPENDED, SUSPENDED], 3, "cannot follow 暂停, roll-changes.csv, line 2"),
        (["去世", RESTORED], 3, "cannot follow 终止, roll-changes.csv, line 2"),
        (["罢免", "去世"], 3, "cannot follow 罢免"),
        (["调离本县", RESTORED], 3, "cannot follow 停止"),
        (["党员权利恢复"], 2, "not suspended on 2026-02-01"),
        (["党员权利暂停", "党员权利暂停"], 3, "suspended already, roll-changes.csv, line 2"),
    ],
)
def test_a_wrong_transition_names_line_reason_and_remedy(events: list[str], line: int, says: str) -> None:
    changes = [make_change("1", event, f"2026-0{at}-01", line=at) for at, event in enumerate(events, 2)]
    problem = refused(*changes)
    assert problem.place == f"roll-changes.csv, line {line}, column 事项"
    assert says in problem.problem
    assert problem.remedy


def test_a_change_before_the_addition() -> None:
    problem = refused(make_change("1", "去世", "2026-01-01"), make_change("1", "增补当选", "2026-02-01"))
    assert "cannot follow 不是代表" in problem.problem
    assert "增补当选" in problem.remedy


def test_a_second_mandate_has_another_number() -> None:
    changes = [make_change("1", event, f"2026-0{month}-01") for month, event in enumerate(ADDITION, 1)]
    problem = refused(*changes, make_change("1", "增补当选", "2026-05-01"))
    assert "a new number" in problem.remedy


@pytest.mark.parametrize("event", [event.word for event in EVENTS.values() if event.status is Status.TERMINATED])
def test_every_termination_is_final(event: str) -> None:
    problem = refused(make_change("1", event, "2026-01-01"), make_change("1", SUSPENDED, "2026-02-01"))
    assert "is final" in problem.remedy


def test_rights_are_suspended_from_a_day_to_a_day() -> None:
    changes = [make_change("1", "党员权利暂停", "2026-03-02", last="2026-03-04")]
    days = ("2026-03-01", "2026-03-02", "2026-03-04", "2026-03-05")
    assert [word(changes, day) for day in days] == ["正常", "权利暂停", "权利暂停", "正常"]
    again = make_change("1", "党员权利暂停", "2026-03-04")
    assert "suspended already" in refused(*changes, again).problem
    assert word([*changes, make_change("1", "党员权利暂停", "2026-03-05")], "2026-09-01") == "权利暂停"
    assert "not suspended" in refused(*changes, make_change("1", "党员权利恢复", "2026-03-05")).problem


def test_rights_and_status_are_separate() -> None:
    changes = [
        make_change("1", "党员权利暂停", "2026-03-01"),
        make_change("1", SUSPENDED, "2026-03-02"),
        make_change("1", RESTORED, "2026-03-03"),
    ]
    assert [word(changes, day) for day in ("2026-03-01", "2026-03-02", "2026-03-03")] == [
        "权利暂停",
        "暂停",
        "权利暂停",
    ]
    assert word([*changes, make_change("1", "党员权利恢复", "2026-03-04")], "2026-03-04") == "正常"


def test_leave_has_first_and_last_day_and_stays_in_the_base() -> None:
    one = [make_change("1", "请假", "2026-03-02"), make_change("1", "请假", "2026-04-01", last="2026-04-03")]
    days = ("2026-03-01", "2026-03-02", "2026-03-03", "2026-04-03", "2026-04-04")
    assert [word(one, day) for day in days] == ["正常", "请假", "正常", "请假", "正常"]
    assert History(tuple(one)).on("2026-03-02")["1"].standing.should_attend


def test_the_cause_is_the_change_that_took_the_delegate_out() -> None:
    rights, status = make_change("1", "党员权利暂停", "2026-03-01"), make_change("1", "罢免", "2026-03-02")
    history = History((rights, status))
    assert history.on("2026-02-28")["1"].cause is None
    assert history.on("2026-03-01")["1"].cause == rights
    assert history.on("2026-03-02")["1"].cause == status


def test_a_correction_replaces_a_change_and_both_stay() -> None:
    wrong = make_change("1", "去世", "2026-03-01", id="a")
    right = make_change("1", SUSPENDED, "2026-03-01", id="b", corrects="a", recorded="2026-03-05")
    history = History().record(wrong).record(right)
    assert history.changes == (wrong, right)
    assert history.on("2026-03-01")["1"].standing.word is StatusWord.SUSPENDED
    gone = make_change("1", "撤销记录", "2026-03-09", id="c", corrects="b", recorded="2026-03-09")
    assert history.record(gone).on("2026-03-10").get("1") is None


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"corrects": "x"}, "更正", 'there is no change "x"'),
        ({"corrects": "c"}, "更正", "lead back"),
        ({"corrects": "a", "delegate": "2"}, "编号", "is a change of 1, not of 2"),
        ({"corrects": "a", "recorded": "2026-01-01"}, "记录日期", "is before 2026-01-02"),
        ({"id": "a"}, "变更号", "is the number of roll-changes.csv, line 7"),
    ],
)
def test_corrections_that_are_none(changes: dict[str, str], column: str, says: str) -> None:
    wrong = make_change("1", "去世", "2026-03-01", id="a")
    values = {"delegate": "1", "event": "罢免", "effective": "2026-03-01", "id": "c", **changes}
    problem = refused(wrong, make_change(**values))  # type: ignore[arg-type]
    assert problem.place == f"roll-changes.csv, line 7, column {column}"
    assert says in problem.problem


def test_a_change_is_corrected_once() -> None:
    wrong = make_change("1", "去世", "2026-03-01", id="a")
    first = make_change("1", "罢免", "2026-03-01", id="b", corrects="a")
    second = make_change("1", "停止党籍", "2026-03-01", id="c", corrects="a")
    problem = refused(wrong, first, second)
    assert "is corrected by" in problem.problem
    assert 'write "b"' in problem.remedy


def test_two_corrections_of_each_other() -> None:
    one = make_change("1", "去世", "2026-03-01", id="a", corrects="b")
    other = make_change("1", "罢免", "2026-03-01", id="b", corrects="a")
    _, problems = read_history((one, other))
    assert [problem.problem for problem in problems] == ["the corrections lead back to this change"] * 2


def test_a_change_without_a_number() -> None:
    nameless = make_change("1", "去世", "2026-03-01", id="a")
    object.__setattr__(nameless, "id", "")
    assert refused(nameless).place == "roll-changes.csv, line 7, column 变更号"


def test_a_refused_change_is_not_recorded() -> None:
    history = History().record(make_change("1", "去世", "2026-03-01"))
    with pytest.raises(InputError, match="is final"):
        history.record(make_change("1", RESTORED, "2026-04-01"))
    assert len(history.changes) == 1


def test_what_is_not_filed_yet() -> None:
    open_, wrong = make_change("1", "调离本县", "2026-03-01"), make_change("2", "停止党籍", "2026-03-01", id="w")
    gone = make_change("2", "撤销记录", "2026-03-02", corrects="w")
    assert History((open_, wrong)).not_filed == (open_, wrong)
    assert History((open_, wrong, gone)).not_filed == (open_,)
    assert History((open_, wrong)).last_day == "2026-03-01"
    assert History().last_day == ""


DAYS = st.integers(1, 28).map(lambda day: f"2026-03-{day:02}")
STEPS = st.lists(
    st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from(list(EVENTS)), DAYS, st.integers(0, 9)), max_size=14
)


def grown(steps: list[tuple[str, str, str, int]]) -> list[History]:
    """The histories that come of trying each step: a correction of an earlier change where the last number says so."""
    histories = [History()]
    for delegate, event, day, corrected in steps:
        last = histories[-1]
        corrects = last.changes[corrected].id if corrected < len(last.changes) else ""
        try:
            histories.append(last.record(make_change(delegate, event, day, corrects=corrects)))
        except InputError:
            continue
    return histories


@given(STEPS)
def test_a_history_only_grows(steps: list[tuple[str, str, str, int]]) -> None:
    histories = grown(steps)
    for before, after in pairwise(histories):
        assert after.changes[:-1] == before.changes


@given(STEPS, st.randoms(use_true_random=False), DAYS)
def test_the_order_of_recording_does_not_matter(
    steps: list[tuple[str, str, str, int]], shuffler: object, day: str
) -> None:
    history = grown(steps)[-1]
    changes = list(history.changes)
    shuffler.shuffle(changes)  # type: ignore[attr-defined]
    again, problems = read_history(changes)
    assert problems == ()
    assert again.on(day) == history.on(day)


@given(STEPS, DAYS)
def test_later_changes_change_no_earlier_day(steps: list[tuple[str, str, str, int]], day: str) -> None:
    history = grown([(*step[:3], 99) for step in steps])[-1]
    additions = {change.delegate for change in history.changes if change.event is ADDED}
    known = History(tuple(change for change in history.changes if change.effective <= day))
    for delegate, derived in history.on(day).items():
        # An addition that is still to come says that somebody is no delegate yet.
        if delegate not in additions:
            assert derived == known.on(day).get(delegate, Derived(Standing()))


def test_every_effect_is_met_by_the_strategy() -> None:
    assert {event.effect for event in EVENTS.values()} == set(Effect)
