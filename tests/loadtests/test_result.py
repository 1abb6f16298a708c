"""What came of a run, for programs."""

import json
from pathlib import Path

from loadtests.figures import Figures
from loadtests.profiles import CLOSE_AND_PUBLISH, DOORS_OPEN, SMOKE
from loadtests.record import RecordFacts
from loadtests.result import Result, measured_kind


def test_a_result_says_in_json_what_came_of_it() -> None:
    figures = Figures(requests=1, requests_per_second=2, median_ms=3, p95_ms=4, p99_ms=5, failures=6, waits=7)
    facts = RecordFacts(good=True, entries=9, ballots=2, root="ab", fingerprint="F", size=100)
    passed = Result(
        profile=SMOKE, ballots=110, figures=figures, record=Path("out/record.zip"), problems=(), verified=facts
    )
    value = json.loads(json.dumps(passed.to_json()))
    assert value["passed"] is True
    assert value["record"] == "out/record.zip"
    assert value["figures"]["p95_ms"] == 4
    assert value["verified"]["root"] == "ab"
    failed = Result(profile=SMOKE, ballots=110, figures=None, record=None, problems=("a ballot is lost",))
    assert failed.to_json() == {
        "profile": "smoke",
        "delegates": 50,
        "kiosks": 5,
        "ballots": 110,
        "figures": None,
        "kinds": {},
        "facts": {},
        "server": None,
        "backend": "",
        "database": "",
        "workers": 1,
        "passed": False,
        "problems": ["a ballot is lost"],
        "record": None,
        "verified": None,
    }


def test_a_profile_is_about_one_kind_of_request() -> None:
    assert [measured_kind(one) for one in (SMOKE, DOORS_OPEN, CLOSE_AND_PUBLISH)] == [
        "ballot",
        "checked in",
        "result fetched",
    ]
