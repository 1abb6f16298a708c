from api.tables.accounts import AccountRow, SignInRow
from tests.api.tables.columns import columns_of


def test_accounts_have_no_clear_secret_and_nothing_of_a_ballot() -> None:
    assert columns_of(AccountRow) == (
        "id",
        "name",
        "role",
        "password",
        "totp",
        "totp_step",
        "enrolment",
        "enrolment_until",
        "failures",
        "locked_until",
        "disabled",
        "signing_key",
        "sealed_key",
    )
    assert columns_of(SignInRow) == ("token", "account", "until")
