"""The tables of the first version: log, waiting ballots, proposals, roll and check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS entries_are_never_changed BEFORE UPDATE ON entries "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS entries_are_never_removed BEFORE DELETE ON entries "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
)

_APPEND_ONLY_POSTGRESQL = (
    "CREATE FUNCTION the_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries "
    "FOR EACH ROW EXECUTE FUNCTION the_log_is_append_only()",
    "CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries "
    "FOR EACH ROW EXECUTE FUNCTION the_log_is_append_only()",
    "CREATE TRIGGER entries_are_never_emptied BEFORE TRUNCATE ON entries "
    "FOR EACH STATEMENT EXECUTE FUNCTION the_log_is_append_only()",
)


def upgrade() -> None:
    """Create the tables, and the triggers that refuse to change or remove an entry."""
    op.create_table(
        "people",
        sa.Column("id", sa.String(), nullable=False, primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("delegation", sa.String(), nullable=False),
        sa.Column("should_attend", sa.Boolean(), nullable=False),
        sa.Column("on_leave", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "checkins",
        sa.Column("delegate", sa.String(), sa.ForeignKey("people.id"), nullable=False, primary_key=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("card_drawn", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entries",
        sa.Column("idx", sa.Integer(), nullable=False, primary_key=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False, unique=True),
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", sa.Integer(), nullable=False, primary_key=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "cosignatures",
        sa.Column("size", sa.Integer(), sa.ForeignKey("checkpoints.size"), nullable=False, primary_key=True),
        sa.Column("trustee", sa.Integer(), nullable=False, primary_key=True),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "commits",
        sa.Column("id", sa.Integer(), nullable=False, primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.create_table(
        "pending_ballots",
        sa.Column("ballot_id", sa.LargeBinary(), nullable=False, primary_key=True),
        sa.Column("contest", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.LargeBinary(), nullable=False, primary_key=True),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO commits (id, number) VALUES (1, 0)")
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _APPEND_ONLY_POSTGRESQL if postgresql else _APPEND_ONLY_SQLITE:
        op.execute(statement)
