from api.accounts.roles import Role
from api.acts.session_acts import SessionDeed, candidates
from tests.api.hall import Hall
from tests.api.people import enrolled


def test_only_enrolled_officials_can_be_admitted(hall: Hall) -> None:
    service = hall.service
    service.accounts.create("new", "新", Role.OFFICIAL)
    service.accounts.create("desk", "签到", Role.DESK)
    assert candidates(service, service.sequencer.view.log) == ()
    account = enrolled(service, "zhao", Role.OFFICIAL, "赵敏")
    assert candidates(service, service.sequencer.view.log) == (account,)
    service.accounts.set_disabled("zhao", disabled=True)
    assert candidates(service, service.sequencer.view.log) == ()


def test_every_act_about_the_session_has_an_address() -> None:
    assert {deed.value for deed in SessionDeed} == {"admit", "fault", "consult", "seal", "destroy"}
