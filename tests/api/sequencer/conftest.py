"""Every test of this folder runs on the embedded database and on a real PostgreSQL."""

import pytest


@pytest.fixture(autouse=True)
def _on_both_databases(both_databases: str) -> None:
    """Only asks for the other."""
