"""Both databases keep the protocol of `api.store.connection`."""

from api.store.connection import Database


def test_a_database_begins_errs_and_sweeps(database: Database) -> None:
    connection = database.connect()
    connection.execute(database.begin)
    changed = connection.execute("UPDATE commits SET number = ? WHERE id = ?", (5, 1))
    assert changed.rowcount == 1
    connection.execute("ROLLBACK")
    database.sweep(connection)
    assert connection.execute("SELECT number, 'a?%b' FROM commits").fetchall() == [(0, "a?%b")]
    connection.close()
    with database.reading() as reader:
        assert reader.execute("SELECT number FROM commits WHERE id = ?", (1,)).fetchone() == (0,)


def test_an_ordinary_mistake_does_not_concern_all(database: Database) -> None:
    assert not database.concerns_all(ValueError("x"))
    assert not database.is_full(ValueError("x"))
    assert not database.is_undone(ValueError("x"))
    assert database.name
