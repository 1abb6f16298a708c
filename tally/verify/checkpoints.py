"""Auditing the checkpoints of a record against its log (SPEC §8.6, §11: V3.B, V3.C, V3.D)."""

from __future__ import annotations

from tally.record.members import note_name
from tally.state import State
from tally.verify.checks import CHECKPOINTS, COSIGNATURES, FULL_CHECKPOINT
from tally.verify.report import Audit
from voting_core.errors import VerificationError
from voting_core.log.checkpoint import SignedCheckpoint, verify_checkpoint, verify_cosignature


class CheckpointAudit:
    """Takes the checkpoints of a record, after its whole log was audited."""

    __slots__ = ("_audit", "_before_destruction", "_state", "_witnesses")

    def __init__(self, audit: Audit, state: State) -> None:
        self._audit = audit
        self._state = state
        self._witnesses: int | None = None
        self._before_destruction = 0

    def take(self, size: int, note: bytes) -> None:
        """Judge one checkpoint; `size` is the one in its name."""
        self._audit.examine(CHECKPOINTS)
        name = note_name(size)
        state = self._state
        if state.session is None:
            return  # a log without a session has findings; there is no key to verify with
        try:
            signed = verify_checkpoint(note, state.session_id, state.facts.log_key)
            _check_place(state, size, signed)
        except VerificationError as error:
            self._audit.find(error, name)
            return
        good = self._cosignatures(name, signed)
        if size == state.size:
            self._witnesses = good
        elif state.destroyed and size == state.size - 1:
            self._before_destruction = good

    def finish(self) -> None:
        """Judge whether the whole log is witnessed (V3.D).

        Trustees destroy their keys when the session is sealed. Nobody is left to cosign `session.destroyed`, which
        officials sign long after that; those who cosigned the log before it are counted then.
        """
        self._audit.examine(FULL_CHECKPOINT)
        name = note_name(self._state.size)
        if self._witnesses is None:
            self._audit.find(VerificationError("V3.D", "there is no valid checkpoint of the full size"), name)
        elif self._state.key is not None and (most := max(self._witnesses, self._before_destruction)) < (
            self._state.quorum
        ):
            message = f"{most} trustees have cosigned the whole log, {self._state.quorum} must"
            self._audit.find(VerificationError("V3.D", message), name)

    def _cosignatures(self, name: str, signed: SignedCheckpoint) -> int:
        good = 0
        for cosignature in signed.cosignatures:
            self._audit.examine(COSIGNATURES)
            trustee = self._state.trustees.get(cosignature.index)
            try:
                if trustee is None:
                    message = f"witness {cosignature.index} is no trustee of this session"
                    raise VerificationError("V3.C", message, (f"witness {cosignature.index}",))
                verify_cosignature(signed, cosignature.index, trustee.witness_key)
            except VerificationError as error:
                self._audit.find(error, name)
            else:
                good += 1
        return good


def _check_place(state: State, size: int, signed: SignedCheckpoint) -> None:
    checkpoint = signed.checkpoint
    if checkpoint.size != size:
        raise VerificationError("V3.B", f"the checkpoint is of size {checkpoint.size}, its name says {size}")
    root = state.roots.get(checkpoint.size)
    if root is None:
        raise VerificationError(
            "V3.B", f"the checkpoint is of size {checkpoint.size}, the log has {state.size} entries"
        )
    if root != checkpoint.root:
        claimed, found = checkpoint.root.hex()[:16], root.hex()[:16]
        raise VerificationError("V3.B", f"the checkpoint has the root {claimed}, the log had {found} at that size")
