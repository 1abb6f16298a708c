import pytest

from tally.entries.outcome import SeatsReduced
from tally.next_vote import Next
from tally.report.facts import contest_facts
from tally.report.log_facts import contest_logs
from tally.report.model import NONE, Sheet
from tally.report.next_votes import UNCONFIRMED, WORDS, next_sheet
from tests.support.session import SessionBuilder
from tests.tally.replay.by_hand import election, held, with_rules
from tests.tally.report.samples import said, table


@pytest.fixture(scope="module")
def equipped() -> SessionBuilder:
    return SessionBuilder("next sheets").run("equipped")


@pytest.fixture
def session(equipped: SessionBuilder) -> SessionBuilder:
    return equipped.fork()


def after(session: SessionBuilder, *approvals: int, **rules: object) -> Sheet:
    held(session, election(with_rules(session, **rules)), approvals)
    (sheet,) = next_sheet(session.state)
    return sheet


def test_every_proposal_has_a_word() -> None:
    assert set(WORDS) == set(Next)
    assert len(set(WORDS.values())) == len(WORDS)


def test_where_nothing_may_follow_there_is_no_sheet(session: SessionBuilder) -> None:
    assert next_sheet(session.state) == ()
    held(session, election(with_rules(session)), (15, 12, 1, 1))
    assert next_sheet(session.state) == ()


def test_a_tie_is_voted_on_again_by_its_article(session: SessionBuilder) -> None:
    sheet = after(session, 15, 11, 11, 3)
    ((number, title, what, seats, reason, article),) = table(sheet).rows
    assert (number, title, what, seats) == (1, "选举委员", "再次投票", 1)
    assert "王芳、李红香" in str(reason)
    assert str(reason).count("王芳") == 1
    assert "条" in str(article)
    assert "不作决定" in said(sheet)


def test_empty_seats_have_each_way_that_the_rules_have(session: SessionBuilder) -> None:
    options = ["second_vote_among_unelected", "reduce_seats", "leave_vacant"]
    shortfall = {"options": options, "reduce_seats_needs": "presidium"}
    rows = table(after(session, 15, 10, 9, 6, shortfall=shortfall)).rows
    assert [row[2] for row in rows] == ["另行选举", "减少名额", "缺额暂不补选"]
    assert [row[0] for row in rows] == [1, 2, 3]
    assert {row[5] for row in rows} != {NONE}


def test_an_article_that_nobody_has_read_is_marked(session: SessionBuilder) -> None:
    articles = [{"point": "tie", "zh": "县里办法第3条", "en": "method, article 3", "certainty": "memory"}]
    assert table(after(session, 15, 11, 11, 3, articles=articles)).rows[0][5] == f"县里办法第3条{UNCONFIRMED}"


def test_reduced_seats_reach_reports_and_end_the_proposals(session: SessionBuilder) -> None:
    shortfall = {"options": ["reduce_seats"], "reduce_seats_needs": "presidium"}
    after(session, 15, 10, 9, 6, shortfall=shortfall)
    session.add(SeatsReduced(contest="committee", seats=1, by="presidium", motion=""), *session.officials)
    assert next_sheet(session.state) == ()
    assert contest_facts(session.state, "committee").reduced == session.contest("committee").reduced
    (log,) = [one for one in contest_logs(session.state) if one.id == "committee"]
    assert "应选 2 名，经大会主席团同意减为 1 名" in log.remarks
