from api.tables import proposals
from tests.api.tables.columns import columns_of


def test_a_proposal_is_a_draft_under_its_id() -> None:
    assert columns_of(proposals.ProposalRow) == ("id", "entry", "known")
