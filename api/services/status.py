"""What the server says about its session to everybody."""

from api.public_service import PublicService
from api.schemas.answers import ContestStatus, Status
from ballots.crockford import fingerprint_text
from tally.state import ContestState, State


def session_status(service: PublicService) -> Status:
    """The session, its log and its contests, as far as they are in the log."""
    log = service.sequencer.view.log
    return Status(
        session=log.id.hex(),
        title=log.session.title if log.session else "",
        simulated=service.settings.simulated,
        size=log.size,
        root=log.root.hex(),
        fingerprint=fingerprint_text(log.fingerprint) if log.fingerprint else "",
        log_key=service.public_keys.log.hex(),
        service_key=service.public_keys.service.hex(),
        sealed=log.sealed,
        contests=[_contest(log, contest) for contest in log.contests.values()],
    )


def _contest(log: State, state: ContestState) -> ContestStatus:
    contest = state.contest
    lists = (log.lists.get((contest.slot, name)) for name in contest.classes)
    return ContestStatus(
        id=contest.id,
        kind=contest.kind.value,
        title={"en": contest.title.en, "zh": contest.title.zh},
        status=state.status.value,
        slot=contest.slot,
        issued=sum(item.count for item in lists if item),
        cast=state.cast,
        challenged=state.challenged,
    )
