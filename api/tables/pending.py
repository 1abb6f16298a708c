"""Ballots that are accepted and wait for their batch (SPEC §8.7)."""

from sqlmodel import Field, SQLModel


class PendingBallotRow(SQLModel, table=True):
    """An accepted `ballot.*` entry.

    The key is the ballot id, which is random, and the table has no rowid: nothing in it tells time, kiosk or order.
    """

    __tablename__ = "pending_ballots"
    __table_args__ = {"sqlite_with_rowid": False}

    ballot_id: bytes = Field(primary_key=True)
    contest: str
    raw: bytes
