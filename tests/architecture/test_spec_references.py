"""Citations `SPEC §x.y` and numbers of checks agree with the specification."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, name_of, sources, strings, write

HEADING = re.compile(r"^#+ §(\d+(?:\.\d+)?)", re.MULTILINE)
# A section belongs to the last document that was named before it.
CITATION = re.compile(r"(?P<other>RFC \d+|C2SP)|(?P<ours>SPEC)|§(?P<section>\d+(?:\.\d+)*)(?: eq\. (?P<equation>\d+))?")
CODE = re.compile(r"V\d{1,2}\.[A-Z]")
ROW = re.compile(r"^\| (V\d+\.[A-Z]) \| .* \| §(\d+(?:\.\d+)?) \|$", re.MULTILINE)
EQUATIONS = range(1, 6)


def headings(root: Path) -> set[str]:
    """The numbers of all sections."""
    return {found for path in (root / "docs/spec").glob("*.md") for found in HEADING.findall(path.read_text("utf-8"))}


def bad_citations(root: Path) -> list[str]:
    """Citations of sections or equations that are not there, in code, tests and documents."""
    known, problems = headings(root), []
    for path in (*sources(root, (*PACKAGES, "tests")), *sorted((root / "docs").rglob("*.md")), *root.glob("*.md")):
        if path.name == Path(__file__).name:
            continue  # This file cites what is not there.
        ours = path.parent == root / "docs/spec"
        for found in CITATION.finditer(path.read_text(encoding="utf-8")):
            if found["other"] or found["ours"]:
                ours = bool(found["ours"])
            elif ours and found["section"] not in known:
                problems.append(f"{name_of(root, path)}: §{found['section']} is not in the specification")
            elif ours and found["equation"] and int(found["equation"]) not in EQUATIONS:
                problems.append(f"{name_of(root, path)}: there is no eq. {found['equation']}")
            if found["section"] and path.parent == root / "docs/spec":
                ours = True
    return problems


def checks(root: Path) -> dict[str, str]:
    """The numbers of SPEC §11, with the section that each row names."""
    return dict(ROW.findall((root / "docs/spec/11-verification.md").read_text(encoding="utf-8")))


def codes_in(root: Path, folders: tuple[str, ...]) -> set[str]:
    """The numbers of checks that stand in values, not in prose."""
    found: set[str] = set()
    for path in sources(root, folders):
        if "tests/architecture" not in path.as_posix():
            for text in strings(path):
                found.update(CODE.findall(text))
    return found


def bad_codes(root: Path) -> list[str]:
    """Numbers that the code raises and the specification lacks, and the other way round."""
    known, raised, expected = set(checks(root)), codes_in(root, PACKAGES), codes_in(root, ("tests",))
    return (
        [f"{code} is raised and is not in SPEC §11" for code in sorted(raised - known)]
        + [f"{code} of SPEC §11 is raised nowhere" for code in sorted(known - raised)]
        + [f"{code} of SPEC §11 is expected by no test" for code in sorted(known - expected)]
    )


def test_every_citation_exists() -> None:
    assert bad_citations(ROOT) == []


def test_the_rows_of_the_checks_cite_sections_that_exist() -> None:
    assert set(checks(ROOT).values()) <= headings(ROOT)
    assert len(checks(ROOT)) > 50


def test_the_numbers_of_checks_agree() -> None:
    assert bad_codes(ROOT) == []


SPEC = {
    "docs/spec/05-ballots.md": "# §5 Ballots\n\n## §5.3 The argument\n",
    "docs/spec/11-verification.md": "# §11 Checks\n\n| V8.E | eq. 1 | §5.3 |\n| V8.F | eq. 2 | §5.3 |\n",
}


@pytest.mark.parametrize(
    "text", ["SPEC §5.4", "SPEC §6", "SPEC §5.3, §5.9", "SPEC §5.3 eq. 6", "RFC 9162 §2.1, SPEC §2.1"]
)
def test_a_bad_citation_is_found(tmp_path: Path, text: str) -> None:
    root = write(tmp_path, {**SPEC, "ballots/a.py": f'"""See {text}."""\n'})
    assert len(bad_citations(root)) == 1


@pytest.mark.parametrize("text", ["SPEC §5.3", "SPEC §5.3 eq. 5", "SPEC §5, §5.3", "RFC 9162 §2.1.1", "nothing"])
def test_a_good_citation_passes(tmp_path: Path, text: str) -> None:
    assert bad_citations(write(tmp_path, {**SPEC, "ballots/a.py": f'"""See {text}."""\n'})) == []


def test_a_bad_citation_inside_the_specification_is_found(tmp_path: Path) -> None:
    spec = {**SPEC, "docs/spec/05-ballots.md": SPEC["docs/spec/05-ballots.md"] + "\nRFC 9162 §2.1 and then §5.3.\n"}
    assert bad_citations(write(tmp_path, spec)) == []
    spec["docs/spec/05-ballots.md"] += "\nAs §7.7 says.\n"
    assert len(bad_citations(write(tmp_path, spec))) == 1


def test_numbers_that_disagree_are_found(tmp_path: Path) -> None:
    root = write(
        tmp_path, {**SPEC, "tally/a.py": '"""V8.F"""\nx = ("V8.E", "V8.Z")\n', "tests/test_a.py": 'y = "V8.F"\n'}
    )
    assert bad_codes(root) == [
        "V8.Z is raised and is not in SPEC §11",
        "V8.F of SPEC §11 is raised nowhere",
        "V8.E of SPEC §11 is expected by no test",
    ]
