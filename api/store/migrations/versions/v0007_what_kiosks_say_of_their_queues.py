"""What kiosks say of their queues."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What kiosks say of their queues."""
    op.create_table(
        "kiosk_queues",
        sa.Column("contest", sa.String(), nullable=False),
        sa.Column("kiosk", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("contest", "kiosk"),
        sqlite_with_rowid=False,
    )
