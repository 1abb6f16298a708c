"""The roll and the check-ins. No column here occurs in any table of ballots, and no time is kept."""

from sqlalchemy import false
from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """One person of the roll, under the number of the roll.

    `on_leave` is the roll's word; the desk's is in `checkins`. `category` is the class of cards where evaluators have
    classes, else empty.
    """

    __tablename__ = "people"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    name: str
    delegation: str
    should_attend: bool
    on_leave: bool
    category: str = Field(default="", sa_column_kwargs={"server_default": ""})


class CheckinRow(SQLModel, table=True):
    """What is true of a person at the desk, as in `DeskStatus`; that a card was drawn, never which.

    The rows are made with the roll, all at once and by number, and an act changes truth values alone, which take no
    room: so not even the place of a row on the disk tells who came before whom.
    """

    __tablename__ = "checkins"
    __table_args__ = {"sqlite_with_rowid": False}

    delegate: str = Field(primary_key=True, foreign_key="people.id")
    present: bool
    departed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    on_leave: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    late: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    card_drawn: bool
    cards_back: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
