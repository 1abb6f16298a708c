from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.scan import memory as module
from kiosk.scan.memory import Memory
from kiosk.scan.source import urn_of
from tally.audit.papers import Totals
from tally.audit.plan import Sample
from tests.kiosk.scan.papers import contest, state
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError, InputError

URN = urn_of(state(), contest("waived"))
RNG = SeededRng("memory")
SERIAL = bytes(range(16))


def opened(path: Path, sample: Sample | None = None) -> Memory:
    return Memory.open(path / "scan.json", URN, RNG, sample)


def test_a_paper_is_known_again_after_a_restart(tmp_path: Path) -> None:
    first = opened(tmp_path)
    assert not first.has(SERIAL)
    first.keep(SERIAL, first.totals.plus((1,)), None)
    first.keep(bytes(16), first.totals.plus((0,)), None)
    again = opened(tmp_path)
    assert again.has(SERIAL)
    assert again.has(bytes(16))
    assert not again.has(bytes(15) + b"\x01")
    assert again.totals == Totals(2, ((1, 1, 0),))


def test_the_file_holds_neither_serials_nor_their_order(tmp_path: Path) -> None:
    """Two stations that count the same papers in another order, with the same salt, write the same bytes."""
    files = []
    for order in ((SERIAL, bytes(16)), (bytes(16), SERIAL)):
        kept = Memory(tmp_path / "a", URN.session, URN.contest.hash, bytes(32), Totals.none(URN.contest))
        for serial in order:
            kept.keep(serial, kept.totals.plus((0,)), None)
        files.append((tmp_path / "a").read_bytes())
    assert files[0] == files[1]
    assert SERIAL.hex().encode() not in files[0]
    assert SERIAL not in files[0]
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0


def test_what_the_disk_does_not_take_is_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = opened(tmp_path)

    def full(*_: object) -> None:
        raise FatalError("full")

    monkeypatch.setattr(module, "write_durably", full)
    with pytest.raises(FatalError):
        kept.keep(SERIAL, kept.totals.plus((1,)), None)
    assert not kept.has(SERIAL)
    assert kept.totals.papers == 0
    assert not (tmp_path / "scan.json").exists()


def test_what_reached_the_disk_before_a_crash_is_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, write = opened(tmp_path), module.write_durably

    def crash(path: Path, data: bytes) -> None:
        write(path, data)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_durably", crash)
    with pytest.raises(KeyboardInterrupt):
        kept.keep(SERIAL, kept.totals.plus((1,)), None)
    assert not kept.has(SERIAL), "nobody was told that it counts"
    again = opened(tmp_path)
    assert again.has(SERIAL)
    assert again.totals == Totals(1, ((0, 1, 0),))


def test_a_sample_is_remembered_and_not_mixed_with_all_papers(tmp_path: Path) -> None:
    begun = Sample(0, ((0, 0),))
    kept = opened(tmp_path, begun)
    kept.keep(SERIAL, kept.totals.plus((0,)), Sample(2, ((2, 0),)))
    assert opened(tmp_path, begun).sample == Sample(2, ((2, 0),))
    with pytest.raises(InputError, match="not counted together"):
        opened(tmp_path)
    with pytest.raises(InputError, match="another plan"):
        opened(tmp_path, Sample(0, ((0, 0), (0, 0))))


def test_another_contest_has_another_file(tmp_path: Path) -> None:
    opened(tmp_path).keep(SERIAL, Totals.none(URN.contest).plus((0,)), None)
    for urn in (replace(URN, contest=contest("motion").contest), replace(URN, session=bytes(32))):
        with pytest.raises(InputError, match="another contest"):
            Memory.open(tmp_path / "scan.json", urn, RNG)


@pytest.mark.parametrize("change", [b"", b"{}", b'{"format":"plenum-scan-1"}', None])
def test_a_file_that_is_none_is_told(tmp_path: Path, change: bytes | None) -> None:
    path = tmp_path / "scan.json"
    opened(tmp_path, Sample(0, ((0, 0),))).keep(SERIAL, Totals.none(URN.contest).plus((0,)), Sample(1, ((1, 0),)))
    path.write_bytes(path.read_bytes().replace(b"[[1,0]]", b"[[1]]") if change is None else change)
    with pytest.raises(InputError, match="scan all papers again"):
        opened(tmp_path, Sample(0, ((0, 0),)))
