import tomllib

import pytest

from ballots.contest import Capture, Kind, Purpose, Stage
from tally.plan.contest_plan import ContestPlan, read_contest
from tally.plan.fields import TomlFields
from tally.plan.problems import InputErrors, Problems
from tally.plan.source import PlanFiles
from voting_core.params import MAX_ROWS

TABLE = "编号,姓名,职务\nA1,甲,镇长\nA2,乙,\nA3,丙,\n".encode()
ELECTION = {"id": "committee", "kind": "election", "title": "选举", "rule_set": "r", "seats": 2, "candidates": "t.csv"}
TICKET = {"id": "mayors", "kind": "ticket_vote", "title": "票决", "rule_set": "r", "candidates": "t.csv"}
MOTION = {"id": "report", "kind": "motion", "title": "决议", "rule_set": "r"}
EVALUATION = {
    "id": "trust",
    "kind": "evaluation",
    "title": "测评",
    "rule_set": "r",
    "scale": "trust4",
    "subjects": "t.csv",
}
ASSESSMENT = {**EVALUATION, "kind": "assessment", "scale": "grade4", "quota_percent": 40}
QUESTIONS = {
    "id": "ask",
    "kind": "questionnaire",
    "title": "问卷",
    "rule_set": "r",
    "options": "t.csv",
    "at_most": 2,
    "at_least": 1,
}


def read(item: dict[str, object]) -> ContestPlan | None:
    problems = Problems()
    found = read_contest(TomlFields(item, "here", problems), PlanFiles({"t.csv": TABLE}, problems), problems)
    problems.refuse()
    return found


def good(item: dict[str, object]) -> ContestPlan:
    found = read(item)
    assert found is not None
    return found


def refused(item: dict[str, object]) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        read(item)
    return caught.value


def test_an_election() -> None:
    plan = good({**ELECTION, "body": "committee_member", "title_en": "Election"})
    assert (plan.kind, plan.stage, plan.seats, plan.body) == (Kind.ELECTION, Stage.FORMAL, 2, "committee_member")
    assert [row.number for row in plan.rows] == ["A1", "A2", "A3"]
    assert plan.capture is Capture.KIOSK


def test_the_other_kinds() -> None:
    assert good({**TICKET, "purpose": "appointment"}).purpose is Purpose.APPOINTMENT
    assert good(TICKET).purpose is Purpose.NONE
    assert [row.number for row in good(MOTION).rows] == ["motion"]
    assert good(EVALUATION).scale == "trust4"
    assert good(ASSESSMENT).quota_percent == 40
    assert (good(QUESTIONS).at_most, good(QUESTIONS).at_least) == (2, 1)
    assert good({**ELECTION, "stage": "runoff", "capture": "hand"}).stage is Stage.RUNOFF


def test_as_many_seats_as_candidates_is_an_equal_number_election() -> None:
    assert good({**ELECTION, "seats": 3}).seats == 3


def test_more_seats_than_candidates() -> None:
    error = refused({**ELECTION, "seats": 4})
    assert (error.place, error.problem) == ("here, key seats", "4 seats for 3 candidates")


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({**ELECTION, "kind": "referendum"}, "here, key kind"),
        ({**ELECTION, "seats": 0}, "here, key seats"),
        ({**ELECTION, "seats": "2"}, "here, key seats"),
        ({**ELECTION, "seats": MAX_ROWS + 1}, "here, key seats"),
        ({**ELECTION, "id": "Committee"}, "here, key id"),
        ({**ELECTION, "id": "../x"}, "here, key id"),
        ({**ELECTION, "body": "县委委员"}, "here, key body"),
        ({**ELECTION, "stage": ""}, "here, key stage"),
        ({**ELECTION, "capture": "photo"}, "here, key capture"),
        ({**ELECTION, "candidates": "../t.csv"}, "here, key candidates"),
        ({**ELECTION, "candidates": "none.csv"}, "here, key candidates"),
        ({**ELECTION, "scale": "trust4"}, "here"),
        ({**ELECTION, "treshold": 2}, "here"),
        ({**TICKET, "seats": 2}, "here"),
        ({**TICKET, "purpose": "fun"}, "here, key purpose"),
        ({**MOTION, "candidates": "t.csv"}, "here"),
        ({**EVALUATION, "scale": "trust5"}, "here, key scale"),
        ({**EVALUATION, "quota_percent": 20}, "here"),
        ({**ASSESSMENT, "quota_percent": 101}, "here, key quota_percent"),
        ({**QUESTIONS, "at_most": 4}, "here, key at_most"),
        ({**QUESTIONS, "at_least": 3}, "here, key at_least"),
        ({**QUESTIONS, "at_most": 0}, "here, key at_most"),
    ],
)
def test_what_is_refused_and_where(item: dict[str, object], place: str) -> None:
    assert refused(item).place == place


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (item, key)
        for item in (ELECTION, TICKET, MOTION, EVALUATION, ASSESSMENT, QUESTIONS)
        for key in item
        if key not in ("at_most", "at_least", "quota_percent")
    ],
)
def test_every_required_key_is_asked_for(item: dict[str, object], key: str) -> None:
    error = refused({name: value for name, value in item.items() if name != key})
    assert error.problem == f"the key {key} is missing"


def test_a_bad_table_is_not_also_a_wrong_number_of_seats() -> None:
    problems = Problems()
    files = PlanFiles({"t.csv": "编号,姓名\n1,甲\n1,乙\n".encode()}, problems)
    read_contest(TomlFields(tomllib.loads('kind="election"'), "here", Problems()), files, Problems())
    read_contest(TomlFields({**ELECTION, "seats": 150}, "here", problems), files, problems)
    assert problems.count == 1
