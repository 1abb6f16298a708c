"""A backend for public data compiled by Numba, where `plenum[fast]` is installed. Secrets never come here.

Only what verifies may import this package; everything else takes a backend as an argument.
"""

from functools import cache

from voting_core.errors import FatalError
from voting_core.group import BASE, Q, base_mul
from voting_core.public import SODIUM, PublicGroup


@cache
def fast_group() -> PublicGroup | None:
    """Give the compiled backend, or None where its packages are not installed.

    The first call in a process loads the compiled code; the first on a machine compiles it, which takes some seconds.

    Raises:
        FatalError: it computes something else than libsodium.
    """
    try:
        from voting_core.fast.group import FastGroup
    except ImportError:
        return None
    group = FastGroup()
    _compare(group)
    return group


def fastest() -> PublicGroup:
    """Give the fastest backend of this machine."""
    return fast_group() or SODIUM


def _compare(group: PublicGroup) -> None:
    """Have every kernel compute something that libsodium computes too."""
    points = [base_mul(7), BASE]
    data = b"".join(point.encode() for point in points)
    (one,) = group.decode_ciphertexts(data, 1, "self-test")
    (twice,) = group.add([one], [one])
    product = group.product([group.weigh((3, 5, Q - 1), group.decode_points(data[:32], "P", ""), [one])], (2,), (BASE,))
    if (twice.pad, twice.data, product) != (base_mul(14), base_mul(2), base_mul(3 * 7 + 5 * 7 - 1 + 2)):
        raise FatalError(f"{group.name} and libsodium disagree; use --backend sodium, and install plenum[fast] again")
