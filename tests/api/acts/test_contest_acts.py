"""Bodies that officials propose, from the log; the pages' tests sign them."""

from pathlib import Path

import pytest

from api.acts.contest_acts import act, check_official, following
from api.acts.signing import Signer
from api.errors import SaidError
from api.forms import Form
from tally.course import Deed
from tally.entries.contests import ContestDefined
from tests.api.people import PASSWORD
from tests.api.staged import OFFICIALS, stage
from tests.support.builders import small_contest
from tests.support.coroutines import run
from tests.support.session import SessionBuilder
from voting_core.secret import Secret


def form(**fields: str) -> Form:
    return Form({key: (value,) for key, value in fields.items()})


def tied(contest: object, number: int) -> tuple[int, ...]:
    return ((0, 1, 1), (1, 0, 1))[number % 2]


def election(rules: object) -> object:
    return small_contest(3, seats=1, at_most={"approve": 1}, rules=rules, blank="abstain")  # type: ignore[arg-type]


def test_what_follows_an_outcome_is_proposed_as_the_rules_offer_it(tmp_path: Path) -> None:
    parts = {"rule_set": "election_local_2020", "contests": (election,), "votes": tied}
    staged = stage(tmp_path / "data", **parts)
    staged.builder.run("published")
    with staged.running() as running:
        state = running.service.sequencer.view.log
        offers = following(state, "committee")
        assert offers
        with_contest = next(one for one in offers if one.contest is not None)
        account = running.service.accounts.find(OFFICIALS[0])
        assert account is not None
        signer = Signer(account, Secret(PASSWORD))
        done = run(act(running.service, signer, "committee", Deed.FOLLOW, form(what=with_contest.what.value)))
        assert done is not None
        assert done.status == "waiting"
        assert done.type == "contest.defined"
        for fields in ({"what": "nothing"}, {}):
            with pytest.raises(SaidError):
                run(act(running.service, signer, "committee", Deed.FOLLOW, form(**fields)))
        assert with_contest.contest is not None
        waiting = running.service.reader.proposals()[0].entry
        assert with_contest.contest.id.encode() in waiting
        assert isinstance(ContestDefined(with_contest.contest.to_json()), ContestDefined)
        # Publishing again, or opening, is not what is due.
        with pytest.raises(SaidError):
            run(act(running.service, signer, "committee", Deed.PUBLISH, form(scope="all")))


def test_a_key_that_the_session_does_not_know_signs_nothing(tmp_path: Path) -> None:
    staged = stage(tmp_path / "data")
    with staged.running() as running:
        account = running.service.accounts.find(OFFICIALS[0])
        assert account is not None
        with pytest.raises(SaidError, match="not yet admitted"):
            check_official(SessionBuilder().run(until="created").state, Signer(account, Secret(PASSWORD)))
