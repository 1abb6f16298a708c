"""The findings of `plenum scan`, put into the form of a count sheet or of a comparison.

They are what this scrutineer's own scan found, and stand in the form to be looked at and signed like typed numbers.
Nothing is taken from the file but numbers that fit the contest.
"""

from typing import Final

from ballots.void_reasons import VoidReason
from kiosk.station_page.problems import Wrong
from tally.entries.reading import Counts, read_counts
from tally.entries.sheets import CountEntered
from tally.state import ContestState
from voting_core.codec import Fields, parse_json
from voting_core.errors import EncodingError
from voting_core.params import MAX_BALLOTS

MAX_BYTES: Final = 1_000_000


def _none() -> Wrong:
    return Wrong(
        "这不是 plenum scan 为本项表决写出的文件（--json）",
        "This is no file that plenum scan wrote for this contest (--json)",
    )


def comparison_typed(content: bytes, contest: ContestState) -> dict[str, str]:
    """The fields of the comparison form.

    Raises:
        Wrong: the file is not of this contest.
    """
    found = _read(content, contest)
    try:
        papers, counts = found.integer("papers", 0, MAX_BALLOTS), read_counts(found)
    except EncodingError:
        raise _none() from None
    return {"papers": str(papers), **_counts(counts, contest)}


def sheet_typed(content: bytes, contest: ContestState) -> dict[str, str]:
    """The fields of the form of a count sheet.

    Raises:
        Wrong: the file is not of this contest, or no box was named when the papers were scanned.
    """
    found = _read(content, contest)
    if not found.has("count.entered"):
        raise Wrong(
            "扫描时没有写明票箱和计票单号（--box、--sheet）", "No box and sheet were named at scanning (--box, --sheet)"
        )
    try:
        body = CountEntered.parse(found.fields("count.entered"))
    except EncodingError:
        raise _none() from None
    void = dict.fromkeys(VoidReason, 0) | {item.reason: item.count for item in body.void_reasons}
    return {
        "box": body.box,
        "sheet": body.sheet,
        "replaces": body.replaces,
        "issued": str(body.issued),
        "returned": str(body.returned),
        **{f"void_{reason.value}": str(count) for reason, count in void.items()},
        **{f"unreadable_{number}": str(count) for number, count in enumerate(body.item_invalid)},
        **_counts(body.counts, contest),
    }


def _read(content: bytes, contest: ContestState) -> Fields:
    try:
        found = Fields(parse_json(content, "scan", MAX_BYTES), "scan")
        if found.text("contest") != contest.id:
            raise _none()
    except EncodingError:
        raise _none() from None
    return found


def _counts(counts: Counts, contest: ContestState) -> dict[str, str]:
    shape = [len(contest.contest.marks)] * len(contest.contest.rows)
    if [len(row) for row in counts] != shape:
        raise _none()
    return {
        f"count_{number}_{place}": str(count) for number, row in enumerate(counts) for place, count in enumerate(row)
    }
