"""The log of a session in this process, and the people who write to it.

`Hall` appends entries by the same `replay` that a server uses, keeps their bytes, and signs checkpoints at the end.
It holds the secret keys
of everybody, which only a simulation may: its session says so in its first entry.
"""

from collections.abc import Callable, Sequence

from tally.entries.bodies import TYPES
from tally.entries.build import build_entry
from tally.entries.reading import Body
from tally.entries.session import SessionCreated
from tally.replay import initial, replay, replay_batch
from tally.state import State
from voting_core.log.checkpoint import Checkpoint, add_cosignatures, cosign_checkpoint, sign_checkpoint
from voting_core.public import SODIUM, PublicGroup
from voting_core.rng import Rng
from voting_core.signing_key import SigningKey

NONCE_BYTES = 32

BATCH = 100
"""Ballots whose arguments are verified together."""


class Hall:
    """A log with its state, and the keys of officials and service."""

    def __init__(self, rng: Rng, clock: Callable[[], int], group: PublicGroup = SODIUM) -> None:
        self.rng = rng
        self.clock = clock
        self.state: State = initial(group)
        self.entries: list[bytes] = []
        self.officials = tuple(sorted((SigningKey.generate(rng) for _ in range(2)), key=lambda key: key.public))
        self.log_key = SigningKey.generate(rng)
        self.service_key = SigningKey.generate(rng)

    @property
    def seen(self) -> tuple[int, bytes]:
        """Size and root of the log as everybody in this hall sees it."""
        return self.state.size, self.state.root

    def append_raw(self, raw: bytes) -> None:
        """Append one entry; raises VerificationError when replay refuses it."""
        self.state = replay(self.state, raw)
        self.entries.append(raw)

    def append(self, body: Body, *signers: SigningKey) -> None:
        """Build an entry signed by `signers` (the first is the author) over the log as it stands, and append it."""
        raw = build_entry(TYPES[type(body)], body, self.state.session_id, signers, time=self.clock(), seen=self.seen)
        self.append_raw(raw)

    def decree(self, body: Body, *further: SigningKey) -> None:
        """Append an entry of the two officials, and of whoever else signs it."""
        self.append(body, *self.officials, *further)

    def append_ballots(self, raws: Sequence[bytes], progress: Callable[[int], None]) -> None:
        """Append sorted `ballot.*` entries, verifying their arguments in batches; tells `progress` how many were
        appended.
        """
        for start in range(0, len(raws), BATCH):
            part = raws[start : start + BATCH]
            self.state = replay_batch(self.state, part)
            self.entries.extend(part)
            progress(len(part))

    def create(self, *, kind: str, title: str, date: str, place: str, trustees: int, threshold: int) -> None:
        """Write `session.created`, marked as simulated."""
        body = SessionCreated(
            title=title,
            place=place,
            date=date,
            kind=kind,
            simulated=True,
            threshold=threshold,
            trustees=trustees,
            officials=tuple(key.public for key in self.officials),
            log_key=self.log_key.public,
            service_key=self.service_key.public,
            nonce=self.rng.bytes(NONCE_BYTES),
        )
        self.append_raw(
            build_entry(TYPES[SessionCreated], body, body.session_id, self.officials, time=self.clock(), seen=self.seen)
        )

    def checkpoint(self, witnesses: Sequence[tuple[int, SigningKey]]) -> bytes:
        """The signed checkpoint of the log as it stands, cosigned by `witnesses` (trustee index and witness key)."""
        checkpoint = Checkpoint(self.state.session_id, self.state.size, self.state.root)
        note = sign_checkpoint(checkpoint, self.log_key)
        return add_cosignatures(
            note, [cosign_checkpoint(checkpoint, key, index, self.clock()) for index, key in witnesses]
        )
