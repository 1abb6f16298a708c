"""What a server refuses although replay would take it: entries of another server, and sessions of another kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.errors import SeenNotCurrentError
from api.keeping.retention import check_retention_over
from api.sequencer.queues import check_queues
from api.service_keys import ServiceKeys
from api.settings import Settings
from api.store.queues import Told
from tally.entries.closing import ContestClosed
from tally.entries.envelope import Entry
from tally.entries.session import SessionCreated, SessionDestroyed
from tally.state import State
from voting_core.errors import StateError


@dataclass(frozen=True, slots=True)
class Admission:
    """The rules of one server.

    `enrolled` gives the keys of its officials' accounts, None when it has no such one; `now` the time of day in Unix
    seconds; `queues` what the kiosks have said of their queues for a contest.
    """

    settings: Settings
    keys: ServiceKeys
    enrolled: Callable[[], frozenset[bytes] | None] = lambda: None
    now: Callable[[], int] = lambda: 0
    queues: Callable[[str], Mapping[bytes, Told]] = lambda _contest: {}

    def check(self, entry: Entry, log: State) -> None:
        """Check an entry before replay sees it; `log` is the state before it.

        Raises:
            StateError: it is a ballot, a session that is not for this server, a destruction before its time, or the
                closing of a contest of which ballots may wait at kiosks.
        """
        if entry.type.is_ballot:
            raise StateError(f"an entry of the type {entry.type} is sent to /v1/ballots, not to /v1/entries")
        if isinstance(entry.body, SessionCreated):
            self.check_session(entry.body)
            self.check_officials(entry.body)
        if isinstance(entry.body, SessionDestroyed) and log.session is not None:
            check_retention_over(log, self.now())
        if isinstance(entry.body, ContestClosed):
            check_queues(log, entry.body.contest, self.queues(entry.body.contest))

    def check_session(self, session: SessionCreated) -> None:
        """Check that a session is for this server.

        Raises:
            StateError: it is simulated and this server takes real sessions only, or the other way round; it names the
                keys of another server, or officials that the administrator does not expect.
        """
        if session.simulated and not self.settings.simulated:
            raise StateError("this server takes real sessions only; start it with --simulated for others")
        if self.settings.simulated and not session.simulated:
            raise StateError("this server was started with --simulated and takes no real session")
        if (session.log_key, session.service_key) != (self.keys.log.public, self.keys.service.public):
            raise StateError("the session names the keys of another server; take those of /v1/status")
        if self.settings.officials and set(session.officials) != set(self.settings.officials):
            raise StateError("the session names other officials than this server was started with")

    def check_officials(self, session: SessionCreated) -> None:
        """Check that a new session is one of the officials who enrolled here, not of whoever came first with two keys.

        A session that is in the log already is not asked: its officials may have new keys since. Nor is a rehearsal,
        where programs with keys of their own take the parts of officials, unless it was started with `--enrolment`.

        Raises:
            StateError: it names somebody else.
        """
        if self.settings.officials or not self.settings.enrolment_required:
            return
        enrolled = self.enrolled()
        if enrolled is not None and not enrolled.issuperset(session.officials):
            raise StateError("the session names others than the officials who have enrolled at this server")


def seen_not_current(log: State, contest: str) -> SeenNotCurrentError:
    """What the officials must sign instead: a closing over the log as it is now (SPEC §8.5 rule 8)."""
    state = log.contests[contest]
    return SeenNotCurrentError(
        f"the log has grown since this was signed; sign again over size {log.size} with the counts given here",
        {
            "contest": contest,
            "size": log.size,
            "root": log.root.hex(),
            "cast": state.cast,
            "challenged": state.challenged,
        },
    )


def is_outdated_closing(log: State, entry: Entry) -> bool:
    """Whether an entry closes a contest over another log than this one, or over other counts."""
    if not isinstance(entry.body, ContestClosed) or entry.seen is None:
        return False
    state = log.contests.get(entry.body.contest)
    if state is None:
        return False
    said = (entry.seen.size, entry.seen.root, entry.body.cast, entry.body.challenged)
    return said != (log.size, log.root, state.cast, state.challenged)
