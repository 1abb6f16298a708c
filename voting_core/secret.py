"""A wrapper that keeps secrets out of logs, messages and files.

``Secret`` does not erase memory: Python cannot. It makes sure that a secret is only ever used where somebody wrote
``.reveal()``.
"""

from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")

_REDACTED = "<redacted>"


class Secret(Generic[T]):
    """A value that must not be shown.

    It has no readable representation, cannot be pickled or copied, and can neither be compared nor hashed: comparing
    secrets is a job for constant-time code. Its only door is :meth:`reveal`.

    >>> Secret(b"swordfish")
    <redacted>
    >>> f"{Secret(7)}"
    '<redacted>'
    """

    __slots__ = ("__value",)

    def __init__(self, value: T) -> None:
        object.__setattr__(self, "_Secret__value", value)

    def reveal(self) -> T:
        """Give the value itself. Every call is a place that a reviewer looks at."""
        value: T = object.__getattribute__(self, "_Secret__value")
        return value

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a secret cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a secret cannot be changed")

    def __repr__(self) -> str:
        return _REDACTED

    def __str__(self) -> str:
        return _REDACTED

    def __format__(self, format_spec: str) -> str:
        return _REDACTED

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("secrets are not compared; reveal them to constant-time code")

    __hash__ = None  # type: ignore[assignment]  # the documented way to make a class unhashable

    def __bool__(self) -> NoReturn:
        raise TypeError("a secret has no truth value")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")

    def __copy__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")

    def __deepcopy__(self, memo: object) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")
