"""The same rows through ElectionGuard 1.4 in Python, where an environment of its own has it.

It shares no package with us, so it lives in an environment of its own, whose interpreter `ELECTIONGUARD_PYTHON` names.
A row is three selections, each with its proof that it is 0 or 1, and the proof that they add up to 1, in its 4096-bit
group. As with the other peer there is no proof that the approvals stay within the seats.
"""

import os
import subprocess
from pathlib import Path
from typing import Final

from tally.cli.bench.figure import Figure, info, skipped
from tally.cli.bench.sixty import ROWS

NAME: Final = "electionguard_multiple"
PYTHON: Final = "ELECTIONGUARD_PYTHON"
MEASURED_ROWS: Final = 20
"""Each takes it the same; more would only take longer."""

SECONDS: Final = 600
HOW: Final = (
    f"python3 -m venv DIR; DIR/bin/pip install electionguard==1.4.0; then run again with {PYTHON}=DIR/bin/python"
)

# The package's own first file does not load in Python 3.11 and later (a dataclass with a mutable default in its tally),
# so what makes and verifies proofs, which does, is loaded without it.
SCRIPT: Final = """
import importlib.util, logging, sys, time, types
spec = importlib.util.find_spec("electionguard")
package = types.ModuleType("electionguard")
package.__path__ = list(spec.submodule_search_locations)
sys.modules["electionguard"] = package
from electionguard.chaum_pedersen import make_constant_chaum_pedersen, make_disjunctive_chaum_pedersen
from electionguard.elgamal import elgamal_add, elgamal_encrypt, elgamal_keypair_random
from electionguard.group import ONE_MOD_Q, add_q, rand_q
logging.disable(logging.CRITICAL)
key = elgamal_keypair_random().public_key
rows = []
for _ in range(int(sys.argv[1])):
    nonces = [rand_q() for _ in range(3)]
    sealed = [elgamal_encrypt(mark, nonce, key) for mark, nonce in zip((1, 0, 0), nonces)]
    proofs = [
        make_disjunctive_chaum_pedersen(one, nonce, key, ONE_MOD_Q, rand_q(), mark)
        for one, nonce, mark in zip(sealed, nonces, (1, 0, 0))
    ]
    whole = elgamal_add(*sealed)
    limit = make_constant_chaum_pedersen(whole, 1, add_q(*nonces), key, rand_q(), ONE_MOD_Q)
    rows.append((sealed, proofs, whole, limit))
begun = time.process_time()
good = all(
    proof.is_valid(one, key, ONE_MOD_Q) for sealed, proofs, _, _ in rows for one, proof in zip(sealed, proofs)
) and all(limit.is_valid(whole, key, ONE_MOD_Q) for _, _, whole, limit in rows)
spent = time.process_time() - begun
if not good:
    sys.exit("a proof of its own is not valid")
print("verified", 1000 * spent / len(rows))
"""


def electionguard(ours: float) -> Figure:
    """Our verification, in milliseconds a ballot of 60 rows, as a multiple of its speed."""
    python = os.environ.get(PYTHON, "")
    if not python:
        return skipped(NAME, "times", HOW)
    if not Path(python).exists():
        return skipped(NAME, "times", f"{PYTHON} names {python}, which is not there; {HOW}")
    done = subprocess.run(
        [python, "-c", SCRIPT, str(MEASURED_ROWS)], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    # The package may log to standard output; what is looked for is the last line.
    word, _, said = (done.stdout.strip().splitlines() or [""])[-1].partition(" ")
    if done.returncode or word != "verified":
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return skipped(NAME, "times", f"ElectionGuard could not verify: {why}")
    theirs = float(said) * ROWS
    return info(NAME, theirs / ours, "times", f"{theirs:.0f} ms of processor time a ballot against {ours:.1f} ms")
