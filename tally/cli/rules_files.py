"""Where `plenum rules` finds a rule set: packaged, in a county's file, or adopted in the session of a record."""

from pathlib import Path

from tally.cli.reading import read_file
from tally.entries.contests import RulesAdopted
from tally.entries.entry_type import EntryType
from tally.entries.envelope import decode_entry
from tally.plan.source import SESSION_FILE
from tally.record.read import RecordReader
from tally.rules.county import read_county_rules
from tally.rules.county_file import MAX_FILE_BYTES, SUFFIX
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.parse import rule_set_from_json
from tally.rules.ruleset import RuleSet
from tally.verify.entries import type_of
from voting_core.errors import EncodingError, InputError, VerificationError


def rule_set(which: str) -> RuleSet:
    """The packaged rule set with this id, or that of a county's file.

    Raises:
        InputError: there is neither, or the file cannot be used.
    """
    if which in available_rule_sets():
        return load_rule_set(which)
    path = Path(which)
    if path.suffix == SUFFIX or path.exists():
        return read_county_rules(beside(path), path.name).rules
    known = ", ".join(available_rule_sets())
    raise InputError(which, "is neither a packaged rule set nor a file", f"Name a {SUFFIX} file, or one of {known}")


def beside(path: Path) -> dict[str, bytes]:
    """A county's file, and the other ones beside it that it may inherit from.

    Raises:
        InputError: the file itself cannot be read.
    """
    others = {other.name: other for other in sorted(path.parent.glob(f"*{SUFFIX}")) if other.name != SESSION_FILE}
    files = {name: read_file(other, MAX_FILE_BYTES + 1) for name, other in others.items() if other.is_file()}
    return {**files, path.name: read_file(path, MAX_FILE_BYTES + 1)}


def adopted_in(record: Path, rules_id: str) -> RuleSet:
    """The rule set that the session of a record adopted under this id. Whether the record holds is for `verify`.

    Raises:
        InputError: no record, a damaged one, or nothing adopted under this id.
    """
    adopted: list[str] = []
    try:
        with record.open("rb") as source:
            for raw in RecordReader(source).entries():
                if type_of(raw) != EntryType.RULES_ADOPTED:
                    continue
                body = decode_entry(raw).body
                if isinstance(body, RulesAdopted):
                    if body.id == rules_id:
                        return rule_set_from_json(body.rules)
                    adopted.append(body.id)
    except OSError as error:
        raise InputError(str(record), f"cannot be read ({error.strerror})", "Give the path of a record.zip") from error
    except (VerificationError, EncodingError) as error:
        raise InputError(str(record), str(error), "Run plenum verify on it") from error
    names = ", ".join(adopted) or "none"
    raise InputError(rules_id, f"was not adopted in the session of {record}", f"Name one that was: {names}")
