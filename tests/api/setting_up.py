"""The set-up at a browser, for tests of its pages and services."""

import html
import re
from collections.abc import Mapping
from typing import Any

from api.accounts.roles import Role
from api.services.setup import Draft, load, save_draft
from api.store.setup import revision_of
from tests.api.hall import Hall
from tests.api.people import Person, person
from tests.support.coroutines import run
from tests.tally.drafting.folders import draft, example_files


def stored(hall: Hall) -> Draft:
    """The draft of a server."""
    found = load(hall.service)
    assert found is not None
    return found


def put(hall: Hall, files: Mapping[str, bytes] | None = None) -> None:
    """Give the server a draft, by default a small one."""
    before = load(hall.service)
    run(save_draft(hall.service, before.revision if before else revision_of({}), files or draft()))


def put_example(hall: Hall) -> None:
    """Give the server the example of a congress."""
    put(hall, example_files())


def official(hall: Hall) -> Person:
    """An official at a browser."""
    return person(hall, Role.OFFICIAL)


def send(hall: Hall, someone: Person, path: str, **fields: Any) -> Any:
    """Send a form that was made for the draft as it is."""
    before = load(hall.service)
    return someone.post(path, revision=before.revision if before else "", **fields)


def words(answer: Any) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())
