"""How a station finds its server."""

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ballots.qr.enrolment import StationRole
from kiosk import reaching
from kiosk.enrolment import Enrolment, _store
from kiosk.reaching import Given, reach
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret

KNOWN = Enrolment(
    role=StationRole.KIOSK, server="http://127.0.0.1:8300", authority=b"", token=Secret(bytes(32)), name="1号机"
)
OTHER = "http://127.0.0.1:9999"


def to(given: Given, memory: Path) -> tuple[str, bool]:
    client, enrolled = reach(given, memory, StationRole.KIOSK, SeededRng(1))
    client.http.close()
    return str(client.http.base_url).rstrip("/"), enrolled is not None


def test_an_enrolled_station_knows_its_server(tmp_path: Path) -> None:
    memory = tmp_path / "enrolment.json"
    _store(memory, KNOWN)
    assert to(Given(server=None), memory) == (KNOWN.server, True)
    assert to(Given(server=KNOWN.server), memory) == (KNOWN.server, True)
    assert to(Given(server=OTHER), memory) == (OTHER, False)
    _store(memory, replace(KNOWN, name=""))
    with pytest.raises(InputError, match="not finished"):
        to(Given(server=None), memory)


def test_a_stranger_is_told_where(tmp_path: Path) -> None:
    assert to(Given(server=OTHER), tmp_path / "none") == (OTHER, False)
    with pytest.raises(InputError, match="--server: is missing"):
        to(Given(server=None), tmp_path / "none")
    with pytest.raises(InputError, match="not the address"):
        to(Given(server="10.0.0.1"), tmp_path / "none")


def test_the_authority_is_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="both were given"):
        to(Given(server=OTHER, ca=tmp_path, ca_fingerprint="00"), tmp_path / "none")
    with pytest.raises(InputError, match="--server as well"):
        to(Given(server=None, ca_fingerprint="00" * 32), tmp_path / "none")
    with pytest.raises(InputError, match="cannot be read"):
        to(Given(server=OTHER, ca=tmp_path / "ca.crt"), tmp_path / "none")
    asked = []

    def fetch(url: str, digest: bytes) -> bytes:
        asked.append((url, digest))
        return b""

    monkeypatch.setattr(reaching, "fetch_authority", fetch)
    assert to(Given(server=OTHER + "/", ca_fingerprint="0A" * 32), tmp_path / "none")[0] == OTHER
    assert asked == [(OTHER, b"\x0a" * 32)]


def test_a_code_is_scanned_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def read(text: str, *_: Any) -> str:
        seen.append(text)
        return text

    monkeypatch.setattr(reaching, "read_code", read)
    monkeypatch.setattr(reaching, "enrol", lambda *_: KNOWN)
    monkeypatch.setattr(sys, "stdin", io.StringIO("12345\nmore\n"))
    assert to(Given(server=None, enrol="-"), tmp_path / "none") == (KNOWN.server, True)
    assert to(Given(server=None, enrol="678"), tmp_path / "none") == (KNOWN.server, True)
    assert seen == ["12345\n", "678"]
