"""Write the pages of docs/rules that follow from tally/rules: `python -m tools.rules.build_pages` from the root."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Final

from tally.rules.loader import available_rule_sets, load_rule_set
from tools.rules.pages import SETS_FOLDER, disagreements_page, index_page, questions_page, set_page

OUTPUT: Final = Path("docs/rules")
TEXTS: Final = Path(__file__).parent
"""Where the texts on how to choose are."""


def pages() -> dict[str, str]:
    """All pages by their name under docs/rules."""
    sets = [load_rule_set(name) for name in available_rule_sets()]
    chinese, english = (
        TEXTS.joinpath(f"choosing.{language}.md").read_text(encoding="utf-8") for language in ("zh", "en")
    )
    return {
        "index.md": index_page(sets, chinese, english),
        "questions.md": questions_page(),
        "disagreements.md": disagreements_page(sets),
        **{f"{SETS_FOLDER}/{rules.id}.md": set_page(rules, parent_of(rules.id)) for rules in sets},
    }


def parent_of(name: str) -> str:
    """The set that a packaged one inherits from, "" for none."""
    own = tomllib.loads((files("tally.rules") / f"{name}.toml").read_text(encoding="utf-8"))
    return str(own.get("inherits", ""))


def main() -> None:
    """Write them, and remove pages of sets that are gone."""
    made = pages()
    (OUTPUT / SETS_FOLDER).mkdir(parents=True, exist_ok=True)
    for old in (OUTPUT / SETS_FOLDER).glob("*.md"):
        if f"{SETS_FOLDER}/{old.name}" not in made:
            old.unlink()
    for name, text in made.items():
        (OUTPUT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
