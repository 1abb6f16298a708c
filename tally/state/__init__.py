"""What a session is after a log: the value that replay computes and everybody reads (SPEC §8)."""

from tally.state.ceremony import Ceremony, Dealing, Fault, JointKey, Reveal
from tally.state.contest import Abandonment, BoxSum, CellSum, Closing, ContestState, Share, Status
from tally.state.session import AdoptedRules, CredentialList, Kiosk, State, initial

__all__ = [
    "Abandonment",
    "AdoptedRules",
    "BoxSum",
    "CellSum",
    "Ceremony",
    "Closing",
    "ContestState",
    "CredentialList",
    "Dealing",
    "Fault",
    "JointKey",
    "Kiosk",
    "Reveal",
    "Share",
    "State",
    "Status",
    "initial",
]
