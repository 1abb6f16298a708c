"""What the desk notes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the desk notes."""
    op.add_column("checkins", sa.Column("departed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("checkins", sa.Column("on_leave", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("checkins", sa.Column("late", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("checkins", sa.Column("cards_back", sa.Integer(), server_default="0", nullable=False))
    op.add_column("people", sa.Column("category", sa.String(), server_default="", nullable=False))
