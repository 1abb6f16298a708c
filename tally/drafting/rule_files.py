"""The county's own rule sets in a draft: their files as text, what the checker says of a text, and saving it.

The checker is that of `plenum rules check`. A text with mistakes is not saved: a draft whose rules cannot be read would
have no contest to show.
"""

from dataclasses import dataclass

from tally.drafting.session_text import Files, parse_session, put, section, with_session
from tally.drafting.survey import survey
from tally.drafting.tables import free_name
from tally.plan.problems import Problems, shown
from tally.plan.session_rules import KEY
from tally.plan.source import SESSION_FILE, is_plain_name
from tally.rules.county import CountyRules, read_county_rules
from tally.rules.county_file import SUFFIX, own_id
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.template import template
from voting_core.errors import InputError


@dataclass(frozen=True, slots=True)
class CheckedRules:
    """What the checker says of a text: the rule set with what it inherits from, or why there is none.

    `consequences` are problems that the draft would have elsewhere with these rules and has not now.
    """

    county: CountyRules | None
    problems: tuple[InputError, ...]
    consequences: tuple[InputError, ...]


def rule_files(files: Files) -> tuple[str, ...]:
    """The names of the rule files of a draft, those included from which others only inherit."""
    return tuple(sorted(name for name in files if name.endswith(SUFFIX) and name != SESSION_FILE))


def rule_text(files: Files, name: str) -> str:
    """The text of a rule file.

    Raises:
        InputError: the draft has no such rule file.
    """
    return files[_there(files, name)].decode("utf-8-sig", errors="replace")


def new_rules(files: Files, source: str) -> tuple[str, str]:
    """A name and a text for a new file that inherits a packaged rule set; nothing is saved.

    Raises:
        InputError: there is no such packaged rule set.
    """
    if source not in available_rule_sets():
        raise InputError("rule_set", f"{shown(source)} is not known", "Choose one of the list")
    name = free_name(f"county-{source.replace('_', '-')}"[:40].rstrip("-"), SUFFIX, set(files))
    return name, template(load_rule_set(source), own_id(name))


def check_rules(files: Files, name: str, text: str) -> CheckedRules:
    """What the checker says of a text as a rule file, before anything is saved.

    Raises:
        InputError: a rule file cannot have this name, or the draft cannot be read.
    """
    edited = _with_text(files, name, text)
    try:
        county = read_county_rules({other: edited[other] for other in rule_files(edited)}, name)
    except InputError as error:
        return CheckedRules(None, (error,), ())
    before = {str(problem) for problem in survey(files).problems}
    further = tuple(problem for problem in survey(edited).problems if str(problem) not in before)
    own = tuple(problem for problem in further if problem.place == name or problem.place.startswith(f"{name}, "))
    return CheckedRules(county, own, tuple(problem for problem in further if problem not in own))


def save_rules(files: Files, name: str, text: str) -> Files:
    """The draft with this text as a rule file; a new one is named in `session.toml` too.

    Raises:
        InputError: the checker refuses the text, or a rule file cannot have this name.
    """
    problems = Problems()
    for one in check_rules(files, name, text).problems:
        problems.add(one.place, one.problem, one.remedy)
    problems.refuse()
    return _with_text(files, name, text)


def remove_rules(files: Files, name: str) -> Files:
    """The draft without a rule file. Contests that name its rule set are shown as wrong until they name another one.

    Raises:
        InputError: the draft has no such rule file.
    """
    gone = _there(files, name)
    document = parse_session(files)
    put(section(document, "session"), KEY, [other for other in _named(document) if other != gone] or None)
    return {other: data for other, data in with_session(files, document).items() if other != gone}


def _with_text(files: Files, name: str, text: str) -> Files:
    # A browser sends lines that end with CR LF.
    data = text.replace("\r\n", "\n").encode("utf-8")
    if name in rule_files(files):
        return {**files, name: data}
    if not is_plain_name(name) or not name.endswith(SUFFIX) or name == SESSION_FILE:
        raise InputError("name", f"{shown(name)} is no name of a rule file", f"Write a name that ends with {SUFFIX}")
    document = parse_session(files)
    put(section(document, "session"), KEY, [*_named(document), name])
    return {**with_session(files, document), name: data}


def _named(document: object) -> list[str]:
    session = document.get("session") if isinstance(document, dict) else None
    named = session.get(KEY) if isinstance(session, dict) else None
    return [str(name) for name in named] if isinstance(named, list) else []


def _there(files: Files, name: str) -> str:
    if name not in rule_files(files):
        raise InputError("file", "is not in the draft any more", "Go back to the overview of the set-up")
    return name
