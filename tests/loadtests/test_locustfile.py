"""Kiosks in a real Locust process against a server that misbehaves. Locust itself is never imported here."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from loadtests.acknowledgements import read_acknowledgements
from loadtests.figures import read_figures
from loadtests.load import LoadFiles, run_load
from loadtests.pool import CAST, PoolBallot, Resend, write_pool
from loadtests.profiles import SMOKE
from tests.loadtests.stub_server import Answer, stub_server

BUSY, LOST, BAD, AFTER, TOGETHER, PLAIN = "busy", "lost", "bad", "after", "together", "plain"


def _ballot(name: str, kiosk: int, resend: Resend = Resend.NEVER) -> PoolBallot:
    entry = f'{{"name":"{name} 选票"}}'.encode()
    return PoolBallot(id=name, type=CAST, contest="c", kiosk=kiosk, resend=resend, marks=(0,), entry=entry)


POOL = (
    _ballot(BUSY, 1),
    _ballot(LOST, 1),
    _ballot(BAD, 1),
    _ballot(AFTER, 2, Resend.AFTER),
    _ballot(TOGETHER, 2, Resend.TOGETHER),
    _ballot(PLAIN, 2),
)


def _script(body: bytes, times: int) -> Answer:
    if BUSY.encode() in body and times == 1:
        return 503, {"Retry-After": "1"}
    if LOST.encode() in body and times == 1:
        return None
    return (422, {}) if BAD.encode() in body else (200, {})


@pytest.mark.slow
def test_kiosks_send_every_ballot_until_it_is_accepted_or_refused(tmp_path: Path) -> None:
    files = LoadFiles(tmp_path)
    write_pool(files.pool, POOL)
    with stub_server(_script) as stub:
        run_load(replace(SMOKE, kiosks=3, seconds=60, pause=0.01), stub.url, files)
    assert stub.paths == {"/v1/ballots"}
    sent = {ballot.id: stub.received[ballot.entry] for ballot in POOL}
    assert sent == {BUSY: 2, LOST: 2, BAD: 1, AFTER: 2, TOGETHER: 2, PLAIN: 1}
    assert len(stub.received) == len(POOL), "a ballot was sent with other bytes"
    promised = Counter(item.id for item in read_acknowledgements(files.acknowledgements))
    assert promised == {BUSY: 1, LOST: 1, AFTER: 2, TOGETHER: 2, PLAIN: 1}
    figures = read_figures(files.stats)
    # Waiting as the server asked is no failure; a lost answer and a refusal are.
    assert (figures.requests, figures.waits, figures.failures) == (9, 1, 2)
    assert files.report.stat().st_size > 100_000
    assert "locust" not in sys.modules
