"""Sentences that follow from a contest, for screens and paper."""

from __future__ import annotations

from ballots.contest import Contest, Title, WriteInWay


def write_in_notice(contest: Contest) -> Title | None:
    """Say how persons can be written in, or by which decision they cannot; None where the question does not arise."""
    match contest.write_ins.way:
        case WriteInWay.SLIPS:
            return Title(
                zh="另选他人：请向监票人领取另选人纸条",
                en="To write in another person, ask a scrutineer for a slip",
            )
        case WriteInWay.PAPER:
            return Title(
                zh="另选他人：请写在选票的“另选他人”栏内",
                en="To write in another person, use the lines for it on the ballot",
            )
        case WriteInWay.WAIVED:
            decision = contest.write_ins.decision
            return Title(
                zh=f"本次选举经决定不设另选他人（{decision}）",
                en=f"By decision, nobody can be written in at this election ({decision})",
            )
        case WriteInWay.NONE:
            return None
