"""Categories of evaluators in a plan: which class of credentials each person of the roll has in a contest.

Where the rule set of a contest has categories, they are its classes, and the roll's column 类别 says who is in which.
All other contests have one class. Each category is a cell, the smallest first, so that one that is too small to be
decrypted is merged into a larger one.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ballots.contest import Cell, Contest
from tally.plan.problems import Problems, shown
from tally.roll.person import Roll, RollPerson
from tally.rules.evaluation import EvaluationRules
from tally.rules.ruleset import RuleSet

CLASS: Final = "delegate"
"""The one class of credentials of a contest without categories."""

CATEGORY: Final = "类别"
"""The column of the roll with a person's category; capital letters count as small ones."""

_CELL: Final = "all"


def categories_of(rules: RuleSet) -> tuple[str, ...]:
    """The categories of a rule set, none for all but some evaluations."""
    family = rules.family
    return tuple(category.id for category in family.categories) if isinstance(family, EvaluationRules) else ()


def category_of(person: RollPerson) -> str:
    """The category of a person, empty where the roll does not say."""
    return person.detail(CATEGORY).lower()


def classes_and_cells(rules: RuleSet, roll: Roll) -> tuple[tuple[str, ...], tuple[Cell, ...]]:
    """The classes of a contest by this rule set, and the cells in which they are counted."""
    categories = categories_of(rules)
    if not categories:
        return (CLASS,), (Cell(_CELL, (CLASS,), ""),)
    present = _count(roll, categories, lambda person: person.present)
    # The order is stable: equal ones stay as the rule set has them.
    ordered = sorted(categories, key=lambda name: present[name])
    following = (*ordered[1:], "")
    return categories, tuple(Cell(name, (name,), into) for name, into in zip(ordered, following, strict=True))


def present_by_class(contest: Contest, roll: Roll) -> Mapping[str, int]:
    """How many of each class of a contest are present."""
    if contest.classes == (CLASS,):
        return {CLASS: roll.present}
    return _count(roll, contest.classes, lambda person: person.present)


def refuse_without_category(rules: RuleSet, roll: Roll, problems: Problems) -> None:
    """Refuse a roll that does not say of everybody who may vote in which category of the rule set he is."""
    categories = categories_of(rules)
    if not categories:
        return
    words = " or ".join(name.upper() for name in categories)
    for person in roll.people:
        if person.should_attend and category_of(person) not in categories:
            written = person.detail(CATEGORY)
            problem = f"{shown(written)} is no category of {rules.id}" if written else f"is empty, and {rules.id} asks"
            problems.add(f"{person.place}, column {CATEGORY}", problem, f"Write {words}")


def _count(roll: Roll, names: Sequence[str], counts: Callable[[RollPerson], bool]) -> dict[str, int]:
    people = [category_of(person) for person in roll.people if counts(person)]
    return {name: people.count(name) for name in names}


def needs_waiver(contest: Contest, ballots: Mapping[str, int]) -> bool:
    """Whether so many ballots of each class would leave a cell below the minimum after merging (SPEC §9.2)."""
    held = {cell.id: sum(ballots.get(name, 0) for name in cell.classes) for cell in contest.cells}
    for cell in contest.cells:
        if cell.merge_into and 0 < held[cell.id] < contest.minimum:
            held[cell.merge_into] += held.pop(cell.id)
    return any(0 < number < contest.minimum for number in held.values())
