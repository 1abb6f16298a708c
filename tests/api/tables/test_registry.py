from sqlalchemy import BigInteger, Integer

from api.tables.registry import metadata

TIMES = ("until", "expires", "time", "at", "since", "seconds")


def test_tables_of_every_module_are_found() -> None:
    assert {"entries", "pending_ballots", "proposals", "people", "commits"} <= set(metadata().tables)


def test_people_and_ballots_share_no_column_and_no_reference() -> None:
    """Whatever else is added: no table of ballots or of the log names a person, and none has a time."""
    tables = metadata().tables
    ballots = [tables[name] for name in ("entries", "pending_ballots", "checkpoints", "cosignatures")]
    columns = {column.name for table in ballots for column in table.columns}
    assert columns == {"idx", "raw", "leaf", "ballot_id", "contest", "size", "note", "trustee", "line"}
    assert {key.column.table.name for table in ballots for key in table.foreign_keys} == {"checkpoints"}


def test_moments_have_64_bits() -> None:
    """Unix seconds leave 32 bits in 2038; SQLite would not notice, PostgreSQL would."""
    short = [
        f"{table.name}.{column.name}"
        for table in metadata().tables.values()
        for column in table.columns
        if isinstance(column.type, Integer)
        and not isinstance(column.type, BigInteger)
        and column.name.split("_")[-1] in TIMES
    ]
    assert short == []
