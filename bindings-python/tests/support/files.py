"""Where things are, and the files that every language's tests read."""

import json
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2]
WORKSPACE = PACKAGE.parent


def files_of(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Every file of `tests/vectors` or `tests/scenarios`: discovered, never listed."""
    found = sorted((WORKSPACE / "tests" / kind).glob("*.json"))
    assert found, f"no {kind}"
    return [(file.name, json.loads(file.read_text("utf-8"))) for file in found]
