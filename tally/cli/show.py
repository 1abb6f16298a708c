"""Results as tables on the screen, Simplified Chinese first."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tally.decide.evaluation import RowEvaluation
from tally.decide.outcome import EvaluationOutcome, QuestionnaireOutcome
from tally.indicator_words import INDEX, rate_words
from tally.next_vote import Proposal
from tally.plan import SessionPlan
from tally.plan.name_lists import order_notes
from tally.plan.surplus_notes import surplus_notes
from tally.results import Decided
from tally.tables import NONE, conclusion, mark_word, row_verdict


def result_table(decided: Decided) -> Table:
    """One contest's counts, row by row, and what they mean."""
    contest, attendance, counts, outcome = decided
    title = (
        f"{contest.title.zh}\n应到 {attendance.should_attend}　实到 {attendance.present}　发出 {attendance.issued}"
        f"　收回 {attendance.returned}"
    )
    if not isinstance(outcome, EvaluationOutcome | QuestionnaireOutcome):
        title += f"　规定票数 {outcome.votes_needed}"
    # Names come from tables that somebody filled in: they are text, never markup.
    table = Table(title=Text(title), title_justify="left")
    table.add_column("编号")
    table.add_column("姓名")
    for mark in contest.marks:
        table.add_column(Text(mark_word(contest, mark)), justify="right")
    rates = {row.row: row for row in outcome.rows} if isinstance(outcome, EvaluationOutcome) else {}
    table.add_column(_first_column(rates))
    for row, row_counts in zip(contest.rows, counts, strict=True):
        verdict = _first_cell(rates[row.id]) if rates else row_verdict(row.id, outcome)
        table.add_row(Text(row.id), Text(row.name), *map(str, row_counts), verdict)
    return table


def _first_column(rates: Mapping[str, RowEvaluation]) -> str:
    """The first indicator of an evaluation by its own name; the index where it has none."""
    first = next(iter(rates.values()), None)
    if first is None:
        return "结果"
    return f"{rate_words(first.rates[0].marks).zh} %" if first.rates else INDEX.zh


def _first_cell(row: RowEvaluation) -> str:
    return (row.rates[0].text if row.rates else row.index) or NONE


def show_notes(console: Console, plan: SessionPlan) -> None:
    """Print what was left out of the roll and why, and who failed before: nothing of a table goes away silently."""
    rule_sets = plan.rule_sets
    for note in (
        *plan.notes,
        *surplus_notes(plan.contests, rule_sets),
        *order_notes(plan.contests, rule_sets),
    ):
        console.print(Text(f"! {note}", style="yellow"), soft_wrap=True)


def show_unprinted(console: Console, sentence: str) -> None:
    """Say which report was not made as PDF, and why."""
    console.print(Text(f"! 未打印 not printed: {sentence}", style="yellow"), soft_wrap=True)


def show_results(console: Console, decided: Sequence[Decided]) -> None:
    """Print the tables of all contests, each followed by its conclusion."""
    for one in decided:
        console.print(result_table(one))
        console.print(Text(f"结论：{conclusion(one[3])}"))
        console.print()


def show_next(console: Console, proposals: Sequence[Proposal]) -> None:
    """Print what may follow, in both languages, with the article; nothing is opened by it."""
    if not proposals:
        return
    console.print(Text("下一步 what may follow"))
    for proposal in proposals:
        draft = "" if proposal.contest is None else f" → {proposal.contest.id}"
        console.print(Text(f"· {proposal.after}：{proposal.reason.cited_zh}{draft}"), soft_wrap=True)
        console.print(Text(f"  {proposal.reason.cited_en}"), soft_wrap=True)
    console.print()
