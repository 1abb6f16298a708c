"""The page about input files says what the readers of these files accept."""

import io
import re

import pytest

from ballots.contest import Kind
from tally.plan import contests, read_plan
from tally.plan.ballots_file import read_ballots
from tally.plan.contest_plan import ContestPlan
from tally.plan.contests import marks_of
from tally.plan.scales import SCALES
from tally.roll.change import COLUMNS
from tally.roll.events import DECIDERS, EVENTS, SUPERIOR_WORD
from tally.roll.standing import StatusWord
from tally.rules.evaluation import EvaluationRules
from tally.rules.loader import available_rule_sets, load_rule_set
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs/input-files.md").read_text(encoding="utf-8")
CHINESE, _, ENGLISH = PAGE.partition("## English")
EXAMPLE = ROOT / "examples/qinglan-plenum"


def block(language: str) -> str:
    """The one block of code in this language."""
    (text,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(text)


def example() -> dict[str, bytes]:
    """The session of the page, with the tables of an example."""
    tables = {path.name: path.read_bytes() for path in EXAMPLE.glob("*.csv")}
    return {**tables, "session.toml": block("toml").encode()}


def test_the_example_is_a_session_and_its_ballots_count() -> None:
    plan = read_plan(example())
    rules = {name: load_rule_set(name) for name in available_rule_sets()}
    defined = contests(plan, rules)
    ballots = list(read_ballots("votes", io.BytesIO(block("json").encode()), defined, plan.roll))
    assert [ballot.marks[:3] for ballot in ballots] == [(2, 2, 0), (2, 2, 2)]


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["Chinese", "English"])
def test_every_rule_set_is_a_line_of_the_table(text: str) -> None:
    lines = re.findall(r"^\| `([a-z]+_[a-z_0-9]+)` \| (.+) \| ([^|]+) \|$", text, re.MULTILINE)
    found = {name: (rules, kinds) for name, rules, kinds in lines}
    assert set(available_rule_sets()) <= set(found)
    for name in available_rule_sets():
        family = load_rule_set(name).family
        if isinstance(family, EvaluationRules):
            assert f"`{family.scale}`" in found[name][0], name
        if text is ENGLISH:
            kinds = ", ".join(f"`{kind}`" for kind in load_rule_set(name).decides)
            assert found[name] == (found[name][0], kinds)


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["Chinese", "English"])
def test_every_kind_key_and_status_is_named(text: str) -> None:
    keys = ("candidates", "subjects", "options", "seats", "stage", "body", "purpose", "scale", "quota_percent")
    words = (
        *Kind,
        *StatusWord,
        *keys,
        *COLUMNS,
        *EVENTS,
        *DECIDERS,
        SUPERIOR_WORD,
        "roll_changes",
        "at_most",
        "at_least",
        "title_en",
        "capture",
        "threshold",
        "names",
        "roll",
    )
    assert [word for word in words if word not in text] == []


def test_every_kind_has_rules() -> None:
    decided = {kind for name in available_rule_sets() for kind in load_rule_set(name).decides}
    assert set(Kind) == decided


def test_marks_are_those_of_the_page() -> None:
    (plan,) = read_plan(example()).contests
    assert isinstance(plan, ContestPlan)
    words = (*marks_of(plan), "approve", *SCALES["trust4"])
    assert [word for word in words if f"`{word}`" not in CHINESE] == []
