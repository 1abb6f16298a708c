"""The roll and the check-ins. No column here occurs in any table of ballots, and no time is kept."""

from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """One person of the roll, under the number of the roll."""

    __tablename__ = "people"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    name: str
    delegation: str
    should_attend: bool
    on_leave: bool


class CheckinRow(SQLModel, table=True):
    """Whether a person is in the hall, and whether a card was drawn; never which card."""

    __tablename__ = "checkins"
    __table_args__ = {"sqlite_with_rowid": False}

    delegate: str = Field(primary_key=True, foreign_key="people.id")
    present: bool
    card_drawn: bool
