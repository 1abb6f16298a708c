import pytest

from api.accounts.roles import Role
from api.workers.screen_sign_ins import ScreenSignIns
from tests.api.hall import Hall
from tests.api.people import person


@pytest.mark.usefixtures("both_databases")
def test_screens_alone_are_known(empty_hall: Hall) -> None:
    service = empty_hall.service
    sign_ins = ScreenSignIns(service.reader, service.clock)
    screen, official = person(empty_hall, Role.HALL), person(empty_hall, Role.OFFICIAL)
    account = sign_ins.signed_in(screen.token)
    assert account is not None
    assert account.role is Role.HALL
    assert sign_ins.signed_in(official.token) is None
    assert sign_ins.signed_in("0" * 64) is None
    service.accounts.sign_out_everywhere(screen.id)
    assert sign_ins.signed_in(screen.token) is None
