from ballots.compile import compile_contest
from tally.cli.bench.sixty import ROWS, SEATS, random_marks, sixty_rows


def test_the_contest_has_the_size_that_the_figures_are_named_for() -> None:
    relation = compile_contest(sixty_rows())
    assert relation.bits == 186
    assert len(relation.counters) == 120


def test_random_marks_use_all_approvals_that_are_allowed() -> None:
    marks = random_marks()
    assert len(marks) == ROWS
    assert marks.count(0) == SEATS
    assert marks != random_marks()
