from api.tables.registry import metadata


def test_tables_of_every_module_are_found() -> None:
    assert {"entries", "pending_ballots", "proposals", "people", "commits"} <= set(metadata().tables)


def test_people_and_ballots_share_no_column_and_no_reference() -> None:
    """Whatever else is added: no table of ballots or of the log names a person, and none has a time."""
    tables = metadata().tables
    ballots = [tables[name] for name in ("entries", "pending_ballots", "checkpoints", "cosignatures")]
    columns = {column.name for table in ballots for column in table.columns}
    assert columns == {"idx", "raw", "leaf", "ballot_id", "contest", "size", "note", "trustee", "line"}
    assert {key.column.table.name for table in ballots for key in table.foreign_keys} == {"checkpoints"}
