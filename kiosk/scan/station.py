"""One paper after the other: look, judge, remember, and only then say that it is counted."""

from dataclasses import dataclass

from PIL import Image

from ballots.paper.record_words import RecordLine, record_lines, record_text
from ballots.qr.paper import PaperRecord
from kiosk.scan.codes import codes_in
from kiosk.scan.memory import Memory
from tally.audit.assertions import approving
from tally.audit.papers import Problem, Urn
from tally.audit.plan import Plan


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a paper: counted, with its marks; or why it was not. Nobody keeps it when it has been shown."""

    problem: Problem | None
    marks: tuple[int, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether it is in the totals."""
        return self.problem is None


class Scanner:
    """The station for one contest. With `plan` the papers are a sample, and `times` is how often each was drawn.

    `others` are what was counted from the other boxes: a paper of theirs is a copy here.
    """

    def __init__(
        self, urn: Urn, memory: Memory, plan: Plan | None = None, times: int = 1, others: tuple[Memory, ...] = ()
    ) -> None:
        self.urn = urn
        self.memory = memory
        self._others = others
        self._plan = plan
        self._times = times
        self._approve = approving(urn.contest)

    def look(self, image: Image.Image) -> Found:
        """Count the paper of a picture, or say why not.

        Raises:
            FatalError: the disk does not take what must be remembered.
        """
        codes = codes_in(image)
        if len(codes) != 1:
            return Found(Problem.SEVERAL if codes else Problem.UNREADABLE)
        return self.take(codes[0])

    def take(self, digits: str) -> Found:
        """Count the paper with this code, or say why not. Its marks are told also where it was counted before.

        Raises:
            FatalError: the disk does not take what must be remembered.
        """
        record = self.urn.read(digits)
        if not isinstance(record, PaperRecord):
            return Found(record)
        if any(memory.has(record.serial) for memory in (self.memory, *self._others)):
            return Found(Problem.DUPLICATE, record.marks)
        sample = self.memory.sample
        if sample is not None and self._plan is not None:
            sample = sample.plus(self._plan, record.marks, self._approve, self._times)
        self.memory.keep(record.serial, self.memory.totals.plus(record.marks), sample)
        return Found(None, record.marks)

    def lines(self, found: Found) -> tuple[RecordLine, ...]:
        """What a paper says, to be compared with its words."""
        return record_lines(self.urn.contest, found.marks) if found.marks else ()

    def text(self, found: Found) -> str:
        """The same as text."""
        return record_text(self.urn.contest, found.marks) if found.marks else ""
