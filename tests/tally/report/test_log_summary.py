from tally.entries.entry_type import EntryType
from tally.report.facts import provenance
from tally.report.log_facts import contest_logs, trustees
from tally.report.log_summary import REMARKS, TYPE_WORDS, count_types, log_sheet
from tally.simulate.run import Simulated
from tally.state.contest import Status
from tests.support.session import SessionBuilder
from tests.tally.report.samples import fact, said, table


def summary(state, types):
    return log_sheet(types, contest_logs(state), trustees(state), provenance(state))


def test_entries_are_counted_by_type(done: Simulated) -> None:
    types = count_types(done.entries)
    assert types[EntryType.BALLOT_CAST] == 11
    assert sum(types.values()) == done.state.size
    rows = table(summary(done.state, types), "各类条目").rows
    assert ("投票", "ballot.cast", 11) in rows
    assert rows[-1] == ("合计", "", done.state.size)


def test_every_type_and_status_has_a_word(done: Simulated) -> None:
    assert set(TYPE_WORDS) == set(EntryType)
    log = contest_logs(done.state)[0]
    for status in Status:
        changed = type(log)(**{field: getattr(log, field) for field in log.__slots__} | {"status": status.value})
        assert table(log_sheet({}, (changed,), (), provenance(done.state)), "表决事项").rows[0][1]


def test_roots_and_scrutineers_are_there(done: Simulated) -> None:
    sheet = summary(done.state, count_types(done.entries))
    closing = done.state.contest("election").closing
    assert closing is not None
    assert closing.root.hex() in said(sheet).replace(" ", "")
    assert "监票人：1 甲；2 乙；3 丙。" in said(sheet)
    election, motion = table(sheet, "监票人所做的工作").rows
    assert (election[0], motion[0]) == ("表决0", "表决1")
    assert set(election[1:]) <= {"1 甲；2 乙；3 丙", "1 甲；2 乙"}
    assert fact(sheet, "条目") == done.state.size


def test_what_happened_besides_is_named(done: Simulated) -> None:
    sheet = summary(done.state, count_types(done.entries))
    assert table(sheet, REMARKS).rows == (("表决0", "不设另选他人栏（测试〔2026〕1号）。"),)
    builder = SessionBuilder().run(until="open")
    builder.abandon()
    abandoned = table(summary(builder.state, count_types(builder.entries)), REMARKS).rows
    assert "中止，不产生结果，不解密" in dict(abandoned)[builder.contest("motion").contest.title.zh]


def test_a_session_that_has_hardly_begun_has_a_summary() -> None:
    builder = SessionBuilder().run(until="created")
    sheet = summary(builder.state, count_types(builder.entries))
    assert "监票人：—。" in said(sheet)
    assert not [block for block in sheet.blocks if getattr(block, "caption", "") == "监票人所做的工作"]
