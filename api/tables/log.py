"""The log and its checkpoints (SPEC §8.1, §8.6)."""

from sqlmodel import Field, SQLModel


class EntryRow(SQLModel, table=True):
    """One entry of the log: its canonical bytes and their leaf hash. Rows are only ever added (a trigger says so)."""

    __tablename__ = "entries"

    idx: int = Field(primary_key=True)
    raw: bytes
    leaf: bytes = Field(unique=True)


class CheckpointRow(SQLModel, table=True):
    """A checkpoint signed by the log key, as a C2SP note."""

    __tablename__ = "checkpoints"

    size: int = Field(primary_key=True)
    note: bytes


class CosignatureRow(SQLModel, table=True):
    """The cosignature line of one trustee under one checkpoint."""

    __tablename__ = "cosignatures"
    __table_args__ = {"sqlite_with_rowid": False}

    size: int = Field(primary_key=True, foreign_key="checkpoints.size")
    trustee: int = Field(primary_key=True)
    line: bytes


class CommitRow(SQLModel, table=True):
    """One row that grows with every committed group of writes, by a step of its writer's own.

    So a failed commit can be told from one that succeeded, and from that of another.
    """

    __tablename__ = "commits"

    id: int = Field(primary_key=True)
    number: int
