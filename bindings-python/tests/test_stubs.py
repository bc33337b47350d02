"""The stubs say what the library says: each docstring is there in both, word for word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from enrollkit import _enrollkit

from .support.files import PACKAGE

ROOT = PACKAGE / "python/enrollkit"
STUBS = ("_enrollkit.pyi", "_value.pyi", "_generated/methods.pyi", "_generated/outcomes.pyi")
Node = ast.ClassDef | ast.FunctionDef


def nodes() -> dict[str, Node]:
    trees = [ast.parse((ROOT / name).read_text("utf-8")) for name in STUBS]
    return {node.name: node for tree in trees for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}


NODES = nodes()


def words(text: str | None) -> list[str]:
    return (text or "").split()


def members(node: ast.ClassDef) -> Iterator[ast.FunctionDef]:
    """The methods of a class and of the stubs' own bases, each once: an overload's text is the first's."""
    known = set()
    inherited = [NODES[base.id] for base in node.bases if isinstance(base, ast.Name)]
    for owner in [node, *inherited]:
        for member in owner.body:
            if isinstance(member, ast.FunctionDef) and member.name not in known:
                known.add(member.name)
                yield member


def texts() -> Iterator[tuple[str, Any, str | None]]:
    for name, node in NODES.items():
        found = getattr(_enrollkit, name, None)
        # The stubs' own bases are nothing in the library.
        if found is None:
            continue
        yield name, found, ast.get_docstring(node)
        if isinstance(node, ast.ClassDef):
            for member in members(node):
                if not member.name.startswith("__"):
                    yield f"{name}.{member.name}", getattr(found, member.name), ast.get_docstring(member)


@pytest.mark.parametrize(("found", "said"), [pytest.param(found, said, id=name) for name, found, said in texts()])
def test_a_docstring_is_that_of_the_library(found: Any, said: str | None) -> None:
    assert words(said) == words(found.__doc__)
    assert said


def test_every_class_and_function_has_a_stub() -> None:
    public = {name for name, value in vars(_enrollkit).items() if callable(value)}
    assert public == {name for name in NODES if hasattr(_enrollkit, name)}
    assert {"SmileIdActions", "EnrolleeInfo", "parse_intent"} <= public
