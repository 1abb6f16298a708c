"""With which marks a delegate may fill all rows that are still empty, by one touch.

Rule sets say nothing of machines. Two things follow from what they say of ballots: approval in an election is given to
each person by itself, because a touch that approves a whole list would make approving easier than anything else; and
no mark with a limit fills what is left, because how many are left is then no choice of the delegate.
"""

from ballots.contest import At, Contest, Kind


def rest_marks(contest: Contest) -> tuple[str, ...]:
    """The marks that may be given to the rest, in the order of the contest; none where there is one row alone."""
    if len(contest.rows) < 2:
        return ()
    return tuple(mark for mark in contest.marks if contest.limit(At.MOST, mark) is None and not _singly(contest, mark))


def _singly(contest: Contest, mark: str) -> bool:
    return (contest.kind is Kind.ELECTION and mark == "approve") or mark == "chosen"
