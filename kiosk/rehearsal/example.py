"""The session of a rehearsal: read from its folder, and given to the server as an official would upload it."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx2

from kiosk.rehearsal.people import PARTS, PASSWORD
from tally.cli.files import read_folder
from tally.plan import read_plan
from tally.plan.session_plan import SessionPlan
from voting_core.errors import FatalError, InputError

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "examples" / "rehearsal"
"""A small session: nine on the roll, three contests, five votes elect."""

_FORM: Final = re.compile(r'<form[^>]* action="(/[a-z/-]+)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_UPLOAD: Final = "/setup/upload"


def plan_of(folder: Path) -> tuple[Mapping[str, bytes], SessionPlan]:
    """The files of a session, and what they say.

    Raises:
        InputError: there is no session, or something in it is wrong.
    """
    if not (folder / "session.toml").is_file():
        raise InputError(str(folder), "there is no session.toml", "Name a folder with a session: --session DIR")
    files = read_folder(folder)
    return files, read_plan(files)


def upload(http: httpx2.Client, files: Mapping[str, bytes]) -> bool:
    """Begin the set-up with these files, as the first official; False where a set-up has been begun already.

    Raises:
        FatalError: the server does not take them.
    """
    account = {"account": PARTS[0].account, "password": PASSWORD}
    origin = {"Origin": str(http.base_url).rstrip("/")}
    start = http.post("/sign-in", data={**account, "next": "/setup"}, headers=origin)
    forms = _forms(start.text)
    if "/sign-out" not in forms:
        raise FatalError(f"{PARTS[0].account} cannot sign in (the password was changed?); give another --dir")
    begun = _UPLOAD not in forms
    if not begun:
        parts = [("files", (name, io.BytesIO(content))) for name, content in files.items()]
        answer = http.post(_UPLOAD, data=forms[_UPLOAD], files=parts, headers=origin)
        if _UPLOAD in _forms(answer.text):
            raise FatalError("the server refuses the session of the rehearsal; upload it by hand to see why")
    http.post("/sign-out", data=forms["/sign-out"], headers=origin)
    return not begun


def _forms(page: str) -> dict[str, dict[str, str]]:
    """The forms of a page with their hidden fields."""
    return {action: dict(_HIDDEN.findall(inside)) for action, inside in _FORM.findall(page)}
