from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from support.between import Calls, Messages
from support.processes import Sandbox
from support.world import Web, World


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    with ExitStack() as stack:
        messages = stack.enter_context(Messages())
        stack.callback(messages.shutdown)
        sandbox = Sandbox("--webhook-url", f"{messages.url}/webhooks/smile-id", "--keep-bodies")
        stack.callback(sandbox.end)
        calls = stack.enter_context(Calls(sandbox.url))
        stack.callback(calls.shutdown)
        yield World(sandbox, messages, calls)


class Start(Protocol):
    def __call__(self, server: str, folder: Path | None = None, /, *flags: str, **env: str) -> Web: ...


@pytest.fixture(scope="session")
def start_for_all(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts apps that end with the session."""
    with ExitStack() as stack:

        def started(server: str, folder: Path | None = None, /, *flags: str, **env: str) -> Web:
            web = world.start(server, folder or tmp_path_factory.mktemp("app"), *flags, **env)
            stack.callback(web.app.end)
            return web

        yield started


@pytest.fixture
def start(world: World, tmp_path: Path) -> Iterator[Start]:
    """Starts apps that end with the test."""
    with ExitStack() as stack:

        def started(server: str, folder: Path | None = None, /, *flags: str, **env: str) -> Web:
            web = world.start(server, folder or tmp_path, *flags, **env)
            stack.callback(web.app.end)
            return web

        yield started
