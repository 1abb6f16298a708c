import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.drafting.contest_edit import (
    add_contest,
    change_contest,
    move_contest,
    number_keys,
    remove_contest,
    text_keys,
)
from tally.drafting.rows import add_row
from tally.drafting.survey import survey
from tests.tally.drafting.folders import draft, example_files
from voting_core.errors import InputError

NEW = {"id": "alternates", "kind": "election", "title": "选举候补委员", "rule_set": "election_local_2020", "seats": "1"}
KINDS = {
    "election": NEW,
    "ticket_vote": {"rule_set": "ticket_2004", "purpose": "appointment"},
    "motion": {"rule_set": "resolution_default"},
    "evaluation": {"rule_set": "trust_default", "scale": "trust4"},
    "assessment": {"rule_set": "excellence_quota", "scale": "grade4"},
    "questionnaire": {"rule_set": "questionnaire_default", "at_most": "2", "at_least": "1"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_contest_of_each_kind_is_added_and_filled(kind: str) -> None:
    files = add_contest(draft(), {**NEW, "seats": "", **KINDS[kind], "id": "new", "kind": kind, "title": "新"})
    if kind != "motion":
        assert [problem.place for problem in survey(files).problems] == ["new.csv"]
        for number in range(1, 6):
            files = add_row(files, "contest:new", {"编号": str(number), "姓名": f"人{'一二三四五'[number - 1]}"})
    found = survey(files)
    assert found.problems == ()
    assert found.contests[1].kind.value == kind


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"id": "committee"}, "earlier contest"),
        ({"id": "A b"}, "another form"),
        ({"title": ""}, "is empty"),
        ({"title": "甲\n乙"}, "line break"),
        ({"seats": "two"}, "whole number"),
        ({"seats": "0"}, "out of range"),
        ({"seats": ""}, "seats is missing"),
        ({"seats": "٣"}, "whole number"),
        ({"rule_set": "none"}, "is not known"),
        ({"rule_set": "ticket_2004"}, "decides ticket_vote only"),
        ({"kind": "raffle"}, "is not known"),
        ({"capture": "phone"}, "is not known"),
        ({"write_in_decision": "1号"}, "do not fit together"),
    ],
)
def test_a_wrong_contest_is_refused(values: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        add_contest(draft(), {**NEW, **values})


def test_a_contest_is_changed_in_its_own_lines() -> None:
    values = {
        "id": "committee",
        "kind": "election",
        "title": "选举委员",
        "rule_set": "election_local_2020",
        "seats": "1",
    }
    files = change_contest(draft(), "committee", values)
    assert files["session.toml"] == draft()["session.toml"].replace(b"seats = 2", b"seats = 1")
    renamed = change_contest(draft(), "committee", {**values, "id": "members"})
    assert survey(renamed).contests[0].id == "members"
    assert set(renamed) == set(draft())


def test_another_kind_takes_its_table_along() -> None:
    values = {"id": "committee", "kind": "evaluation", "title": "测评", "rule_set": "trust_default", "scale": "trust4"}
    found = survey(change_contest(draft(), "committee", values))
    assert found.ready
    assert b"seats" not in found.files["session.toml"]
    motion = change_contest(draft(), "committee", {**values, "kind": "motion", "rule_set": "resolution_default"})
    assert survey(motion).ready


def test_an_id_that_another_has_is_refused() -> None:
    files = add_contest(draft(), NEW)
    with pytest.raises(InputError, match="another contest"):
        change_contest(files, "alternates", {**NEW, "id": "committee"})


def test_removing_what_was_added_leaves_what_was_there() -> None:
    assert survey(remove_contest(add_contest(draft(), NEW), "alternates")).files.keys() == draft().keys()
    with pytest.raises(InputError, match="any more"):
        remove_contest(draft(), "alternates")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=6))
def test_moving_keeps_contests_and_comments(moves: list[tuple[int, bool]]) -> None:
    files = example_files()
    order = [contest.id for contest in survey(files).contests]
    for place, up in moves:
        files = dict(move_contest(files, order[place], up))
        to = place + (-1 if up else 1)
        if 0 <= to < len(order):
            order[place], order[to] = order[to], order[place]
    found = survey(files)
    assert found.ready
    assert [contest.id for contest in found.contests] == order
    assert "# 县委决定本次不设另选人" in files["session.toml"].decode()
    assert "\n\n\n" not in files["session.toml"].decode()


def test_keys_of_kinds() -> None:
    assert "seats" in number_keys("election")
    assert "scale" in text_keys("evaluation")
    assert number_keys("motion") == ()
