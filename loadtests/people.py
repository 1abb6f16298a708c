"""People with accounts on a server that is thrown away: made before it starts, signed in as a browser does it."""

import re
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx2

from kiosk.demo.processes import PLENUM
from loadtests.sign_ins import SignIn
from voting_core.errors import FatalError

PASSWORD: Final = "people of a load test"  # noqa: S105 - of invented accounts on a server that is thrown away
DELEGATIONS: Final = 20
_CSRF: Final = re.compile(r'name="csrf" value="([0-9a-f]+)"')


def make_accounts(data: Path, people: Sequence[str], database: str = "") -> None:
    """Make accounts, each `ID:ROLE:NAME`, with one password, in the database with this URL or in the embedded one.

    Raises:
        FatalError: they cannot be made.
    """
    password = data.with_name("password.txt")
    password.write_text(PASSWORD, encoding="utf-8")
    options = ["--data", str(data), "--simulated", "--password-file", str(password)]
    options += ["--database", database] if database else []
    command = [*PLENUM, "accounts", "add", *people, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FatalError(f"no accounts: {done.stderr.strip()}")


def sign_in(address: str, account: str) -> httpx2.Client:
    """A browser in which somebody is signed in.

    Raises:
        FatalError: the server refuses.
    """
    client = httpx2.Client(base_url=address, trust_env=False, follow_redirects=True, timeout=60)
    answer = client.post("/sign-in", data={"account": account, "password": PASSWORD})
    if answer.status_code != httpx2.codes.OK:
        client.close()
        raise FatalError(f"{account} cannot sign in: status {answer.status_code}")
    return client


def sign_in_of(address: str, account: str, page: str) -> SignIn:
    """Cookie and form token of somebody who is signed in and has opened a page.

    Raises:
        FatalError: the server refuses, or the page has no form.
    """
    with closing(sign_in(address, account)) as browser:
        found = _CSRF.search(browser.get(page).text)
        if found is None:
            raise FatalError(f"{page} has no form for {account}")
        return cookie_of(browser), found[1]


def cookie_of(browser: httpx2.Client) -> str:
    """The sign-in of a browser, as a header carries it."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)


def put_roll(address: str, data: Path, delegates: int) -> None:
    """A roll of so many delegates for the desks.

    Raises:
        FatalError: it was refused.
    """
    people = [
        {
            "id": number_of(delegate),
            "name": f"代表{delegate}",
            "delegation": f"{delegate % DELEGATIONS + 1}团",
            "should_attend": True,
        }
        for delegate in range(1, delegates + 1)
    ]
    answer = httpx2.put(f"{address}/v1/roll", json={"people": people}, headers=desk(data), trust_env=False)
    if answer.status_code != httpx2.codes.OK:
        raise FatalError(f"the roll was refused: status {answer.status_code}")


def attendance(address: str, data: Path) -> dict[str, int]:
    """The totals of the desks."""
    answer = httpx2.get(f"{address}/v1/attendance", headers=desk(data), trust_env=False)
    return {str(name): int(value) for name, value in answer.json().items()}


def desk(data: Path) -> dict[str, str]:
    """What the programs of the desks show the server."""
    return {"Authorization": f"Bearer {(data / 'desk.token').read_text(encoding='ascii').strip()}"}


def number_of(delegate: int) -> str:
    """The number of a delegate on the roll."""
    return f"{delegate:04}"
