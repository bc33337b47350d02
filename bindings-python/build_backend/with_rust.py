"""The build back end: maturin, once there is a Rust that can build this. An older one can't even read the manifests."""

import os
import re
import subprocess
import sys
from pathlib import Path


def needed() -> tuple[int, int]:
    """The least Rust, which the workspace's manifest names: beside this folder in an sdist, else one folder up."""
    for folder in Path(__file__).resolve().parents[1:]:
        manifest = folder / "Cargo.toml"
        named = manifest.is_file() and re.search(r'^rust-version = "(\d+)\.(\d+)', manifest.read_text("utf-8"), re.MULTILINE)
        if named:
            return int(named[1]), int(named[2])
    raise FileNotFoundError("no Cargo.toml with a `rust-version` above the build back end")


def installed(tool: str) -> tuple[str, tuple[int, int]] | None:
    """A tool's version, as it says it and to compare; nothing where it does not run."""
    try:
        said = subprocess.run([os.environ.get(tool.upper()) or tool, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    # `cargo 1.88.0 (873a06493 2025-05-10)`
    version = re.search(r"\b(\d+)\.(\d+)\.\S+", said.stdout)
    return (version[0], (int(version[1]), int(version[2]))) if version else None


def refusal() -> str | None:
    """Why this can't be built here; nothing when it can."""
    least = needed()
    for tool in ("cargo", "rustc"):
        found = installed(tool)
        if found is None or found[1] < least:
            there = f"there is no `{tool}` that runs" if found is None else f"`{tool}` is {found[0]}"
            return (
                f"enrollkit is built from source here, which takes Rust {least[0]}.{least[1]} or later; {there}. "
                "Install it from https://rustup.rs, or run `rustup update stable`, and try again."
            )
    return None


if (why := refusal()) is not None:
    sys.exit(why)

# Every hook of it.
from maturin import *  # noqa: E402, F403
