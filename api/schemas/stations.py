"""Bodies of requests and answers about stations that enrol."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from ballots.qr.enrolment import StationRole
from voting_core.params import MAX_TRUSTEES

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True)

Role = Literal["kiosk", "scrutineer"]
StationState = Literal["waiting", "enrolled", "revoked", "expired"]

ROLES: Final[dict[Role, StationRole]] = {"kiosk": StationRole.KIOSK, "scrutineer": StationRole.SCRUTINEER}
ROLE_NAMES: Final[dict[StationRole, Role]] = {role: name for name, role in ROLES.items()}


class NewStation(BaseModel):
    """A station that is to enrol, as it will stand in the log; `number` is a scrutineer's, and 0 for a kiosk."""

    model_config = _STRICT

    role: Role
    name: Annotated[str, Field(min_length=1, max_length=100)]
    number: Annotated[int, Field(ge=0, le=MAX_TRUSTEES)] = 0


class Claim(BaseModel):
    """A station uses its code, and chooses the token that stands for it from now on (32 random bytes, hex)."""

    model_config = _STRICT

    code: Annotated[str, Field(min_length=16, max_length=40)]
    token: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class IssuedCode(BaseModel):
    """A code, shown once: typed, and as the digits of its QR code. `authority` is empty without TLS."""

    id: str
    code: str
    digits: str
    address: str
    authority: str
    expires: int


class StationInfo(BaseModel):
    """A station without its secrets; `key` is the one that it asked to enter the log with, or empty."""

    id: str
    role: Role
    name: str
    number: int
    state: StationState
    expires: int
    key: str


class EnrolledStation(BaseModel):
    """What a station is told when it has enrolled; `session` is empty before there is one."""

    role: Role
    name: str
    number: int
    session: str
