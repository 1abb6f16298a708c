"""Every way in which a ballot can be lost, doubled or altered, each planted in a session that went well."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from loadtests.check import MAX_PROBLEMS, compare, plain_counts
from loadtests.pool import CAST
from tests.loadtests.small_run import SmallRun
from voting_core.errors import VerificationError


def _first(ended: SmallRun) -> int:
    """The index in the log of the pool's first ballot."""
    return ended.entries.index(ended.pool[0].entry)


def _problems(ended: SmallRun, **changes: Any) -> tuple[str, ...]:
    values = {"pool": ended.pool, "acknowledgements": ended.acknowledgements, "entries": ended.entries, **changes}
    return compare(**values)


def _resigned(raw: bytes) -> bytes:
    """The entry with another signature of the ballot box: other bytes, the same ballot."""
    start = raw.rindex(b'"signature":"') + len(b'"signature":"')
    other = b"A" if raw[start : start + 1] != b"A" else b"B"
    return raw[:start] + other + raw[start + 1 :]


def test_a_session_that_went_well_has_no_problem(ended: SmallRun) -> None:
    assert _problems(ended) == ()


def test_a_lost_ballot_is_named(ended: SmallRun) -> None:
    entries = ended.entries
    del entries[_first(ended)]
    problems = _problems(ended, entries=entries)
    assert problems[0].startswith(f"ballot {ended.pool[0].id[:16]} ({ended.pool[0].type} in election at kiosk 1)")
    assert problems[0].endswith("was promised, and is not in the log")


def test_a_doubled_ballot_is_named(ended: SmallRun) -> None:
    entries = [*ended.entries, ended.pool[0].entry]
    assert [text for text in _problems(ended, entries=entries) if "is in the log 2 times" in text]


def test_an_altered_ballot_is_named(ended: SmallRun) -> None:
    entries = ended.entries
    entries[_first(ended)] = _resigned(ended.pool[0].entry)
    problems = _problems(ended, entries=entries)
    assert "was promised, and is in the log with other bytes than were sent" in problems[0]
    assert any("a ballot entry that nobody sent" in text for text in problems)


def test_a_second_entry_of_the_same_ballot_is_foreign(ended: SmallRun) -> None:
    entries = [*ended.entries, _resigned(ended.pool[0].entry)]
    (problem,) = _problems(ended, entries=entries)
    assert problem == f"the log holds a ballot entry that nobody sent, of ballot {ended.pool[0].id[:16]}"


def test_a_ballot_that_is_not_in_the_pool_is_foreign(ended: SmallRun) -> None:
    problems = _problems(ended, pool=ended.pool[1:])
    assert any("a ballot entry that nobody sent" in text for text in problems)
    assert any("is for a ballot that is not in the pool" in text for text in problems)


def test_a_ballot_without_a_promise_is_named(ended: SmallRun) -> None:
    others = tuple(item for item in ended.acknowledgements if item.id != ended.pool[0].id)
    (problem,) = _problems(ended, acknowledgements=others)
    assert problem.endswith("is in the log, and was never promised")
    entries = [raw for raw in ended.entries if raw != ended.pool[0].entry]
    assert _problems(ended, acknowledgements=others, entries=entries)[0].endswith("was never accepted")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda promise: {**promise, "ballot": "00" * 32}, "is not valid: V13.B"),
        (lambda promise: {**promise, "checkpoint": {**promise["checkpoint"], "size": 3}}, "is not valid: V13.B"),
        (lambda promise: {**promise, "extra": 1}, "is not valid"),
        (lambda _: "<html>", "is not valid"),
        (lambda _: {}, "is not valid"),
    ],
    ids=["other ballot", "other size", "extra field", "text", "empty"],
)
def test_a_promise_that_was_not_signed_is_named(ended: SmallRun, change: Callable[[Any], Any], problem: str) -> None:
    first, *others = ended.acknowledgements
    (found,) = _problems(ended, acknowledgements=[replace(first, promise=change(first.promise)), *others])
    assert found.startswith(f"the promise for ballot {first.id[:16]} {problem}")


def test_a_promise_for_another_ballot_is_named(ended: SmallRun) -> None:
    first, *others = ended.acknowledgements
    other = next(item for item in others if item.id != first.id)
    (found,) = _problems(ended, acknowledgements=[replace(first, promise=other.promise), *others])
    assert found.endswith(f"names ballot {other.id[:16]}")


def test_a_promise_over_a_root_that_the_log_never_had_is_named(ended: SmallRun) -> None:
    entries = ended.entries
    # The checkpoint of the promises came before the first ballot; without an entry before it the log is another one.
    del entries[5]
    problems = _problems(ended, entries=entries)
    assert len(problems) == len(ended.acknowledgements)
    assert all(text.endswith("that this log never had") for text in problems)


def test_counts_that_are_not_the_pools_are_named(ended: SmallRun) -> None:
    first = next(ballot for ballot in ended.pool if ballot.type == CAST)
    meant = tuple((mark + 1) % 3 for mark in first.marks)
    pool = tuple(replace(ballot, marks=meant) if ballot is first else ballot for ballot in ended.pool)
    problems = _problems(ended, pool=pool)
    assert len(problems) == len(first.marks)
    assert problems[0].startswith(f"contest {first.contest}, row 0001: counted (")


def test_a_contest_that_was_not_counted_is_named(ended: SmallRun) -> None:
    entries = [raw for raw in ended.entries if b'"type":"tally.counted"' not in raw]
    assert _problems(ended, entries=entries) == (
        "contest election was not counted",
        "contest motion was not counted",
    )


def test_challenged_ballots_do_not_count(ended: SmallRun) -> None:
    for contest in ended.stage.contests:
        counts = plain_counts(ended.pool, contest)
        assert all(sum(row) == 10 for row in counts)


def test_an_empty_log_holds_nothing(ended: SmallRun) -> None:
    problems = _problems(ended, entries=[])
    assert len(problems) == len(ended.pool) + 1 + len(ended.stage.contests)
    assert any("the log has no session" in text for text in problems)


def test_problems_beyond_a_page_are_counted(ended: SmallRun) -> None:
    many = [replace(item, promise={}) for item in ended.acknowledgements] * 5
    problems = _problems(ended, acknowledgements=many)
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1] == f"… and {len(many) - MAX_PROBLEMS} more problems"


def test_a_log_that_cannot_be_read_is_the_verifiers_business(ended: SmallRun) -> None:
    with pytest.raises(VerificationError, match=r"V2\.A"):
        _problems(ended, entries=[*ended.entries, b"?"])
