"""Accounts of scrutineers that may belong to candidates. An account has a name alone, so a name has to be settled."""

from api.accounts.roles import Role
from api.service import Service
from tally.plan.scrutineer_check import Namesake, unsettled
from tally.plan.scrutineers import Counters
from tally.plan.session_plan import SessionPlan

COUNTING = (Role.CHIEF_SCRUTINEER, Role.SCRUTINEER)
"""Roles whose people watch over the count."""


def clashing_accounts(service: Service, plan: SessionPlan) -> tuple[Namesake, ...]:
    """The scrutineers' accounts with the name of a candidate who is not among the scrutineers of the draft.

    Those who are have been settled there, by roll number or by statement.
    """
    known = {*plan.scrutineers.names, *plan.counters.names}
    names = tuple(
        account.name
        for account in service.accounts.all()
        if account.role in COUNTING and not account.disabled and account.name not in known
    )
    return unsettled(Counters(names), plan.contests, plan.roll)
