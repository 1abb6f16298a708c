"""Whether the kiosks of a session print ballots: `paper` and `paper_evaluations` under `[session]`."""

import tomllib
from collections.abc import Mapping
from typing import Final

from ballots.paper_setting import PaperSetting, PaperUse
from tally.plan.fields import TomlFields
from tally.plan.problems import Problems
from tally.plan.source import SESSION_FILE
from tally.plan.text import decode_text

USE: Final = "paper"
EVALUATIONS: Final = "paper_evaluations"


def read_paper(fields: TomlFields) -> PaperSetting:
    """Read the setting of a session; nothing is printed where nothing is said."""
    use = fields.choice(USE, tuple(PaperUse), default=PaperUse.OFF.value)
    return PaperSetting(PaperUse(use or PaperUse.OFF), evaluations=fields.flag(EVALUATIONS))


def paper_of(files: Mapping[str, bytes]) -> PaperSetting | None:
    """The setting in the files of a session, of which the rest is not looked at; None where it cannot be read."""
    problems = Problems()
    text = decode_text(SESSION_FILE, files[SESSION_FILE], problems) if SESSION_FILE in files else None
    if text is None:
        return None
    try:
        session = tomllib.loads(text).get("session")
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    if not isinstance(session, dict):
        return None
    setting = read_paper(TomlFields(session, SESSION_FILE, problems))
    return None if problems.count else setting
