"""The pages of docs/rules are those that follow from the packaged rule sets."""

import re
from pathlib import Path

import pytest

from tally.plan.contest_plan import ContestPlan
from tally.rules.loader import available_rule_sets, load_rule_set
from tools.rules import build_pages
from tools.rules.build_pages import OUTPUT, pages, parent_of

MADE = pages()
LINK = re.compile(r"\]\(([^)#]+)(#[^)]*)?\)")


@pytest.mark.parametrize("name", MADE)
def test_a_page_is_current(name):
    assert (OUTPUT / name).read_text(encoding="utf-8") == MADE[name], "run python -m tools.rules.build_pages"


def test_no_page_is_of_a_set_that_is_gone():
    assert {f"sets/{path.name}" for path in (OUTPUT / "sets").iterdir()} == {n for n in MADE if n.startswith("sets/")}


def test_writing_removes_what_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(build_pages, "OUTPUT", tmp_path)
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "old.md").write_text("old", encoding="utf-8")
    build_pages.main()
    found = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.md")}
    assert found == set(MADE)


@pytest.mark.parametrize("name", [*MADE, "event-kinds.md", "name-order.md"])
def test_links_lead_somewhere(name):
    page = OUTPUT / name
    for target, _ in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).resolve().exists(), target


@pytest.mark.parametrize("name", available_rule_sets())
def test_the_parent_is_named(name):
    parent = parent_of(name)
    assert parent == "" or f"[`{parent}`]({parent}.md)" in MADE[f"sets/{name}.md"]


def test_event_kinds_name_sets_that_there_are_and_every_kind():
    text = (OUTPUT / "event-kinds.md").read_text(encoding="utf-8")
    known = {*available_rule_sets(), *ContestPlan.__dataclass_fields__}
    named = re.findall(r"`([a-z]+_[a-z0-9_]+)`", text)
    assert set(named) - known <= {"adopted_by", "ticket_vote"}
    for kind in {kind for name in available_rule_sets() for kind in load_rule_set(name).decides}:
        assert text.count(f"`{kind}`") >= 2


def test_the_index_leads_to_every_set():
    for name in available_rule_sets():
        assert MADE["index.md"].count(f"(sets/{name}.md)") == 2


def test_the_pages_are_linked_from_both_readmes():
    for readme in ("README.md", "README.zh-CN.md"):
        assert "docs/rules/index.md" in Path(readme).read_text(encoding="utf-8")
