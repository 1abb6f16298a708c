"""The record of a run: fetched as anybody would, verified, and compared with what was sent."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ballots.crockford import fingerprint_text
from kiosk.client import ServerClient
from loadtests.acknowledgements import Acknowledgement
from loadtests.check import compare
from loadtests.pool import PoolBallot
from loadtests.stage import Report
from tally.record.read import RecordReader
from tally.verify import verify_record
from voting_core.errors import PlenumError
from voting_core.log.merkle import Frontier, leaf_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """What a record holds: entries of the log and ballots among them, the root over all entries, bytes of the file.

    It is `good` when it verifies, is that of a sealed session, and holds what was sent and nothing else.
    """

    good: bool
    entries: int
    ballots: int
    root: str
    fingerprint: str
    size: int

    def to_json(self) -> dict[str, object]:
        """The facts for programs."""
        return asdict(self)


def download(client: ServerClient, record: Path) -> None:
    """Fetch the record; a file is there only when it is whole."""
    partial = record.with_suffix(".part")
    with partial.open("wb") as file:
        for piece in client.record():
            file.write(piece)
    os.replace(partial, record)


def examine(
    record: Path,
    fingerprint: bytes | None,
    pool: Sequence[PoolBallot],
    acknowledgements: Sequence[Acknowledgement],
    report: Report,
) -> tuple[RecordFacts, list[str]]:
    """Verify the record as anybody would, and compare it with the pool; gives a sentence for each problem."""
    problems: list[str] = []
    with record.open("rb") as source:
        found = verify_record(
            source,
            fingerprint=fingerprint_text(fingerprint) if fingerprint else None,
            progress=lambda done, total: report("bytes of the record verified", done, total),
        )
        for finding in found.findings:
            problems.append(f"the record does not verify: {finding.code} {finding.subject}: {finding.message}")
        if not found.sealed:
            problems.append("the record is not that of a sealed session")
        source.seek(0)
        tree = _Tree()
        try:
            entries = tree.grown_by(RecordReader(source, lambda _: None).entries())
            problems += compare(pool, acknowledgements, entries)
        except PlenumError as error:
            problems.append(f"the record could not be compared: {error}")
    facts = RecordFacts(
        good=not problems,
        entries=found.entries,
        ballots=found.ballots,
        root=tree.frontier.root().hex(),
        fingerprint=found.fingerprint,
        size=record.stat().st_size,
    )
    return facts, problems


class _Tree:
    """The tree over entries that somebody else reads."""

    def __init__(self) -> None:
        self.frontier = Frontier.empty()

    def grown_by(self, entries: Iterable[bytes]) -> Iterator[bytes]:
        for raw in entries:
            self.frontier = self.frontier.append(leaf_hash(raw))
            yield raw
