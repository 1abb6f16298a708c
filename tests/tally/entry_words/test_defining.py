"""Who signs that a contest is defined sees what it fixes."""

import pytest

from tally.entries.contests import ContestDefined, ContestOpened
from tally.entry_words import tell
from tally.entry_words.defining import defined_facts, tell_proposed
from tally.state import initial
from tests.support.session import SessionBuilder
from voting_core.codec import JsonObject


def test_seats_names_and_rules_are_told_before_anybody_signs() -> None:
    contest = {**SessionBuilder().run(until="open").contest().contest.to_json()}
    contest |= {
        "seats": 2,
        "rows": [{"details": [], "id": "a", "name": "陈静"}, {"details": [], "id": "b", "name": "孙强"}],
        "order": ["b", "a"],
    }
    body = ContestDefined(contest)
    told = tell_proposed(initial(), body)
    assert told.said == tell(initial(), body).said
    assert [(label.en, value) for label, value in told.facts] == [
        ("Seats", "2"),
        ("Names, in the order of the ballot", "孙强、陈静（2）"),
        ("Rules", "resolution_default"),
    ]
    assert all(label.zh for label, _ in told.facts)


def test_anything_else_is_told_as_in_the_log() -> None:
    assert tell_proposed(initial(), ContestOpened("motion")) == tell(initial(), ContestOpened("motion"))


@pytest.mark.parametrize(
    "contest",
    [
        {},
        {"seats": 0, "rows": "x", "order": None, "rules": []},
        {"seats": "2", "rows": [3, {"id": 4, "name": 5}], "order": [6, "x"], "rules": {}},
    ],
)
def test_what_has_no_form_is_left_out(contest: JsonObject) -> None:
    assert defined_facts(contest) == ()
