"""docs/api.md lists every route, and no other."""

import re
from pathlib import Path

from fastapi.routing import APIRoute

from api.main import ROUTERS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def listed() -> set[tuple[str, str]]:
    rows = re.findall(r"^\| `(GET|POST|PUT|DELETE) (/[^`?]*)[^`]*` \|", PAGE, re.MULTILINE)
    return {(method, re.sub(r"\{[^}]*\}", "{}", path)) for method, path in rows}


def test_the_page_lists_the_routes() -> None:
    routes = {
        (method, re.sub(r"\{[^}]*\}", "{}", route.path))
        for module in ROUTERS
        for route in module.router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert listed() == routes | {("GET", "/openapi.json")}


def test_the_page_says_who_may_use_them() -> None:
    for module in ROUTERS:
        for route in module.router.routes:
            if isinstance(route, APIRoute):
                names = {getattr(item.dependency, "__name__", "") for item in route.dependencies}
                word = {"public": "public", "self_authenticating": "signed", "desk": "desk"}[names.pop()]
                path = re.sub(r"\{[^}]*\}", "{", route.path)
                rows = [line for line in PAGE.splitlines() if line.startswith("| `") and path.rstrip("{") in line]
                assert any(f"| {word} |" in line for line in rows), route.path
