"""A session around a load: everything before the first ballot and everything after the last one, over HTTP.

One process plays officials, scrutineers and kiosks, with all their keys; the server sees what it would see from many
machines. One replay stands for those of all scrutineers.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Final

from ballots.card import CardSecret
from ballots.contest import Contest
from ballots.queue_statement import sign_queue
from kiosk.client import Refused, ServerClient
from loadtests.acknowledgements import Acknowledgement
from loadtests.contests import contests_of, rule_sets
from loadtests.fill import Booth
from loadtests.pool import CAST, CHALLENGED, PoolBallot
from loadtests.profiles import Profile
from loadtests.remote_hall import RemoteHall
from tally.entries.closing import KioskReported
from tally.entries.contests import (
    AttendanceDeclared,
    ClassCards,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    KioskRegistered,
    RulesAdopted,
)
from tally.entries.credentials import CredentialsIssued
from tally.entries.outcome import ResultPublished
from tally.entries.session import SessionSealed
from tally.replay.expected import close_body, counted_body, outcome_body
from tally.simulate.cards import card_keys, make_cards
from tally.simulate.scrutineers import Scrutineers
from tally.trustee.witness import cosign
from voting_core.errors import FatalError
from voting_core.rng import Rng
from voting_core.signing_key import SigningKey

Report = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""

CLOSING_ATTEMPTS: Final = 5
DATE: Final = "2026-12-08"
PUBLISHED_TO: Final = "all"

Sent = Counter[tuple[int, str, str]]
"""Accepted ballots by number of the kiosk, contest and type."""


@dataclass(slots=True)
class Stage:
    """A session whose contests are open, and whoever is needed to end it. `kiosks` are in the order of their numbers
    from 1.
    """

    hall: RemoteHall
    contests: tuple[Contest, ...]
    scrutineers: Scrutineers
    kiosks: tuple[SigningKey, ...]
    box: SigningKey
    cards: tuple[CardSecret, ...]

    @property
    def booth(self) -> Booth:
        """What the kiosks know.

        Raises:
            FatalError: the ceremony has made no key.
        """
        state = self.hall.state
        if state.joint_key is None:
            raise FatalError("the ceremony ended without a key")
        return Booth(session=state.session_id, key=state.joint_key, contests=self.contests, box=self.box)

    def witness(self) -> None:
        """Let all scrutineers cosign the latest checkpoint, so that promises name it."""
        note = self.hall.client.checkpoint()
        for index, secrets in self.scrutineers.secrets.items():
            memory = self.scrutineers.memories[index]
            line, memory = cosign(secrets, memory, self.hall.state, note, self.hall.clock())
            self.scrutineers.memories[index] = memory
            self.hall.client.cosign(memory.witnessed_size, line)

    def finish(self, sent: Sent, report: Report) -> None:
        """Close, verify, decrypt, decide and publish every contest; destroy the keys and seal the session.

        `sent` is what the kiosks say they have sent and got a promise for.

        Raises:
            PlenumError: the server refuses an entry, or shows a log that is not valid; a ballot that was lost or
            doubled shows here first, because kiosks and log disagree.
        """
        for number, contest in enumerate(self.contests, 1):
            self._close(contest)
            self._report(contest, sent)
            self.scrutineers.decrypt(self.hall, contest.id)
            self.hall.append(counted_body(self.hall.state, contest.id), self.hall.officials[0])
            self.hall.decree(outcome_body(self.hall.state, contest.id))
            self.scrutineers.sign_report(self.hall, contest.id)
            self.hall.decree(ResultPublished(contest.id, PUBLISHED_TO))
            report("closed, verified, decrypted", number, len(self.contests))
        self.scrutineers.destroy_keys(self.hall)
        self.hall.decree(SessionSealed())
        self.witness()

    def _close(self, contest: Contest) -> None:
        """Pause a contest, which brings waiting ballots into the log, let all kiosks say that nothing waits there, and
        close it over the log as it is (docs/api.md).
        """
        self.hall.decree(ContestPaused(contest.id))
        state = self.hall.state
        size = state.contest(contest.id).paused_size
        for kiosk in self.kiosks:
            statement = sign_queue(
                contest=contest.id,
                root=state.root_at(size),
                session=state.session_id,
                size=size,
                waiting=0,
                kiosk_key=kiosk,
            )
            self.hall.client.tell_queue(statement.to_bytes())
        for attempt in count(1):
            self.hall.follow()
            try:
                self.hall.decree(close_body(self.hall.state, contest.id))
            except Refused as refusal:
                if refusal.code != "seen_not_current" or attempt == CLOSING_ATTEMPTS:
                    raise
            else:
                return

    def _report(self, contest: Contest, sent: Sent) -> None:
        closing = self.hall.state.contest(contest.id).closing
        if closing is None:
            raise FatalError(f"{contest.id} was closed and has no closed root")
        for number, kiosk in enumerate(self.kiosks, 1):
            body = KioskReported(
                contest=contest.id,
                cast=sent[number, contest.id, CAST],
                challenged=sent[number, contest.id, CHALLENGED],
                root=closing.root,
            )
            self.hall.append(body, kiosk)


def set_stage(profile: Profile, client: ServerClient, rng: Rng, clock: Callable[[], int], report: Report) -> Stage:
    """Bring a server without a session to open contests.

    Raises:
        PlenumError: the server refuses an entry; it was not started with `--simulated`, or has a session already.
    """
    hall = RemoteHall(client, rng, clock)
    hall.create(
        kind="congress",
        title=f"Load test: {profile.name}",
        date=DATE,
        place="",
        trustees=profile.scrutineers,
        threshold=profile.threshold,
    )
    scrutineers = Scrutineers.join(hall, tuple(f"监票人{index}" for index in range(1, profile.scrutineers + 1)))
    scrutineers.make_key(hall)
    report("scrutineers made the key", 1, 1)
    kiosks, box = tuple(SigningKey.generate(rng) for _ in range(profile.kiosks)), SigningKey.generate(rng)
    for rules in rule_sets(profile):
        hall.decree(RulesAdopted(rules.id, rules.to_json()))
    for number, kiosk in enumerate(kiosks, 1):
        hall.decree(KioskRegistered(name=str(number), kiosk=kiosk.public, box_key=box.public), kiosk)
    stage = Stage(hall, contests_of(profile), scrutineers, kiosks, box, make_cards(profile.delegates, rng))
    for contest in stage.contests:
        _open(stage, contest)
    stage.witness()
    report("contests are open", 1, 1)
    return stage


def accepted(pool: Iterable[PoolBallot], acknowledgements: Iterable[Acknowledgement]) -> Sent:
    """What the kiosks have got promises for, each ballot once however often it was sent."""
    promised = {item.id for item in acknowledgements}
    return Counter((ballot.kiosk, ballot.contest, ballot.type) for ballot in pool if ballot.id in promised)


def _open(stage: Stage, contest: Contest) -> None:
    """Define a contest, issue its credentials, declare attendance, open it."""
    hall, pair, (class_id,) = stage.hall, stage.scrutineers.pair, contest.classes
    hall.decree(ContestDefined(contest.to_json()))
    keys = sorted(key.public for key in card_keys(stage.cards, hall.state.session_id, contest.slot))
    hall.append(CredentialsIssued(slot=contest.slot, class_id=class_id, keys=b"".join(keys)), *pair)
    present = len(stage.cards)
    cards = (ClassCards(class_id, drawn=present, test=0),)
    hall.append(AttendanceDeclared(contest=contest.id, should_attend=present, present=present, cards=cards), *pair)
    hall.decree(ContestOpened(contest.id))
