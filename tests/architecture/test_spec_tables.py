"""Constants in the code are the tables of SPEC §2.4 and §2.5, and the second implementation has the same tags."""

import re

from tests.architecture.tree import ROOT
from tests.independent.framing import TAGS
from voting_core import params

LIMIT = re.compile(r"^\| ((?:MAX|MIN)_[A-Z_]+) \| ([0-9,]+) \|", re.MULTILINE)
TAG = re.compile(r"^\| ([A-Z_]+) \| `(plenum-v1/[a-z-]+)` \| §(\d+\.\d+) \|$", re.MULTILINE)


def _spec() -> str:
    return (ROOT / "docs/spec/02-parameters.md").read_text(encoding="utf-8")


def limits_of(text: str) -> dict[str, int]:
    """The table of SPEC §2.4."""
    return {name: int(value.replace(",", "")) for name, value in LIMIT.findall(text)}


def tags_of(text: str) -> dict[str, str]:
    """The table of SPEC §2.5."""
    return {name: tag for name, tag, _ in TAG.findall(text)}


def test_the_limits_are_those_of_the_table() -> None:
    constants = {name: value for name, value in vars(params).items() if name.startswith(("MAX_", "MIN_"))}
    assert constants == limits_of(_spec())


def test_the_tags_are_those_of_the_table() -> None:
    assert {tag.name: tag.value for tag in params.Tag} == tags_of(_spec())


def test_the_second_implementation_has_the_tags_of_the_table() -> None:
    assert tags_of(_spec()) == TAGS


def test_no_tag_has_two_purposes_and_none_begins_another() -> None:
    tags = sorted(tags_of(_spec()).values())
    assert len(set(tags)) == len(tags)


def test_the_version_is_that_of_the_specification() -> None:
    text = (ROOT / "docs/spec/README.md").read_text(encoding="utf-8")
    assert f"Specification version: **{params.SPEC_VERSION}** (protocol `{params.PROTOCOL}`)" in text


def test_tables_are_read() -> None:
    text = "| MAX_ROWS | 1,200 | why |\n| MIN_CELL | 5 | |\n| name | value |\n| ENTRY | `plenum-v1/entry` | §3.6 |\n"
    assert limits_of(text) == {"MAX_ROWS": 1200, "MIN_CELL": 5}
    assert tags_of(text) == {"ENTRY": "plenum-v1/entry"}
    assert len(limits_of(_spec())) > 10
    assert len(tags_of(_spec())) > 20
