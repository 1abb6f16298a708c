"""The only judge of validity: entries in, state out (SPEC §8.5, §11)."""

from tally.replay.ahead import Ahead, Known, known_of, look_ahead
from tally.replay.machine import (
    RunRefused,
    prepare,
    prepare_entry,
    refusal_whoever_signs,
    replay,
    replay_batch,
    skip,
)
from tally.state import initial

__all__ = [
    "Ahead",
    "Known",
    "RunRefused",
    "initial",
    "known_of",
    "look_ahead",
    "prepare",
    "prepare_entry",
    "refusal_whoever_signs",
    "replay",
    "replay_batch",
    "skip",
]
