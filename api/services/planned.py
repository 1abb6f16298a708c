"""The contests of the draft that the log does not have yet."""

from api.errors import MissingError, SaidError
from api.service import Service
from api.services.draft_contests import DraftContest, draft_contest, draft_contests


async def planned_contests(service: Service) -> tuple[DraftContest, ...]:
    """Those that are not defined yet, in their order; none while the draft cannot be read."""
    try:
        return tuple(one for one in await draft_contests(service) if not one.defined)
    except SaidError:
        return ()


async def planned_contest(service: Service, contest_id: str) -> DraftContest:
    """One of them.

    Raises:
        MissingError: there is no such contest, or no draft that can be read.
    """
    try:
        found = await draft_contest(service, contest_id)
    except SaidError as error:
        raise MissingError(f"there is no contest {contest_id}") from error
    if found.defined:
        raise MissingError("this contest is in the log already")
    return found
