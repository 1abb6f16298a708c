"""The scrutineer's station: makes the key, witnesses and verifies the log, decrypts, signs the report.

* It works only on a log that it has replayed itself, arguments included, as the log grows.
* Every act is the pure one of :mod:`tally.trustee`; the station stores what that gives back, then sends it.
* What a person decides comes from the page or as a request (:mod:`kiosk.inbox`), or was decided at the start. Above all
  that is whether a closed root may be signed. Verifying, witnessing, and decrypting what was signed is done without
  being asked.
"""

from kiosk import trustee_ceremony, trustee_witness
from kiosk.client import Refused, Unreachable
from kiosk.comparison import Compared
from kiosk.inbox import Inbox, Request
from kiosk.trustee_desk import TrusteeDesk
from kiosk.trustee_tally import Tallying
from tally.trustee.memory import check_memory, forget_abandoned, recover
from voting_core.errors import StateError, VerificationError


class Scrutineer:
    """One scrutineer's station."""

    def __init__(self, desk: TrusteeDesk, inbox: Inbox | None) -> None:
        self._desk = desk
        self._inbox = inbox
        self._tallying = Tallying(desk)
        self._told: set[str] = set()
        if not desk.setup.compares:
            desk.machine.emit(
                "signs_without_comparing",
                problem="this station signs closed roots that nobody has compared; never use it so in a real vote",
            )

    def one_round(self) -> bool:
        """Do what is due now; tells whether the station has more to do.

        Raises:
            FatalError: the server shows a log that is not valid or not the one it showed before. The station stops.
            InputError: the key file is not the one of this session.
        """
        try:
            return self._round()
        except Unreachable as error:
            self._desk.machine.emit("unreachable", problem=str(error))
        except (StateError, VerificationError, Refused) as error:
            # Not now: the log went on meanwhile, or somebody else's message is missing. The next round looks again.
            self._tell_once(str(error))
        return True

    def _round(self) -> bool:
        desk = self._desk
        desk.follower.sync()
        if desk.state.session is None:
            return True
        desk.begin()
        self._remember()
        if desk.secrets.index not in desk.state.trustees:
            trustee_ceremony.join(desk)
            return True
        whole = trustee_witness.witness(desk)
        if desk.state.sealed:
            return not self._end(whole)
        trustee_ceremony.next_step(desk)
        trustee_witness.approve(desk)
        if self._inbox is not None:
            self._inbox.handle(self.do, self._request_refused)
        for contest in desk.state.contests.values():
            self._tallying.next_step(contest)
        return True

    def _remember(self) -> None:
        """Forget shares that must go, and learn from the log what was signed: after a restore it knows more.

        Raises:
            FatalError: the log contradicts what this trustee witnessed or signed.
        """
        desk = self._desk
        check_memory(desk.memory, desk.secrets, desk.state)
        memory = recover(forget_abandoned(desk.memory, desk.state), desk.state)
        if memory != desk.memory:
            desk.keep_memory(memory)

    def _end(self, whole: bool) -> bool:
        """Once the sealed log is cosigned to its end, nothing is left to sign: the keys go."""
        if not whole:
            return False
        self._desk.files.destroy()
        self._desk.machine.emit("sealed", size=self._desk.state.size)
        return True

    def do(self, request: Request) -> None:
        """Do what the scrutineer asks for.

        Raises:
            InputError, StateError, VerificationError, Refused: it cannot be done; nothing was signed.
        """
        if isinstance(request.body, Compared):
            self._tallying.confirm(request.body)
        else:
            trustee_witness.do_request(self._desk, request)

    def confirm(self, compared: Compared) -> None:
        """Sign the closed root whose code was compared (:meth:`kiosk.trustee_tally.Tallying.confirm`)."""
        self._tallying.confirm(compared)

    def sign_shown(self, proposal_id: str, seen: bytes) -> None:
        """Sign a proposal of others that the scrutineer has read (:func:`kiosk.trustee_witness.sign_shown`)."""
        trustee_witness.sign_shown(self._desk, proposal_id, seen)

    def sign_report(self, contest: str, seen: bytes) -> None:
        """Sign a report that the scrutineer has read (:meth:`kiosk.trustee_tally.Tallying.sign_seen_report`)."""
        self._tallying.sign_seen_report(contest, seen)

    def _request_refused(self, name: str, problem: str) -> None:
        self._desk.machine.emit("request_refused", request=name, problem=problem)

    def _tell_once(self, problem: str) -> None:
        if problem not in self._told:
            self._told.add(problem)
            self._desk.machine.emit("waiting", problem=problem)
