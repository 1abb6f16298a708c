"""The named profiles: who votes on what, and how hard the kiosks press. Data, and nothing that acts on it.

A profile says what happens in the hall. How it happens (session, pool, kiosks, comparison) is the same for all of them.
"""

from dataclasses import dataclass, replace
from typing import Final

from ballots.matrix import Kind
from voting_core.errors import InputError
from voting_core.params import MAX_CREDENTIALS

FEWEST_DELEGATES: Final = 10
"""With fewer, no batch of ballots would enter the log before closing, and small totals could not be decrypted."""


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
class Profile:
    """One load test.

    * All contests are open at the same time; every delegate votes in each of them, at one of the `kiosks`.
    * Every `challenge_every`-th delegate has a ballot of each contest opened before casting another one (SPEC §5.6).
    * Every `resend_every`-th delegate's kiosk sends its ballots twice, in turns after the answer and at the same time.
    * `pause` is the longest time in seconds between two ballots of a kiosk, `seconds` the longest duration of the load.
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
    failures_allowed: int = 0
    scrutineers: int = 5
    threshold: int = 3

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


SMOKE: Final = Profile(
    name="smoke",
    about="50 delegates at 5 kiosks elect 8 of 10 and vote on a motion, all within seconds",
    delegates=50,
    kiosks=5,
    contests=(
        ContestShape(
            id="committee", kind=Kind.ELECTION, zh="选举委员", en="Election of the committee", rows=10, approvals=8
        ),
        ContestShape(id="work-report", kind=Kind.MOTION, zh="关于工作报告的决议", en="Work report", rows=1),
    ),
    challenge_every=10,
    resend_every=5,
    pause=0.05,
    seconds=120,
)

PROFILES: Final = {profile.name: profile for profile in (SMOKE,)}


def profile_named(name: str) -> Profile:
    """The profile of this name.

    Raises:
        InputError: there is none.
    """
    profile = PROFILES.get(name)
    if profile is None:
        raise InputError("PROFILE", f'there is no profile "{name}"', f"Give one of {', '.join(PROFILES)}")
    return profile
