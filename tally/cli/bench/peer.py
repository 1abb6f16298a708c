"""The same 60 questions through `belenios-tool`, where it is installed (Debian package belenios-tool).

The peer verifies 20 ballots of 60 questions with three answers, one answer each, in its 2048-bit group. It has no
proof that the approvals
stay within the seats; ours is included. What the peer's verification costs without ballots is measured and subtracted.
"""

import json
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from ballots.sealed_ballot import statement
from tally.cli.bench.electionguard_peer import electionguard
from tally.cli.bench.figure import Figure, at_least, skipped
from tally.cli.bench.sixty import ROWS, random_key, seal_one, sixty_rows
from voting_core.argument.batch import verify_batch
from voting_core.fast import fast_group
from voting_core.public import SODIUM, PublicGroup

TOOL = "belenios-tool"
GROUP = "BELENIOS-2048"
BALLOTS = 20
TIMES_SODIUM = 40
TIMES = 150


def _run(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    return subprocess.run([TOOL, *arguments], cwd=folder, input=stdin, capture_output=True, check=True).stdout


def _processor_time_of_others() -> float:
    """Of the programs that this one has run, so that what else the machine does counts as little as possible."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _seconds_to_verify(folder: Path) -> float:
    start = _processor_time_of_others()
    _run(folder, "election", "verify")
    return _processor_time_of_others() - start


def _set_up(folder: Path) -> list[str]:
    """Make an election with one trustee and BALLOTS credentials; gives the private credentials."""
    uuid = _run(folder, "setup", "generate-token").decode().strip()
    common = ("--uuid", uuid, "--group", GROUP)
    _run(folder, "setup", "generate-credentials", *common, "--count", str(BALLOTS))
    _run(folder, "setup", "generate-trustee-key", "--group", GROUP)
    (folder / "public_keys.jsons").write_bytes(next(folder.glob("*.pubkey")).read_bytes())
    _run(folder, "setup", "make-trustees")
    question = {"answers": ["approve", "disapprove", "abstain"], "blank": False, "max": 1, "min": 1}
    template = {
        "administrator": "-",
        "credential_authority": "-",
        "description": "",
        "name": "sixty rows",
        "questions": [{**question, "question": f"row {row}"} for row in range(ROWS)],
    }
    (folder / "template.json").write_text(json.dumps(template), encoding="utf-8")
    (folder / "choices.json").write_text(json.dumps([[1, 0, 0]] * ROWS), encoding="utf-8")
    _run(folder, "setup", "make-election", *common, "--template", "template.json")
    next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
    _run(folder, "archive", "init")
    return [line.split()[1] for line in next(folder.glob("*.privcreds")).read_text(encoding="utf-8").splitlines()]


def _peer_ms_per_ballot() -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        credentials = _set_up(folder)
        empty = _seconds_to_verify(folder)
        for credential in credentials:
            (folder / "credential").write_text(credential + "\n", encoding="utf-8")
            ballot = _run(folder, "election", "generate-ballot", "--privcred", "credential", "--ballot", "choices.json")
            _run(folder, "archive", "add-event", "--type=Ballot", stdin=ballot)
        return (_seconds_to_verify(folder) - empty) * 1000 / BALLOTS


def _our_ms_per_ballot(group: PublicGroup) -> float:
    contest, key = sixty_rows(), random_key()
    ballots = [seal_one(contest, key) for _ in range(BALLOTS)]

    def verify() -> None:
        verify_batch([statement(ballot, contest, key, str(i), group) for i, ballot in enumerate(ballots)], group)

    verify()  # the generators are derived once per process
    spent = []
    for _ in range(5):
        start = time.process_time()
        verify()
        spent.append((time.process_time() - start) * 1000 / BALLOTS)
    return sorted(spent)[len(spent) // 2]


def peer() -> list[Figure]:
    """Our verification as a multiple of the peer's speed, on the same questions and number of ballots, in one run: with
    each backend.
    """
    groups: list[tuple[PublicGroup, str, int]] = [(SODIUM, "belenios_tool_multiple_sodium", TIMES_SODIUM)]
    if fast := fast_group():
        groups.append((fast, "belenios_tool_multiple", TIMES))
    ours = {group.name: _our_ms_per_ballot(group) for group, _, _ in groups}
    other = electionguard(ours[groups[-1][0].name])
    if shutil.which(TOOL) is None:
        why = f"{TOOL} is not installed (apt-get install {TOOL})"
        return [*(skipped(name, "times", why) for _, name, _ in groups), other]
    theirs = _peer_ms_per_ballot()
    figures = []
    for group, name, times in groups:
        note = f"{group.name}: {theirs:.0f} ms of processor time a ballot against {ours[group.name]:.1f} ms"
        figures.append(at_least(name, theirs / ours[group.name], "times", times, note))
    return [*figures, other]
