import pytest

from tally.drafting.survey import line_of, survey
from tests.tally.drafting.folders import draft, example_files


def test_the_example_is_ready() -> None:
    found = survey(example_files())
    assert found.ready
    assert [contest.id for contest in found.contests][:2] == ["committee", "alternates"]
    assert found.contest("trust") is not None
    assert found.contest("other") is None


def test_what_cannot_be_read_is_one_problem() -> None:
    found = survey({"session.toml": b"["})
    assert (found.plan, found.contests, len(found.problems)) == (None, (), 1)
    assert not found.ready


def test_more_problems_than_a_terminal_shows_are_all_there() -> None:
    roll = "编号,姓名,状态\n1,甲,正常\n" + "".join(f"{n},乙,休假\n" for n in range(2, 202))
    assert len(survey(draft(roll_csv=roll)).of_file("roll.csv")) == 200


def test_a_contest_is_shown_while_another_table_is_broken() -> None:
    found = survey(draft(roll_csv="编号,姓名,状态\n1,甲,休假\n"))
    assert [contest.id for contest in found.contests] == ["committee"]
    assert not found.ready


@pytest.mark.parametrize("table", ["编号,姓名\nA1,吴六\nA1,郑七\n", "编号,姓名\n"])
def test_a_contest_with_a_broken_table_is_refused_once(table: str) -> None:
    found = survey(draft(committee_csv=table))
    assert found.contests == ()
    assert len(found.problems) == 1


def test_rules_are_judged_though_the_roll_is_not_ready() -> None:
    session = draft()["session.toml"].decode().replace("election_local_2020", "ticket_2004")
    found = survey(draft(session_toml=session, roll_csv="编号,姓名,状态\n1,甲,休假\n"))
    assert sorted(problem.place.partition(",")[0] for problem in found.problems) == ["roll.csv", "session.toml"]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("roll.csv, line 14, column 编号", 14),
        ("roll.csv, line 14", 14),
        ("roll.csv, line 14, cell 2", 14),
        ("roll.csv, cell B3", 3),
        ("roll.csv", None),
        ("old-roll.csv, line 3", None),
        ("roll.csv, column line 3", None),
    ],
)
def test_the_line_that_a_place_names(place: str, line: int | None) -> None:
    assert line_of(place, "roll.csv") == line


def test_the_same_files_in_another_order_are_judged_once() -> None:
    files = draft()
    assert survey(dict(reversed(files.items()))) is survey(files)
