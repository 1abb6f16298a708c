"""Entries that wait for further signatures. They are not part of the log."""

from sqlmodel import Field, SQLModel


class ProposalRow(SQLModel, table=True):
    """A draft under the hash of what is signed; `entry` has the signatures given so far.

    `known` says whether somebody known to the log has signed it, which frees it from the limit for strangers.
    """

    __tablename__ = "proposals"
    __table_args__ = {"sqlite_with_rowid": False}

    id: bytes = Field(primary_key=True)
    entry: bytes
    known: bool
