"""Compares what came with what a vector or a scenario expects."""

from __future__ import annotations

from typing import Any


def difference(expected: Any, actual: Any, path: str = "") -> str | None:
    """Where and how the two differ first: members that are not expected may be there, null means absent."""
    wrong = f"{path or '(the whole)'}: expected {expected!r}, came {actual!r}"
    if expected is None:
        return None if actual is None else wrong
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return wrong
        pairs = ((expected[key], actual.get(key), f"{path}/{key}") for key in expected)
        return next((found for pair in pairs if (found := difference(*pair)) is not None), None)
    if isinstance(expected, list):
        if not isinstance(actual, (list, tuple)) or len(actual) != len(expected):
            return wrong
        items = ((one, actual[at], f"{path}/{at}") for at, one in enumerate(expected))
        return next((found for item in items if (found := difference(*item)) is not None), None)
    # `True` is no 1, and 1 no 1.0.
    return None if type(expected) is type(actual) and expected == actual else wrong
