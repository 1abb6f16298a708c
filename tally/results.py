"""results.json: one object for each contest, the same bytes for the same session.

Names are as in the tables and may repeat, so ``elected_ids`` and ``runoff_ids`` say who is meant. It may hold null and
is for people and programs outside; what is signed is the outcome in the log.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeAlias

from ballots.contest import Contest
from tally.decide.attendance import Attendance
from tally.decide.outcome import ElectionOutcome, Outcome, Results

Decided: TypeAlias = tuple[Contest, Attendance, Sequence[Sequence[int]], Outcome]
"""A contest, its attendance, its counts (one number for each row and mark) and its outcome."""


def results_json(decided: Sequence[Decided]) -> list[Results]:
    """The value of results.json, in the order given."""
    return [contest_results(*one) for one in decided]


def contest_results(
    contest: Contest, attendance: Attendance, counts: Sequence[Sequence[int]], outcome: Outcome
) -> Results:
    """The object of one contest."""
    elected: tuple[str, ...] = ()
    runoff: tuple[str, ...] = ()
    if isinstance(outcome, ElectionOutcome):
        elected = outcome.elected_by_votes
        runoff = outcome.runoff_candidates if outcome.runoff_follows else ()
    return {
        "contest": contest.id,
        "should_attend": attendance.should_attend,
        "present": attendance.present,
        "ballots": attendance.returned,
        "rows": {
            row.id: dict(zip(contest.marks, row_counts, strict=True))
            for row, row_counts in zip(contest.rows, counts, strict=True)
        },
        "outcome": outcome.to_results_json(contest),
        "elected_ids": list(elected),
        "runoff_ids": list(runoff),
    }


def results_bytes(results: Sequence[Results]) -> bytes:
    """results.json as bytes: UTF-8, keys in the order of the format, a newline at the end."""
    return (json.dumps(list(results), ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")
