"""Run by Alembic for each command: takes the connection that :mod:`api.store.migrate` gives, and never opens one."""

from alembic import context

from api.tables.registry import metadata


def run() -> None:
    """Run the migrations on the given connection, all of them in the transaction that it has."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata(),
        transactional_ddl=True,
        compare_type=True,
        render_as_batch=False,
    )
    context.run_migrations()


run()
