"""The stations that may ask to be let in: kiosks and scrutineers' laptops. Nothing here is joined to a ballot."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class StationRow(SQLModel, table=True):
    """One station, from the moment a code was made for it.

    `role`, `name` and `number` (a scrutineer's index, 0 for a kiosk) are what it may enter the log as. `code` is the
    hash of its one-time code, good until `expires` (Unix seconds); `token` the hash of what it shows since it enrolled,
    empty before. `key` is the signing key that it has asked to enter with, empty before; it stays the only one.
    """

    __tablename__ = "stations"
    __table_args__ = {"sqlite_with_rowid": False}

    id: bytes = Field(primary_key=True)
    role: int
    name: str
    number: int
    code: bytes = Field(unique=True)
    expires: int = Field(sa_type=BigInteger)
    token: bytes
    key: bytes
    revoked: bool
