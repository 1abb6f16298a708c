"""Attacks with paper records: copies, a stolen ballot-box key, another session, reading what a station remembers."""

from pathlib import Path

from ballots.qr.digits import session_tag
from ballots.qr.paper import PaperRecord, decode_paper, encode_paper, sign_paper
from kiosk.scan.memory import Memory
from kiosk.scan.station import Scanner
from tally.audit.comparison import compare
from tally.audit.papers import Problem, Totals, Urn
from tests.support.builders import SESSION, small_contest
from tests.support.seeded_rng import SeededRng
from voting_core.params import Tag
from voting_core.signing import verify_signature
from voting_core.signing_key import SigningKey

CONTEST = small_contest(2, blank="abstain")
BOX = SigningKey.generate(SeededRng("box"))
URN = Urn(SESSION, CONTEST, BOX.public)
TWIN = SESSION[:4] + bytes(28)
"""A session whose id begins alike: whoever creates sessions finds one after four thousand million tries."""


def paper(marks: tuple[int, ...], serial: int, session: bytes = SESSION) -> str:
    return encode_paper(sign_paper(session, CONTEST.hash, 3, marks, serial.to_bytes(16, "big"), BOX))


def counted_without_serials(papers: list[str]) -> Totals:
    """The weak station: a signature is all it looks at."""
    totals = Totals.none(CONTEST)
    for digits in papers:
        record = URN.read(digits)
        totals = totals.plus(record.marks) if isinstance(record, PaperRecord) else totals
    return totals


def test_a_copied_paper_counts_as_often_as_it_is_scanned_where_serials_are_forgotten(tmp_path: Path) -> None:
    copies = [paper((0, 1), 1)] * 5
    assert counted_without_serials(copies).papers == 5
    for _restart in range(2):
        station = Scanner(URN, Memory.open(tmp_path / "m", URN, SeededRng("s")))
        seen = [station.take(digits).problem for digits in copies]
        assert station.memory.totals.papers == 1
    assert seen == [Problem.DUPLICATE] * 5


def test_papers_of_a_stolen_key_read_well_and_do_not_agree_with_the_count(tmp_path: Path) -> None:
    """The thief signs what she likes, and exchanges papers one for one. The encrypted totals are not hers to change."""
    cast = [(0, 1), (0, 2), (1, 1)]
    counted = counted_without_serials([paper(marks, number) for number, marks in enumerate(cast)])
    exchanged = [(2, 0), (0, 2), (1, 1)]
    station = Scanner(URN, Memory.open(tmp_path / "m", URN, SeededRng("s")))
    found = [station.take(paper(marks, 100 + number)) for number, marks in enumerate(exchanged)]
    assert all(one.is_counted for one in found), "no signature tells them from a kiosk's"
    comparison = compare(CONTEST, station.memory.totals, counted)
    assert comparison.papers == comparison.ballots
    assert not comparison.agrees
    assert {(one.row, one.mark) for one in comparison.differences} == {
        (row.id, mark)
        for row, marks in zip(CONTEST.rows, (("approve", "abstain"), ("approve", "disapprove")), strict=True)
        for mark in marks
    }
    station.take(paper((0, 1), 200))
    assert not compare(CONTEST, station.memory.totals, counted).agrees, "a paper more is seen by the number alone"


def test_a_paper_of_a_session_with_the_same_tag_and_key_is_not_signed_for_this_one() -> None:
    """Where the signature covers the tag alone, a paper of the rehearsal is a ballot of the session."""
    digits = paper((0, 0), 1, TWIN)
    record = decode_paper(digits, SESSION)
    assert session_tag(TWIN) == session_tag(SESSION)
    weak = BOX.sign(Tag.PAPER, record.payload())
    verify_signature(BOX.public, Tag.PAPER, decode_paper(paper((0, 0), 1), TWIN).payload(), weak)
    assert URN.read(digits) is Problem.FORGED
    assert isinstance(URN.read(paper((0, 0), 1)), PaperRecord)


def test_what_a_station_remembers_tells_no_ballot_and_no_order(tmp_path: Path) -> None:
    """A list in the order of scanning, with marks, would give back the urn. Ours is the same in whatever order."""
    ballots = [(paper((0, 1), 1), (0, 1)), (paper((2, 2), 2), (2, 2)), (paper((1, 0), 3), (1, 0))]
    weak = [[marks for _, marks in order] for order in (ballots, ballots[::-1])]
    assert weak[0] != weak[1]
    files = []
    for order in (ballots, ballots[::-1]):
        (tmp_path / "m").unlink(missing_ok=True)
        station = Scanner(URN, Memory.open(tmp_path / "m", URN, SeededRng("the same salt")))
        for digits, _ in order:
            station.take(digits)
        files.append((tmp_path / "m").read_bytes())
    assert files[0] == files[1]
