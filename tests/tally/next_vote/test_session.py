"""Proposals of whole sessions: replay accepts every contest that is proposed, and they end when they are followed."""

from typing import Any

import pytest

from ballots.contest import Contest, Row, Stage, WriteInWay, parse_contest
from tally.decide.outcome import ElectionOutcome
from tally.decide.steps import Step
from tally.entries.contests import ContestAbandoned
from tally.entries.outcome import SeatsReduced
from tally.next_vote import Next, Proposal, next_votes
from tally.next_vote.session import decided_election
from tally.replay.expected import outcome_of
from tally.rules.election import ElectionRules
from tests.support.session import SessionBuilder
from tests.tally.replay.by_hand import NAMES, both_accept, definition, election, held, motion, with_rules

TIE = (15, 11, 11, 3)
SHORT = (15, 10, 9, 6)


@pytest.fixture(scope="module")
def equipped() -> SessionBuilder:
    return SessionBuilder("next votes").run("equipped")


@pytest.fixture
def session(equipped: SessionBuilder) -> SessionBuilder:
    return equipped.fork()


def after(session: SessionBuilder, approvals: tuple[int, ...], **fields: Any) -> SessionBuilder:
    rules, more = fields.pop("rules", {}), fields.pop("held", {})
    held(session, election(with_rules(session, **rules), **fields), approvals, **more)
    return session


def proposed(session: SessionBuilder) -> list[Next]:
    return [proposal.what for proposal in next_votes(session.state)]


def drafted(session: SessionBuilder, what: Next) -> tuple[Proposal, Contest]:
    """The one proposal of a kind, and its contest, which both verifiers accept."""
    (proposal,) = (one for one in next_votes(session.state) if one.what is what)
    assert proposal.contest is not None
    both_accept(session.fork(), definition(session, proposal.contest))
    return proposal, proposal.contest


def test_a_tie_is_followed_by_exactly_the_tied(session: SessionBuilder) -> None:
    proposal, contest = drafted(after(session, TIE), Next.RUNOFF)

    assert proposed(session) == [Next.RUNOFF]
    assert (contest.id, contest.slot, contest.follows, contest.seats) == ("committee-runoff", 0, "committee", 1)
    assert (contest.stage, contest.write_ins.way) == (Stage.RUNOFF, WriteInWay.NONE)
    assert [row.id for row in contest.rows] == list(contest.order) == ["02", "03"] == list(proposal.people)
    assert (contest.title.zh, contest.title.en) == ("选举委员（再次投票）", "Committee (run-off)")
    assert "王芳、李红香 票数相等，余 1 名" in proposal.reason.zh
    assert "王芳, 李红香 are tied for 1 seat(s)" in proposal.reason.en
    assert "2020" in proposal.reason.article_zh


def test_a_tie_that_the_presidium_decides_has_no_vote(session: SessionBuilder) -> None:
    after(session, TIE, rules={"tie_at_last_seat": "presidium_decides"})

    (proposal,) = next_votes(session.state)
    assert (proposal.what, proposal.contest, proposal.people) == (Next.PRESIDIUM_DECIDES, None, ("02", "03"))


def test_after_a_second_tie_both_are_offered(session: SessionBuilder) -> None:
    _, contest = drafted(after(session, TIE), Next.RUNOFF)
    held(session, contest, (10, 10))

    assert proposed(session) == [Next.RUNOFF, Next.PRESIDIUM_DECIDES]
    _, third = drafted(session, Next.RUNOFF)
    assert (third.id, third.follows) == ("committee-runoff-runoff", "committee-runoff")
    session.append(definition(session, third))
    assert proposed(session) == []


def test_a_person_written_in_stands_in_the_run_off(session: SessionBuilder) -> None:
    after(session, (15, 11, 1, 1), held={"written": [("赵敏", 11)]})
    _, contest = drafted(session, Next.RUNOFF)

    assert {row.id: row.name for row in contest.rows} == {"02": "王芳", "write_in/赵敏": "赵敏"}


def test_empty_seats_have_what_the_rules_offer(session: SessionBuilder) -> None:
    proposal, contest = drafted(after(session, SHORT), Next.SUPPLEMENTARY)

    assert proposed(session) == [Next.SUPPLEMENTARY, Next.REDUCE_SEATS]
    assert [row.id for row in contest.rows] == ["02", "03", "04"]
    assert (contest.seats, contest.stage, contest.id) == (1, Stage.SUPPLEMENTARY, "committee-further")
    assert contest.write_ins.way is WriteInWay.PAPER
    assert "不足 1 名" in proposal.reason.zh
    reduce = next_votes(session.state)[1]
    assert (reduce.seats, reduce.contest) == (1, None)
    assert "减为 1 名" in reduce.reason.zh


def test_more_seats_than_are_left_to_stand(session: SessionBuilder) -> None:
    _, contest = drafted(after(session, (15, 3, 2, 1), seats=4), Next.SUPPLEMENTARY)
    assert contest.seats == 3
    rows = tuple(Row(f"0{n}", name, ()) for n, name in enumerate(NAMES[:2], 1))
    other = SessionBuilder("all elected").run("equipped")
    after(other, (15, 14), seats=3, rows=rows, limits=())
    assert proposed(other) == [Next.REDUCE_SEATS]


def test_seats_stay_vacant_where_the_rules_say_so(session: SessionBuilder) -> None:
    after(session, SHORT, rules={"shortfall": {"options": ["leave_vacant"], "reduce_seats_needs": "presidium"}})

    assert proposed(session) == [Next.LEAVE_VACANT]


def test_nobody_elected_is_not_close_to_the_number(session: SessionBuilder) -> None:
    assert proposed(after(session, (9, 8, 7, 6))) == [Next.SUPPLEMENTARY]


def test_a_further_vote_that_stands_ends_all_offers(session: SessionBuilder) -> None:
    _, contest = drafted(after(session, SHORT), Next.SUPPLEMENTARY)
    session.append(definition(session, contest))
    assert proposed(session) == []
    trustees = [party.signing for party in session.trustees.values()]
    session.add(ContestAbandoned(contest.id, "defect"), *session.officials, *trustees)
    assert proposed(session) == [Next.SUPPLEMENTARY, Next.REDUCE_SEATS]
    assert drafted(session, Next.SUPPLEMENTARY)[1].id == "committee-further-2"


def test_reduced_seats_end_all_offers(session: SessionBuilder) -> None:
    after(session, SHORT)
    body = SeatsReduced(contest="committee", seats=1, by="presidium", motion="")
    session.add(body, *session.officials)
    assert proposed(session) == []


def test_a_pre_selection_is_followed_by_a_formal_election_of_those_chosen(session: SessionBuilder) -> None:
    after(session, (15, 3, 12, 1), stage=Stage.PRESELECTION)
    proposal, contest = drafted(session, Next.FORMAL)

    assert proposed(session) == [Next.FORMAL]
    assert [row.id for row in contest.rows] == ["01", "03"] == list(contest.order)
    assert (contest.seats, contest.stage, contest.id) == (2, Stage.FORMAL, "committee-formal")
    assert "可以等额" in proposal.reason.zh
    session.append(definition(session, contest))
    assert proposed(session) == []


def test_the_formal_election_waits_for_the_run_off_of_the_pre_selection(session: SessionBuilder) -> None:
    after(session, TIE, stage=Stage.PRESELECTION)
    assert proposed(session) == [Next.RUNOFF]
    held(session, drafted(session, Next.RUNOFF)[1], (12, 8))
    assert proposed(session) == [Next.FORMAL]
    assert drafted(session, Next.FORMAL)[1].order == ("01", "02")


@pytest.mark.parametrize(
    ("meeting", "words"),
    [
        (
            {"present": 10},
            (
                "quorum",
                "未达到规定到会人数，应另行召开会议投票",
                "too few were present: to be held again in a meeting with a quorum",
            ),
        ),
        (
            {"returned": 21},
            (
                "returned",
                "收回票数多于规定，投票无效，应重新投票",
                "more ballots than allowed were returned: void, held again",
            ),
        ),
    ],
)
def test_a_vote_without_a_result_is_held_again(
    session: SessionBuilder, meeting: dict[str, int], words: tuple[str, str, str]
) -> None:
    after(session, (9, 4, 0, 0), held=meeting)
    proposal, contest = drafted(session, Next.AGAIN)

    assert proposed(session) == [Next.AGAIN]
    assert (proposal.reason.point, proposal.reason.zh, proposal.reason.en) == words
    assert proposal.reason.article_zh
    assert (proposal.after, proposal.seats, proposal.people) == ("committee", 2, ("01", "02", "03", "04"))
    assert (contest.id, contest.title.zh) == ("committee-again", "选举委员（重新投票）")
    assert (contest.title.en, contest.follows) == ("Committee (held again)", "committee")
    session.append(definition(session, contest))
    assert proposed(session) == []


def test_a_decided_motion_has_nothing_to_follow(session: SessionBuilder) -> None:
    held(session, motion(with_rules(session, "resolution_default")), (9,))
    assert proposed(session) == []


def test_failed_nominees_have_the_rule_of_renomination(session: SessionBuilder) -> None:
    rules = with_rules(session, "ticket_2004")
    fields = {"kind": "ticket_vote", "marks": ["agree", "disapprove", "abstain"], "seats": 0, "stage": "", "body": ""}
    more = {"write_ins": {"way": "none", "decision": ""}, "limits": []}
    value = {**election(rules).to_json(), **fields, **more}
    held(session, parse_contest({**value, "id": "all-passed", "slot": 7}), (15, 16, 17, 18))
    assert proposed(session) == []
    held(session, parse_contest(value), (15, 10, 11, 3))

    (proposal,) = next_votes(session.state)
    assert (proposal.what, proposal.contest, proposal.people) == (Next.RENOMINATION, None, ("02", "04"))
    assert (proposal.after, proposal.seats) == ("committee", 0)
    assert proposal.reason == Step(
        "renomination",
        "王芳、欧阳华 未通过：未通过的再次提名，须另行召开会议；两次未通过的，不再作为同一职务人选",
        "王芳、欧阳华 failed: who failed may be put forward again in another meeting alone; "
        "who failed twice is barred from the same post",
        proposal.reason.article_zh,
        proposal.reason.article_en,
        proposal.reason.certainty,
    )
    article = session.state.rules["ticket_2004"].rules.article("renomination")
    assert article is not None
    assert (proposal.reason.article_zh, proposal.reason.article_en) == (article.zh, article.en)
    assert proposal.reason.certainty is article.certainty


def test_all_proposals_of_a_session_can_be_confirmed_together(session: SessionBuilder) -> None:
    after(session, TIE)
    after(session, SHORT, id="discipline", slot=2)
    contests = [proposal.contest for proposal in next_votes(session.state) if proposal.contest is not None]

    assert len({contest.slot for contest in contests}) == len(contests) == 2
    for contest in contests:
        both_accept(session, definition(session, contest))


def test_before_the_outcome_nothing_is_proposed(session: SessionBuilder) -> None:
    after(session, TIE, held={"declare": False})
    assert proposed(session) == []


def test_the_approvals_of_everybody_are_known(session: SessionBuilder) -> None:
    after(session, (15, 11, 2, 1), held={"written": [("赵敏", 9)]})
    contest, outcome = session.state.contests["committee"], outcome_of(session.state, "committee")
    rules = session.state.rules["election_local_2020"].rules
    assert isinstance(outcome, ElectionOutcome)
    assert isinstance(rules.family, ElectionRules)
    decided = decided_election(session.state, contest, outcome, rules.family)

    assert decided.approvals == {"01": 15, "02": 11, "03": 2, "04": 1, "write_in/赵敏": 9}
    assert (decided.contest, decided.rules, decided.family) == (contest.contest, rules, rules.family)


def test_as_json(session: SessionBuilder) -> None:
    (proposal,) = next_votes(after(session, TIE).state)
    value = proposal.to_json()

    assert (value["what"], value["after"], value["seats"], value["people"]) == ("runoff", "committee", 1, ["02", "03"])
    assert proposal.contest is not None
    assert value["contest"] == proposal.contest.to_json()
    assert value["article"] == {
        "zh": proposal.reason.article_zh,
        "en": proposal.reason.article_en,
        "certainty": "quoted",
    }
