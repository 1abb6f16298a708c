import re

from api.accounts.roles import Role
from tests.api.hall import Hall
from tests.api.people import person, signed_in


def test_the_administrator_makes_shuts_and_resets_accounts(empty_hall: Hall) -> None:
    admin, accounts = person(empty_hall, Role.ADMIN), empty_hall.service.accounts
    made = admin.post("/accounts", account="Li-Na", name="李娜", role="official")
    code = re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", made.text)
    assert code is not None
    assert accounts.begin_enrolment("li-na", code[0])[0].role is Role.OFFICIAL
    assert code[0] not in admin.get("/accounts").text

    someone = signed_in(empty_hall.service, empty_hall.client.app, "li-na")
    assert admin.post("/accounts/li-na/sign-out").status_code == 303
    assert someone.get("/me").status_code == 303
    assert admin.post("/accounts/li-na/shut", disabled="yes").status_code == 303
    assert "已停用" in admin.get("/accounts").text
    admin.post("/accounts/li-na/shut", disabled="no")
    again = admin.post("/accounts/li-na/reset")
    assert code[0] not in again.text
    assert re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", again.text)


def test_what_is_wrong_is_said_and_changes_nothing(empty_hall: Hall) -> None:
    admin, accounts = person(empty_hall, Role.ADMIN), empty_hall.service.accounts
    before = accounts.all()
    for fields in ({"account": "x", "name": "y", "role": "king"}, {"account": "", "name": "y", "role": "desk"}):
        assert admin.post("/accounts", **fields).status_code == 422
    for act in ("reset", "shut"):
        assert admin.post(f"/accounts/{admin.id}/{act}", disabled="yes").status_code == 422
        assert admin.post(f"/accounts/nobody/{act}").status_code == 404
    assert admin.post("/accounts/nobody/sign-out").status_code == 404
    assert accounts.all() == before
