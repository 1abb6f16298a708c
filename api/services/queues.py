"""The kiosks' queues: taking what a kiosk says of its own, and what is known of all of them."""

import asyncio

from api.public_service import PublicService
from api.sequencer.queues import KioskQueue, queues_of
from api.service import Service
from api.store.queues import Told, put_queue, read_queues
from ballots.queue_statement import QueueStatement, parse_queue_statement
from tally.state import State, Status
from voting_core.errors import StateError


async def tell(service: Service, raw: bytes) -> None:
    """Keep what a kiosk says of its queue. Sending it again changes nothing.

    Raises:
        EncodingError, VerificationError: it is no statement, or is not signed by the key that it names.
        StateError: the key is no kiosk's, the contest is not paused, or the statement is about another pause.
        StorageError: it is not kept.
    """
    statement = parse_queue_statement(raw)
    _check(service.sequencer.view.log, statement)
    await asyncio.to_thread(statement.verify)
    told = Told(statement.size, statement.waiting)
    work = put_queue(statement.contest, statement.kiosk, told, raw)
    await asyncio.wrap_future(service.writer.submit(work))


def _check(log: State, statement: QueueStatement) -> None:
    held = log.contests.get(statement.contest)
    if statement.session != log.id or held is None:
        raise StateError("there is no such contest in this session")
    if statement.kiosk not in log.kiosks:
        raise StateError("the statement is not of a kiosk of this session")
    if held.status is not Status.PAUSED or held.is_by_hand:
        raise StateError(f"{held.id} is not paused; a kiosk tells of its queue while voting pauses")
    if (statement.size, statement.root) != (held.paused_size, log.root_at(held.paused_size)):
        raise StateError(f"{held.id} is paused over {held.paused_size} entries, the statement is about another pause")


def queues_of_contest(service: PublicService, log: State, contest: str) -> tuple[KioskQueue, ...]:
    """What is known of the queues of all kiosks while a contest is paused. Reads the disk."""
    held = log.contests.get(contest)
    if held is None or held.status is not Status.PAUSED:
        return ()
    return queues_of(log, held, service.reader.read(lambda connection: read_queues(connection, contest)))
