"""`python -m tools.bundle OUT [--debian]`: make the bundle. Needs a network once; the stick needs none."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from tools.bundle import debian
from tools.bundle.closure import locked, needed
from tools.bundle.sums import NAME, digest_of, sums

ROOT: Final = Path(__file__).resolve().parents[2]
FILES: Final = Path(__file__).parent / "files"
GOLDEN: Final = ROOT / "tests/golden/session"
EXTRAS: Final = ("web", "postgres", "station")
"""All of the product but load tests, which nobody runs in a hall."""

EPOCH: Final = "1767225600"
"""The time in all archives: the same sources make the same bytes."""


def main() -> None:
    """Make the bundle in a new folder."""
    parser = argparse.ArgumentParser(prog="python -m tools.bundle", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--debian", action="store_true", help="fetch Debian's packages as well (some 400 MB)")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    _say("wheels")
    _wheels(out)
    _say("records of earlier versions")
    _records(out / "check")
    for path in FILES.iterdir():
        shutil.copy(path, out / path.name)
    shutil.copy(ROOT / "LICENSE", out)
    (out / "VERSION").write_text(_version() + "\n", encoding="utf-8")
    (out / "PYTHON").write_text(".".join(platform.python_version_tuple()[:2]) + "\n", encoding="utf-8")
    if options.debian:
        _say("Debian's packages")
        names = debian.closure(debian.wanted((FILES / "debian-packages.txt").read_text(encoding="utf-8")))
        debian.download(names, out / "debian")
    _say("bill of materials, from an installation without a network")
    _bill(out)
    (out / NAME).write_text(sums(out), encoding="utf-8")
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    _say(f"{out}: {size // 1_000_000} MB; SHA-256 of {NAME}: {digest_of(out / NAME)}")


def _wheels(out: Path) -> None:
    """Our own wheel, and those of the lock file that it needs, checked against their hashes."""
    names = needed("plenum", EXTRAS, lambda name: distribution(name).requires or ())
    lines = locked((ROOT / "requirements.lock").read_text(encoding="utf-8"), names)
    requirements = out / "requirements.txt"
    requirements.write_text(lines, encoding="utf-8")
    wheels = out / "wheels"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    fetch = ["download", "--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", str(requirements)]
    _run([*pip, *fetch, "--dest", str(wheels)])
    _run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)])
    (own,) = wheels.glob("plenum-*.whl")
    pin = f"plenum[{','.join(EXTRAS)}]=={own.name.split('-')[1]} --hash=sha256:{digest_of(own)}\n"
    requirements.write_text(lines + pin, encoding="utf-8")


def _records(folder: Path) -> None:
    """A record of every version of the format, with the fingerprint that was read aloud."""
    place = folder / "plenum-v1"
    place.mkdir(parents=True)
    shutil.copy(GOLDEN / "record.zip", place)
    expected = json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8"))
    (place / "fingerprint.txt").write_text(expected["fingerprint"] + "\n", encoding="utf-8")


def _bill(out: Path) -> None:
    """List what an installation from this folder holds; making one is also the first trial of the folder."""
    trial = out.with_name(out.name + ".trial")
    shutil.rmtree(trial, ignore_errors=True)
    (out / NAME).write_text(sums(out), encoding="utf-8")
    offline = {**os.environ, "PIP_NO_INDEX": "1"}
    _run(["sh", str(out / "install.sh"), str(trial)], env=offline)
    tool = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", "--output-reproducible"]
    bill = ["--of", "JSON", "-o", str(out / "sbom.cdx.json"), "--pyproject", str(ROOT / "pyproject.toml")]
    _run([*tool, *bill, str(trial / "current/bin/python")])
    shutil.rmtree(trial)


def _version() -> str:
    """The version with the commit, so that two sticks of one version can be told apart."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    shown = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    return f"{project['version']}-{shown.stdout.strip()}" if shown.returncode == 0 else str(project["version"])


def _run(command: list[str], env: dict[str, str] | None = None) -> None:
    subprocess.run(command, check=True, env={**(env or os.environ), "SOURCE_DATE_EPOCH": EPOCH})


def _say(text: str) -> None:
    sys.stderr.write(f"• {text}\n")


if __name__ == "__main__":
    main()
