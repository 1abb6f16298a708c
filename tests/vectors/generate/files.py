"""Which vector files there are, and how one is written."""

import importlib
import json
from pathlib import Path

from tests.vectors.generate.common import Json

FOLDER = Path(__file__).resolve().parent.parent
NAMES = (
    "points",
    "hashing",
    "canonical",
    "signatures",
    "contests",
    "ballots",
    "ceremony",
    "cards",
    "entries",
    "log",
    "shares",
    "outcomes",
)


def build(name: str) -> Json:
    """The content of one file, made now."""
    return importlib.import_module(f"tests.vectors.generate.{name}").build()


def text_of(content: Json) -> str:
    """One case a line, so that differences can be read."""
    head = {key: value for key, value in content.items() if key != "cases"}
    lines = [json.dumps(case, ensure_ascii=True, separators=(",", ":")) for case in content["cases"]]
    start = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    return start + ',\n "cases": [\n' + ",\n".join(lines) + "\n]}\n"


def write_all() -> list[Path]:
    """Write every file and give their paths."""
    paths = []
    for name in NAMES:
        path = FOLDER / f"{name}.json"
        path.write_text(text_of(build(name)), encoding="utf-8")
        paths.append(path)
    return paths
