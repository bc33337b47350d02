"""The package's modules: none imports itself by way of others, also where it imports late or for annotations only."""

from __future__ import annotations

import ast
from pathlib import Path

from .support.files import PACKAGE

ROOT = PACKAGE / "python/enrollkit"


def name_of(path: Path) -> str:
    return ".".join(["enrollkit", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__")


MODULES = {name_of(path): path for path in ROOT.rglob("*.py")}


def imported(name: str, path: Path) -> set[str]:
    """The package's modules that a module names in its imports."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from . import http` is the module, not its package.
            found |= {f"{module}.{one.name}" if f"{module}.{one.name}" in MODULES else module for one in node.names}
    return found & MODULES.keys()


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Modules each of which imports the next, the last of them the first; empty when there are none."""
    done: set[str] = set()

    def visit(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph[name]):
            if closed := visit(other, [*way, name]):
                return closed
        done.add(name)
        return []

    for name in sorted(graph):
        if closed := visit(name, []):
            return closed
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {name: imported(name, path) for name, path in MODULES.items()}
    assert "enrollkit._content" in graph["enrollkit._with_httpx"]
    assert "enrollkit._with_httpx" in graph["enrollkit._exchange"]
    assert circle(graph) == []


def test_a_circle_is_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
