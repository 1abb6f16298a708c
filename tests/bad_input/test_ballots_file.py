"""Files of ballots for `plenum simulate`."""

import pytest

from tests.bad_input.plenum import BALLOT, Plenum


@pytest.mark.parametrize(
    ("item", "content"),
    [
        ("ballots file: not JSON", BALLOT[:-6]),
        ("ballots file: unknown contest", BALLOT.replace("committee", "council")),
        ("ballots file: unknown row", BALLOT.replace("甲2", "甲9")),
        ("ballots file: unknown mark", BALLOT.replace("disapprove", "maybe")),
        ("ballots file: limit exceeded", BALLOT.replace("disapprove", "approve").replace("}}", ', "甲3": "approve"}}')),
        ("ballots file: a row twice", BALLOT.replace("甲2", "甲1")),
        ("ballots file: more ballots than people", BALLOT * 100_000),
        ("ballots file: wrong encoding", BALLOT.encode("gb18030")),
        ("ballots file: an endless line", "[" * 100_000),
    ],
)
def test_a_ballot_that_cannot_be_used(plenum: Plenum, item: str, content: str | bytes) -> None:
    plenum.votes.write_bytes(content if isinstance(content, bytes) else content.encode())
    plenum.simulate().refused(item)


def test_what_acts_on_a_terminal_is_written_out(plenum: Plenum) -> None:
    plenum.votes.write_text(BALLOT.replace("甲2", "\\u001b[2J\\u202e"), encoding="utf-8")
    err = plenum.simulate().err
    assert r'"\u001b[2J\u202e"' in err
    assert "\x1b" not in err


def test_byte_order_mark_and_line_ends_of_windows(plenum: Plenum) -> None:
    plenum.votes.write_bytes(b"\xef\xbb\xbf" + (BALLOT.strip() + "\r\n\r\n").encode() * 6)
    assert plenum.simulate().code == 0
