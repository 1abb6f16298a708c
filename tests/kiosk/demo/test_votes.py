from collections import Counter

from ballots.contest import Contest
from ballots.marks import complete_marks
from kiosk.demo.votes import choices
from tally.cli.bench.sixty import SEATS, sixty_rows


def _all(contest: Contest, seed: str) -> list[dict[str, str]]:
    return [choices(contest, seed, f"{number:04d}") for number in range(60)]


def test_choices_are_ballots_within_the_limits() -> None:
    contest = sixty_rows()
    for marks in _all(contest, "s"):
        complete_marks(contest, marks, "demo")
        assert list(marks.values()).count("approve") <= SEATS


def test_one_seed_gives_the_same_choices_and_another_seed_others() -> None:
    contest = sixty_rows()
    assert _all(contest, "a") == _all(contest, "a")
    assert _all(contest, "a") != _all(contest, "b")


def test_delegates_and_rows_differ() -> None:
    contest = sixty_rows()
    ballots = _all(contest, "s")
    assert len({tuple(marks.values()) for marks in ballots}) == len(ballots)
    approvals = Counter(row for marks in ballots for row, mark in marks.items() if mark == "approve")
    assert max(approvals.values()) > 1.5 * min(approvals.values())
