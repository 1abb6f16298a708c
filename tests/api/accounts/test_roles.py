from api.accounts.roles import DUTIES, NAMES, SIGNING, WITHOUT_SECOND_FACTOR, Role


def test_every_role_has_a_name_and_a_duty() -> None:
    assert set(NAMES) == set(DUTIES) == set(Role)
    assert len(set(NAMES.values())) == len(Role)


def test_who_signs_and_who_has_no_second_factor() -> None:
    assert {Role.OFFICIAL} == SIGNING
    assert {Role.HALL} == WITHOUT_SECOND_FACTOR
