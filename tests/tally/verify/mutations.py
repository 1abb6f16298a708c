"""Every single-field change of a JSON value, one at a time."""

from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[str | int, ...]
Build = Callable[[Any], Any]


def mutations(value: Any) -> Iterator[tuple[Path, Any]]:
    """Give each changed value with the path of its change; the value itself stays as it is."""
    yield from _mutations(value, (), lambda changed: changed)


def _mutations(value: Any, path: Path, build: Build) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        yield (*path, "+"), build({**value, "zzz": 1})
        yield (*path, "type"), build([])
        for key, item in value.items():
            yield (*path, f"-{key}"), build({name: other for name, other in value.items() if name != key})
            yield from _mutations(item, (*path, key), _set(value, key, build))
    elif isinstance(value, list):
        yield (*path, "+"), build([*value, value[-1] if value else 1])
        yield (*path, "type"), build({})
        if value:
            yield (*path, "-"), build(value[:-1])
        if len(value) > 1 and value != value[::-1]:
            yield (*path, "reversed"), build(value[::-1])
        for number, item in enumerate(value):
            yield from _mutations(item, (*path, number), _put(value, number, build))
    else:
        for changed in _changed(value):
            yield path, build(changed)


def _set(value: dict[str, Any], key: str, build: Build) -> Build:
    return lambda changed: build({**value, key: changed})


def _put(value: list[Any], number: int, build: Build) -> Build:
    return lambda changed: build([*value[:number], changed, *value[number + 1 :]])


def _changed(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
        yield int(value)
    elif isinstance(value, int):
        yield value + 1
        yield value - 1
        yield value + 0.5
        yield -value - 2
        yield 2**60
        yield str(value)
    else:
        # Another character of the same alphabet in the middle: the form stays right, the content does not.
        middle = len(value) // 2
        yield value[:middle] + ("1" if value[middle : middle + 1] != "1" else "2") + value[middle + 1 :]
        yield value + "A"
        yield {}
        if value:
            yield ""
            yield value.swapcase() if value.swapcase() != value else value[::-1] + "x"
