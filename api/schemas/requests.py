"""Bodies of requests. Log entries are not among them: they travel as their canonical bytes and are read by `tally`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.settings import MAX_PEOPLE

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True)

PersonId = Annotated[str, Field(min_length=1, max_length=32)]
"""A number of the roll, as it stands there."""


class CheckIn(BaseModel):
    """What happened at a desk: somebody arrived, drew a card, left, or was noted by mistake."""

    model_config = _STRICT

    delegate: PersonId
    action: Literal["arrive", "draw_card", "leave", "undo"]


class RollPerson(BaseModel):
    """One person of the roll."""

    model_config = _STRICT

    id: PersonId
    name: Annotated[str, Field(min_length=1, max_length=100)]
    delegation: Annotated[str, Field(max_length=100)] = ""
    should_attend: bool
    on_leave: bool = False


class Roll(BaseModel):
    """The whole roll; it takes the place of the one before."""

    model_config = _STRICT

    people: Annotated[tuple[RollPerson, ...], Field(max_length=MAX_PEOPLE)]


class ProposalSignature(BaseModel):
    """One more signature for a proposal: over the canonical bytes of its draft, with tag ENTRY."""

    model_config = _STRICT

    key: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    signature: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{86}$")]
