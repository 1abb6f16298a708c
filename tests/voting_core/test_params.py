"""The constants are those of the tables in SPEC §2."""

import re
from pathlib import Path

import pytest

from voting_core import params
from voting_core.params import PROTOCOL, SPEC_VERSION, Tag

SPEC = Path(__file__).parents[2] / "docs" / "spec"
TEXT = (SPEC / "02-parameters.md").read_text(encoding="utf-8")
LIMITS = re.findall(r"^\| (M[A-Z_]+) \| ([\d,]+) \|", TEXT, re.MULTILINE)
TAGS = re.findall(r"^\| ([A-Z_]+) \| `(plenum-v1/[a-z-]+)` \|", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_every_limit_of_the_table_is_a_constant(name: str, value: str) -> None:
    assert getattr(params, name) == int(value.replace(",", ""))


def test_no_constant_is_missing_from_the_table() -> None:
    assert {name for name in vars(params) if name.startswith(("MAX_", "MIN_"))} == {name for name, _ in LIMITS}


def test_the_tags_are_those_of_the_table() -> None:
    assert [(tag.name, tag.value) for tag in Tag] == TAGS


def test_no_tag_is_used_twice_or_is_the_beginning_of_another() -> None:
    values = [tag.value for tag in Tag]
    assert len(set(values)) == len(values)
    assert all(value.startswith(f"{PROTOCOL}/") for value in values)


def test_a_tag_as_bytes() -> None:
    assert Tag.BALLOT.raw == b"plenum-v1/ballot"


def test_the_version_is_that_of_the_specification() -> None:
    readme = (SPEC / "README.md").read_text(encoding="utf-8")
    assert f"Specification version: **{SPEC_VERSION}** (protocol `{PROTOCOL}`)" in readme
