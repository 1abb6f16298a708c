"""What a server has for those who may ask without signing in: all that a reader process has (:mod:`api.workers`).

Routes that a reader may answer take this, the others the whole :class:`api.service.Service`, which has it too.
"""

from dataclasses import dataclass
from typing import Protocol

from fastapi import Request

from api.clock import Clock
from api.live.hub import Hub, Topic
from api.screens.board import HallBoard
from api.screens.screen import turn_of
from api.sequencer.log_index import LogIndex
from api.sequencer.view import Ordered
from api.services.boards import Shelved
from api.settings import Settings
from api.store.accounts import Account
from api.store.desk_queries import counts_by_delegation
from api.store.queues import queues_mark
from api.store.reader import Reader, proposals_mark
from tally.board.audience import Audience


class SignIns(Protocol):
    """Who is signed in."""

    def signed_in(self, token: str, *, by_person: bool = True) -> Account | None:
        """Who is signed in with this token, if it is still good."""


class Boards(Protocol):
    """The files of the public board."""

    def find(self, audience: Audience, path: str) -> Shelved | None:
        """A file of an audience's folder, or None."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public halves of the server's keys."""

    log: bytes
    service: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicService:
    """A running server as far as everybody may ask it, without its HTTP. It holds no secret and cannot write."""

    settings: Settings
    clock: Clock
    public_keys: PublicKeys
    accounts: SignIns
    reader: Reader
    sequencer: Ordered
    index: LogIndex
    boards: Boards
    live: Hub
    screens: HallBoard


def hub_over(sequencer: Ordered, reader: Reader, screens: HallBoard, clock: Clock) -> Hub:
    """The hub that watches this log, its proposals and the hall screens."""
    return Hub(
        {Topic.SESSION: lambda: sequencer.view.log, Topic.HALL: lambda: turn_of(clock)},
        {
            Topic.PROPOSALS: lambda: (reader.read(proposals_mark), reader.read(queues_mark)),
            Topic.HALL: lambda: screens.refresh().mark,
            # A quorum is asked for from the moment on at which its contest is defined.
            Topic.DESK: lambda: (reader.read(counts_by_delegation), len(sequencer.view.log.contests)),
        },
    )


def public_of(request: Request) -> PublicService:
    """The service that answers a request, for a route that a reader may answer."""
    service = request.app.state.service
    if not isinstance(service, PublicService):
        raise TypeError("the application was not started with a service")
    return service
