"""How a station that is started comes to its server: by its enrolment, or by what its command line says."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ballots.authority_fingerprint import read_authority_fingerprint
from ballots.qr.enrolment import StationRole
from kiosk.client import ServerClient, client_of
from kiosk.enrolment import Enrolment, enrol, read_code, read_enrolment
from kiosk.trust import fetch_authority, read_authority
from voting_core.errors import InputError
from voting_core.rng import Rng

ServerOption = Annotated[
    str | None, typer.Option(help="Address of the server, such as https://10.0.0.1:8300; an enrolled station knows it.")
]
EnrolOption = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Enrol with this code: the digits of its QR code, 16 characters, or - to scan."),
]
CaOption = Annotated[
    Path | None, typer.Option(help="Certificate (ca.crt) of the hall's authority; no other is trusted then.")
]
CaFingerprintOption = Annotated[
    str | None, typer.Option(help="Its SHA-256 instead, as plenum pki show prints it; the server shows the rest.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the command line says."""

    server: str | None
    enrol: str | None = None
    ca: Path | None = None
    ca_fingerprint: str | None = None


def reach(given: Given, memory: Path, role: StationRole, rng: Rng) -> tuple[ServerClient, Enrolment | None]:
    """A client of the station's server, and its enrolment, if it has one. `memory` is the file of the enrolment.

    Raises:
        InputError: it is not said where the server is, or something that was said is wrong.
        FatalError: the server shows another authority than it should.
        Refused, Unreachable: as :func:`kiosk.enrolment.enrol`.
    """
    authority = _authority(given)
    if given.enrol is not None:
        text = sys.stdin.readline() if given.enrol == "-" else given.enrol
        enrolled = enrol(memory, read_code(text, role, given.server, authority), authority, rng)
        return enrolled.client(), enrolled
    known = read_enrolment(memory)
    if known is not None and given.server in (None, known.server):
        if not known.is_complete:
            raise InputError(
                str(memory), "the enrolment was not finished", "Give --enrol with the same code, or ask for a new one"
            )
        return known.client(), known
    if given.server is None:
        raise InputError("--server", "is missing", "Give the server's address, or --enrol with a code")
    return client_of(given.server, authority), None


def _authority(given: Given) -> bytes:
    """The authority that the command line names; empty where it names none."""
    if given.ca is not None and given.ca_fingerprint is not None:
        raise InputError("--ca, --ca-fingerprint", "both were given", "Give one of them")
    if given.ca is not None:
        return read_authority(given.ca)
    if given.ca_fingerprint is None:
        return b""
    if given.server is None:
        raise InputError("--ca-fingerprint", "it is not said where the server is", "Give --server as well")
    return fetch_authority(given.server.rstrip("/"), read_authority_fingerprint(given.ca_fingerprint))
