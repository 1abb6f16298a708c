"""Who imports whom: the contracts of `.importlinter` hold, and each of them can be broken."""

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, write

# Every module that the contracts name, and what stands for the outside world.
SKELETON = (
    "ballots/card.py",
    "ballots/encrypt.py",
    "ballots/opening.py",
    "ballots/sealed_ballot.py",
    "tally/__main__.py",
    "tally/aggregate.py",
    "tally/cli/main.py",
    "tally/entries/build.py",
    "tally/record/read.py",
    "tally/replay/ballots.py",
    "tally/simulate/run.py",
    "tally/state/session.py",
    "tally/trustee/decrypt.py",
    "tally/verify/ballots.py",
    "voting_core/argument/batch.py",
    "voting_core/argument/verify.py",
    "voting_core/fast/group.py",
    "voting_core/group.py",
    "voting_core/keyfile.py",
    "voting_core/prove/argument.py",
    "voting_core/public.py",
    "voting_core/signing_key.py",
)
# What the exceptions of the contracts allow; without it the linter would call an exception unused.
ALLOWED = {
    "ballots/opening.py": "import ballots.encrypt\n",
    "tally/cli/main.py": "import os\nimport rich\nimport tally.verify.ballots\n",
    "tally/__main__.py": "import pathlib\nimport tally.cli.main\n",
    "voting_core/argument/batch.py": "import secrets\n",
}
# Contract, file, import: one violation each.
PLANTED = (
    ("layers", "voting_core/group.py", "import ballots.card"),
    ("layers", "voting_core/group.py", "import tally.aggregate"),
    ("layers", "ballots/card.py", "import tally.aggregate"),
    ("layers", "ballots/card.py", "import kiosk"),
    ("layers", "tally/cli/main.py", "import api"),
    ("stations", "kiosk/__init__.py", "import api"),
    ("stations", "loadtests/__init__.py", "import api"),
    ("frameworks", "voting_core/group.py", "import pydantic"),
    ("frameworks", "ballots/card.py", "import fastapi"),
    ("frameworks", "tally/aggregate.py", "import sqlmodel"),
    ("purity", "voting_core/group.py", "import os"),
    ("purity", "voting_core/group.py", "import secrets"),
    ("purity", "ballots/card.py", "import time"),
    ("purity", "ballots/card.py", "import random"),
    ("purity", "tally/aggregate.py", "import logging"),
    ("purity", "tally/replay/ballots.py", "from pathlib import Path"),
    ("terminal", "tally/aggregate.py", "import rich"),
    ("verifier", "tally/verify/ballots.py", "import voting_core.prove.argument"),
    ("verifier", "tally/verify/ballots.py", "import ballots.sealed_ballot, ballots.encrypt"),
    ("verifier", "tally/replay/ballots.py", "import tally.trustee.decrypt"),
    ("verifier", "tally/state/session.py", "import voting_core.signing_key"),
    ("verifier", "tally/record/read.py", "import ballots.card"),
    ("fast", "voting_core/prove/argument.py", "import voting_core.fast"),
    ("fast", "voting_core/group.py", "import numpy"),
    ("fast", "tally/trustee/decrypt.py", "import voting_core.fast.group"),
    ("fast", "ballots/card.py", "import voting_core.fast"),
    ("verifier", "tally/replay/ballots.py", "import tally.aggregate"),
)


def lint(root: Path) -> tuple[int, str]:
    """Run the linter on a tree with its own configuration."""
    program = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200"}
    arguments = ["--config", str(root / ".importlinter"), "--no-cache"]
    done = subprocess.run(
        [*program, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def skeleton(root: Path) -> Path:
    """A tree with our configuration, every module that it names, and nothing that breaks it."""
    files = dict.fromkeys(SKELETON, "") | ALLOWED
    for name in list(files):
        for parent in Path(name).parents:
            if parent != Path():
                files.setdefault(f"{parent.as_posix()}/__init__.py", "")
    files |= {f"{package}/__init__.py": "" for package in PACKAGES}
    return write(root, {**files, ".importlinter": (ROOT / ".importlinter").read_text(encoding="utf-8")})


def broken(output: str) -> set[str]:
    """The short names of the contracts that the output calls broken."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    sections = [section for section in config.sections() if ":contract:" in section]
    return {section.rpartition(":")[2] for section in sections if f"{config[section]['name']} BROKEN" in output}


def test_every_contract_holds() -> None:
    code, output = lint(ROOT)
    assert code == 0, output


def test_the_skeleton_breaks_nothing(tmp_path: Path) -> None:
    code, output = lint(skeleton(tmp_path))
    assert code == 0, output


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_violation_is_caught(tmp_path: Path, contract: str, file: str, line: str) -> None:
    root = skeleton(tmp_path)
    if (contract, file, line) == PLANTED[-1]:
        # An import through another module counts as well.
        write(root, {"tally/aggregate.py": "import voting_core.keyfile\n"})
    with (root / file).open("a", encoding="utf-8") as target:
        target.write(line + "\n")
    code, output = lint(root)
    assert code == 1, output
    assert contract in broken(output), output


def test_every_contract_has_a_planted_violation() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    names = {section.rpartition(":")[2] for section in config.sections() if ":contract:" in section}
    assert names == {contract for contract, _, _ in PLANTED}
