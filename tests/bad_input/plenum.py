"""`plenum` as a person calls it, in this process: what it prints, how it ends, and what it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tally.cli import main
from tests.bad_input.items import says

SESSION = """\
[session]
id = "small-1"
title = "小会"
kind = "congress"
date = 2026-12-08
place = "礼堂"
roll = "roll.csv"

[scrutineers]
threshold = 2
names = ["甲", "乙", "丙"]

[[contest]]
id = "committee"
kind = "election"
title = "选举"
rule_set = "election_local_2020"
seats = 2
candidates = "committee.csv"
"""
ROLL = "编号,姓名,状态\n" + "".join(f"{number:03},人{number},正常\n" for number in range(1, 13))
COMMITTEE = "编号,姓名,单位\n甲1,王海,东\n甲2,李娟,西\n甲3,杨光,南\n"
BALLOT = '{"contest": "committee", "marks": {"甲1": "approve", "甲2": "disapprove"}}\n'


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str

    def refused(self, item: str) -> None:
        """It must be the sentence of an item, alone, with exit code 2."""
        assert self.code == 2, (self.out, self.err)
        says(item, self.err.removesuffix("\n"))


class Plenum:
    """Runs commands; makes the folder of a small session that a test then spoils."""

    def __init__(self, run: Callable[[list[str]], Ended], directory: Path) -> None:
        self._run = run
        self.directory = directory
        self.session = directory / "session"
        self.session.mkdir()
        self.out = directory / "out"
        self.write("session.toml", SESSION)
        self.write("roll.csv", ROLL)
        self.write("committee.csv", COMMITTEE)
        self.votes = directory / "votes.jsonl"
        self.votes.write_text(BALLOT * 5, encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        """Put a file of the session in place."""
        (self.session / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a file of the session."""
        text = (self.session / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def __call__(self, *arguments: object) -> Ended:
        """Run a command. Whatever it says, it never says it with a traceback."""
        ended = self._run([str(argument) for argument in arguments])
        assert "Traceback" not in ended.out + ended.err
        return ended

    def simulate(self, out: Path | None = None) -> Ended:
        """Run the session; where it is refused, nothing on the disk is changed."""
        before = self._files()
        ended = self("simulate", self.session, "--votes", self.votes, "--out", out or self.out)
        if ended.code:
            assert self._files() == before
        return ended

    def _files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.directory.rglob("*") if path.is_file()}


def plenum_in(directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Plenum:
    """A folder and a way to run commands in it."""
    monkeypatch.chdir(directory)

    def run(arguments: list[str]) -> Ended:
        monkeypatch.setattr("sys.argv", ["plenum", *arguments])
        # A server takes the log of its process, which is that of the tests here.
        monkeypatch.setattr("api.command.begin_log", lambda **_: None)
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Ended(code, shown.out, shown.err)

    return Plenum(run, directory)
