"""`make pictures`: copies the pictures that the browser tests took to where the documents show them.

The documents say which pictures they want; a picture that no test took is an error, so none can grow old unseen.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WANTED = re.compile(r"\(images/screens/([a-z0-9-]+)\.png\)")


def wanted(root: Path) -> list[str]:
    """The names of the pictures that the documents show, each once."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((root / "docs").glob("*.md")))
    return list(dict.fromkeys(name for text in texts for name in WANTED.findall(text)))


def copy(root: Path) -> list[str]:
    """Copy the pictures; gives the names of those that no test took."""
    missing = []
    target = root / "docs/images/screens"
    target.mkdir(parents=True, exist_ok=True)
    for name in wanted(root):
        taken = root / "build/screens" / f"{name}.png"
        if taken.is_file():
            shutil.copyfile(taken, target / taken.name)
        else:
            missing.append(name)
    return missing


def main() -> None:
    """Copy the pictures, or say which are missing."""
    missing = copy(ROOT)
    if missing:
        sys.exit(f"no browser test took {', '.join(missing)}; run pytest tests/browser first")


if __name__ == "__main__":
    main()
