"""The sentences of a package's refusals, read from its source: nobody has to remember to write them into a list.

A sentence that is put together is given with ``{}`` for what is put in. Words that a refusal only passes on from
another one (`error.problem`) are left out, because the other one is found where it is made.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT


@dataclass(frozen=True)
class Refusal:
    """One refusal: where it is made, and what its problem and its remedy may say."""

    where: str
    problems: tuple[str, ...]
    remedies: tuple[str, ...]


def refusals(*folders: str) -> list[Refusal]:
    """Every `InputError(place, problem, remedy)` and `problems.add(place, problem, remedy)` of some folders."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [refusal for path in paths for refusal in _of_file(path)]


def _of_file(path: Path) -> Iterator[Refusal]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    returned = {one.name: [node.value for node in ast.walk(one) if isinstance(node, ast.Return)] for one in functions}
    for function in functions:
        names = {**_assigned(tree.body), **_assigned(list(ast.walk(function)))}
        reader = _Reader(names, {name: [v for v in values if v] for name, values in returned.items()})
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and len(node.args) == 3 and _called(node) in ("InputError", "add", "_add"):
                yield Refusal(
                    f"{path.relative_to(ROOT)}:{node.lineno}",
                    tuple(reader.texts(node.args[1])),
                    tuple(reader.texts(node.args[2])),
                )


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _assigned(nodes: list[ast.stmt] | list[ast.AST]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        for target in targets:
            pairs = zip(target.elts, value.elts, strict=False) if _are_tuples(target, value) else [(target, value)]
            for one, its in pairs:
                if isinstance(one, ast.Name) and its is not None:
                    found.setdefault(one.id, []).append(its)
    return found


def _are_tuples(target: ast.expr, value: ast.expr | None) -> bool:
    return isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)


class _Reader:
    """Reads what an expression may say; what it cannot read is a value, ``{}``, inside a sentence and nothing alone."""

    def __init__(self, names: dict[str, list[ast.expr]], functions: dict[str, list[ast.expr]]) -> None:
        self._names, self._functions = names, functions

    def texts(self, node: ast.expr, depth: int = 0) -> list[str]:
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                said = [""]
                for part in parts:
                    more = [part.value] if isinstance(part, ast.Constant) else self._inside(part, depth)
                    said = [before + after for before in said for after in more]
                return said
            case ast.BinOp(left=left, right=right):
                return [one + two for one in self.texts(left, depth) for two in self.texts(right, depth)]
            case ast.IfExp(body=body, orelse=other):
                return self.texts(body, depth) + self.texts(other, depth)
            case ast.Name(id=name) if depth < 4:
                return [text for one in self._names.get(name, []) for text in self.texts(one, depth + 1)]
            case ast.Call(func=ast.Name(id=name)) if depth < 4:
                return [text for one in self._functions.get(name, []) for text in self.texts(one, depth + 1)]
            case _:
                return []

    def _inside(self, part: ast.expr, depth: int) -> list[str]:
        """A value of a sentence; only one that is a clause of its own, such as ", may be X", is read further."""
        value = part.value if isinstance(part, ast.FormattedValue) else part
        clauses = self.texts(value, depth + 1) if isinstance(value, ast.Name | ast.Call) else []
        clauses = [clause for clause in clauses if clause]
        return clauses if any(" " in clause for clause in clauses) else ["{}"]
