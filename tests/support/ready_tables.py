"""Tables of new databases that are made by the statements of the first one, without asking the revisions again.

Running every revision takes thirty milliseconds, and a thousand tests begin with an empty database. What the revisions
make is tested where they are; everywhere else tests would only wait for it.
"""

from typing import Any, Final

import pytest
from sqlalchemy import Engine, event, inspect

from api.store import database
from api.store.connection import Database
from api.store.migrate import migrate

CHANGES: Final = ("CREATE ", "ALTER ", "DROP ", "INSERT ", "UPDATE ", "DELETE ", "PRAGMA USER_VERSION =")
"""How a statement begins that leaves something behind."""


def ready_tables(patch: pytest.MonkeyPatch) -> None:
    """Give every new database of this process the tables that the first one of its kind got from the revisions."""
    ready: dict[str, list[tuple[str, Any]]] = {}

    def made(wanted: Database) -> None:
        engine = wanted.engine()
        try:
            with engine.begin() as connection:
                is_new, known = not inspect(connection).get_table_names(), ready.get(engine.dialect.name)
                for statement, values in known if is_new and known else ():
                    connection.exec_driver_sql(statement, values)
        finally:
            engine.dispose()
        if not is_new:
            migrate(wanted)
        elif not known:
            ready[engine.dialect.name] = _listened(wanted)

    patch.setattr(database, "migrate", made)


def tables_as_in_the_product(patch: pytest.MonkeyPatch) -> None:
    """Undo that for a while."""
    patch.setattr(database, "migrate", migrate)


def _listened(wanted: Database) -> list[tuple[str, Any]]:
    """Run the revisions; gives what they told the database to change."""
    heard: list[tuple[str, Any]] = []

    def hear(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if statement.strip().upper().startswith(CHANGES):
            heard.append((statement, values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        migrate(wanted)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    return heard
