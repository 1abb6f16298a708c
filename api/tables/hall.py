"""What the hall screens show, so that they show it again after a restart. Nothing here comes from a ballot."""

from sqlmodel import Field, SQLModel


class HallScreenRow(SQLModel, table=True):
    """One row: the scene, the contest that it is about, the page of it, whether pages turn by themselves, the colours.

    `changes` counts how often it was switched, so that two officials who switch at once do not undo each other unseen.
    """

    __tablename__ = "hall_screen"
    __table_args__ = {"sqlite_with_rowid": False}

    id: int = Field(primary_key=True)
    scene: str
    contest: str
    page: int
    turning: bool
    theme: str
    changes: int
