"""The delegate's station without a screen: follows the log, takes ballots, delivers each exactly once.

Everything is done in steps that can be repeated after a crash: what must not be forgotten is on disk before it is
sent, and what is sent twice counts once. What a kiosk does after closing is in :mod:`kiosk.reporting`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from ballots.crockford import fingerprint_text
from ballots.notices import write_in_notice
from ballots.sealed_ballot import confirmation_code
from kiosk import voting
from kiosk.client import Refused, ServerClient, Unreachable
from kiosk.drafts import draft, sign
from kiosk.events import Emit
from kiosk.follower import Follower
from kiosk.kiosk_keys import KioskKeys
from kiosk.outbox import Delivery, Kind, Outbox, OwnBallot
from kiosk.receipts import ReceiptPrinter
from kiosk.refusals import is_final
from tally.entries.contests import KioskRegistered
from tally.state import State, Status
from voting_core.codec import hex32
from voting_core.errors import FatalError, InputError
from voting_core.rng import Rng

SPENT = "V8.B"
"""The check that a second ballot of a card fails, and a fourth test (SPEC §11)."""

TRY_LATER = frozenset({"storage"})
"""What the server says when it would take the same a little later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a kiosk is started with: its name, the fingerprint that was typed in, and its keys."""

    name: str
    fingerprint: str
    keys: KioskKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a kiosk gets from its machine: randomness, Unix time in seconds, and a place to say what happens."""

    rng: Rng
    clock: Callable[[], int]
    emit: Emit


class _Sent(Enum):
    """What came of sending a ballot: it is done with, one way or the other; it is kept; the server takes none now."""

    DONE = "done"
    KEPT = "kept"
    NOT_NOW = "not now"


class Station:
    """One kiosk."""

    def __init__(
        self,
        setup: Setup,
        client: ServerClient,
        follower: Follower,
        outbox: Outbox,
        printer: ReceiptPrinter,
        machine: Machine,
    ) -> None:
        self.setup = setup
        self.client = client
        self.follower = follower
        self.outbox = outbox
        self._printer = printer
        self._machine = machine
        self._anchored = False
        self.undelivered = len(outbox.waiting())
        """How many ballots wait here for the server."""
        self.told: dict[str, tuple[int, int]] = {}
        """What the server was told of the queue of each paused contest: size of the log at the pause, ballots."""
        self.untold: dict[str, tuple[int, int]] = {}
        """What of that the server did not take."""
        self._announced: set[str] = set()
        self._puzzled: set[tuple[bytes, str]] = set()
        self._asked_to_register = False

    @property
    def state(self) -> State:
        """The replayed log."""
        return self.follower.state

    @property
    def own(self) -> bytes:
        """The key by which the log knows this kiosk."""
        return self.setup.keys.own.public

    @property
    def ready(self) -> bool:
        """Whether the kiosk is registered in the session of the typed fingerprint."""
        return self._anchored and self.admitted

    @property
    def admitted(self) -> bool:
        """Whether the log, as far as this kiosk has it, has the kiosk registered: known at a start without a server."""
        return self.setup.keys.own.public in self.state.kiosks

    def follow(self) -> None:
        """Fetch the log; check the fingerprint once the key is there; ask to be registered.

        Raises:
            Unreachable: the server does not answer.
            FatalError: the log is not valid, or is of another session than the one whose fingerprint was typed.
        """
        self.follower.sync()
        if self.state.fingerprint is None:
            return
        if not self._anchored:
            shown = fingerprint_text(self.state.fingerprint)
            if shown != self.setup.fingerprint:
                raise FatalError(
                    f"the server's session has the fingerprint {shown}, {self.setup.fingerprint} was typed; "
                    "compare it with the one that was read aloud"
                )
            self._anchored = True
            self._machine.emit("session", fingerprint=shown, session=self.state.session_id.hex())
        if self.setup.keys.own.public not in self.state.kiosks and not self._asked_to_register:
            self._ask_to_register()
        self._announce()

    def _announce(self) -> None:
        """Say once of each contest that it is open, and how persons can be written in, or why they cannot."""
        for contest in self.state.contests.values():
            if contest.status is Status.OPEN and not contest.is_by_hand and contest.id not in self._announced:
                self._announced.add(contest.id)
                notice = write_in_notice(contest.contest)
                said = {"write_ins_zh": notice.zh, "write_ins_en": notice.en} if notice is not None else {}
                self._machine.emit("open", contest=contest.id, title=contest.contest.title.zh, **said)

    def _ask_to_register(self) -> None:
        keys = self.setup.keys
        if self.state.box_key not in (None, keys.box.public):
            raise InputError(
                "ballot-box key",
                "this kiosk has another one than the registered kiosks",
                "Copy ballot-box.json from one of them",
            )
        body = KioskRegistered(name=self.setup.name, kiosk=keys.own.public, box_key=keys.box.public)
        waiting = [item for item in self.client.proposals() if item.draft.value["body"] == body.to_json()]
        # What waits no more may have entered the log since it was read: the log is read once more after the list.
        self.follower.sync()
        if keys.own.public in self.state.kiosks:
            return
        if not waiting:
            entry = draft(self.state, body, self.state.officials[0], self._machine.clock())
            self.client.propose(entry, {keys.own.public: sign(entry, keys.own)})
        self._asked_to_register = True
        self._machine.emit("registering", kiosk=hex32(keys.own.public), name=self.setup.name)

    def vote(self, line: str, place: str) -> None:
        """Take one delegate's ballot: seal it, show its code, then cast or challenge it.

        Raises:
            InputError: what the delegate must do differently. Nothing was stored or sent.
            Unreachable: the server cannot be asked whether the card is unused. Nothing was stored.
            FatalError: as :meth:`follow`.
        """
        request = voting.read_request(line, place)
        sealed = self.seal(request)
        self._machine.emit("code", code=confirmation_code(sealed.id), contest=sealed.contest.id)
        self.finish(sealed, challenge=request.challenge)

    def seal(self, request: voting.Request) -> voting.SealedVote:
        """Seal a delegate's ballot, of which nothing is stored or sent yet.

        Raises:
            InputError: what the delegate must do differently.
            Unreachable: the server cannot be asked whether the card is unused.
        """
        contest = voting.open_contest(self.state, request.contest, self.own).contest
        credential = voting.read_card(self.state, contest, request.card)
        answer = self.client.credential(contest.slot, credential.public)
        voting.check_unused(used=answer.used, challenges=answer.challenges, challenge=request.challenge)
        return self.prepare(request)

    def prepare(self, request: voting.Request) -> voting.SealedVote:
        """Seal a ballot without asking the server about the card; the server judges it when it comes there.

        Raises:
            InputError: what the delegate must do differently.
        """
        contest = voting.open_contest(self.state, request.contest, self.own).contest
        credential = voting.read_card(self.state, contest, request.card)
        return voting.seal(self.state, contest, credential, request, self._machine.rng)

    def kept_of(self, contest: str, credential: bytes) -> tuple[OwnBallot, ...]:
        """The ballots of a contest that were made here with this key, but for those that were refused.

        The server does not tell of ballots that wait for their batch, but the kiosk that took them knows.
        """
        name = hex32(credential).encode()
        kept = self.outbox.of_contest(contest)
        return tuple(own for own in kept if own.delivery is not Delivery.REFUSED and name in own.raw)

    def finish(self, sealed: voting.SealedVote, *, challenge: bool, helped: bool = False) -> Delivery:
        """Cast a sealed ballot, or open it as a test; it is kept on the disk before it is sent.

        Tells how far it has come: promised, refused for good, or waiting to be delivered when the server answers. That
        somebody was `helped` is kept with the ballot, and sent by itself.

        Raises:
            FatalError: as :meth:`follow`.
        """
        own = sealed.challenge(self.setup.keys.box) if challenge else sealed.cast(self.setup.keys.box)
        notes = [voting.assisted(sealed, self.setup.keys.box, self._machine.rng)] if helped else []
        self.outbox.put(own, *notes)
        if self._send(own) is not _Sent.DONE:
            self._printer.pending(self.state, own.id)
            self.undelivered += 1
            return Delivery.WAITING
        return self.outbox.delivery(own.id)

    def deliver(self) -> None:
        """Send what has no answer yet; what still gets none stays for the next time.

        Of a paused contest only what the log has already is sent, for its promise: the rest waits until voting goes on.
        """
        waiting = self.outbox.waiting()
        self.undelivered = len(waiting)
        for own in waiting:
            if self._is_paused(own) and not self._is_in_log(own):
                continue
            sent = self._send(own, kept=True)
            if sent is _Sent.NOT_NOW:
                return
            if sent is _Sent.DONE:
                self.undelivered -= 1

    def _is_paused(self, own: OwnBallot) -> bool:
        held = self.state.contests.get(own.contest)
        return held is not None and held.status is Status.PAUSED

    def _is_in_log(self, own: OwnBallot) -> bool:
        return own.id in self.state.ballots or own.id in self.state.assisted

    def _send(self, own: OwnBallot, *, kept: bool = False) -> _Sent:
        """Send a ballot.

        Its delegate was told that a ballot which was `kept` will be delivered: most of what refuses it puts that off,
        and no more (:mod:`kiosk.refusals`). Who stands at the screen is told that this one is not cast.
        """
        try:
            promise = self.client.submit_ballot(own.raw)
        except Unreachable:
            return _Sent.NOT_NOW
        except Refused as refusal:
            if refusal.code in TRY_LATER:
                return _Sent.NOT_NOW
            if kept and not self._is_final(own, refusal):
                return _Sent.KEPT
            self.outbox.mark(own.id, Delivery.REFUSED)
            if own.kind is Kind.ASSISTED:
                return _Sent.DONE
            if refusal.code == SPENT:
                # The card's earlier ballot may still wait for its batch, which nobody can look up beforehand.
                problem = str(voting.spent_card(own.kind))
                self._machine.emit("refused", code=confirmation_code(own.id), contest=own.contest, problem=problem)
                return _Sent.DONE
            self._machine.emit("lost", code=confirmation_code(own.id), contest=own.contest, problem=str(refusal))
            return _Sent.DONE
        if own.kind is Kind.ASSISTED:
            self.outbox.mark(own.id, Delivery.PROMISED)
            return _Sent.DONE
        if promise is None:
            raise FatalError("the server took a ballot and promised nothing")
        self._printer.confirmed(self.state, own.id, promise)
        self.outbox.mark(own.id, Delivery.PROMISED)
        self._machine.emit(own.kind.value, code=confirmation_code(own.id), contest=own.contest)
        return _Sent.DONE

    def _is_final(self, own: OwnBallot, refusal: Refused) -> bool:
        """Whether a ballot is refused for good, by the log as it is after the refusal; says once why one is kept."""
        self.follower.sync()
        if is_final(self.state, own, refusal.code):
            return True
        if not self._is_paused(own) and (own.id, refusal.code) not in self._puzzled:
            self._puzzled.add((own.id, refusal.code))
            self._machine.emit("kept", contest=own.contest, problem=str(refusal))
        return False
