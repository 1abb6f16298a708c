"""Parameters of rule sets, one changed at a time, and what an outcome makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import get_args, get_type_hints

from ballots.contest import Capture, Kind, Purpose, Stage
from tally.decide.cases import run_cases
from tally.plan.contest_plan import ContestPlan
from tally.plan.contests import contests
from tally.plan.name_lists import ordered_rows
from tally.plan.people import PlanRow
from tally.plan.problems import Problems
from tally.rules.loader import packaged, rule_set_from_json
from tests.tally.plan.test_contests import plan_of

DECIDES_NOTHING = (
    *("id", "name_zh", "name_en", "instrument", "version", "effective_from", "effective_until", "adopted_by"),
    *("certainty", "articles", "use_for", "decides", "retention", "family"),
)
"""Fields of a rule set that say where it comes from, and its parameters, which are walked by themselves."""


@dataclass(frozen=True)
class Probe:
    """Two values of one parameter, as fields of a rule set's file, and what is decided by both."""

    first: Mapping[str, object]
    second: Mapping[str, object]
    decide: Callable[[str, Mapping[str, object]], object]


def leaves(kind: type, without: tuple[str, ...] = (), path: str = "") -> Iterator[str]:
    """The paths of all fields of a class of parameters that hold no further parameters."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        if field.name in without:
            continue
        inner = next((t for t in (hints[field.name], *_inside(hints[field.name])) if is_dataclass(t)), None)
        here = f"{path}{field.name}"
        if inner is None:
            yield here
        else:
            yield from leaves(inner, (), f"{here}.")


def _inside(hint: object) -> Iterator[object]:
    for argument in get_args(hint):
        yield argument
        yield from _inside(argument)


def threshold(base: str = "should_attend", op: str = "gt", a: int = 1, b: int = 2) -> dict[str, object]:
    """A threshold as files have it."""
    return {"base": base, "op": op, "frac": [a, b]}


def thresholds(key: str, parameter: str, decide: Callable[[str, Mapping[str, object]], object]) -> dict[str, Probe]:
    """The four parts of a threshold; `decide` has 300 who should attend, 200 present, and 150 for it."""
    return {
        f"{parameter}.base": Probe({key: threshold()}, {key: threshold("present")}, decide),
        f"{parameter}.ratio.op": Probe({key: threshold()}, {key: threshold(op="ge")}, decide),
        f"{parameter}.ratio.numerator": Probe({key: threshold(a=1, b=3)}, {key: threshold(a=2, b=3)}, decide),
        f"{parameter}.ratio.denominator": Probe({key: threshold(a=1, b=2)}, {key: threshold(a=1, b=3)}, decide),
    }


def case(kind: str, input: Mapping[str, object], point: str = "", **more: object) -> Callable[..., object]:
    """Decide a case; with `point` the steps about that point, otherwise the result."""

    def decide(base: str, changes: Mapping[str, object]) -> object:
        rule_sets = {"own": {"inherits": base, **changes}}
        one = {"id": "X", "kind": kind, "rule_set": "own", "input": input, **more}
        (result,) = run_cases({"rule_sets": rule_sets, "cases": [one]})
        assert not result.error, result.error
        return [step.zh for step in result.steps if step.point == point] if point else result.result

    return decide


def ballot_order(kind: Kind, *names: str) -> Callable[..., object]:
    """The ids of the rows as the ballot shows them, and in the order of names."""

    def decide(base: str, changes: Mapping[str, object]) -> object:
        rules = rule_set_from_json({**packaged(base), **changes})
        rows, order = ordered_rows(a_plan(kind, *names), rules.family, Problems())
        return [row.id for row in rows], order

    return decide


def marks(kind: Kind) -> Callable[..., object]:
    """The marks of a contest that is defined by the rule set."""

    def decide(base: str, changes: Mapping[str, object]) -> object:
        rules = rule_set_from_json({**packaged(base), **changes})
        plan = a_plan(kind, "王海", rule_set=base)
        (contest,) = contests(plan_of(plan), {base: rules})
        return contest.marks

    return decide


def a_plan(kind: Kind, *names: str, rule_set: str = "") -> ContestPlan:
    """A contest with these names as rows."""
    election = kind is Kind.ELECTION
    return ContestPlan(
        place="session.toml",
        id="one",
        kind=kind,
        title="甲",
        title_en="",
        rule_set=rule_set,
        capture=Capture.KIOSK,
        stage=Stage.FORMAL if election else Stage.NONE,
        body="committee_member" if election else "",
        purpose=Purpose.NONE,
        seats=1 if election else 0,
        scale="",
        quota_percent=0,
        at_most=0,
        at_least=0,
        write_ins=None,
        rows=tuple(PlanRow(str(number), name, ()) for number, name in enumerate(names, 1)),
    )
