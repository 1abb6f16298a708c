"""Drafts for tests: the example of a congress, and a small session."""

from functools import cache
from pathlib import Path

from tests.tally.plan.files import small_files

EXAMPLE = Path(__file__).parents[3] / "examples" / "qinglan-congress"


@cache
def example_files() -> dict[str, bytes]:
    """The example of a congress."""
    return {path.name: path.read_bytes() for path in EXAMPLE.iterdir() if path.suffix in (".toml", ".csv")}


def draft(**changes: str | bytes) -> dict[str, bytes]:
    """A small session, without a problem unless changed."""
    return small_files(**changes)
