"""What every test gets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from enrollkit import SmileId, Unifyia
from hypothesis import settings

from .support.sandbox import SANDBOX_KEY, Sandbox, sandbox

# Slow machines are no failures, and what was found once stands in a test of its own.
FULL = "ENROLLKIT_FULL" in os.environ
settings.register_profile("usual", deadline=None, database=None, max_examples=1000 if FULL else 50)
settings.load_profile("usual")


def pytest_configure(config: Any) -> None:
    config.addinivalue_line("markers", "slow: what one Python's word is enough for")


@pytest.fixture
def smile() -> SmileId:
    return SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key="not-a-real-key")


@pytest.fixture
def unifyia() -> Unifyia:
    return Unifyia(base_url="https://id.bank.example", token="not-a-real-token")


@pytest.fixture(scope="module")
def started() -> Iterator[Sandbox]:
    with sandbox("--user", "user-42", "--organization", "Acme Bank", "--keep-bodies") as one:
        yield one


@pytest.fixture
def at_sandbox(started: Sandbox) -> SmileId:
    options = {"partner_id": "085", "environment": "sandbox", "operator": "ops@bank.example"}
    return SmileId(**options, base_url=started.url, api_key=SANDBOX_KEY)
