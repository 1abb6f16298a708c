from api.accounts.roles import Role
from api.services.counting_accounts import clashing_accounts
from tally.drafting.session_edit import CountingPerson, set_scrutineers
from tests.api.hall import Hall
from tests.api.people import person
from tests.api.setting_up import put, stored
from tests.tally.drafting.folders import draft


def test_a_scrutineers_account_with_the_name_of_a_candidate_is_found(empty_hall: Hall) -> None:
    put(empty_hall)
    for role, name in ((Role.SCRUTINEER, "吴六"), (Role.CHIEF_SCRUTINEER, "甲"), (Role.DESK, "郑七")):
        person(empty_hall, role, name)
    service = empty_hall.service
    (found,) = clashing_accounts(service, stored(empty_hall).plan)
    assert (found.name, found.titles) == ("吴六", ("选举委员",))
    (account,) = [one.id for one in service.accounts.all() if one.name == "吴六"]
    service.accounts.set_disabled(account, disabled=True)
    assert clashing_accounts(service, stored(empty_hall).plan) == ()


def test_who_is_settled_among_the_scrutineers_is_not(empty_hall: Hall) -> None:
    people = [CountingPerson("吴六", different=True), CountingPerson("乙")]
    put(empty_hall, set_scrutineers(draft(), 2, people))
    person(empty_hall, Role.SCRUTINEER, "吴六")
    assert clashing_accounts(empty_hall.service, stored(empty_hall).plan) == ()
