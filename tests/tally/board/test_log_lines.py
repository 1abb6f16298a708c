from tally.board.log_lines import ENTRIES_ON_A_PAGE, TOLD_WITH_FACTS, in_pages, log_lines, signer_names
from tally.entries.entry_type import EntryType
from tests.tally.board.sample import source


def test_every_entry_has_a_line_with_its_signers() -> None:
    lines = list(log_lines(source().state, source().entries))
    assert [line.index for line in lines] == list(range(source().state.size))
    first = lines[0]
    assert [signer.zh for signer in first.signers] == ["工作人员 1", "工作人员 2"] or len(first.signers) == 2
    assert all("未知" not in signer.zh for line in lines for signer in line.signers)


def test_numbers_are_told_only_where_everybody_may_read_them() -> None:
    state, entries = source().state, source().entries
    lines = list(log_lines(state, entries))
    assert {entry.type for line, entry in zip(lines, entries, strict=True) if line.facts} <= TOLD_WITH_FACTS
    closed = next(line for line, entry in zip(lines, entries, strict=True) if entry.type is EntryType.CONTEST_CLOSED)
    assert [label.zh for label, _ in closed.facts] == ["投出", "查验"]


def test_ballots_have_a_code_and_no_time_and_no_card_or_kiosk_is_named() -> None:
    state, entries = source().state, source().entries
    for line, entry in zip(log_lines(state, entries), entries, strict=True):
        assert bool(line.code) is (entry.type is EntryType.BALLOT_CAST)
        assert bool(line.time) is not entry.type.is_ballot
        if entry.type.is_ballot:
            assert {signer.zh for signer in line.signers} <= {"一台表决终端", "一张表决卡"}


def test_a_key_that_nobody_has_registered_is_unknown() -> None:
    assert bytes(32) not in signer_names(source().state)


def test_pages_hold_all_lines_in_order() -> None:
    lines = list(log_lines(source().state, source().entries)) * 5
    pages = list(in_pages(lines))
    assert [line for page in pages for line in page] == lines
    assert {len(page) for page in pages[:-1]} == {ENTRIES_ON_A_PAGE}
    assert list(in_pages([])) == []
