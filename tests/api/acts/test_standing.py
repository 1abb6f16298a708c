import pytest

from api.acts.standing import NameClashError, check_standing, clashes
from ballots.contest import Kind
from tally.entries.ceremony import TrusteeJoined
from tally.entries.contests import ContestDefined, ContestOpened
from tests.support.builders import small_contest
from tests.support.session import SessionBuilder, motion_contest


def test_a_candidate_counts_no_vote_in_which_he_stands() -> None:
    builder = SessionBuilder(rule_set="election_local_2020").run(until="equipped")
    rules = builder.rules_ref()
    name = builder.state.trustees[2].name
    contest = small_contest(2, at_most={"approve": 1}, rules=rules).to_json()
    assert clashes(builder.state, ContestDefined(contest)) == frozenset()
    rows = [{**dict(row), "name": name} for row in contest["rows"]]  # type: ignore[arg-type, call-overload, union-attr]
    clashing = ContestDefined({**contest, "rows": rows})
    with pytest.raises(NameClashError, match=name):
        check_standing(builder.state, clashing, different=False)
    check_standing(builder.state, clashing, different=True)


def test_a_scrutineer_with_a_candidates_name_is_stopped() -> None:
    builder = SessionBuilder(
        rule_set="election_local_2020",
        contests=(lambda rules: small_contest(2, at_most={"approve": 1}, rules=rules, blank="abstain"),),
    ).run(until="defined")
    taken = builder.contest("committee").contest.rows[0].name
    body = TrusteeJoined(index=1, name=taken, signing_key=bytes(32), witness_key=bytes(32))
    with pytest.raises(NameClashError):
        check_standing(builder.state, body, different=False)
    other = TrusteeJoined(index=1, name="某某某", signing_key=bytes(32), witness_key=bytes(32))
    check_standing(builder.state, other, different=False)
    planned = [builder.contest("committee").contest]
    with pytest.raises(NameClashError):
        check_standing(SessionBuilder().run(until="created").state, body, different=False, planned=planned)


def test_a_motion_has_no_candidates() -> None:
    builder = SessionBuilder().run(until="equipped")
    assert motion_contest(builder.rules_ref()).kind is Kind.MOTION
    assert clashes(builder.state, ContestDefined(motion_contest(builder.rules_ref()).to_json())) == frozenset()
    assert clashes(builder.state, ContestOpened("motion")) == frozenset()
