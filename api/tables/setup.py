"""The draft of the session: the files from which it is made. Names of people are in it, and nothing of any ballot."""

from sqlmodel import Field, SQLModel


class SetupFileRow(SQLModel, table=True):
    """One file of the draft, as `plenum demo` would find it in a folder."""

    __tablename__ = "setup_files"
    __table_args__ = {"sqlite_with_rowid": False}

    name: str = Field(primary_key=True)
    content: bytes


class SetupImportRow(SQLModel, table=True):
    """A table that somebody uploaded and is looking at; `id` is 1, so that there is one at a time."""

    __tablename__ = "setup_imports"

    id: int = Field(primary_key=True)
    target: str
    file_name: str
    content: bytes
