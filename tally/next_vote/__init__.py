"""What may follow a decided contest: proposals for officials to confirm, each with its reason and article."""

from tally.next_vote.proposal import Next, Proposal
from tally.next_vote.session import next_votes

__all__ = ["Next", "Proposal", "next_votes"]
