"""当选名单: those elected, in the order in which the law has them announced, with sex and ethnicity after the name.

Men and 汉族 are not remarked. How many votes somebody had is printed only where the rule set has it announced. The list
of a pre-selection goes to whom the rule set says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ballots.contest import Stage
from ballots.matrix import WRITE_IN
from tally.decide.outcome import ElectionOutcome
from tally.report.count import seats_reduced
from tally.report.facts import ContestFacts, announces_votes, election_rules, is_for_presidium
from tally.report.model import Block, DocumentKind, ListedName, Names, Notes, Sheet, SignatureLine, Statement
from tally.report.words import articles, checks, who_is_elected, with_stage
from tally.rules.common import NameOrder
from tally.rules.election import ALTERNATE_BODY, Order

_CHAIR: Final = (SignatureLine("执行主席"),)
_STROKES: Final = {NameOrder.SURNAME_STROKES: "姓氏笔画", NameOrder.FULL_NAME_STROKES: "姓名笔画"}
_SUCCESSION: Final = "名前的序号为得票次序；委员出缺时，由候补委员按此次序依次递补，由全体会议决定。"
NOBODY: Final = "无人当选。"


def elected_sheet(facts: ContestFacts, outcome: ElectionOutcome) -> Sheet:
    """The list of one election, with the approvals after each name where the rule set has them announced."""
    preselected = facts.stage is Stage.PRESELECTION
    with_votes = announces_votes(facts)
    if preselected:
        title = f"{who_is_elected(facts.title)}正式候选人名单（预选结果）"
    else:
        title = who_is_elected(with_stage(facts)) + DocumentKind.ELECTED.zh
    count = len(outcome.announced)
    blocks: list[Block] = []
    if count:
        blocks.append(Statement(f"（共 {count} 名，{_order(facts)}）"))
        placed = _is_succession(facts)
        if placed:
            blocks.append(Statement(_SUCCESSION))
        people = (_listed(one, facts, with_votes=with_votes) for one in outcome.announced)
        blocks.append(Names(tuple(replace(one, place=at * placed) for at, one in enumerate(people, 1))))
    else:
        blocks.append(Statement("预选无人达到规定票数。" if preselected else NOBODY, strong=True))
    if outcome.runoff_candidates:
        by = "再次投票" if outcome.runoff_follows else "大会主席团"
        blocks.append(Statement(f"另有 {outcome.runoff_seats} 名待{by}确定。"))
    if facts.reduced:
        blocks.append(Statement(seats_reduced(facts)))
    elif outcome.shortfall:
        blocks.append(Statement(f"缺额 {outcome.shortfall} 名。"))
    lines = checks(outcome.manual_checks) + articles(facts.rules, (_order_point(facts),))
    if is_for_presidium(facts):
        lines = ("本名单只报大会主席团。", *lines)
    blocks.append(Notes(lines))
    return Sheet(title, tuple(blocks), _CHAIR)


def _listed(identity: str, facts: ContestFacts, *, with_votes: bool) -> ListedName:
    if identity.startswith(WRITE_IN):
        name, note = identity.removeprefix(WRITE_IN), ""
        votes = dict(facts.write_ins)[name]
    else:
        row = facts.contest.row_index(identity)
        person = facts.people[row]
        name, note, votes = person.name, person.note, facts.count(row, "approve")
    return ListedName(name, note + (f" {votes} 票" if with_votes else ""))


def _order_point(facts: ContestFacts) -> str:
    return "order_alternates" if facts.contest.body == ALTERNATE_BODY else "order_members"


def _is_succession(facts: ContestFacts) -> bool:
    """Whether the list is that of alternates by votes, and so the order in which they move up."""
    alternates = facts.contest.body == ALTERNATE_BODY and facts.stage is not Stage.PRESELECTION
    return alternates and election_rules(facts).order_alternates is Order.VOTES_THEN_STROKE


def _order(facts: ContestFacts) -> str:
    family = election_rules(facts)
    strokes = _STROKES[family.naming.name_order]
    match family.order_of(facts.contest.body):
        case Order.STROKE:
            return f"按{strokes}为序"
        case Order.VOTES_THEN_STROKE:
            return f"按得票多少为序，得票相等的按{strokes}为序"
        case Order.SUPERIOR_APPROVED:
            return "按上级党委批准的次序"
