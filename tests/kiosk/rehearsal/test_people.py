from api.accounts.passwords import check_new_password
from api.accounts.roles import Role
from kiosk.rehearsal.people import PARTS, PASSWORD, SCRUTINEERS
from voting_core.secret import Secret


def test_the_parts_are_roles_of_the_service_and_two_are_officials() -> None:
    assert {part.role for part in PARTS} <= {role.value for role in Role}
    assert [part.role for part in PARTS].count("official") == 2
    assert len({part.account for part in PARTS}) == len(PARTS)
    assert len(set(SCRUTINEERS)) == len(SCRUTINEERS) >= 3
    for part in PARTS:
        check_new_password(Secret(PASSWORD), part.account)
