"""The people who work with the service, and where they are signed in. No delegate is here, and nothing of a ballot."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class AccountRow(SQLModel, table=True):
    """One account.

    `password` is an Argon2id hash in PHC form, or empty while the person has not enrolled. `totp` is the secret of the
    second factor, sealed under the key of `accounts.key`; `totp_step` the last step used, so that no code serves twice.
    `enrolment` is the hash of the one-time code with which the person enrols, valid to `enrolment_until` (Unix
    seconds). `failures` counts wrong sign-ins in a row; until `locked_until` the account takes none. `signing_key` is
    an official's public key and `sealed_key` the key file with its secret, under the person's password.
    """

    __tablename__ = "accounts"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    name: str
    role: str
    password: str
    totp: bytes
    totp_step: int
    enrolment: bytes
    enrolment_until: int = Field(sa_type=BigInteger)
    failures: int
    locked_until: int = Field(sa_type=BigInteger)
    disabled: bool
    signing_key: bytes
    sealed_key: bytes


class SignInRow(SQLModel, table=True):
    """A place where somebody is signed in: the hash of the cookie, valid to `until` (Unix seconds)."""

    __tablename__ = "sign_ins"
    __table_args__ = {"sqlite_with_rowid": False}

    token: bytes = Field(primary_key=True)
    account: str = Field(foreign_key="accounts.id", index=True)
    until: int = Field(sa_type=BigInteger)
