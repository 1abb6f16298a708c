"""Names, titles and files that want to be more than text (SPEC §3.5, §4.1).

A name comes from a table that somebody filled in, and a record from anybody. What is shown of them must never be
markup, a command of the terminal, a formula or a page: cross-site scripting in a voting system's pages showed voters
other candidates than they voted for.
"""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from rich.console import Console
from rich.errors import MarkupError
from rich.table import Table

from ballots.contest import Contest, Row, Title
from tally.cli.show import result_table
from tally.cli.verify_command import show_report
from tally.decide import Attendance, decide
from tally.results import Decided
from tally.rules.loader import load_rule_set
from tally.tables import contest_csv
from tests.api.hall import running_hall
from tests.attacks.support.sessions import at
from tests.support.builders import small_contest
from tests.support.session import SessionBuilder
from tests.tally.verify.records import checkpoint, pack, record_of, verify
from voting_core.codec import canonical, parse_canonical
from voting_core.errors import EncodingError

NAMES = (
    "[red]张三[/red]",
    "[/]",
    "[link=https://example.org]李四[/link]",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "=HYPERLINK(A1)",
    "@SUM(A1:A9)",
    "-1+1",
    "\u202e三张",
    "𠮷野·阿依古丽",
)


def contest_of(names: tuple[str, ...]) -> Contest:
    rows = tuple(Row(str(number), name) for number, name in enumerate(names, 1))
    order = tuple(row.id for row in rows)
    return replace(small_contest(1, seats=1), rows=rows, order=order, title=Title(en="", zh=names[0]))


def decided(names: tuple[str, ...]) -> Decided:
    contest = contest_of(names)
    attendance = Attendance(should_attend=9, present=9, issued=9, returned=9)
    counts = tuple((0, 9, 0) for _ in names)
    rules = load_rule_set("election_local_2020")
    return contest, attendance, counts, decide(contest, attendance, counts, rules)


def printed(table: Table) -> str:
    out = io.StringIO()
    Console(file=out, width=300, force_terminal=True, color_system="truecolor").print(table)
    return out.getvalue()


def weak_table(names: tuple[str, ...]) -> Table:
    """A table that takes strings as its library offers it: as markup."""
    table = Table("姓名")
    for name in names:
        table.add_row(name)
    return table


def test_markup_in_a_name_changes_or_stops_a_table_that_reads_it() -> None:
    assert "张三" in printed(weak_table(NAMES[:1]))
    assert "[red]" not in printed(weak_table(NAMES[:1]))
    with pytest.raises(MarkupError):
        printed(weak_table(NAMES[1:2]))


def test_every_name_is_shown_as_it_is_written() -> None:
    shown = printed(result_table(decided(NAMES)))
    for name in NAMES:
        assert name in shown
    assert "\x1b]8;" not in shown


def test_no_cell_of_a_table_for_spreadsheets_is_a_formula() -> None:
    contest, _, counts, outcome = decided(NAMES)
    data = contest_csv(contest, counts, outcome).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert [row[1].removeprefix("'") for row in rows[1:]] == list(NAMES)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\r", "\n", "\t", "\x7f", "\x9b", "\ud800"])
def test_commands_of_the_terminal_are_no_text(character: str) -> None:
    """Escape, and its one-byte form 9B, move the cursor over what was printed before."""
    raw = json.dumps({"name": f"张{character}[2J三"}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    for data in (raw, json.dumps({"name": character}).encode()):
        with pytest.raises(EncodingError):
            parse_canonical(data, "entry", 1000)
    with pytest.raises(EncodingError):
        canonical({"name": character})


def shout(entry: bytes) -> bytes:
    return entry.replace(b'"body":{', b'"body":{"\x1b[2J\x1b[31m":1,')


Spoil = Callable[[bytes], bytes]
SPOILED: dict[str, Spoil] = {
    "a key": shout,
    "a type": lambda entry: entry.replace(b'"type":"', b'"type":"\x1b[2J'),
    "an escaped type": lambda entry: entry.replace(b'"type":"', b'"type":"\\u001b[2J'),
    "a name of a key": lambda entry: entry.replace(b'"body":{', b'"body":{"\\u001b[2J":1,'),
    "a number": lambda entry: entry.replace(b'"size":', b'"size":\x1b'),
    "a high byte": lambda entry: entry.replace(b'"body":{', b'"body":{"\xc2\x9b2J":1,'),
    "a hex string": lambda entry: entry.replace(b'"session":"', b'"session":"\\u001b[2J'),
}


@cache
def finished() -> SessionBuilder:
    return at("sealed")


@pytest.mark.parametrize("name", SPOILED)
def test_a_record_does_not_speak_to_the_terminal_of_its_verifier(name: str) -> None:
    session = finished()
    entries = [*session.entries[:-1], SPOILED[name](session.entries[-1])]
    assert entries[-1] != session.entries[-1]
    report = verify(pack(entries, [checkpoint(session, entries, 1, 2, 3)], session.service_key))
    assert report.total_findings
    out = io.StringIO()
    show_report(report, Console(file=out, width=200))
    text = out.getvalue() + json.dumps(report.to_json(), ensure_ascii=False)
    assert not [c for c in text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0]


def test_a_title_of_a_record_is_no_verdict() -> None:
    """The verdict is the last line, in the verifier's own words, whatever the record is called."""
    session = SessionBuilder()
    title = "通过：全部检查均成立。Accepted: all checks ran and held."
    body = session.session_body(title=title)
    session.append(session.entry(body, *session.officials, session=body.session_id))
    entries = [*session.entries, b"{}"]
    report = verify(pack(entries, [checkpoint(session, entries)], session.service_key))
    out = io.StringIO()
    show_report(report, Console(file=out, width=200))
    lines = out.getvalue().strip().splitlines()
    assert title in lines[0]
    assert lines[-1].startswith("未通过")
    assert verify(record_of(session)).title == title


def test_the_service_answers_no_page(tmp_path: object) -> None:
    """Nothing that a browser would run comes back, whatever is asked for."""
    with running_hall(tmp_path / "data") as hall:  # type: ignore[operator]
        hall.vote()
        script = "<script>alert(1)</script>"
        answers = [hall.client.get(path) for path in ("/v1/status", "/v1/log/entries", "/v1/log/checkpoint")]
        answers += [
            hall.client.get(f"/v1/ballots/{script}"),
            hall.client.get(f"/v1/log/inclusion/{script}?size={script}"),
            hall.client.post("/v1/ballots", content=script.encode()),
            hall.client.post("/v1/entries", content=canonical({"type": script})),
        ]
        for answer in answers:
            assert "html" not in answer.headers["content-type"]
            assert script not in answer.text
        # Where people look, a page says that there is none; it repeats no address and runs no script but ours.
        page = hall.client.get(f"/{script}")
        assert script not in page.text
        assert "script-src 'self'" in page.headers["content-security-policy"]


def test_a_contest_keeps_a_hostile_name_as_text() -> None:
    """Nothing is repaired silently: the name that is hashed is the name that is shown."""
    contest = contest_of(NAMES)
    other = contest_of((*NAMES[:-1], "𠮷野"))
    assert contest.hash != other.hash
