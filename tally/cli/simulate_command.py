"""`plenum simulate`: a whole session in one process, from a file of given ballots."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ballots.contest import Contest
from ballots.crockford import fingerprint_text
from tally.cli.files import read_folder
from tally.cli.output import RECORD, RESULTS, decided_contests, make_folder, write_record_file, write_results
from tally.cli.progress import Steps
from tally.cli.show import show_next, show_notes, show_results, show_unprinted
from tally.cli.system import SystemRng, unix_time
from tally.next_vote import Proposal, next_votes
from tally.plan import SessionPlan, contests, read_plan
from tally.plan.ballots_file import read_ballots
from tally.plan.contests import refuse_paper
from tally.plan.evaluators import needs_waiver, present_by_class
from tally.report.beside import beside_plan
from tally.results import Decided
from tally.simulate.inputs import Contested, Simulation, Voters
from tally.simulate.run import simulate
from voting_core.errors import InputError


def prepare(plan: SessionPlan, votes: Path) -> Simulation:
    """Put plan and ballots together. A contest with fewer ballots than its minimum is defined with a waiver: the
    ballots are
    in a file already, there is nobody to protect from a small total.

    Raises:
        InputError: the ballots file cannot be read, or a line of it cannot be used.
    """
    rules = plan.rule_sets
    defined = contests(plan, rules)
    waived = {contest.id: contest for contest in contests(plan, rules, waiver=True)}
    given: dict[str, dict[str, list[tuple[int, ...]]]] = {
        contest.id: {name: [] for name in contest.classes} for contest in defined
    }
    try:
        with votes.open("rb") as source:
            for ballot in read_ballots(str(votes), source, defined, plan.roll):
                given[ballot.contest][ballot.class_id].append(ballot.marks)
    except OSError as error:
        raise InputError(
            str(votes), f"cannot be read ({error.strerror})", "Give the path of a file of ballots"
        ) from error

    def chosen(contest: Contest) -> Contest:
        ballots = {name: len(own) for name, own in given[contest.id].items()}
        return waived[contest.id] if needs_waiver(contest, ballots) else contest

    def voters(contest: Contest) -> tuple[Voters, ...]:
        present = present_by_class(contest, plan.roll)
        return tuple(Voters(name, present[name], tuple(own)) for name, own in given[contest.id].items())

    return Simulation(
        kind=plan.info.kind,
        title=plan.info.title,
        date=plan.info.date,
        place=plan.info.place,
        scrutineers=plan.scrutineers.names,
        threshold=plan.scrutineers.threshold,
        rules={contest.rules.id: rules[contest.rules.id] for contest in defined},
        contests=tuple(Contested(chosen(contest), plan.roll.should_attend, voters(contest)) for contest in defined),
    )


def run(
    folder: Path, votes: Path, out: Path, console: Console, report: Callable[[str, int, int], None]
) -> tuple[tuple[Decided, ...], tuple[Proposal, ...]]:
    """Simulate the session of `folder` with the ballots of `votes`, and write the outputs.

    Gives the decided contests, and what may follow them.
    """
    plan = read_plan(read_folder(folder))
    refuse_paper(plan)
    show_notes(console, plan)
    simulation = prepare(plan, votes)
    make_folder(out, folder)
    done = simulate(simulation, SystemRng(), unix_time, report)
    if done.state.fingerprint is not None:
        console.print(f"会议指纹 session fingerprint  {fingerprint_text(done.state.fingerprint)}", highlight=False)
    decided = decided_contests(done.state)
    write_record_file(out / RECORD, done.entries, done.checkpoints, done.service_key)
    for left_out in write_results(out, done.state, done.entries, beside_plan(plan)):
        show_unprinted(console, left_out)
    return decided, next_votes(done.state)


def register(app: typer.Typer) -> None:
    """Add `plenum simulate`."""

    @app.command("simulate")
    def simulate_session(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help="the folder with session.toml and its tables")],
        votes: Annotated[Path, typer.Option(help="the ballots, one JSON object a line (docs/input-files.md)")],
        out: Annotated[Path, typer.Option(help="where record.zip and results.json are written")],
        seed: Annotated[
            str,
            typer.Option(
                help="accepted for repeatable scripts: results.json depends on the input alone, keys are always fresh"
            ),
        ] = "",
    ) -> None:
        """Run a whole session in one process from given ballots, every cryptographic step real."""
        del seed  # nothing that is random reaches the results; keys and encryption never come from a seed
        console = Console()
        with Steps(console) as steps:
            decided, proposals = run(folder, votes, out, console, steps.report)
        show_results(console, decided)
        show_next(console, proposals)
        console.print(f"{out / RECORD}\n{out / RESULTS}", soft_wrap=True)
