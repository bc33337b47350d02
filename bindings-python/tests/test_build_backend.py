"""What builds an sdist: maturin where there is a Rust that can, else one line that names the Rust it takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .support.files import PACKAGE, WORKSPACE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tools that stand in for Rust's are shell scripts")

(LEAST,) = [
    line.split('"')[1] for line in (WORKSPACE / "Cargo.toml").read_text("utf-8").splitlines() if line.startswith("rust-version")
]
MAJOR, MINOR = map(int, LEAST.split("."))


def environment(folder: Path, **tools: str) -> dict[str, str]:
    """Nothing on the path but these tools, and a maturin that only says that it was called."""
    (folder / "bin").mkdir()
    for name, line in tools.items():
        (folder / "bin" / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / "bin" / name).chmod(0o755)
    (folder / "maturin.py").write_text("def build_wheel(folder):\n    return f'{folder}: built'\n")
    return {"PATH": str(folder / "bin"), "PYTHONPATH": f"{folder}:{PACKAGE / 'build_backend'}", "PYTHONDONTWRITEBYTECODE": "1"}


def built(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    call = "import with_rust; print(with_rust.build_wheel('dist'))"
    return subprocess.run([sys.executable, "-c", call], env=environment, capture_output=True, text=True, check=False)


def refusal(there: str) -> str:
    return (
        f"enrollkit is built from source here, which takes Rust {LEAST} or later; {there}. "
        "Install it from https://rustup.rs, or run `rustup update stable`, and try again.\n"
    )


def says(version: str) -> dict[str, str]:
    return {"cargo": f"echo 'cargo {version} (fd9c4297c 2022-07-01)'", "rustc": f"echo 'rustc {version} (4b91a6ea7 2022-08-08)'"}


@pytest.mark.parametrize("version", [f"{LEAST}.0", f"{MAJOR}.{MINOR + 1}.0-nightly", f"{MAJOR}.{MINOR + 100}.1", f"{MAJOR + 1}.0.0"])
def test_a_rust_that_can(tmp_path: Path, version: str) -> None:
    done = built(environment(tmp_path, **says(version)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "dist: built\n", "")


@pytest.mark.parametrize(
    ("tools", "there"),
    [
        (says("1.63.0"), "`cargo` is 1.63.0"),
        (says(f"{MAJOR}.{MINOR - 1}.9"), f"`cargo` is {MAJOR}.{MINOR - 1}.9"),
        (says(f"{LEAST}.0") | {"rustc": "echo 'rustc 1.63.0'"}, "`rustc` is 1.63.0"),
        ({}, "there is no `cargo` that runs"),
        # rustup without a toolchain.
        ({"cargo": "echo 'no default is configured' >&2; exit 1"}, "there is no `cargo` that runs"),
        ({"cargo": f"echo 'cargo {LEAST}.0'"}, "there is no `rustc` that runs"),
    ],
    ids=["old", "just too old", "old compiler", "none", "rustup alone", "no compiler"],
)
def test_a_rust_that_can_not(tmp_path: Path, tools: dict[str, str], there: str) -> None:
    done = built(environment(tmp_path, **tools))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", refusal(there))


def test_what_pip_shows(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, PACKAGE]
    done = subprocess.run(pip, env=environment(tmp_path, **says("1.63.0")), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert said.count(refusal("`cargo` is 1.63.0")) == 1
    assert "resolver" not in said


def test_the_readme_names_it() -> None:
    assert f"Rust {LEAST}" in (PACKAGE / "README.md").read_text("utf-8")
