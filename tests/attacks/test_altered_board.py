"""Whoever carries the public board (a web server, a stick) changes its files.

A list that only says "counted" says it of any code. Ours leads from the ballot to the root that scrutineers have
cosigned, and carries the record byte for byte, so that an altered file is found by anybody who looks.
"""

from io import BytesIO
from zipfile import ZipFile

from ballots.sealed_ballot import confirmation_code
from tally.board.codes import COUNTED, ballots_of
from tally.board.tree import Tree, climbed
from tally.verify.record import verify_record
from tests.tally.board.sample import source


def test_a_list_without_proofs_calls_every_code_counted() -> None:
    """The weak variant: the ballot is taken out of the log, and the list still has its line."""
    codes = {confirmation_code(key): COUNTED for key in source().state.ballots}
    gone = next(iter(source().state.ballots))
    log = {key for key in source().state.ballots if key != gone}
    assert gone not in log
    assert codes[confirmation_code(gone)] == COUNTED


def test_a_line_that_was_changed_does_not_lead_to_the_cosigned_root() -> None:
    state, entries = source().state, source().entries
    tree = Tree([entry.leaf for entry in entries])
    mine, other, *_ = ballots_of(state, entries, tree)
    assert climbed(bytes.fromhex(mine.leaf), mine.steps)[-1] == state.root
    # Another's ballot under my code, my ballot at another's place, a proof in which one step is another.
    assert climbed(bytes.fromhex(other.leaf), mine.steps)[-1] != state.root
    assert climbed(bytes.fromhex(mine.leaf), other.steps)[-1] != state.root
    assert climbed(bytes.fromhex(mine.leaf), tuple(reversed(mine.steps)))[-1] != state.root


def test_a_log_without_a_ballot_or_with_a_changed_one_has_another_root() -> None:
    entries = source().entries
    (at, *_) = sorted(source().state.ballots.values())
    without = [entry.leaf for entry in entries[:at] + entries[at + 1 :]]
    changed = [entry.leaf for entry in entries]
    changed[at] = bytes(32)
    for leaves in (without, changed):
        assert Tree(leaves).root != source().state.root


def test_a_record_that_was_changed_on_the_board_is_found_by_whoever_verifies_it() -> None:
    good = source().record
    assert not verify_record(BytesIO(good)).findings
    altered = BytesIO()
    with ZipFile(BytesIO(good)) as old, ZipFile(altered, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            # One word of one entry: the file is a good archive still.
            new.writestr(
                name, content.replace(b"ballot.cast", b"ballot.lost", 1) if b"ballot.cast" in content else content
            )
    assert altered.getvalue() != good
    altered.seek(0)
    assert verify_record(altered).findings
