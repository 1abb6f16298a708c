"""The reports of load tests that are kept in the repository: one file for a profile, an index, and a table.

A report is kept twice, as JSON for programs and as Markdown for people; the Markdown, the index and the table of
docs/load-tests.md are made from the JSON, so that none of them can say something else.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from loadtests.machine import Machine
from loadtests.profiles import PROFILES, Profile
from loadtests.result import Result, measured_kind

HOME: Final = Path("docs/load-reports")
"""Where reports are kept, in the checkout in which a load test is run."""

TABLE_IN: Final = "load-tests.md"
BEGIN: Final = "<!-- The table of the reports; a run with --keep writes it again. -->"
END: Final = "<!-- The end of the table. -->"
OTHER_DATABASE: Final = "postgresql"

_BUSY: Final = 1.0
"""With a higher load before the run for each core, the figures tell of the machine too, and the report says so."""

Report = Mapping[str, Any]


def name_of(result: Result) -> str:
    """What the files of a report are called: the profile, and the database if it is not the embedded one."""
    other = result.database.lower().startswith(OTHER_DATABASE)
    return f"{result.profile.name}-{OTHER_DATABASE}" if other else result.profile.name


def report_of(result: Result, machine: Machine, began: int, seconds: int) -> Report:
    """The report of a run that began at a Unix time, as JSON has it."""
    profile = result.profile
    return {
        **{name: value for name, value in result.to_json().items() if name != "record"},
        "name": name_of(result),
        "about": profile.about,
        "date": datetime.fromtimestamp(began, UTC).isoformat(timespec="minutes"),
        "seconds": seconds,
        "machine": machine.to_json(),
        "settings": _settings(profile),
        "limits": {"p95_ms": profile.limits.p95_ms, "per_second": profile.limits.per_second},
        "measured": measured_kind(profile),
    }


def keep(report: Report, home: Path) -> Path:
    """Put a report into its home, over an earlier one of this name, and write index and table again; gives its path."""
    home.mkdir(parents=True, exist_ok=True)
    (home / f"{report['name']}.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    path = home / f"{report['name']}.md"
    path.write_text(markdown(report), encoding="utf-8")
    reports = kept_in(home)
    (home / "index.md").write_text(index(reports), encoding="utf-8")
    document = home.parent / TABLE_IN
    if document.exists():
        document.write_text(with_table(document.read_text(encoding="utf-8"), reports), encoding="utf-8")
    return path


def kept_in(home: Path) -> tuple[Report, ...]:
    """The reports of a home, in the order of the profiles."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(home.glob("*.json"))]
    order = list(PROFILES)
    return tuple(sorted(found, key=lambda report: (order.index(report["profile"]), report["name"])))


def with_table(text: str, reports: Sequence[Report]) -> str:
    """A document with the table of these reports between its marks; unchanged where it has none."""
    before, begins, rest = text.partition(BEGIN)
    _, ends, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table(reports)}\n{END}{after}" if begins and ends else text


def table(reports: Sequence[Report], folder: str = f"{HOME.name}/") -> str:
    """The main figures of reports, a line for each."""
    lines = [
        "| report | date | load before | ballots | requests/s | median | 95th | 99th | server: processor, memory | |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for report in reports:
        figures, usage = report["kinds"].get(report["measured"]), report["server"]
        lines.append(
            f"| [{report['name']}]({folder}{report['name']}.md): {report['measured']} | {report['date'][:10]} "
            f"| {report['machine']['load']:g} | {report['ballots']:,} "
            + (
                f"| {figures['requests_per_second']:,.0f} | {_ms(figures['median_ms'])} | {_ms(figures['p95_ms'])} "
                f"| {_ms(figures['p99_ms'])} "
                if figures
                else "| | | | "
            )
            + (f"| {usage['cpu_seconds']:.0f} s, {usage['peak_mb']:.0f} MB " if usage else "| ")
            + f"| {verdict(report)} |"
        )
    return "\n".join(lines) + "\n"


def verdict(report: Report) -> str:
    """What came of a run, in a few words."""
    return "passed" if report["passed"] else f"**failed**: {report['problems'][0]}"


def index(reports: Sequence[Report]) -> str:
    """The page that leads to all reports."""
    return (
        "# Reports of load tests\n\n"
        "What each profile of [the load tests](../load-tests.md) gave when it was last run to be kept. Each report "
        "names machine, load, versions, settings, limits, all figures, and the record that was verified at its end; "
        "the file of the same name with `.json` has the same for programs. `make load PROFILE=all KEEP=1` runs "
        "every profile and writes these files again.\n\n" + table(reports, "")
    )


def markdown(report: Report) -> str:
    """A report for people."""
    machine, verified, usage = report["machine"], report["verified"], report["server"]
    busy = machine["load"] > _BUSY * machine["cores"]
    lines = [
        f"# {report['name']}",
        "",
        f"{report['about'][0].upper()}{report['about'][1:]}.",
        "",
        *_came_of(report),
        "",
        "| | |",
        "|---|---|",
        f"| date | {report['date']}, {report['seconds']} s with its preparation |",
        f"| machine | {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']:g} GB, "
        f"{machine['system']}; server, halls and Locust together |",
        f"| load in the minute before | {machine['load']:g}"
        + (": **other programs were at work, and the figures tell of them too** |" if busy else " |"),
        f"| database | {report['database']}; {report['workers']} process{'es' if report['workers'] > 1 else ''} |",
        f"| ballots verified by | {report['backend']} |",
        f"| versions | {', '.join(f'{name} {text}' for name, text in machine['versions'].items())} |",
        "",
        "## Settings",
        "",
        *(f"* {name}: {value}" for name, value in report["settings"].items()),
        "",
        "## Figures",
        "",
        "| requests | number | a second | median | 95th percentile | 99th percentile |",
        "|---|---|---|---|---|---|",
        *(
            f"| {kind} | {one['requests']:,} | {one['requests_per_second']:,.1f} | {_ms(one['median_ms'])} "
            f"| {_ms(one['p95_ms'])} | {_ms(one['p99_ms'])} |"
            for kind, one in report["kinds"].items()
        ),
        "",
        f"Limit: {_limit(report)}.",
    ]
    if report["figures"]:
        lines += ["", f"Told to wait: {report['figures']['waits']:,}. Failed: {report['figures']['failures']:,}."]
    if usage:
        lines += [
            "",
            f"The server and what it started used {usage['cpu_seconds']:g} s of processor{_started(usage)}, "
            f"{usage['first_mb']:g} MB at "
            f"first, {usage['peak_mb']:g} MB at most, {usage['last_mb']:g} MB at the end, and "
            f"{usage['most_files']:g} open files at most.",
        ]
    lines += [f"\n{name[0].upper()}{name[1:]}: {value:g}." for name, value in report["facts"].items()]
    lines += ["", "## Record", ""]
    if verified:
        state = "verified with its fingerprint" if verified["good"] else "**not good**, see the problems above"
        lines += [
            f"{verified['entries']:,} entries with {verified['ballots']:,} ballots that were cast; "
            f"{verified['size']:,} bytes; {state}.",
            "",
            f"* root of the log: `{verified['root']}`",
            f"* fingerprint: `{verified['fingerprint']}`",
        ]
    else:
        lines.append("There is none.")
    return "\n".join(lines) + "\n"


def _started(usage: Mapping[str, float]) -> str:
    """Reports of earlier versions do not have it."""
    return f" ({usage['started_seconds']:g} s in what it started)" if "started_seconds" in usage else ""


def _came_of(report: Report) -> list[str]:
    if report["passed"]:
        return ["**Passed**: no ballot was lost, doubled or altered, the record is verified, all limits were kept."]
    good = report["verified"] is not None and report["verified"]["good"]
    said = ": no ballot was lost, doubled or altered and the record is verified, but" if good else ":"
    return [f"**Failed**{said}", "", *(f"* {problem}" for problem in report["problems"])]


def _settings(profile: Profile) -> dict[str, object]:
    """What a run was like, as people say it."""
    found: dict[str, object] = {
        "delegates": profile.delegates,
        "kiosks": profile.kiosks,
        "contests": "; ".join(f"{one.id} ({one.kind.value}, rows: {one.rows})" for one in profile.contests),
        "ballots opened before another is cast": f"of every {profile.challenge_every}th delegate",
        "ballots sent twice": f"of every {profile.resend_every}th delegate",
        "longest pause of a kiosk": f"{profile.pause:g} s",
        "longest duration of the load": f"{profile.seconds} s",
        "scrutineers": f"{profile.scrutineers}, of whom {profile.threshold} decrypt",
    }
    found |= {
        name: number
        for name, number in (
            ("desks", profile.desks),
            ("readers", profile.readers),
            ("screens", profile.screens),
            ("phones", profile.phones),
        )
        if number
    }
    return found | dict(profile.server)


def _limit(report: Report) -> str:
    limits = report["limits"]
    told = [f"{report['measured']} within {limits['p95_ms']:,} ms (95th percentile)"] if limits["p95_ms"] else []
    told += [f"{limits['per_second']:,} a second of {report['measured']}"] if limits["per_second"] else []
    return " and ".join(told) or "none on latency; every ballot must arrive"


def _ms(value: float) -> str:
    return f"{value:,.0f} ms"
