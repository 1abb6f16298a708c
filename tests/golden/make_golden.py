"""Make the golden record again: `make golden`.

The files stand for what has been published: a change of the code that makes other bytes, or that no longer accepts
these, is a change of the format.
"""

import io
import json
from pathlib import Path

from ballots.crockford import fingerprint_text
from tally.record.write import write_record
from tests.golden.golden_session import GoldenSession, golden

FOLDER = Path(__file__).parent / "session"


def record_of(session: GoldenSession) -> bytes:
    """The record of a session, with all of its checkpoints."""
    out = io.BytesIO()
    write_record(out, session.entries, [(note.size, note.content) for note in session.notes], session.service_key)
    return out.getvalue()


def facts_of(session: GoldenSession) -> dict[str, object]:
    """What the record must say when it is verified."""
    state = session.state
    return {
        "counts": {contest.id: [list(row) for row in contest.totals] for contest in state.contests.values()},
        "fingerprint": fingerprint_text(state.fingerprint or bytes(32)),
        "outcomes": {contest.id: contest.outcome for contest in state.contests.values()},
        "root": state.root.hex(),
        "session": state.session_id.hex(),
        "size": state.size,
    }


def main() -> None:
    """Write the files."""
    session = golden()
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "record.zip").write_bytes(record_of(session))
    (FOLDER / "receipt.json").write_bytes(session.receipt().to_bytes())
    facts = json.dumps(facts_of(session), ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / "expected.json").write_text(facts + "\n", encoding="utf-8")
    print(f"{FOLDER}: {session.state.size} entries, fingerprint {facts_of(session)['fingerprint']}")


if __name__ == "__main__":
    main()
