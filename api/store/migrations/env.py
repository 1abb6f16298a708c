"""Run by Alembic for each command: takes the connection that :mod:`api.store.migrate` gives, and never opens one."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString

from api.tables.registry import metadata


def _written(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write texts in new revisions as SQLAlchemy's own type, so that a revision does not depend on SQLModel."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


def run() -> None:
    """Run the migrations on the given connection, all of them in the transaction that it has."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata(),
        transactional_ddl=True,
        compare_type=True,
        render_item=_written,
    )
    context.run_migrations()


run()
