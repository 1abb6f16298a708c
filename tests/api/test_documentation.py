"""docs/api.md lists every route, and no other."""

import re
from pathlib import Path

from fastapi.routing import APIRoute

from api.main import ROUTERS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


POLICY_WORDS = {"public": "public", "self_authenticating": "signed", "desk": "desk", "operator": "operator"}


def without_names(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def listed() -> dict[tuple[str, str], str]:
    """The word for who may use it, by method and path."""
    rows = re.findall(r"^\| `(GET|POST|PUT|DELETE) (/[^`?]*)[^`]*` \| (\w+) \|", PAGE, re.MULTILINE)
    return {(method, without_names(path)): word for method, path, word in rows}


def test_the_page_lists_the_routes_and_who_may_use_them() -> None:
    routes = {("GET", "/openapi.json"): "public"}
    for module in ROUTERS:
        for route in module.router.routes:
            if isinstance(route, APIRoute):
                (policy,) = (getattr(item.dependency, "__name__", "") for item in route.dependencies)
                for method in route.methods:
                    routes[method, without_names(route.path)] = POLICY_WORDS[policy]
    assert listed() == routes
