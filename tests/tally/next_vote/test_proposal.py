"""A proposal as an object of next.json."""

from tally.decide.steps import Step
from tally.next_vote.proposal import Next, Proposal


def test_without_a_contest_or_an_article():
    proposal = Proposal(what=Next.LEAVE_VACANT, after="committee", reason=Step("shortfall", "名额暂缺", "vacant"))

    assert proposal.to_json() == {
        "what": "leave_vacant",
        "after": "committee",
        "zh": "名额暂缺",
        "en": "vacant",
        "article": {"zh": "", "en": "", "certainty": ""},
        "seats": 0,
        "people": [],
        "contest": None,
    }
