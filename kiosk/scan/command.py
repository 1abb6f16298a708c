"""`plenum scan`: paper records from scanned pages, counted, compared, audited by a sample, or made a count sheet."""

import contextlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Final

import typer

from ballots.screen.words import Said
from kiosk.durable import erase, write_durably
from kiosk.local_page.door import Door
from kiosk.local_page.serving import listen, serving
from kiosk.scan.findings import BoxFacts, Report, all_papers, ballots_of_record, read_void, sampled
from kiosk.scan.memory import Memory
from kiosk.scan.pictures import files_of, pictures_in
from kiosk.scan.source import contest_of, counted_of, read_session, urn_of
from kiosk.scan.station import Found, Scanner
from kiosk.scan_page.app import create_scan_page
from kiosk.scan_page.desk import Desk
from tally.audit.bravo import RISK_LIMIT
from tally.audit.draw import draw, places, read_seed
from tally.audit.plan import Plan, no_sample, plan_of
from tally.cli.output import make_folder
from tally.cli.system import SystemRng
from tally.replay.expected import outcome_of
from tally.report.render_json import document_json
from tally.report.render_pdf import document_pdf
from tally.report.sample import Drawn, sample_document
from tally.state import ContestState, State
from voting_core.errors import InputError

EXIT_FOUND: Final = 1
"""A paper was not counted, the totals differ, or the sample does not suffice yet."""

PERCENT: Final = 100
MEMORY_SUFFIX: Final = ".memory.json"
MEMORY_OF_BOX: Final = "+"
"""Between the contest and the box in the name of a memory: no id of a contest has it."""

_NOT_IN_NAMES: Final = re.compile(r"[^\w-]|_")
"""What stands in the name of a memory as its number: no two boxes have one memory, whatever they are called."""
RISK: Final = int(RISK_LIMIT * PERCENT)
_WHY: Final = {
    "few": Said("不足 1,000 张", "fewer than 1,000"),
    "exact": Said("结果取决于确切票数，抽查不能确认", "the outcome turns on exact numbers, which no sample confirms"),
    "close": Said("票数接近，抽查不比全部清点少", "the result is so close that a sample is no smaller"),
}

SessionArgument = Annotated[Path, typer.Argument(help="record.zip, or a station's .log.jsonl")]
ContestArgument = Annotated[str, typer.Argument(help="The id of the contest.")]
FingerprintOption = Annotated[str | None, typer.Option(help="The session's fingerprint, as it was read aloud.")]
MemoryOption = Annotated[
    Path | None, typer.Option(help="What the station remembers; by default scan-CONTEST.memory.json here.")
]
RiskOption = Annotated[int, typer.Option(min=1, max=50, help="Risk limit of a sample, in percent.")]
SampleOption = Annotated[bool, typer.Option("--sample", help="The pages are a drawn sample.")]
TimesOption = Annotated[int, typer.Option(min=1, help="How often these papers were drawn.")]
BoxOption = Annotated[str, typer.Option(help="Ballots of record: the box of these papers.")]
SheetOption = Annotated[str, typer.Option(help="Ballots of record: the name of the count sheet.")]


def register(app: typer.Typer) -> None:
    """Add the commands of `scan`."""
    scan = typer.Typer(no_args_is_help=True, help="Paper records: read, page, draw a sample, forget.")
    scan.command("read")(read)
    scan.command("page")(page)
    scan.command("draw")(plan)
    scan.command("report")(report)
    scan.command("forget")(forget)
    app.add_typer(scan, name="scan")


def read(
    session: SessionArgument,
    contest: ContestArgument,
    pages: Annotated[list[Path] | None, typer.Argument(help="Scanned pages (PNG, JPEG, TIFF, PDF) or folders.")] = None,
    fingerprint: FingerprintOption = None,
    memory: MemoryOption = None,
    sample: SampleOption = False,
    times: TimesOption = 1,
    risk: RiskOption = RISK,
    box: BoxOption = "",
    sheet: SheetOption = "",
    replaces: Annotated[str, typer.Option(help="Ballots of record: the sheet that this one corrects.")] = "",
    void: Annotated[list[str] | None, typer.Option(help="Papers found void: REASON=NUMBER, as illegible=2.")] = None,
    out: Annotated[Path | None, typer.Option("--json", help="Write the findings here as JSON.")] = None,
) -> None:
    """Read papers, add them to those counted before, and say what they amount to."""
    state, found = _session(session, contest, fingerprint)
    facts = BoxFacts(box=box, sheet=sheet, replaces=replaces, void=read_void(void or []))
    made = _sampling_plan(state, found, Fraction(risk, PERCENT)) if sample else None
    scanner = _scanner(state, found, made, facts, memory, times)
    refused = sum(not _show(scanner, name, seen) for name, seen in _papers(scanner, pages or []))
    report = _report(state, found, scanner.memory, made, facts)
    _say(report.lines)
    _say([report.said])
    if refused:
        _say([Said(f"没有计入的 {refused} 页，原因见上", f"{refused} pages not counted, see above")])
    if out is not None:
        text = json.dumps({**report.json, "ok": report.ok, "refused": refused}, ensure_ascii=False, indent=2)
        write_durably(out, text.encode() + b"\n")
    if refused or not report.ok:
        raise typer.Exit(EXIT_FOUND)


def page(
    session: SessionArgument,
    contest: ContestArgument,
    fingerprint: FingerprintOption = None,
    memory: MemoryOption = None,
    sample: SampleOption = False,
    times: TimesOption = 1,
    risk: RiskOption = RISK,
    box: BoxOption = "",
    sheet: SheetOption = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0: a free one.")] = 0,
) -> None:
    """Read papers on a page of this machine's browser: from files, or under a camera, each beside its words."""
    state, found = _session(session, contest, fingerprint)
    facts = BoxFacts(box=box, sheet=sheet)
    made = _sampling_plan(state, found, Fraction(risk, PERCENT)) if sample else None
    scanner = _scanner(state, found, made, facts, memory, times)
    desk = Desk(scanner, lambda: _report(state, found, scanner.memory, made, facts))
    listener = listen(port)
    door = Door(listener.getsockname()[1], scanner.memory.path.with_suffix(".link"))
    with contextlib.closing(door), listener, serving(create_scan_page(desk, state, door), listener, "scan"):
        _say([Said(f"请在本机浏览器打开（仅一次有效）：{door.new_link()}", "open this on this machine, once")])
        _say([Said("按回车键结束", "press Enter to end")])
        sys.stdin.readline()


def plan(
    session: SessionArgument,
    contest: ContestArgument,
    seed: Annotated[str, typer.Option(help="Twenty digits or more, thrown with dice in public after closing.")],
    bundle: Annotated[list[int], typer.Option(min=1, help="Papers of each bundle of the pile, in its order.")],
    fingerprint: FingerprintOption = None,
    risk: RiskOption = RISK,
    more: Annotated[int, typer.Option(min=0, help="Papers to draw after the planned ones.")] = 0,
    already: Annotated[int, typer.Option(min=0, help="Papers drawn before; 0 draws those of the plan.")] = 0,
) -> None:
    """Say which papers of the pile are to be scanned."""
    state, found = _session(session, contest, fingerprint)
    made = _sampling_plan(state, found, Fraction(risk, PERCENT))
    _check_bundles(bundle, made)
    if already and not more:
        raise InputError("--more", "it is not said how many papers to draw", "Give --more with --already")
    positions = draw(read_seed(seed), made.papers, more if already else made.size + more, already)
    _say(
        [
            Said(
                f"共 {made.papers} 张，计划抽 {made.size} 张，本次抽 {len(positions)} 张",
                f"{made.papers} paper(s), {made.size} planned, {len(positions)} drawn now",
            )
        ]
    )
    for place in places(positions, bundle):
        again = f" ×{place.times}" if place.times > 1 else ""
        print(f"{place.bundle}-{place.number}{again}")


def report(
    session: SessionArgument,
    contest: ContestArgument,
    seed: Annotated[str, typer.Option(help="The digits that were thrown.")],
    bundle: Annotated[list[int], typer.Option(min=1, help="Papers of each bundle of the pile, in its order.")],
    out: Annotated[Path, typer.Option(help="The folder for the report, as PDF and JSON.")],
    fingerprint: FingerprintOption = None,
    memory: MemoryOption = None,
    risk: RiskOption = RISK,
) -> None:
    """Make the report of a sample, to be signed by hand and published beside the record."""
    state, found = _session(session, contest, fingerprint)
    made = _sampling_plan(state, found, Fraction(risk, PERCENT))
    _check_bundles(bundle, made)
    path = memory or memory_of(found.id, "")
    if not path.is_file():
        raise InputError("--memory", f"{path} is not there", "Name the file that the sample was read into")
    kept = Memory.open(path, urn_of(state, found), SystemRng(), no_sample(made))
    if kept.sample is None or not kept.sample.drawn:
        raise InputError("--memory", "no paper of a sample was read yet", "Read the drawn papers with --sample first")
    told = sample_document(state, found.id, made, kept.sample, Drawn(read_seed(seed), tuple(bundle)))
    make_folder(out)
    write_durably(out / f"{told.file_name}.pdf", document_pdf(told))
    write_durably(out / f"{told.file_name}.json", document_json(told))
    _say([Said(f"已写入 {out / told.file_name}.pdf，请打印、签名", "written; print and sign it")])
    if kept.sample.open_assertions(made):
        raise typer.Exit(EXIT_FOUND)


def forget(memory: Annotated[Path, typer.Argument(help="What the station remembers.")]) -> None:
    """Erase what the station remembers, when the sheet is signed."""
    if not memory.is_file():
        raise InputError(str(memory), "there is no such file", "Name the file of --memory")
    erase(memory)
    _say([Said("已清除", "Erased")])


def _session(path: Path, contest_id: str, fingerprint: str | None) -> tuple[State, ContestState]:
    state = read_session(path, fingerprint)
    if fingerprint is None:
        _say([Said("! 未给出会议指纹，未锚定", "no fingerprint was given: unanchored")])
    return state, contest_of(state, contest_id)


def _sampling_plan(state: State, contest: ContestState, limit: Fraction) -> Plan:
    counted = counted_of(contest)
    if counted is None or not contest.is_decidable:
        raise InputError(
            "contest", f"{contest.id} has no decrypted count", "Take the record after the count, or read all papers"
        )
    made = plan_of(contest.contest, counted, outcome_of(state, contest.id), limit)
    if made.counts_all:
        why = _WHY[made.why]
        raise InputError("contest", f"{why.zh} {why.en}", "全部清点 Read all papers, without --sample")
    return made


def _check_bundles(bundles: list[int], made: Plan) -> None:
    if sum(bundles) != made.papers:
        raise InputError(
            "--bundle",
            f"the bundles hold {sum(bundles)} papers, and {made.papers} ballots are counted",
            "Count the bundles again; if they stay different, read all papers",
        )


def _scanner(
    state: State, contest: ContestState, made: Plan | None, facts: BoxFacts, memory: Path | None, times: int
) -> Scanner:
    """The station. Boxes of one contest are remembered apart, and a paper of one is a copy in the others."""
    if contest.is_by_hand and not (facts.box and facts.sheet):
        raise InputError("--box, --sheet", f"{contest.id} is counted by hand", "Name the box and its count sheet")
    urn, rng = urn_of(state, contest), SystemRng()
    path = memory or memory_of(contest.id, facts.box)
    kept = Memory.open(path, urn, rng, no_sample(made) if made else None)
    beside = sorted(path.parent.glob(f"scan-{contest.id}{MEMORY_OF_BOX}*{MEMORY_SUFFIX}")) if facts.box else []
    others = tuple(Memory.open(other, urn, rng) for other in beside if other.resolve() != path.resolve())
    return Scanner(urn, kept, made, times, others)


def memory_of(contest: str, box: str) -> Path:
    """Where the station remembers by default what it counted of a contest, or of one of its boxes."""
    named = f"{MEMORY_OF_BOX}{_NOT_IN_NAMES.sub(lambda found: f'_{ord(found[0]):x}_', box)}" if box else ""
    return Path(f"scan-{contest}{named}{MEMORY_SUFFIX}")


def _papers(scanner: Scanner, pages: list[Path]) -> Iterator[tuple[str, Found]]:
    for path in files_of(pages):
        for picture in pictures_in(path):
            yield picture.name, scanner.look(picture.image)


def _show(scanner: Scanner, name: str, found: Found) -> bool:
    if found.problem is None:
        print(f"✓ {name}")
    else:
        print(f"✗ {name}  {found.problem.said.zh}  {found.problem.said.en}")
    for line in scanner.text(found).splitlines():
        print(f"    {line}")
    return found.is_counted


def _report(state: State, contest: ContestState, kept: Memory, made: Plan | None, facts: BoxFacts) -> Report:
    if made is not None and kept.sample is not None:
        return sampled(contest.contest, kept.totals, made, kept.sample)
    if contest.is_by_hand:
        return ballots_of_record(state, contest, kept.totals, facts)
    return all_papers(contest.contest, kept.totals, counted_of(contest))


def _say(lines: Iterable[Said]) -> None:
    for line in lines:
        print(f"{line.zh}  {line.en}")
