"""What a result says, in both languages: of the whole contest, and of each row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ballots.contest import Stage
from ballots.screen.words import Said
from tally.decide.outcome import (
    ElectionOutcome,
    EvaluationOutcome,
    MotionOutcome,
    Outcome,
    QuestionnaireOutcome,
    TicketVoteOutcome,
)
from tally.state.contest import Status

GOOD: Final = "good"
BAD: Final = "bad"
CARE: Final = "care"
PLAIN: Final = ""
"""How a verdict is coloured; the word says the same."""

STATUS_WORDS: Final = {
    Status.DEFINED: Said("尚未投票", "Not voted on yet"),
    Status.OPEN: Said("正在投票", "Voting is open"),
    Status.PAUSED: Said("投票暂停", "Voting is paused"),
    Status.CLOSED: Said("投票结束，尚未公布", "Voting has ended, nothing is published yet"),
    Status.COUNTED: Said("已计票，尚未公布", "Counted, not published yet"),
    Status.DECIDED: Said("已认定，尚未公布", "Decided, not published yet"),
    Status.PUBLISHED: Said("已公布", "Published"),
    Status.ABANDONED: Said("已中止，不产生结果", "Abandoned: there is no result"),
}
NOTHING: Final = Said("", "")
NO_QUORUM: Final = Said("未达到规定到会人数，不得进行", "Too few people were present: the vote could not be held")
VOID: Final = Said(
    "收回票多于发出票，无效，重新投票", "More ballots came back than were issued: void, to be held again"
)
PASSED: Final = Said("通过", "Passed")
NOT_PASSED: Final = Said("未通过", "Not passed")
_ELECTED: Final = Said("当选", "Elected")
_NOMINATED: Final = Said("列为正式候选人", "Formal candidate")
_NOT_ELECTED: Final = Said("未当选", "Not elected")
_NOT_NOMINATED: Final = Said("未列入", "Not nominated")
_OVER: Final = Said("达到票数，未当选", "Enough votes, no seat left")
_TIED_RUNOFF: Final = Said("票数相等，再次投票", "Tied: a run-off follows")
_TIED_PRESIDIUM: Final = Said("票数相等，由大会主席团决定", "Tied: the presidium decides")
_SELECTED: Final = Said("建议入选", "Proposed")
_UNDECIDED: Final = Said("比率相等，由大会主席团决定", "Tied: the presidium decides")
_NOT_SELECTED: Final = Said("未入选", "Not proposed")


def verdict(row: str, outcome: Outcome, stage: Stage = Stage.NONE) -> tuple[Said, str]:
    """What the outcome says of one row, and its colour. A vote without a result gives nobody a verdict."""
    if not outcome.sitting.decides:
        return NOTHING, PLAIN
    match outcome:
        case ElectionOutcome():
            return _of_candidate(row, outcome, nominating=stage is Stage.PRESELECTION)
        case TicketVoteOutcome():
            return (PASSED, GOOD) if row in outcome.passed else (NOT_PASSED, BAD)
        case MotionOutcome():
            return (PASSED, GOOD) if outcome.passed else (NOT_PASSED, BAD)
        case EvaluationOutcome() | QuestionnaireOutcome():
            return NOTHING, PLAIN


def selection_verdict(row: str, selected: tuple[str, ...], undecided: tuple[str, ...]) -> tuple[Said, str]:
    """What a selection under a quota says of one row."""
    if row in selected:
        return _SELECTED, GOOD
    return (_UNDECIDED, CARE) if row in undecided else (_NOT_SELECTED, PLAIN)


def _of_candidate(row: str, outcome: ElectionOutcome, *, nominating: bool) -> tuple[Said, str]:
    if row in outcome.elected_by_votes:
        return (_NOMINATED if nominating else _ELECTED), GOOD
    if row in outcome.runoff_candidates:
        return (_TIED_RUNOFF if outcome.runoff_follows else _TIED_PRESIDIUM), CARE
    if nominating:
        return _NOT_NOMINATED, PLAIN
    return (_OVER if row in outcome.passed_but_not_elected else _NOT_ELECTED), PLAIN


def conclusion(outcome: Outcome, stage: Stage, name: Callable[[str], str]) -> tuple[Said, str]:
    """What the whole contest ended with, in a sentence, and its colour."""
    if not outcome.sitting.can_hold:
        return NO_QUORUM, BAD
    if not outcome.sitting.ballots_in_order:
        return VOID, BAD
    match outcome:
        case ElectionOutcome():
            return _election(outcome, stage, name), _tone(outcome)
        case TicketVoteOutcome():
            numbers = {"passed": len(outcome.passed), "failed": len(outcome.failed)}
            said = Said("通过 {passed} 人，未通过 {failed} 人", "{passed} passed, {failed} did not").filled(**numbers)
            return said, PLAIN if outcome.failed else GOOD
        case MotionOutcome():
            return (PASSED, GOOD) if outcome.passed else (NOT_PASSED, BAD)
        case EvaluationOutcome():
            return Said("测评已完成", "The evaluation is complete"), PLAIN
        case QuestionnaireOutcome():
            return Said("问卷已完成，不作决定", "The questionnaire is complete; it decides nothing"), PLAIN


def _tone(outcome: ElectionOutcome) -> str:
    if outcome.runoff_candidates:
        return CARE
    return PLAIN if outcome.shortfall else GOOD


def _election(outcome: ElectionOutcome, stage: Stage, name: Callable[[str], str]) -> Said:
    count = len(outcome.elected_by_votes)
    nominating = stage is Stage.PRESELECTION
    zh = [f"{'列为正式候选人' if nominating else '当选'} {count} 名"]
    en = [f"{count} {'nominated' if nominating else 'elected'}"]
    if outcome.runoff_candidates:
        tied, seats = [name(one) for one in outcome.runoff_candidates], outcome.runoff_seats
        follows = outcome.runoff_follows
        zh.append(f"{'、'.join(tied)} 票数相等，余下 {seats} 名{'再次投票' if follows else '由大会主席团决定'}")
        ends = "goes to a run-off" if follows else "is decided by the presidium"
        en.append(f"{', '.join(tied)} are tied; what is left ({seats}) {ends}")
    if outcome.shortfall:
        zh.append(f"缺额 {outcome.shortfall} 名")
        en.append(f"{outcome.shortfall} seats stay empty")
    return Said("；".join(zh), "; ".join(en))
