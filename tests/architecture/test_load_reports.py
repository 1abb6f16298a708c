"""Every profile has a report of a run, and what documents say of it is what the report says."""

import json
from pathlib import Path
from typing import Any

import pytest

from loadtests.profiles import PROFILES
from loadtests.reports import BEGIN, HOME, TABLE_IN, index, kept_in, markdown, with_table
from tests.architecture.tree import ROOT

REPORTS = {report["name"]: report for report in kept_in(ROOT / HOME)}


def unlike(root: Path) -> list[str]:
    """Files that are not what the reports in JSON make."""
    home = root / HOME
    reports = kept_in(home)
    made = {home / f"{report['name']}.md": markdown(report) for report in reports}
    made[home / "index.md"] = index(reports)
    document = home.parent / TABLE_IN
    made[document] = with_table(document.read_text(encoding="utf-8"), reports)
    found = {path: path.read_text(encoding="utf-8") if path.exists() else "" for path in made}
    others = {path for path in home.iterdir() if path.suffix != ".json"} - made.keys()
    return sorted(path.name for path in {*others, *(path for path in made if made[path] != found[path])})


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_has_a_report_of_its_whole_size(name: str) -> None:
    report: dict[str, Any] = dict(REPORTS[name])
    assert report["delegates"] >= PROFILES[name].delegates
    assert report["kiosks"] == PROFILES[name].kiosks
    assert report["date"][:2] == "20"
    assert report["machine"]["cores"] >= 1
    assert report["verified"]["entries"] > report["verified"]["ballots"] > 0
    assert len(report["verified"]["root"]) == 64
    assert report["kinds"][report["measured"]]["requests"] > 0


@pytest.mark.parametrize("name", REPORTS)
def test_no_run_that_is_kept_lost_a_ballot(name: str) -> None:
    """A limit may be broken, and the report says so; a ballot may not be lost."""
    assert REPORTS[name]["verified"]["good"]


def test_pages_index_and_table_are_what_the_reports_say() -> None:
    assert BEGIN in (ROOT / HOME.parent / TABLE_IN).read_text(encoding="utf-8")
    assert unlike(ROOT) == [], "make load PROFILE=… KEEP=1 writes them"


def test_a_page_that_somebody_edited_is_found(tmp_path: Path) -> None:
    home = tmp_path / HOME
    home.mkdir(parents=True)
    for path in (*(ROOT / HOME).iterdir(), ROOT / HOME.parent / TABLE_IN):
        target = (home if path.parent.name == HOME.name else home.parent) / path.name
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert unlike(tmp_path) == []
    (home / "smoke.md").write_text("faster\n", encoding="utf-8")
    (home / "old.md").write_text("# old\n", encoding="utf-8")
    changed = json.loads((home / "soak.json").read_text(encoding="utf-8"))
    (home / "soak.json").write_text(json.dumps({**changed, "date": "2020-01-01T00:00+00:00"}), encoding="utf-8")
    assert unlike(tmp_path) == ["index.md", "load-tests.md", "old.md", "smoke.md", "soak.md"]
