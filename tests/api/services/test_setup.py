from dataclasses import asdict
from pathlib import Path

import pytest

from api.errors import SaidError
from api.services.setup import facts_of, feed_desk, load, load_draft, people_of, save_draft
from api.store.setup import replace_setup, revision_of
from tally.drafting.contest_edit import add_contest, move_contest
from tally.drafting.rows import add_row, change_row
from tally.drafting.session_edit import SessionFacts, set_session
from tally.drafting.survey import survey
from tests.api.hall import Hall, running_hall
from tests.api.setting_up import put, put_example, stored
from tests.support.coroutines import run
from tests.tally.drafting.folders import draft, example_files
from voting_core.errors import InputError, StateError

NEW = {"id": "report", "kind": "motion", "title": "决议", "rule_set": "resolution_default"}


def test_there_is_no_draft_at_first(empty_hall: Hall) -> None:
    assert run(load_draft(empty_hall.service)) is None
    with pytest.raises(SaidError, match="no draft"):
        run(feed_desk(empty_hall.service))


def test_a_draft_is_saved_and_loaded(empty_hall: Hall) -> None:
    put(empty_hall)
    found = stored(empty_hall)
    assert (found.files, found.revision) == (draft(), revision_of(draft()))
    assert facts_of(found.plan) == SessionFacts("small", "小会", "congress", "2026-12-08", "礼堂")
    put(empty_hall, {"session.toml": b"["})
    with pytest.raises(SaidError):
        _ = stored(empty_hall).plan


def test_the_roll_is_fed_to_the_check_in(empty_hall: Hall) -> None:
    put_example(empty_hall)
    assert run(feed_desk(empty_hall.service)) == 312
    counts = empty_hall.service.reader.attendance()
    plan = stored(empty_hall).plan
    assert (counts.should_attend, counts.on_leave) == (
        plan.roll.should_attend,
        plan.roll.should_attend - plan.roll.present,
    )


def test_categories_go_along() -> None:
    roll = "编号,姓名,状态,类别,代表团\n1,甲,正常,A,一团\n2,乙,请假,b,一团\n3,丙,终止,,一团\n"
    people = people_of(survey(draft(roll_csv=roll)))
    assert [(one.category, one.should_attend, one.on_leave) for one in people] == [
        ("a", True, False),
        ("b", True, True),
        ("", False, False),
    ]


def test_nothing_of_a_roll_with_problems_is_fed(empty_hall: Hall) -> None:
    put(empty_hall, draft(roll_csv="编号,姓名,状态\n1,甲,正常\n1,乙,正常\n"))
    with pytest.raises(InputError, match="already"):
        run(feed_desk(empty_hall.service))
    assert empty_hall.service.reader.attendance().should_attend == 0


def created(hall: Hall) -> None:
    """A draft of the session whose log the world makes, and its first entry."""
    body = hall.world.session_body()
    facts = SessionFacts("small", body.title, body.kind, body.date, body.place)
    put(hall, set_session(draft(), facts))
    hall.world.create()
    hall.post(hall.world.entries[0])


def test_the_facts_of_a_created_session_are_fixed(empty_hall: Hall) -> None:
    created(empty_hall)
    files = stored(empty_hall).files
    other = set_session(files, SessionFacts("small", "另一个会", "congress", "2026-12-08", ""))
    with pytest.raises(SaidError, match="is created"):
        put(empty_hall, other)
    with pytest.raises(SaidError, match="is created"):
        put(empty_hall, {"session.toml": b"["})
    printing = SessionFacts(**{**asdict(facts_of(stored(empty_hall).plan)), "paper": "audit"})
    with pytest.raises(SaidError, match="is created"):
        put(empty_hall, set_session(files, printing))
    put(empty_hall, add_contest(files, NEW))
    assert [plan.id for plan in stored(empty_hall).plan.contests] == ["committee", "report"]


def test_the_check_in_follows_the_roll_of_a_created_session(empty_hall: Hall) -> None:
    created(empty_hall)
    files = stored(empty_hall).files
    put(empty_hall, add_row(files, "roll", {"编号": "9", "姓名": "冯九", "状态": "正常"}))
    assert empty_hall.service.reader.attendance().should_attend == 4
    before = stored(empty_hall)
    arrival = {"delegate": "1", "action": "arrive"}
    answer = empty_hall.client.post("/v1/checkins", json=arrival, headers=empty_hall.token)
    assert answer.status_code == 200, answer.text
    with pytest.raises(StateError):
        put(empty_hall, change_row(before.files, "roll", 0, {"姓名": "赵二"}))
    assert stored(empty_hall).files == before.files
    put(empty_hall, add_contest(before.files, NEW))


def test_a_contest_in_the_log_is_fixed_with_its_names_and_its_place(hall: Hall) -> None:
    # The log of this server has a contest named report; a draft is put beside it as from an earlier start.
    body = hall.world.session_body()
    files = set_session(draft(), SessionFacts("small", body.title, body.kind, body.date, body.place))
    files = add_contest(files, NEW)
    hall.service.writer.submit(replace_setup(files, revision_of({}))).result()
    with pytest.raises(SaidError, match="in the log"):
        put(hall, move_contest(files, "report", True))
    put(hall, change_row(files, "contest:committee", 0, {"姓名": "吴七"}))


def test_a_session_that_came_without_a_draft_takes_none(hall: Hall) -> None:
    with pytest.raises(SaidError, match="cannot be replaced"):
        run(save_draft(hall.service, revision_of({}), example_files()))


def test_a_draft_survives_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        with running_hall(tmp_path / "data") as hall:
            if load(hall.service) is None:
                put_example(hall)
            assert stored(hall).files == example_files()
