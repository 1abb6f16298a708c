"""Why each name stands where it stands: stroke counts and stroke classes, doubts, and places given by hand."""

from dataclasses import dataclass
from typing import Final

from ballots.contest import Contest
from tally.drafting.problem_words import Phrase
from tally.plan.contest_plan import ContestPlan
from tally.rules.common import ListOrder, NameOrder
from tally.rules.families import stroke_naming
from tally.rules.ruleset import RuleSet
from tally.strokes.order import doubtful_characters, plain_name
from tally.strokes.table import is_known, strokes_of

CLASSES: Final = {"1": "横", "2": "竖", "3": "撇", "4": "点", "5": "折"}
_SHOWN_CLASSES: Final = 4
"""The first strokes of a character decide nearly always between characters of one count."""


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name in its place. `reason` has the strokes of each character; `position` is empty or the place by hand."""

    place: int
    number: str
    name: str
    reason: str
    position: str
    doubtful: str


def order_of(plan: ContestPlan, rules: RuleSet) -> Phrase:
    """In which order the names of a contest are shown, in words."""
    naming = stroke_naming(plan.body, rules.family)
    if naming is None:
        return Phrase("按表格中的顺序（由上级批准或会议决定）", "In the order of the table")
    if naming.list_order is ListOrder.AS_GIVEN:
        return Phrase("选票按表格中的顺序，公布当选名单按笔画", "Ballots as the table has it, announcements by strokes")
    if naming.name_order is NameOrder.SURNAME_STROKES:
        return Phrase("按姓氏笔画为序", "By the strokes of the surname")
    return Phrase("按姓名笔画为序", "By the strokes of the whole name")


def by_strokes(plan: ContestPlan, rules: RuleSet) -> bool:
    """Whether strokes have a part in the order, so that a place can be given by hand."""
    return stroke_naming(plan.body, rules.family) is not None


def name_lines(plan: ContestPlan, contest: Contest | None) -> tuple[NameLine, ...]:
    """The names in the order of the ballot; in that of the table while the order is not settled."""
    rows = {row.number: row for row in plan.rows}
    ids = [row.id for row in contest.rows] if contest is not None else list(rows)
    return tuple(
        NameLine(
            place,
            identity,
            rows[identity].name,
            _reason(rows[identity].name),
            str(rows[identity].position or ""),
            "、".join(doubtful_characters([rows[identity].name])),
        )
        for place, identity in enumerate(ids, 1)
        if identity in rows
    )


def _reason(name: str) -> str:
    return "，".join(map(_strokes, plain_name(name)))


def _strokes(character: str) -> str:
    if not is_known(character):
        return f"{character}？"
    strokes = strokes_of(character)
    classes = "".join(CLASSES[one] for one in strokes.sequence[:_SHOWN_CLASSES])
    more = "…" if len(strokes.sequence) > _SHOWN_CLASSES else ""
    return f"{character}{strokes.count}（{classes}{more}）"
