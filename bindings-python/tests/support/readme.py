"""The code of README.md and RECIPES.md, block by block; and as the files of a project that a reader would have."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from .files import PACKAGE

_BLOCK = re.compile(r"(?:<!-- test: (\S+) -->\n)?^```(?:python|py)\b.*\n([\s\S]*?)^```$", re.MULTILINE)

# What RECIPES.md asks a project for, beside two blocks of the README.
_YOURS = {
    "sessions.py": """from smile import Session


def find_session(cookie: str | None) -> Session | None:
    return Session("operator", "ops@bank.example") if cookie == "session=operator" else None
""",
    "jobs.py": """stored: dict[str, str | None] = {}


def store(key: str, user_id: str | None) -> None:
    stored.setdefault(key, user_id)
""",
}
_NAMES = {"route": "smile", "webhook": "webhook"}


def blocks(file: str = "README.md") -> dict[str, str]:
    """Every block of Python, by the name in the comment before it; one without a name, or two of one, is an error."""
    found: dict[str, str] = {}
    for name, code in _BLOCK.findall((PACKAGE / file).read_text("utf-8")):
        assert name, f"a block that no test runs:\n{code}"
        assert name not in found, name
        found[name] = code
    return found


def write_project(folder: Path, at: str | None = None) -> list[Path]:
    """All blocks as modules of one project; `at` takes the place of the service's own address."""
    files = dict(_YOURS)
    for name, code in {**blocks(), **blocks("RECIPES.md")}.items():
        files[f"{_NAMES.get(name, name).replace('-', '_')}.py"] = code
    written = []
    for name, code in files.items():
        changed = code if at is None else code.replace('environment="sandbox",', f'environment="sandbox", base_url="{at}",', 1)
        (folder / name).write_text(code if "base_url=" in code else changed, "utf-8")
        written.append(folder / name)
    return written


def run(code: str, given: dict[str, Any]) -> dict[str, Any]:
    """A block as a module that knows what is given; what it has defined."""
    # Where what is defined in it looks for its module.
    module = sys.modules["readme"] = ModuleType("readme")
    vars(module).update(given)
    exec(compile(code, "README.md", "exec"), vars(module))
    return vars(module)
