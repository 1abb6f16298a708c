"""`plenum rules`: the rule sets there are, what they say, and a county's own ones."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from tally.cli.output import write_file
from tally.cli.rules_files import adopted_in, beside, rule_set
from tally.cli.rules_text import difference_lines, list_lines, rules_json, rules_lines, words_json
from tally.entries.contests import rules_hash
from tally.rules.county import read_county_rules
from tally.rules.county_file import SUFFIX, own_id
from tally.rules.difference import differences
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.template import template
from voting_core.errors import InputError

_Which = Annotated[str, typer.Argument(metavar="ID|FILE", help="the id of a packaged rule set, or a county's file")]
_Json = Annotated[bool, typer.Option("--json", help="print JSON")]
_HELP: Final = "Rule sets: what they say, and a county's own ones."


def _print(lines: list[str]) -> None:
    # Bytes, because rules are Chinese whatever the locale of the terminal says.
    typer.echo("\n".join(lines).encode("utf-8"))


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8"))


def register(app: typer.Typer) -> None:
    """Add `plenum rules` and its commands."""
    rules = typer.Typer(add_completion=False, no_args_is_help=True, help=_HELP)
    app.add_typer(rules, name="rules", help=_HELP)

    @rules.command("list")
    def list_rules(as_json: _Json = False) -> None:
        """The packaged rule sets: id, name, instrument, what they decide, and how well they are attested."""
        sets = [load_rule_set(one) for one in available_rule_sets()]
        if as_json:
            keys = ("id", "name", "instrument", "decides", "certainty", "effective_from", "effective_until")
            _print_json([{key: one.to_json()[key] for key in keys} for one in sets])
        else:
            _print(list_lines(sets))

    @rules.command()
    def show(
        which: _Which,
        record: Annotated[
            Path | None, typer.Option(metavar="RECORD", help="show what was adopted in the session of this record.zip")
        ] = None,
        as_json: _Json = False,
    ) -> None:
        """A rule set in words: every parameter, the article behind it, and how sure that is."""
        shown = rule_set(which) if record is None else adopted_in(record, which)
        if as_json:
            _print_json(rules_json(shown))
        else:
            _print(rules_lines(shown))

    @rules.command()
    def copy(
        which: Annotated[str, typer.Argument(metavar="ID", help="the id of a packaged rule set")],
        file: Annotated[Path, typer.Argument(metavar="FILE", help="where to write the county's own file")],
    ) -> None:
        """Write a file that inherits a packaged rule set, to be changed by the county. Never replaces a file."""
        source = load_rule_set(which)
        if file.exists() or file.is_symlink():
            raise InputError(str(file), "is there already", "Name another file; nothing is replaced")
        if file.suffix != SUFFIX:
            raise InputError(str(file), f"does not end with {SUFFIX}", "Name it so; rule sets are TOML files")
        write_file(file, template(source, own_id(file.name) or f"county_{which}"[:48]).encode("utf-8"))
        _print([f"{file}", f"填写 adopted_by，再运行 fill in adopted_by, then: plenum rules check {file}"])

    @rules.command()
    def check(file: Annotated[Path, typer.Argument(metavar="FILE", help="a county's file")]) -> None:
        """Read a county's file, with what it inherits; say what is wrong with it, or how it differs."""
        county = read_county_rules(beside(file), file.name)
        own, parent = county.rules, county.parent
        _print([f"✓ {own.id}  {own.name_zh}  {own.name_en}", f"  {rules_hash(own.to_json()).hex()}"])
        if parent is not None:
            _print(difference_lines(parent, own, differences(parent, own)))

    @rules.command()
    def diff(first: _Which, second: _Which, as_json: _Json = False) -> None:
        """The parameters in which two rule sets differ, in words."""
        one, other = rule_set(first), rule_set(second)
        found = differences(one, other)
        if as_json:
            sides = [(item.parameter.key, item.first, item.second) for item in found]
            _print_json([{"parameter": key, "first": words_json(a), "second": words_json(b)} for key, a, b in sides])
        else:
            _print(difference_lines(one, other, found))

    @rules.command("hash")
    def hash_rules(which: _Which) -> None:
        """The hash of a rule set, which contests name and the log binds."""
        _print([rules_hash(rule_set(which).to_json()).hex()])
