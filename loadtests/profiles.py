"""The named profiles: who votes on what, and how hard the hall presses. Data, and nothing that acts on it.

A profile says what happens in the hall. How it happens (session, pool, kiosks, comparison) is the same for all of them.
"""

from dataclasses import dataclass, replace
from typing import Final

from ballots.matrix import Kind
from voting_core.errors import InputError
from voting_core.params import MAX_CREDENTIALS

FEWEST_DELEGATES: Final = 10
"""With fewer, no batch of ballots would enter the log before closing, and small totals could not be decrypted."""

MINUTES: Final = 10
"""How long the profiles that may last any time last by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestShape:
    """A contest as far as the load depends on it. `approvals` is the limit on approvals and the number of seats; 0
    stands for no limit.
    """

    id: str
    kind: Kind
    zh: str
    en: str
    rows: int
    approvals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a run is measured by, beside its ballots; 0 stands for no limit.

    `p95_ms` is the 95th percentile of the figure that the profile is about, `per_second` the least of its requests.
    """

    p95_ms: int = 0
    per_second: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One load test.

    * All contests are open at the same time; every delegate votes in each of them, at one of the `kiosks`.
    * Every `challenge_every`-th delegate has a ballot of each contest opened before casting another one (SPEC §5.6).
    * Every `resend_every`-th delegate's kiosk sends its ballots twice, in turns after the answer and at the same time.
    * `pause` is the longest time in seconds between two ballots of a kiosk, `seconds` the longest duration of the load.
    * Meanwhile `desks` check in everybody on the roll, and `readers` follow the log and look up codes.
    * After the end `screens` are switched to the result, and `phones` fetch it from the public board.
    * `server` are settings of the server. `per_minute` is the number of delegates for each minute, where that is free.
    * `failures_allowed` is how many requests may fail before the run fails; ballots are never allowed to.
    """

    name: str
    about: str
    delegates: int
    kiosks: int
    contests: tuple[ContestShape, ...]
    challenge_every: int
    resend_every: int
    pause: float
    seconds: int
    desks: int = 0
    readers: int = 0
    screens: int = 0
    phones: int = 0
    server: tuple[tuple[str, str], ...] = ()
    limits: Limits = Limits()
    per_minute: int = 0
    failures_allowed: int = 0
    scrutineers: int = 5
    threshold: int = 3

    @property
    def needs_accounts(self) -> bool:
        """Whether people sign in."""
        return bool(self.desks or self.screens)

    def with_delegates(self, delegates: int) -> "Profile":
        """The profile with another number of delegates.

        Raises:
            InputError: there are too few for a session, or more than a list of credentials holds.
        """
        if not FEWEST_DELEGATES <= delegates <= MAX_CREDENTIALS:
            raise InputError(
                "--delegates",
                f"{delegates} delegates cannot hold the session of this test",
                f"Give from {FEWEST_DELEGATES} to {MAX_CREDENTIALS}",
            )
        return replace(self, delegates=delegates)

    def lasting(self, minutes: int) -> "Profile":
        """The profile for another time, with as many delegates as come in it.

        Raises:
            InputError: this profile lasts as long as its ballots, or there would be too many or too few delegates.
        """
        if not self.per_minute or minutes < 1:
            raise InputError("--minutes", f"{self.name} does not last {minutes} minutes", "Use it with soak, from 1 on")
        longer = self.with_delegates(self.per_minute * minutes)
        return replace(longer, seconds=_most_seconds(minutes))


_ROOM_SECONDS: Final = 300
"""What a run that has its own pace may take longer on a slow machine before it is ended."""


def _most_seconds(minutes: int) -> int:
    # The kiosks' pauses are drawn by chance: the slowest of twenty is later than the others by a share of the whole.
    return 60 * minutes * 6 // 5 + _ROOM_SECONDS


COMMITTEE: Final = ContestShape(
    id="committee", kind=Kind.ELECTION, zh="选举委员", en="Election of the committee", rows=10, approvals=8
)
WORK_REPORT: Final = ContestShape(id="work-report", kind=Kind.MOTION, zh="关于工作报告的决议", en="Work report", rows=1)

SMOKE: Final = Profile(
    name="smoke",
    about="50 delegates at 5 kiosks elect 8 of 10 and vote on a motion, all within seconds",
    delegates=50,
    kiosks=5,
    contests=(COMMITTEE, WORK_REPORT),
    challenge_every=10,
    resend_every=5,
    pause=0.05,
    seconds=120,
)

DOORS_OPEN: Final = Profile(
    name="doors-open",
    about="400 delegates come to 6 desks at once, and the first of them vote already",
    delegates=400,
    kiosks=5,
    contests=(WORK_REPORT,),
    challenge_every=40,
    resend_every=20,
    pause=0.5,
    seconds=600,
    desks=6,
    readers=10,
    limits=Limits(p95_ms=1_000),
)

SESSION_PEAK: Final = Profile(
    name="session-peak",
    about="400 delegates at 20 kiosks finish six contests in the last five minutes",
    delegates=400,
    kiosks=20,
    contests=(
        ContestShape(id="committee", kind=Kind.ELECTION, zh="选举委员", en="Committee", rows=40, approvals=35),
        ContestShape(id="alternates", kind=Kind.ELECTION, zh="选举候补委员", en="Alternates", rows=10, approvals=8),
        ContestShape(id="discipline", kind=Kind.ELECTION, zh="选举纪委委员", en="Discipline", rows=24, approvals=21),
        ContestShape(id="higher", kind=Kind.ELECTION, zh="选举上级代表", en="Higher congress", rows=42, approvals=35),
        WORK_REPORT,
        ContestShape(id="statute", kind=Kind.MOTION, zh="关于常任制的决议", en="Standing system", rows=1),
    ),
    challenge_every=40,
    resend_every=20,
    # Twenty kiosks with 120 ballots each, which come every 2.4 seconds in the middle.
    pause=4.4,
    seconds=900,
    readers=50,
    limits=Limits(p95_ms=1_000),
)

LAST_MINUTE: Final = Profile(
    name="last-minute",
    about="400 delegates at 100 kiosks without a pause, at a server that lets few of them wait",
    delegates=400,
    kiosks=100,
    contests=(COMMITTEE, WORK_REPORT),
    challenge_every=20,
    resend_every=4,
    pause=0.0,
    seconds=600,
    # The fewest that a server may be told to take: so kiosks are sent away and come again.
    server=(("PLENUM_QUEUE_LIMIT", "100"),),
)

CLOSE_AND_PUBLISH: Final = Profile(
    name="close-and-publish",
    about="a result is published: 500 screens show it, 2,000 phones fetch it from the service",
    delegates=50,
    kiosks=5,
    contests=(COMMITTEE, WORK_REPORT),
    challenge_every=10,
    resend_every=5,
    pause=0.05,
    seconds=120,
    screens=500,
    phones=2_000,
    limits=Limits(per_second=800),
)

LARGE_ASSEMBLY: Final = Profile(
    name="large-assembly",
    about="5,000 delegates at 50 kiosks elect 8 of 10, as fast as the server takes their ballots",
    delegates=5_000,
    kiosks=50,
    contests=(COMMITTEE,),
    challenge_every=100,
    resend_every=50,
    pause=0.0,
    seconds=1_800,
    readers=20,
)

SOAK: Final = Profile(
    name="soak",
    about=f"300 ballots a minute for {MINUTES} minutes (--minutes 120 for the whole study), and what the server keeps",
    delegates=100 * MINUTES,
    kiosks=20,
    contests=(
        COMMITTEE,
        WORK_REPORT,
        ContestShape(id="statute", kind=Kind.MOTION, zh="关于常任制的决议", en="Standing system", rows=1),
    ),
    challenge_every=50,
    resend_every=25,
    # Five ballots a second from twenty kiosks: one every four seconds in the middle.
    pause=8.0,
    seconds=_most_seconds(MINUTES),
    readers=20,
    per_minute=100,
    limits=Limits(p95_ms=1_000),
)

PROFILES: Final = {
    profile.name: profile
    for profile in (
        SMOKE,
        DOORS_OPEN,
        SESSION_PEAK,
        LAST_MINUTE,
        CLOSE_AND_PUBLISH,
        LARGE_ASSEMBLY,
        SOAK,
    )
}


def profile_named(name: str) -> Profile:
    """The profile of this name.

    Raises:
        InputError: there is none.
    """
    profile = PROFILES.get(name)
    if profile is None:
        raise InputError("PROFILE", f'there is no profile "{name}"', f"Give one of {', '.join(PROFILES)}")
    return profile
