from api.accounts.roles import Role
from tests.api.hall import Hall
from tests.api.people import PASSWORD, enrolled, signed_in


def test_a_password_is_changed_by_who_knows_the_old_one(empty_hall: Hall) -> None:
    service = empty_hall.service
    enrolled(service, "li-na", Role.OFFICIAL)
    someone = signed_in(service, empty_hall.client.app, "li-na")
    other = signed_in(service, empty_hall.client.app, "li-na")
    new = "another good password"
    for fields in (
        {"password": "wrong", "new": new, "again": new},
        {"password": PASSWORD, "new": new, "again": "different"},
        {"password": PASSWORD, "new": "short", "again": "short"},
    ):
        assert someone.post("/me/password", **fields).status_code == 422
    done = someone.post("/me/password", password=PASSWORD, new=new, again=new)
    assert "密码已更改" in done.text
    assert someone.get("/me").status_code == 200
    assert other.get("/me").status_code == 303


def test_signing_out_everywhere(empty_hall: Hall) -> None:
    service = empty_hall.service
    service.accounts.create("wang", "王", Role.DESK)
    one, two = (signed_in(service, empty_hall.client.app, "wang") for _ in range(2))
    assert one.post("/me/sign-out-everywhere").status_code == 303
    assert [someone.get("/me").status_code for someone in (one, two)] == [303, 303]
