"""What the rule engine takes: a large election decided from its counts."""

from typing import Final

from ballots.contest import Contest, Row, parse_contest
from tally.cli.bench.figure import Figure, at_most, milliseconds
from tally.cli.bench.sixty import sixty_rows
from tally.decide import Attendance, decide
from tally.rules.loader import load_rule_set

ROWS: Final = 100
BALLOTS: Final = 5_000
LIMIT_MS: Final = 2.0
_RUNS: Final = 101
_SURNAMES: Final = "王李张刘陈杨黄赵吴周"
_GIVEN: Final = "伟芳娜敏静丽强磊军洋"


def hundred_rows() -> Contest:
    """An election of 33 out of 100 with names that all differ."""
    rows = [Row(f"{a:04d}", _SURNAMES[a // 10] + _GIVEN[a % 10], ()) for a in range(ROWS)]
    value = sixty_rows().to_json()
    return parse_contest({**value, "rows": [row.to_json() for row in rows], "order": [row.id for row in rows]})


def decided() -> list[Figure]:
    """The median of deciding it again and again; the counts differ from row to row."""
    contest, rules = hundred_rows(), load_rule_set("election_local_2020")
    attendance = Attendance(BALLOTS, BALLOTS, BALLOTS, BALLOTS)
    # 33 approvals a ballot at most: the mean of a row is 1,650.
    counts = [(1_200 + a * 9, 2_000, BALLOTS - 3_200 - a * 9) for a in range(ROWS)]
    spent = milliseconds(lambda: decide(contest, attendance, counts, rules), _RUNS)
    return [at_most("decide_100_rows", spent, "ms", LIMIT_MS, f"counts of {BALLOTS:,} ballots; median of {_RUNS}")]
