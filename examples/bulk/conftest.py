"""Fixtures. Lies here so that `bulk` can be imported without being installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "tests"))

from support import Desk, Gateway, Launcher, Sandbox, sandbox_process


@pytest.fixture(scope="session")
def sandbox_of_session() -> Iterator[Sandbox]:
    with sandbox_process() as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    launcher = Launcher()
    yield launcher
    launcher.close()


@pytest.fixture
def sandbox(sandbox_of_session: Sandbox) -> Sandbox:
    sandbox_of_session.control("POST", "/reset")
    return sandbox_of_session


@pytest.fixture
def gateway(sandbox: Sandbox) -> Iterator[Gateway]:
    gateway = Gateway(sandbox.url)
    yield gateway
    gateway.close()


@pytest.fixture
def desk(tmp_path: Path, launcher: Launcher, sandbox: Sandbox) -> Desk:
    return Desk(tmp_path, launcher, sandbox.url)
