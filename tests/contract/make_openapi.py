"""Write the description of the HTTP interface to `tests/contract/openapi.json`: `make openapi`.

The file is what other programs rely on. A change of it is a change of the interface, and is looked at as one.
"""

import json
from pathlib import Path
from typing import Any

from api.clock import SystemClock
from api.main import create_app
from api.settings import Settings
from tests.support.seeded_rng import SeededRng

SNAPSHOT = Path(__file__).with_name("openapi.json")


def current() -> dict[str, Any]:
    """The description of the program as it is. Nothing is started for it."""
    app = create_app(Settings(directory=Path("/nowhere")), clock=SystemClock(), rng=SeededRng(1))
    return app.openapi()


def text() -> str:
    """The description as it stands in the file."""
    return json.dumps(current(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    SNAPSHOT.write_text(text(), encoding="utf-8")
