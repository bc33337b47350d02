"""The README's code, block by block."""

from __future__ import annotations

import re
from typing import Any

from .files import PACKAGE

_BLOCK = re.compile(r"(?:<!-- test: (\S+) -->\n)?^```(?:python|py)\b.*\n([\s\S]*?)^```$", re.MULTILINE)


def blocks() -> dict[str, str]:
    """Every block of Python, by the name in the comment before it; one without a name, or two of one, is an error."""
    found: dict[str, str] = {}
    for name, code in _BLOCK.findall((PACKAGE / "README.md").read_text("utf-8")):
        assert name, f"a block that no test runs:\n{code}"
        assert name not in found, name
        found[name] = code
    return found


def run(code: str, given: dict[str, Any]) -> dict[str, Any]:
    """A block as a module that knows what is given; what it has defined."""
    module: dict[str, Any] = {"__name__": "readme", **given}
    exec(compile(code, "README.md", "exec"), module)
    return module
