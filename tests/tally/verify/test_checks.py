import re
from pathlib import Path

from tally.entries.entry_type import EntryType
from tally.verify.checks import (
    CHECKPOINTS,
    CHECKS,
    COSIGNATURES,
    ENTRIES,
    FINGERPRINT,
    FULL_CHECKPOINT,
    MANIFEST,
    MEMBERS,
    RECEIPT,
)

SPEC = Path(__file__).parents[3] / "docs" / "spec" / "11-verification.md"
ROW = re.compile(r"^\| (V\d+\.[A-Z]) \| (.*) \| (§[\d.]+) \|$", re.MULTILINE)


def test_the_checks_are_those_of_the_specification_word_for_word() -> None:
    written = ROW.findall(SPEC.read_text(encoding="utf-8"))
    assert [(check.code, check.en, check.section) for check in CHECKS] == written


def test_every_check_examines_something_that_is_counted() -> None:
    known = {*EntryType, ENTRIES, MEMBERS, MANIFEST, CHECKPOINTS, COSIGNATURES, FULL_CHECKPOINT, FINGERPRINT, RECEIPT}
    for check in CHECKS:
        assert check.examines
        assert set(check.examines.split(" ")) <= {str(name) for name in known}, check.code


def test_every_check_has_a_title_in_both_languages() -> None:
    assert all(check.en and check.zh for check in CHECKS)
    assert len({check.code for check in CHECKS}) == len(CHECKS)


def test_subjects_add_up() -> None:
    check = next(check for check in CHECKS if check.code == "V9.B")
    assert check.subjects({"kiosk.reported": 2, "record.verified": 3, "entries": 50}) == 5
    assert check.subjects({}) == 0
