from api.accounts.passwords import check_new_password
from api.accounts.roles import Role
from kiosk.rehearsal.people import PARTS, PASSWORD
from voting_core.secret import Secret


def test_there_is_an_account_for_every_role_but_the_stations_and_two_officials() -> None:
    roles = [part.role for part in PARTS]
    assert set(roles) == {role.value for role in Role} - {Role.SCRUTINEER.value}
    assert roles.count("official") == 2
    assert len({part.account for part in PARTS}) == len(PARTS)
    for part in PARTS:
        check_new_password(Secret(PASSWORD), part.account)


def test_every_account_has_an_address_of_its_own_and_is_explained_in_both_languages() -> None:
    assert len({part.address(8300) for part in PARTS}) == len(PARTS)
    assert PARTS[0].address(8300) == "http://official-1.localhost:8300"
    assert all(part.duty.zh and part.duty.en for part in PARTS)
