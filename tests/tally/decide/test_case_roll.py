"""Cases about the roll and the order of names beyond the worked ones."""

import pytest

from tally.decide.cases import run_cases


def run(kind, names=None, **fields):
    (result,) = run_cases({"names": names or {}, "cases": [{"id": "X", "kind": kind, **fields}]})
    return result.error or result.result


def base(rule_set, **changes):
    return run("roll_base", rule_set=rule_set, input={"elected_and_confirmed": 300, **changes})


def test_numbers_follow_from_the_rule_set():
    assert base("election_local_2020") == {"should_attend": 300, "quorum_needed": 151, "votes_needed": 151}
    assert base("ticket_2004", terminated=267) == {"should_attend": 33, "quorum_needed": 22, "votes_needed": 17}
    assert base("discipline_constitution") == {"should_attend": 300, "votes_needed": 200}


def test_a_base_that_the_roll_does_not_give():
    assert "those present" in base("election_grassroots_1990")


@pytest.mark.parametrize("changes", [{"guests": 3}, {"terminated": -1}, {"terminated": "2"}])
def test_statuses_that_are_none(changes):
    assert isinstance(base("election_local_2020", **changes), str)


def test_an_unknown_event():
    assert "no rule" in run("roll_status", rows=[{"event": "请假"}])


def test_more_vacancies_than_alternates():
    result = run("succession", input={"alternates_by_votes": ["刘芳"], "vacancies": 2})

    assert result == {"promoted": ["刘芳"], "remaining": [], "needs_decision_of": "plenum", "unfilled": 1}


def order(*people, names=None):
    return run("name_order", names=names, people=list(people))


def test_given_first_strokes_take_precedence():
    people = ({"name": "田大利", "given_first_strokes": 20}, {"name": "田富", "given_first_strokes": 12})

    assert order(*people)["full_name_stroke_mode"] == ["田富", "田大利"]


def test_they_stand_in_for_the_table():
    people = ({"name": "田龘利", "given_first_strokes": 48}, {"name": "田富丽"})

    assert order(*people)["surname_stroke_mode"] == ["田富丽", "田龘利"]
    assert "龘" in order({"name": "田龘利"})


def test_given_strokes_of_the_file_count_too():
    names = {"龘利": {"strokes": 1, "stroke_seq": "1"}}

    assert order({"name": "丁利"}, {"name": "龘利"}, names=names)["surname_stroke_mode"] == ["龘利", "丁利"]


def test_compound_surnames():
    people = ({"name": "欧阳明", "given_first_strokes": 30}, {"name": "欧阳志远"})

    assert order(*people)["full_name_stroke_mode"] == ["欧阳志远", "欧阳明"]
    assert order(*people)["surname_stroke_mode"] == ["欧阳明", "欧阳志远"]


def test_people_are_read_strictly():
    assert "age" in order({"name": "丁利", "age": 50})
