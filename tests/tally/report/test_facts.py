import pytest

from ballots.crockford import fingerprint_text
from tally.replay.expected import attendance_of, outcome_of, report_digest
from tally.report.facts import (
    SessionFacts,
    announces_votes,
    contest_facts,
    counted,
    election_rules,
    people_of,
    provenance,
    session_facts,
)
from tally.simulate.run import Simulated
from tests.support.session import SessionBuilder
from tests.tally.decide.contests import a_contest
from tests.tally.report.evaluations import trust
from tests.tally.report.samples import Kind, election, person


def test_the_session_is_that_of_the_log(done: Simulated) -> None:
    assert session_facts(done.state) == SessionFacts("测试大会", "礼堂", "2026-12-08", True)


def test_date_and_place_are_in_words() -> None:
    assert SessionFacts("会", "礼堂", "2026-01-08", False).occasion == "2026年1月8日　礼堂"
    assert SessionFacts("会", "", "2026-12-31", False).occasion == "2026年12月31日"


def test_contests_come_in_the_order_of_their_slots(done: Simulated) -> None:
    assert counted(done.state) == ("election", "motion")


def test_a_contest_has_the_numbers_of_the_log(done: Simulated) -> None:
    facts = contest_facts(done.state, "election")
    assert facts.attendance == attendance_of(done.state, "election")
    assert facts.outcome == outcome_of(done.state, "election")
    assert facts.counts == done.state.contest("election").totals
    assert facts.count(0, "approve") == 4
    assert [one.name for one in facts.people] == ["王海", "李娟", "杨光"]


def test_a_document_of_a_contest_comes_from_its_closed_root(done: Simulated) -> None:
    closing = done.state.contest("election").closing
    assert closing is not None
    found = provenance(done.state, "election")
    assert (found.closed, found.size, found.root) == (True, closing.size, closing.root.hex())
    assert found.digest == report_digest(done.state, "election").hex()
    assert done.state.fingerprint is not None
    assert found.fingerprint == fingerprint_text(done.state.fingerprint)


def test_a_document_of_the_session_comes_from_the_log(done: Simulated) -> None:
    found = provenance(done.state)
    assert (found.closed, found.size, found.root, found.digest) == (False, done.state.size, done.state.root.hex(), "")


def test_before_the_key_there_is_no_fingerprint() -> None:
    assert provenance(SessionBuilder().run(until="joined").state).fingerprint == ""


@pytest.mark.parametrize(
    ("sex", "ethnicity", "note"),
    [
        ("男", "汉族", ""),
        ("女", "汉族", "（女）"),
        ("男", "苗族", "（苗族）"),
        ("女", "苗族", "（女，苗族）"),
        ("", "", ""),
    ],
)
def test_only_what_is_remarkable_is_remarked(sex: str, ethnicity: str, note: str) -> None:
    contest = a_contest(Kind.ELECTION, "甲", rows=(person("1", "王海", sex, ethnicity),))
    assert people_of(contest)[0].note == note


def test_the_same_name_without_a_unit_is_told_apart_by_number() -> None:
    contest = a_contest(Kind.ELECTION, "王伟 王伟 李娟")
    assert [one.label for one in people_of(contest)] == ["王伟（r1）", "王伟（r2）", "李娟"]


def test_an_evaluation_elects_nobody() -> None:
    contest = trust((10, 0, 0, 0))
    assert not announces_votes(contest)
    assert contest.threshold is None
    with pytest.raises(ValueError, match="no election"):
        election_rules(contest)


def test_an_election_has_its_rules() -> None:
    assert election_rules(election(160)).naming.stroke_table == "plenum-strokes-1"
