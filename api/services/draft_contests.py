"""From the draft to what the log takes: the contests that are prepared, and the bodies that define them."""

from dataclasses import dataclass
from typing import Final

from api.errors import MissingError, SaidError
from api.service import Service
from api.services.setup import NO_DRAFT, Draft, load_draft
from ballots.contest import Contest
from ballots.screen.words import Said
from tally.entries.contests import ContestDefined, RulesAdopted
from tally.rules.ruleset import RuleSet

NOT_READY: Final = Said("草稿还有错误，请先改正", "The draft has problems; mend them first")


@dataclass(frozen=True, slots=True)
class DraftContest:
    """A contest of the draft with its rule set, and whether the log has each of them already."""

    contest: Contest
    rules: RuleSet
    rules_adopted: bool
    defined: bool

    @property
    def adoption(self) -> RulesAdopted:
        """The body that adopts the rule set."""
        return RulesAdopted(self.rules.id, self.rules.to_json())

    @property
    def definition(self) -> ContestDefined:
        """The body that defines the contest."""
        return ContestDefined(self.contest.to_json())


async def draft_contests(service: Service) -> tuple[DraftContest, ...]:
    """The contests of the draft in their order.

    Raises:
        SaidError: there is no draft, or it has problems.
    """
    draft = await load_draft(service)
    if draft is None:
        raise SaidError(NO_DRAFT, status=409)
    return contests_of(service, draft)


async def draft_contest(service: Service, contest_id: str) -> DraftContest:
    """One contest of the draft.

    Raises:
        SaidError: there is no draft, or it has problems.
        MissingError: it has no such contest.
    """
    for found in await draft_contests(service):
        if found.contest.id == contest_id:
            return found
    raise MissingError("the draft has no such contest")


def contests_of(service: Service, draft: Draft) -> tuple[DraftContest, ...]:
    """The contests of a draft that was loaded.

    Raises:
        SaidError: it has problems.
    """
    if not draft.found.ready:
        raise SaidError(NOT_READY, status=409)
    log, rule_sets = service.sequencer.view.log, draft.plan.rule_sets
    return tuple(
        DraftContest(
            contest,
            rule_sets[contest.rules.id],
            contest.rules.id in log.rules and log.rules[contest.rules.id].hash == contest.rules.hash,
            contest.id in log.contests,
        )
        for contest in draft.found.contests
    )
