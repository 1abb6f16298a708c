import json
from collections import Counter
from pathlib import Path

import pytest

from kiosk.demo.cards import LEFT_OVER, TEST, challenges
from kiosk.demo.script import Done, with_delegates
from tally.cli.files import read_folder
from tally.plan import SessionPlan, read_plan
from tally.record.read import RecordReader
from tally.verify import verify_record
from tests.kiosk.demo.conftest import DELEGATES, PLENUM
from voting_core.errors import InputError

pytestmark = pytest.mark.slow


def _types(done: Done) -> Counter[str]:
    with done.record.open("rb") as source:
        reader = RecordReader(source, lambda error: pytest.fail(str(error)))
        return Counter(json.loads(raw)["type"] for raw in reader.entries())


def test_the_record_verifies_with_fingerprint_and_receipt(done: Done) -> None:
    with done.record.open("rb") as source:
        report = verify_record(source, fingerprint=done.fingerprint, receipt=done.receipt.read_bytes())
    report.require_clean()
    assert report.anchored
    assert report.simulated


def test_everybody_present_casts_in_every_contest_and_some_test_a_kiosk(done: Done, plan: SessionPlan) -> None:
    types = _types(done)
    assert types["ballot.cast"] == 2 * plan.roll.present
    assert types["ballot.challenged"] == 2 * challenges(plan.roll.present)
    assert types["credential.voided"] == 2 * (LEFT_OVER + TEST)


def test_one_scrutineer_stays_away_three_verify_and_two_decrypt(done: Done) -> None:
    types = _types(done)
    assert types["trustee.joined"] == 4
    assert types["record.verified"] == 2 * 3
    assert types["tally.shared"] == 2 * 2
    assert types["key.destroyed"] == 3


def test_the_results_agree_with_the_decided_contests(done: Done) -> None:
    results = json.loads((done.folder / "results.json").read_text(encoding="utf-8"))
    assert [result["contest"] for result in results] == ["secretaries", "mayors"]
    for result, (_, _, counts, _) in zip(results, done.decided, strict=True):
        assert [list(row.values()) for row in result["rows"].values()] == [list(row) for row in counts]


def test_every_step_is_reported_to_its_end(done: Done, steps: list[tuple[str, int, int]]) -> None:
    assert done.folder.is_dir()
    last = {name: (at, total) for name, at, total in steps}
    assert all(at == total for at, total in last.values())
    assert any("封存" in name for name in last)


def test_fewer_delegates_are_the_first_of_the_roll(plan: SessionPlan) -> None:
    assert plan.roll.should_attend == DELEGATES
    with pytest.raises(InputError, match="--delegates"):
        with_delegates(plan, 0)
    whole = read_plan(read_folder(Path(PLENUM)))
    assert with_delegates(whole, None) is whole
