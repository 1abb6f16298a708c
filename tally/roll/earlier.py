"""What an earlier session leaves to the next one: alternates, nominees who failed, and how far people were trusted.

The values come from a sealed and verified record; the files that carry them are tables with names, never log entries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tally.decide.evaluation import RowEvaluation
from tally.roll.person import ETHNICITY, SEX
from tally.roll.succession import Alternate

_PLACES: Final = ("乡镇", "任职单位", "单位")
_TITLES: Final = ("拟任职务", "推荐职务", "拟任职位", "推荐职位", "职务")


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody put forward for a post, as far as meetings can recognise the person: numbers are of one table only.

    `sex` and `ethnicity` are empty where a table does not say.
    """

    name: str
    post: str
    sex: str = ""
    ethnicity: str = ""

    def may_be(self, other: "Nominee") -> bool:
        """Whether both may be the same person put forward for the same post: nothing that both tables say differs."""
        return (self.name, self.post) == (other.name, other.post) and all(
            not mine or not theirs or mine == theirs
            for mine, theirs in ((self.sex, other.sex), (self.ethnicity, other.ethnicity))
        )


@dataclass(frozen=True, slots=True)
class FailedNominee:
    """A nominee who did not pass: how often for this post, and in which sessions, by their ids."""

    nominee: Nominee
    times: int
    sessions: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class EarlierTrust:
    """The evaluation of one row in an earlier session; `contest` and `session` are ids."""

    name: str
    contest: str
    session: str
    evaluation: RowEvaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The session that this one continues, named so that its record can be found and checked.

    `id`, `title` and `date` are those of its plan; `session` is the session id, `record` the root of its sealed log,
    both in hexadecimal, and `fingerprint` the code that was read aloud. `vacancies` are the member seats to fill.
    """

    id: str
    title: str
    date: str
    session: str
    fingerprint: str
    record: str
    alternates: tuple[Alternate, ...] = ()
    vacancies: int = 0
    failed: tuple[FailedNominee, ...] = ()
    trust: tuple[EarlierTrust, ...] = ()

    def failed_before(self, nominee: Nominee) -> FailedNominee | None:
        """Who of those who failed may be this nominee, None where nobody is."""
        return next((one for one in self.failed if one.nominee.may_be(nominee)), None)

    def trust_of(self, number: str, name: str) -> tuple[EarlierTrust, ...]:
        """The earlier evaluations of a row, one for each contest that had it; number and name must both be the same."""
        return tuple(one for one in self.trust if (one.evaluation.row, one.name) == (number, name))


def nominee_of(name: str, details: Iterable[tuple[str, str]], contest_title: str) -> Nominee:
    """The nominee of a row of a ticket vote. Where the row names no post, the title of the contest stands for it."""
    known = dict(details)
    title = next((known[label] for label in _TITLES if known.get(label)), "")
    place = next((known[label] for label in _PLACES if known.get(label)), "")
    post = f"{place} {title}".strip() if title else contest_title
    return Nominee(name, post, known.get(SEX, ""), known.get(ETHNICITY, ""))
