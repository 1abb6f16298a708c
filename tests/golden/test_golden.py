import io
import json
import zipfile

from tally.entries.entry_type import EntryType
from tally.verify import verify_record
from tests.golden.golden_session import golden, types_in
from tests.golden.make_golden import FOLDER, facts_of, record_of

EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def test_the_published_record_is_still_accepted() -> None:
    receipt = (FOLDER / "receipt.json").read_bytes()
    with (FOLDER / "record.zip").open("rb") as source:
        report = verify_record(source, fingerprint=EXPECTED["fingerprint"], receipt=receipt)
    report.require_clean()
    assert (report.session, report.fingerprint, report.entries) == (
        EXPECTED["session"],
        EXPECTED["fingerprint"],
        EXPECTED["size"],
    )
    assert report.anchored
    assert report.sealed
    assert report.simulated


def test_the_code_still_makes_the_published_bytes() -> None:
    with zipfile.ZipFile(FOLDER / "record.zip") as old, zipfile.ZipFile(io.BytesIO(record_of(golden()))) as new:
        assert {name: old.read(name) for name in old.namelist()} == {name: new.read(name) for name in new.namelist()}
    assert golden().receipt().to_bytes() == (FOLDER / "receipt.json").read_bytes()
    assert facts_of(golden()) == EXPECTED


def test_every_type_of_entry_is_in_it() -> None:
    assert types_in(golden().entries) == set(EntryType)
