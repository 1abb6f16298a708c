"""What kiosks say of their queues while a contest is paused (SPEC §8.9): a number for each kiosk, and of no ballot."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class KioskQueueRow(SQLModel, table=True):
    """The last word of a kiosk on a contest: how many ballots wait there, over the log of `size`, and as it signed it.

    The row of a pause is written over by that of the next, so nothing tells how a queue grew or when.
    """

    __tablename__ = "kiosk_queues"
    __table_args__ = {"sqlite_with_rowid": False}

    contest: str = Field(primary_key=True)
    kiosk: bytes = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    waiting: int
    statement: bytes
