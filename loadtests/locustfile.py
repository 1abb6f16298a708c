"""What Locust runs: kiosks that send the ballots of a pool, each its own lane, and note every promise.

    python -m locust -f loadtests/locustfile.py Kiosk --headless --host URL --pool FILE --acknowledgements FILE

Importing Locust changes how the whole process waits (gevent), so nothing but Locust's own process imports this module.
One Locust user is one kiosk; the run ends when every lane is empty.
"""

from argparse import ArgumentParser
from collections import deque
from pathlib import Path
from typing import Any

import gevent  # type: ignore[import-untyped]  # it ships no types
from locust import FastHttpUser, events, task
from locust.env import Environment
from locust.exception import StopUser
from locust.stats import CSV_STATS_INTERVAL_SEC

from loadtests.acknowledgements import AcknowledgementWriter
from loadtests.figures import SENT, WAITED
from loadtests.patience import Accepted, GiveUp, Wait, next_step
from loadtests.pool import PoolBallot, Resend, lanes, read_pool
from voting_core.errors import InputError

PATH = "/v1/ballots"


class Hall:
    """What all kiosks of a run share: the lanes that nobody has taken yet, and the file of acknowledgements."""

    def __init__(self, pool: Path, acknowledgements: Path) -> None:
        self.waiting = deque(sorted(lanes(read_pool(pool)).items()))
        self.busy = len(self.waiting)
        self.acknowledgements = AcknowledgementWriter(acknowledgements.open("w", encoding="utf-8"))

    def take_lane(self) -> tuple[int, deque[PoolBallot]]:
        """The number of a kiosk and its ballots; a user too many gets number 0 and none."""
        return self.waiting.popleft() if self.waiting else (0, deque())

    def is_last(self, number: int) -> bool:
        """Note that a kiosk has sent its ballots; tells whether all have."""
        self.busy -= 1 if number else 0
        return self.busy == 0


def add_options(parser: ArgumentParser) -> None:
    """Add the options of a run to Locust's own."""
    parser.add_argument("--pool", env_var="PLENUM_POOL", required=True, help="pool file")
    parser.add_argument("--acknowledgements", required=True, help="where every promise is noted")
    parser.add_argument("--pause", type=float, default=0.0, help="longest pause between two ballots, in seconds")


def open_hall(environment: Environment, **_: Any) -> None:
    """Read the pool before the first kiosk starts. Locust would log any other exception than this one, and go on."""
    options: Any = environment.parsed_options
    try:
        Kiosk.hall = Hall(Path(options.pool), Path(options.acknowledgements))
    except InputError as error:
        raise SystemExit(str(error)) from error
    Kiosk.pause = options.pause


def let_figures_settle(**_: Any) -> None:
    """Wait until Locust has written its CSV files once more: at the end it only closes them."""
    gevent.sleep(2 * CSV_STATS_INTERVAL_SEC)


_events: Any = events  # Locust's hooks have no types
_events.init_command_line_parser.add_listener(add_options)
_events.init.add_listener(open_hall)
_events.test_stop.add_listener(let_figures_settle)


class Kiosk(FastHttpUser):
    """One kiosk: sends the ballots of its lane, one after the other."""

    hall: Hall
    pause: float
    network_timeout = 30.0

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
            if self.hall.is_last(self.number) and self.environment.runner is not None:
                # Not from here: quitting stops this user too, and would end half-way.
                gevent.spawn(self.environment.runner.quit)
            raise StopUser
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
