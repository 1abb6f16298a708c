"""Whether the kiosks of a session print the choices: off, for an audit, or as the ballot of record.

* `off`: nothing is printed but receipts.
* `audit`: a ballot that was cast is printed as well; its paper is compared with the count.
* `record`: a contest counted by hand (capture `hand`) is marked at the kiosk and printed; the paper is the ballot.

A paper shows a whole vector to those who count it, and sixty grades are a signature. So evaluations are printed only
where that was decided besides.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ballots.contest import Capture, Contest, Kind
from ballots.screen.words import Said

EXPOSING: Final = frozenset({Kind.EVALUATION, Kind.ASSESSMENT})
"""Kinds whose vectors tell who voted them: many rows, many grades, few voters who know them all."""


class PaperUse(StrEnum):
    """What paper is for in this session."""

    OFF = "off"
    AUDIT = "audit"
    RECORD = "record"


_SAID: Final = {
    PaperUse.OFF: Said("不打印选票", "no ballots are printed"),
    PaperUse.AUDIT: Said("打印投出的选票，供核对", "ballots that are cast are printed, for an audit"),
    PaperUse.RECORD: Said("打印选票，人工计票的以纸票为准", "ballots are printed; paper decides where counted by hand"),
}


@dataclass(frozen=True, slots=True)
class PaperSetting:
    """The setting of a session, the same at all its kiosks."""

    use: PaperUse = PaperUse.OFF
    evaluations: bool = False

    def prints(self, contest: Contest) -> bool:
        """Whether a ballot of this contest is printed at kiosks."""
        if self.use is PaperUse.OFF or (contest.kind in EXPOSING and not self.evaluations):
            return False
        # A session that prints ballots of record also prints those of its other contests, for their audit.
        return contest.capture is Capture.KIOSK or self.use is PaperUse.RECORD

    @property
    def said(self) -> Said:
        """The setting in words."""
        said = _SAID[self.use]
        if self.use is PaperUse.OFF or not self.evaluations:
            return said
        return Said(f"{said.zh}，测评也打印", f"{said.en}, evaluations too")
