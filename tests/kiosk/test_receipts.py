from dataclasses import replace
from pathlib import Path

import pytest

from ballots.receipt import Promise, parse_receipt, sign_promise
from kiosk.receipt_svg import PENDING, receipt_svg
from kiosk.receipts import ReceiptPrinter
from tests.api.world import World, voting_world
from tests.kiosk.booth import Events
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError
from voting_core.log.merkle import EMPTY_ROOT
from voting_core.signing_key import SigningKey

SERVICE = SigningKey.generate(SeededRng("service"))


@pytest.fixture(scope="module")
def world() -> World:
    return voting_world()[0]


def promise(world: World) -> Promise:
    return sign_promise(ballot=bytes(32), size=0, root=EMPTY_ROOT, session=world.state.session_id, service_key=SERVICE)


def test_a_receipt_waits_for_its_promise_and_then_has_it(world: World, tmp_path: Path) -> None:
    events = Events()
    printer = ReceiptPrinter(tmp_path, events)
    printer.pending(world.state, bytes(32))
    (path,) = tmp_path.glob("*.json")
    (page,) = tmp_path.glob("*.svg")
    assert parse_receipt(path.read_bytes()).promise is None
    assert PENDING in page.read_text(encoding="utf-8")
    printer.confirmed(world.state, bytes(32), promise(world))
    (path,) = tmp_path.glob("*.json")
    (page,) = tmp_path.glob("*.svg")
    receipt = parse_receipt(path.read_bytes())
    assert receipt.promise == promise(world)
    assert (path.stem, page.stem) == (receipt.code, receipt.code)
    assert page.read_bytes() == receipt_svg(receipt)
    assert PENDING not in page.read_text(encoding="utf-8")
    assert [fields["pending"] for fields in events.of("receipt")] == [True, False]


def test_the_files_do_not_tell_the_time(world: World, tmp_path: Path) -> None:
    ReceiptPrinter(tmp_path, Events()).pending(world.state, bytes(32))
    assert [path.stat().st_mtime for path in tmp_path.iterdir()] == [0, 0]


def test_a_promise_that_is_worth_nothing_stops_the_kiosk(world: World, tmp_path: Path) -> None:
    printer = ReceiptPrinter(tmp_path, Events())
    for bad in (replace(promise(world), size=1), replace(promise(world), signature=bytes(64))):
        with pytest.raises(FatalError, match="worth nothing"):
            printer.confirmed(world.state, bytes(32), bad)
    with pytest.raises(FatalError, match="another ballot"):
        printer.confirmed(world.state, bytes([1]) * 32, promise(world))
    assert list(tmp_path.iterdir()) == []


def test_a_promise_over_another_log_stops_the_kiosk(world: World, tmp_path: Path) -> None:
    forked = sign_promise(ballot=bytes(32), size=5, root=bytes(32), session=world.state.session_id, service_key=SERVICE)
    with pytest.raises(FatalError, match="another log"):
        ReceiptPrinter(tmp_path, Events()).confirmed(world.state, bytes(32), forked)


def test_without_a_printer_nothing_is_written(world: World) -> None:
    events = Events()
    ReceiptPrinter(None, events).pending(world.state, bytes(32))
    assert len(events.of("receipt")) == 1
