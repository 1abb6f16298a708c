"""One session with two ends: the service shows some people a log that lacks one ballot (SPEC §9.10).

Four trustees, two of whom decrypt; trustee 1 and the first kiosk are in the plot with the service. The victim's ballot
is in log A and not in log B. Both logs are closed and reported in order: no check can find a fault in either of them.
"""

from dataclasses import dataclass
from functools import cache

from tally.replay import expected
from tally.trustee.keys import TrusteeSecrets
from tests.attacks.support.sessions import at
from tests.support.session import SessionBuilder
from voting_core.secret import Secret

TRUSTEES, THRESHOLD, QUORUM = 4, 2, 3
VICTIM, MARK = 5, 1
"""The card of the victim, and its mark: disapprove."""


@dataclass(frozen=True)
class TwoLogs:
    """The two ends."""

    a: SessionBuilder
    b: SessionBuilder

    def fork(self) -> "TwoLogs":
        """Both, to go on with."""
        return TwoLogs(self.a.fork(), self.b.fork())


def voted() -> SessionBuilder:
    """All but the victim have cast; the test card is voided."""
    session = at("open", trustees=TRUSTEES, threshold=THRESHOLD)
    for number in range(VICTIM):
        session.append(session.cast((2,), number))
    session.void(session.cards.drawn, "test")
    return session


def close(session: SessionBuilder) -> SessionBuilder:
    """Officials close, kiosks report what the log has."""
    session.add(expected.close_body(session.state, "motion"), *session.officials)
    for number, kiosk in enumerate(session.kiosks):
        session.add(session.report(number), kiosk)
    return session


@cache
def _two_logs() -> TwoLogs:
    a, b = voted(), voted()
    a.append(a.cast((MARK,), VICTIM))
    return TwoLogs(close(a), close(b))


def two_logs() -> TwoLogs:
    """The two ends, reported and not verified yet."""
    return _two_logs().fork()


def sign(session: SessionBuilder, *trustees: int) -> None:
    """These trustees sign the closed root."""
    for index in trustees:
        session.add(expected.record_verified_body(session.state, "motion"), session.trustees[index].signing)


def count(session: SessionBuilder, *trustees: int) -> tuple[int, ...]:
    """These trustees decrypt; gives the totals of the motion."""
    for index in trustees:
        party = session.trustees[index]
        session.add(party.share_committed(session.state, session.shared(index)), party.signing)
    for index in trustees:
        session.add(session.shared(index), session.trustees[index].signing)
    session.add(expected.counted_body(session.state, "motion"), session.officials[0])
    (totals,) = session.contest().totals
    return totals


def key_file(session: SessionBuilder, index: int) -> TrusteeSecrets:
    """What the station of a trustee holds after the ceremony."""
    party = session.trustees[index]
    return TrusteeSecrets(
        session=session.state.session_id,
        index=index,
        name=party.joined().name,
        signing=party.signing,
        witness=party.witness,
        share=Secret(session.private_share(index)),
    )
