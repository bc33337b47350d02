"""What README.md and RECIPES.md teach passes both strict type checkers, as a reader would have it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from .support.files import PACKAGE
from .support.readme import write_project

needs_checkers = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("mypy", "pyright", "fastapi", "flask", "django_stubs_ext", "httpx", "requests")),
    reason="no type checkers or frameworks here",
)
WRONG = """from enrollkit import SmileId, send

smile = SmileId(partner_id=85, environment="sandbox")
send(smile.deactivate("u")).history
"""


def checked(folder: Path, checker: str) -> str:
    """What a checker says; empty for nothing."""
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "MYPY_CACHE_DIR": str(folder / "cache")}
    mypy = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "."]
    pyright = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--project", str(folder)]
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.10"}')
    command = mypy if checker == "mypy" else pyright
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.slow
@needs_checkers
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_every_block_passes(checker: str, tmp_path: Path) -> None:
    assert len(write_project(tmp_path)) > 10
    assert checked(tmp_path, checker) == ""


@pytest.mark.slow
@needs_checkers
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_what_is_wrong_is_found(checker: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(WRONG)
    said = checked(tmp_path, checker)
    assert "partner_id" in said
    assert "history" in said


def test_the_checkers_know_the_package() -> None:
    assert (PACKAGE / "python/enrollkit/py.typed").exists()
