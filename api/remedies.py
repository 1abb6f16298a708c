"""What to do about an entry that a check refuses (SPEC §11), for the people at the station that sent it."""

from typing import Final

_MAKE_AGAIN: Final = "Make the entry again; take a station to which this happens twice out of use"
_SEAL_AGAIN: Final = "Seal the ballot again; take a kiosk to which this happens twice out of use"
_FOLLOW: Final = "Fetch the log, and make the entry again over it"

_REMEDIES: Final = {
    "V2.C": "Connect the station to the server of its session",
    "V3.A": _FOLLOW,
    "V4.A": "Sign it again with the key that the log names",
    "V4.B": "Let everybody sign whose signature the type of the entry asks for",
    "V4.D": "Look in /v1/status how far the session is, and do first what comes first",
    "V7.B": "Look in /v1/credentials what became of the card",
    "V8.A": "Look in /v1/status whether the contest is open, and vote with a card that was issued for it",
    "V8.B": "Look the ballot up by the code on its receipt",
    "V9.A": _FOLLOW,
    "V10.C": "Show the shares again from the key file of the scrutineer",
}


def remedy_of(code: str) -> str:
    """The remedy for a check; for one that only a faulty or hostile program fails, to make the entry again."""
    return _REMEDIES.get(code, _SEAL_AGAIN if code.startswith("V8.") else _MAKE_AGAIN)
