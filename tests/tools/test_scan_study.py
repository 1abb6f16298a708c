"""A seeded sample of the study: 200 corners of pages. The 10,000 whole pages are `make scan-study`."""

from tools.scan_study.faults import Faults, worst
from tools.scan_study.study import SHAPES, Seen, contest_of, page_of, study

SCANS = 200


def test_no_scan_is_read_wrongly_and_none_is_unreadable() -> None:
    """At most 1 in 500 may be unreadable: of 200 none."""
    *_, seen = study(range(SCANS), corner=True, pages=1)
    assert seen == Seen(right=SCANS)


def test_faults_reach_their_limits_and_no_further() -> None:
    drawn = [Faults.drawn(str(seed)) for seed in range(300)]
    assert max(abs(fault.degrees) for fault in drawn) == 5
    assert max(fault.blur for fault in drawn) == 2
    assert min(fault.paper - fault.ink for fault in drawn) == 70
    assert min(fault.quality for fault in drawn) == 30
    assert all(0 <= fault.ink < fault.paper <= 255 and fault.quality <= 90 for fault in drawn)
    assert drawn.count(worst()) + drawn.count(worst(-1)) > 10


def test_the_largest_pages_have_a_code_of_version_10_at_most() -> None:
    """57 modules and the quiet zone, 0.6 mm each."""
    from ballots.paper.qr import qr_matrix
    from ballots.qr.paper import encode_paper

    for rows, marks in SHAPES:
        record, image = page_of(rows, marks, 0, True)
        assert len(qr_matrix(encode_paper(record))) <= 57
        assert len(record.marks) == len(contest_of(rows, marks).rows)
        assert image.size[0] == image.size[1]
