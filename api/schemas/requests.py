"""Bodies of requests. Log entries are not among them: they travel as their canonical bytes and are read by `tally`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.settings import MAX_PEOPLE
from api.store.desk_status import MAX_CARDS_BACK

_STRICT = ConfigDict(strict=True, extra="forbid", frozen=True)

PersonId = Annotated[str, Field(min_length=1, max_length=32)]
"""A number of the roll, as it stands there."""


class CheckIn(BaseModel):
    """What happened at a desk, as `Act` says.

    `cards_back` is how many cards of this person had come back before, for the acts that change this number.
    """

    model_config = _STRICT

    delegate: PersonId
    action: Literal[
        "arrive",
        "arrive_late",
        "on_time",
        "draw_card",
        "leave",
        "excuse",
        "undo",
        "undo_card",
        "return_card",
        "replace_card",
        "undo_back",
    ]
    cards_back: Annotated[int, Field(ge=0, le=MAX_CARDS_BACK)] | None = None


class RollPerson(BaseModel):
    """One person of the roll."""

    model_config = _STRICT

    id: PersonId
    name: Annotated[str, Field(min_length=1, max_length=100)]
    delegation: Annotated[str, Field(max_length=100)] = ""
    should_attend: bool
    on_leave: bool = False
    category: Annotated[str, Field(max_length=32)] = ""


class Roll(BaseModel):
    """The whole roll; it takes the place of the one before."""

    model_config = _STRICT

    people: Annotated[tuple[RollPerson, ...], Field(max_length=MAX_PEOPLE)]


class ProposalSignature(BaseModel):
    """One more signature for a proposal: over the canonical bytes of its draft, with tag ENTRY."""

    model_config = _STRICT

    key: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    signature: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{86}$")]
