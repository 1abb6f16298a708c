"""The compiled backend is there or it is not, and nothing else of the product needs it."""

import subprocess
import sys

from voting_core.fast import fast_group, fastest
from voting_core.public import SODIUM

WITHOUT = """
import sys
sys.modules["numba"] = None
from voting_core.fast import fast_group, fastest
from voting_core.public import SODIUM
assert fast_group() is None and fastest() is SODIUM
import tally.verify, tally.replay, ballots.encrypt
assert "numpy" not in sys.modules
"""


def test_the_fastest_is_chosen() -> None:
    found = fast_group()
    assert fastest() is (found or SODIUM)
    assert found is None or found.name.startswith("numba ")
    assert fast_group() is found


def test_without_its_packages_libsodium_serves() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
