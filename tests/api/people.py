"""People at browsers, for tests of pages: signed in without the cost of a password, or enrolled with everything."""

from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient

from api.accounts.idle import SIGN_IN_SECONDS
from api.accounts.roles import Role
from api.accounts.second_factor import code_at, open_secret
from api.accounts.tokens import csrf_token, hash_token
from api.cookies import sign_in_cookie
from api.service import Service
from api.store.accounts import Account, add_sign_in
from tests.api.hall import LOCAL, Hall
from voting_core.secret import Secret

PASSWORD = "correct horse battery"


@dataclass
class Person:
    """Somebody at a browser of their own."""

    client: TestClient
    id: str
    token: str

    def get(self, path: str, **options: Any) -> Any:
        """Open a page."""
        return self.client.get(path, follow_redirects=False, **options)

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        """Send a form of this sign-in."""
        data = {"csrf": csrf_token(self.token), **fields}
        return self.client.post(path, data=data, headers=headers, follow_redirects=False)

    def send(self, method: str, path: str) -> Any:
        """Open a page, or send an empty form."""
        return self.get(path) if method in ("GET", "HEAD") else self.post(path)


def person(hall: Hall, role: Role, name: str = "") -> Person:
    """Somebody with a role, signed in; the account has no password, so nothing can be signed with it."""
    service = hall.service
    account = f"{role.value.replace('_', '-')}-{len(service.accounts.all())}"
    service.accounts.create(account, name or account, role)
    return signed_in(service, hall.client.app, account)


def signed_in(service: Service, app: Any, account: str) -> Person:
    """A browser in which an account is signed in."""
    token = service.rng.bytes(32).hex()
    now = service.clock.unix()
    service.writer.submit(add_sign_in(account, hash_token(token), now + SIGN_IN_SECONDS, now)).result()
    cookie = sign_in_cookie(service.public_keys.log, encrypted=False)
    client = TestClient(app, raise_server_exceptions=False, client=LOCAL, cookies={cookie: token})
    return Person(client, account, token)


def enrolled(service: Service, account: str, role: Role, name: str = "") -> Account:
    """An account whose person has enrolled with :data:`PASSWORD`, an official with a key."""
    code = service.accounts.create(account, name or account, role).reveal()
    _, secret = service.accounts.begin_enrolment(account, code)
    service.accounts.enrol(account, code, Secret(PASSWORD), code_at(secret, service.clock.unix()))
    found = service.accounts.find(account)
    assert found is not None
    return found


def totp_of(service: Service, account: str) -> str:
    """What the person's authenticator shows now."""
    found = service.accounts.find(account)
    assert found is not None
    return code_at(open_secret(found.totp, account, service.accounts.key), service.clock.unix())
