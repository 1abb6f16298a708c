"""What Locust runs: kiosks that send the ballots of a pool, desks that check people in, readers of the log, and phones
that fetch a published result.

    python -m locust -f loadtests/locustfile.py Kiosk --headless --host URL --pool FILE --acknowledgements FILE

Importing Locust changes how the whole process waits (gevent), so nothing but Locust's own process imports this module.
One Locust user is one machine; the run ends when every one of them that has an end has come to it.
"""

from argparse import ArgumentParser
from collections import deque
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import gevent  # type: ignore[import-untyped]  # it ships no types
from locust import FastHttpUser, events, task
from locust.env import Environment
from locust.exception import StopUser
from locust.stats import CSV_STATS_INTERVAL_SEC

from loadtests.acknowledgements import AcknowledgementWriter
from loadtests.figures import CHECKED_IN, FETCHED, FOUND, READ, SENT, WAITED
from loadtests.patience import Accepted, GiveUp, Wait, next_step
from loadtests.pool import PoolBallot, Resend, lanes, read_pool
from loadtests.sign_ins import read_sign_ins
from voting_core.errors import InputError

PATH = "/v1/ballots"
READER_SECONDS = 2.0
"""The pause of a reader between two questions: pages ask again when something changed."""


class Hall:
    """What all users of a run share: what nobody has taken yet, and the file of acknowledgements."""

    def __init__(self, options: Any) -> None:
        self.waiting: deque[tuple[int, deque[PoolBallot]]] = deque()
        if options.pool:
            self.waiting.extend(sorted(lanes(read_pool(Path(options.pool))).items()))
        # Open as long as the process lives.
        promises = Path(options.acknowledgements).open("w", encoding="utf-8")  # noqa: SIM115
        self.acknowledgements = AcknowledgementWriter(promises)
        self.delegates = deque(Path(options.roll).read_text(encoding="utf-8").split() if options.roll else ())
        self.addresses = Path(options.addresses).read_text(encoding="utf-8").split() if options.addresses else []
        self.sign_ins = deque(read_sign_ins(Path(options.sign_ins)) if options.sign_ins else ())
        self.phones = int(options.phones)
        self.promised: deque[str] = deque(maxlen=100)
        self.busy: int = len(self.waiting) + options.desks + options.phones

    def take_lane(self) -> tuple[int, deque[PoolBallot]]:
        """The number of a kiosk and its ballots; a user too many gets number 0 and none."""
        return self.waiting.popleft() if self.waiting else (0, deque())

    def is_last(self) -> bool:
        """Note that a machine has done what it had to do; tells whether all have."""
        self.busy -= 1
        return self.busy == 0


def add_options(parser: ArgumentParser) -> None:
    """Add the options of a run to Locust's own."""
    parser.add_argument("--pool", env_var="PLENUM_POOL", default="", help="pool file")
    parser.add_argument("--acknowledgements", required=True, help="where every promise is noted")
    parser.add_argument("--pause", type=float, default=0.0, help="longest pause between two ballots, in seconds")
    parser.add_argument("--roll", default="", help="file with the numbers of delegates who come to the desks")
    parser.add_argument("--sign-ins", default="", help="file with the sign-ins of the desks")
    parser.add_argument("--addresses", default="", help="file with what a phone fetches")
    for name in ("kiosks", "desks", "readers", "phones"):
        parser.add_argument(f"--{name}", type=int, default=0, help=f"number of {name}")


def open_hall(environment: Environment, **_: Any) -> None:
    """Read the files before the first user starts. Locust would log any other exception than this one, and go on."""
    options: Any = environment.parsed_options
    try:
        Machine.hall = Hall(options)
    except (InputError, OSError) as error:
        raise SystemExit(str(error)) from error
    Kiosk.pause = options.pause
    for user, number in (
        (Kiosk, options.kiosks),
        (Desk, options.desks),
        (Reader, options.readers),
        (Phone, options.phones),
    ):
        user.fixed_count = number


def let_figures_settle(**_: Any) -> None:
    """Wait until Locust has written its CSV files once more: at the end it only closes them."""
    gevent.sleep(2 * CSV_STATS_INTERVAL_SEC)


_events: Any = events  # Locust's hooks have no types
_events.init_command_line_parser.add_listener(add_options)
_events.init.add_listener(open_hall)
_events.test_stop.add_listener(let_figures_settle)


class Machine(FastHttpUser):
    """A machine of the hall."""

    abstract = True
    hall: Hall
    network_timeout = 30.0

    def done(self) -> None:
        """End this user, and with the last one the run."""
        if self.hall.is_last() and self.environment.runner is not None:
            # Not from here: quitting stops this user too, and would end half-way.
            gevent.spawn(self.environment.runner.quit)
        raise StopUser


class Kiosk(Machine):
    """One kiosk: sends the ballots of its lane, one after the other."""

    pause: float

    def on_start(self) -> None:
        """Take a lane."""
        self.number, self.lane = self.hall.take_lane()

    def wait_time(self) -> float:
        """From nothing to the longest pause, in turns: kiosks do not press in step."""
        return self.pause * ((len(self.lane) * 7 + self.number * 3) % 11) / 10

    @task
    def next_ballot(self) -> None:
        """Send the next ballot until it is accepted or refused for good, and once more where the pool says so."""
        if not self.lane:
            if not self.number:
                raise StopUser
            self.done()
        ballot = self.lane.popleft()
        match ballot.resend:
            case Resend.NEVER:
                self.send(ballot)
            case Resend.AFTER:
                self.send(ballot)
                self.send(ballot)
            case Resend.TOGETHER:
                gevent.joinall([gevent.spawn(self.send, ballot) for _ in range(2)], raise_error=True)

    def send(self, ballot: PoolBallot) -> None:
        """Send one ballot with patience, and note the promise."""
        body: Any = ballot.entry  # Locust's types ask for text; what travels must be these bytes
        attempt = 0
        while True:
            attempt += 1
            with self.client.post(PATH, data=body, name=SENT, catch_response=True) as answer:
                step = next_step(answer.status_code, answer.headers or {}, attempt)
                match step:
                    case Accepted():
                        self.hall.acknowledgements.note(ballot.id, self.number, answer.text or "")
                        self.hall.promised.append(ballot.id)
                        answer.success()
                        return
                    case Wait(asked=True):
                        # Back-pressure is no failure, and its short answers must not make the ballots look quick.
                        answer.request_meta["name"] = WAITED
                        answer.success()
                    case Wait():
                        answer.failure(f"status {answer.status_code}")
                    case GiveUp(reason):
                        answer.failure(f"{reason}: {(answer.text or '')[:200]}")
                        return
            gevent.sleep(step.seconds)


class Desk(Machine):
    """One desk: whoever comes is found by number or name, checked in and given a card, in the pages that people use."""

    def on_start(self) -> None:
        """Take the sign-in of a desk."""
        self.cookie, self.csrf = self.hall.sign_ins.popleft() if self.hall.sign_ins else ("", "")

    @task
    def next_delegate(self) -> None:
        """Check in the next one."""
        if not self.hall.delegates:
            self.done()
        number = self.hall.delegates.popleft()
        who = number if int(number) % 2 else f"代表{int(number)}"
        with self.post("/desk/find", FOUND, csrf=self.csrf, who=who) as answer:
            self._judge(answer, number)
        note = self.post("/desk/note", CHECKED_IN, csrf=self.csrf, delegate=number, act="draw_card", cards_back="0")
        with note as answer:
            self._judge(answer, number)

    def post(self, path: str, name: str, **form: str) -> Any:
        """Send a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        return self.client.post(path, data=urlencode(form), headers=headers, name=name, catch_response=True)

    def _judge(self, answer: Any, number: str) -> None:
        """The page must be about this person."""
        if answer.status_code == 200 and number in (answer.text or ""):
            answer.success()
        else:
            answer.failure(f"status {answer.status_code}, and the page is not about the delegate")


class Reader(Machine):
    """Somebody who follows the log and looks up codes, until the run is over."""

    wait_time = staticmethod(lambda: READER_SECONDS)

    @task
    def read(self) -> None:
        """Ask for the state, the checkpoint, and the last ballot that was promised."""
        self.client.get("/v1/status", name=READ)
        self.client.get("/v1/log/checkpoint", name=READ)
        if self.hall.promised:
            self.client.get(f"/v1/ballots/{self.hall.promised[-1]}", name=READ)


class Phone(Machine):
    """A phone: opens the result as a browser does, and ends."""

    @task
    def fetch(self) -> None:
        """Fetch everything once. While users come, Locust puts new ones in the place of those that have ended; these
        fetch nothing.
        """
        if not self.hall.phones:
            raise StopUser
        self.hall.phones -= 1
        for address in self.hall.addresses:
            self.client.get(address, name=FETCHED)
        self.done()
