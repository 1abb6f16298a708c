"""`plenum roll`: who should attend, by delegation, and who is not in the base and why."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tally.cli.files import read_folder
from tally.plan import SessionPlan, read_plan
from tally.roll.change import is_day
from tally.roll.summary import RollSummary, summarise
from tally.rules.ruleset import RuleSet
from voting_core.codec import JsonObject
from voting_core.errors import InputError

NO_DELEGATION = "（未编代表团）"


def rule_sets_of(plan: SessionPlan) -> tuple[RuleSet, ...]:
    """The rule sets of a plan's contests that are known, each once, in the order of the contests."""
    known = plan.rule_sets
    named = dict.fromkeys(contest.rule_set for contest in plan.contests)
    return tuple(known[name] for name in named if name in known)


def unknown_rules(plan: SessionPlan) -> tuple[str, ...]:
    """A sentence for each rule set that a contest names and nobody has: what it asks for is not told."""
    named = dict.fromkeys(contest.rule_set for contest in plan.contests if contest.rule_set not in plan.rule_sets)
    return tuple(
        f"没有 id 为 {name} 的规则，到会和通过人数未列出，请改 session.toml 的 rule_set  "
        f"there is no rule set {name}, so what it asks for is not told: correct rule_set in session.toml"
        for name in named
    )


def show_roll(summary: RollSummary, rule_sets: Sequence[RuleSet], console: Console) -> None:
    """Print a summary for people: the numbers, what rule sets ask for, delegations, and those outside."""
    _line(console, f"{summary.day}　应到 {summary.should_attend}　请假 {summary.on_leave}　实到 {summary.present}")
    _line(console, f"should attend {summary.should_attend}, on leave {summary.on_leave}, expected {summary.present}")
    for rules in rule_sets:
        needed = summary.needed(rules)
        quorum = "—" if needed.quorum is None else str(needed.quorum)
        votes = "—" if needed.votes is None else str(needed.votes)
        _line(
            console, f"{rules.name_zh}：到会至少 {quorum}，通过至少 {votes}　{rules.id}: quorum {quorum}, votes {votes}"
        )
    console.print(_delegations(summary))
    if summary.outside:
        console.print(_outside(summary))
    for change in summary.not_filed:
        _line(console, f"! 变更 {change} 尚未报上级党委备案  change {change} is not filed yet", "yellow")


def _delegations(summary: RollSummary) -> Table:
    table = Table(title="代表团 delegations", title_justify="left")
    for label in ("代表团", "团长"):
        table.add_column(label)
    for label in ("名册", "应到", "请假", "实到"):
        table.add_column(label, justify="right")
    for one in summary.delegations:
        numbers = map(str, (one.on_roll, one.should_attend, one.on_leave, one.present))
        table.add_row(Text(one.delegation or NO_DELEGATION), Text("、".join(one.heads)), *numbers)
    return table


def _outside(summary: RollSummary) -> Table:
    table = Table(title="不计入应到 not in the base", title_justify="left")
    for label in ("编号", "姓名", "状态", "自", "事项", "依据", "条款"):
        # Documents and articles are wrapped, not cut: they are the reason that somebody asks for.
        table.add_column(label, overflow="fold")
    for one in summary.outside:
        status = f"{one.word} {one.english}"
        cells = (one.number, one.name, status, one.since, one.event, one.evidence, one.article.zh)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def show_plan(plan: SessionPlan, console: Console) -> None:
    """Print what officials should know besides the numbers: notes, and who moves up to vacant seats."""
    for note in (*unknown_rules(plan), *plan.notes):
        _line(console, f"! {note}", "yellow")
    proposal = plan.succession
    if proposal is None:
        return
    _line(console, f"委员出缺 {proposal.vacancies} 名，递补须由全体会议决定  succession, for the plenum to decide")
    for one in proposal.promoted:
        _line(console, f"  递补 moves up  {one.number} {one.name}（得票 {one.votes}）")
    for passed in proposal.passed_over:
        alternate = passed.alternate
        _line(console, f"  不递补 passed over  {alternate.number} {alternate.name}：{passed.zh} {passed.en}")
    if proposal.by_election is not None:
        _line(console, f"! {proposal.by_election.question_zh}\n  {proposal.by_election.question_en}", "yellow")


def _line(console: Console, text: str, style: str = "") -> None:
    # Names come from tables that somebody filled in: they are text, never markup.
    console.print(Text(text, style=style), soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add `plenum roll`."""

    @app.command()
    def roll(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help="the folder with session.toml and its tables")],
        on: Annotated[str, typer.Option(metavar="DATE", help="another day than the session's, YYYY-MM-DD")] = "",
        as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    ) -> None:
        """Say who should attend, by delegation, what the rules need, and who is not in the base and why."""
        if on and not is_day(on):
            raise InputError("--on", f'"{on}" is not a day', "Write it as YYYY-MM-DD")
        plan = read_plan(read_folder(folder))
        summary = summarise(plan.roll.on(on or plan.info.date))
        rule_sets = rule_sets_of(plan)
        if as_json:
            proposal = plan.succession
            more: JsonObject = {} if proposal is None else {"succession": proposal.to_json()}
            value = {**summary.to_json(rule_sets), "notes": [*unknown_rules(plan), *plan.notes], **more}
            print(json.dumps(value, ensure_ascii=False, indent=1))
        else:
            show_roll(summary, rule_sets, Console())
            show_plan(plan, Console())
