"""The revision that the tool writes makes the tables of the code."""

import runpy
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import AutoString

from api.tables.registry import metadata
from tools.migration import main, write_revision


def test_a_new_table_is_written_with_all_its_properties(tmp_path: Path) -> None:
    table = sa.Table(
        "things",
        metadata(),
        sa.Column("id", sa.LargeBinary(), primary_key=True),
        sa.Column("person", AutoString(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("known", sa.Boolean(), server_default=sa.false(), nullable=False),
        sqlite_with_rowid=False,
    )
    try:
        path = write_revision("Things of people", tmp_path)
    finally:
        metadata().remove(table)
    text = path.read_text(encoding="utf-8")
    assert path.name.endswith("_things_of_people.py")
    assert path.name.startswith("v0")
    for expected in (
        "sqlite_with_rowid=False",
        "sa.String()",
        "sa.BigInteger()",
        "sa.false()",
        '["people.id"]',
        '"Things of people',
    ):
        assert expected in text.replace("'", '"')
    revision = runpy.run_path(str(path))
    assert revision["down_revision"] == f"{int(revision['revision']) - 1:04}"


def test_a_revision_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["migration"])
    with pytest.raises(SystemExit, match="make migration"):
        main()
