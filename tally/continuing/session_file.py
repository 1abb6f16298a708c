"""The `session.toml` of the next session: what is known is written, what officials must decide is left empty."""

from collections.abc import Mapping
from typing import Final

from tally.plan import SessionPlan
from tally.roll.earlier import Earlier

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\"}


def session_file(plan: SessionPlan, earlier: Earlier, tables: Mapping[str, str], day: str, *, history: str) -> bytes:
    """The file, to be filled; `tables` are the tables that the earlier session left, by their key under `[earlier]`.

    An empty value is refused by whoever reads the file, with the name of the key: nothing that was not decided is
    taken from the earlier session.
    """
    lines = [
        f"# 承接 {_comment(plan.info.title)}。空着的各项须填写，表决事项逐项添加。",
        "# Fill what is empty, and add a [[contest]] for each contest (docs/input-files.md).",
        "[session]",
        'id = ""',
        'title = ""',
        f"kind = {_text(plan.info.kind)}",
        f"date = {day}" if day else 'date = ""',
        f"place = {_text(plan.info.place)}" if plan.info.place else '# place = ""',
        'roll = "roll.csv"',
        *([f"roll_changes = {_text(history)}"] if history else []),
        "",
        "# 承接的会议：记录由 plenum verify 核验，各表由该记录得出。",
        "[earlier]",
        f"id = {_text(earlier.id)}",
        f"title = {_text(earlier.title)}",
        f"date = {earlier.date}",
        f"session = {_text(earlier.session)}",
        f"fingerprint = {_text(earlier.fingerprint)}",
        f"record = {_text(earlier.record)}",
        *(f"{key} = {_text(name)}" for key, name in tables.items()),
        *(["# 委员出缺待递补的人数", "vacancies = 0"] if "succession" in tables else []),
        "",
        "# 监票人由本次会议另行产生",
        "[scrutineers]",
        f"threshold = {plan.scrutineers.threshold}",
        "names = []",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _text(value: str) -> str:
    """A TOML string. Texts of a plan hold no control characters."""
    return '"' + "".join(_ESCAPES.get(char, char) for char in value) + '"'


def _comment(value: str) -> str:
    return " ".join(value.split())
