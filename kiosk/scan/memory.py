"""What the station remembers between two papers, durably: totals, and salted hashes of the serials counted.

A paper that was counted before a restart is a duplicate after it. Marks are kept in totals alone, hashes are sorted and
salted: nobody who reads the file learns a vector, an order, or whether a certain paper was there without having it.
`plenum scan forget` erases the file when the sheet is signed.
"""

import hashlib
import hmac
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from kiosk.durable import write_durably
from tally.audit.papers import Totals, Urn
from tally.audit.plan import Sample
from tally.entries.reading import counts_json, read_counts, read_integers
from voting_core.codec import Fields, JsonObject, b64encode, canonical, hex32, parse_canonical
from voting_core.errors import EncodingError, InputError
from voting_core.params import MAX_BALLOTS
from voting_core.rng import Rng

FORMAT: Final = "plenum-scan-1"
SALT_BYTES: Final = 32
HASH_BYTES: Final = 16
MAX_BYTES: Final = 100_000_000
"""Hashes of MAX_BALLOTS papers, and the totals."""


@dataclass(slots=True)
class Memory:
    """The papers of one contest counted so far; with `sample`, papers drawn from its pile."""

    path: Path
    session: bytes
    contest_hash: bytes
    salt: bytes
    totals: Totals
    sample: Sample | None = None
    seen: list[bytes] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path, urn: Urn, rng: Rng, sample: Sample | None = None) -> Self:
        """Go on where the station stopped, or begin. `sample` is what an audit of a sample begins with.

        Raises:
            InputError: the file is not a memory of this contest, or is one of the other kind of audit.
        """
        if not path.exists():
            return cls(path, urn.session, urn.contest.hash, rng.bytes(SALT_BYTES), Totals.none(urn.contest), sample)
        memory = cls._read(path)
        if (memory.session, memory.contest_hash) != (urn.session, urn.contest.hash):
            raise InputError(str(path), "it is of another contest", "Give each contest a file of its own with --memory")
        if (memory.sample is None) != (sample is None):
            raise InputError(
                str(path), "all papers and a drawn sample are not counted together", "Use another file with --memory"
            )
        if memory.sample is not None and sample is not None and len(memory.sample.tallies) != len(sample.tallies):
            raise InputError(str(path), "it is of another plan", "Use the same record and risk limit as before")
        return memory

    def has(self, serial: bytes) -> bool:
        """Whether a paper with this serial was counted."""
        found = self._hash(serial)
        at = bisect_left(self.seen, found)
        return at < len(self.seen) and self.seen[at] == found

    def keep(self, serial: bytes, totals: Totals, sample: Sample | None) -> None:
        """Remember one paper more, durably. Whoever shows that it was counted does so after this.

        Raises:
            FatalError: the disk does not take it; the paper is not counted.
        """
        seen = self.seen.copy()
        insort(seen, self._hash(serial))
        write_durably(self.path, canonical(self._json(seen, totals, sample)))
        self.seen, self.totals, self.sample = seen, totals, sample

    def _hash(self, serial: bytes) -> bytes:
        return hmac.digest(self.salt, serial, hashlib.sha256)[:HASH_BYTES]

    def _json(self, seen: list[bytes], totals: Totals, sample: Sample | None) -> JsonObject:
        return {
            "contest": hex32(self.contest_hash),
            "counts": counts_json(totals.counts),
            "drawn": sample.drawn if sample else 0,
            "format": FORMAT,
            "papers": totals.papers,
            "salt": hex32(self.salt),
            "sampled": sample is not None,
            "seen": b64encode(b"".join(seen)),
            "session": hex32(self.session),
            "tallies": [list(pair) for pair in sample.tallies] if sample else [],
        }

    @classmethod
    def _read(cls, path: Path) -> Self:
        try:
            fields = Fields(parse_canonical(path.read_bytes(), "memory", MAX_BYTES), "memory")
            fields.choice("format", (FORMAT,))
            run = fields.b64("seen", None)
            tallies = fields.array("tallies")
            pairs = tuple(read_integers(pair, "memory.tallies", hi=MAX_BALLOTS, max=2) for pair in tallies)
            drawn = fields.integer("drawn", 0, MAX_BALLOTS)
            memory = cls(
                path=path,
                session=fields.hex("session", 32),
                contest_hash=fields.hex("contest", 32),
                salt=fields.hex("salt", SALT_BYTES),
                totals=Totals(fields.integer("papers", 0, MAX_BALLOTS), read_counts(fields)),
                sample=Sample(drawn, tuple((pair[0], pair[1]) for pair in pairs))
                if fields.boolean("sampled")
                else None,
                seen=[run[at : at + HASH_BYTES] for at in range(0, len(run), HASH_BYTES)],
            )
            fields.done()
        except (EncodingError, OSError, IndexError) as error:
            raise InputError(
                str(path), "it is not what this station remembers", "Move it away and scan all papers again"
            ) from error
        return memory
