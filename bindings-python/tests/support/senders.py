"""All that `enrollkit.http` can send with, as far as it is installed here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from enrollkit.http import asend, send

Sender = Callable[..., Any]


def _own(call: Any, **options: Any) -> Any:
    return send(call, **options)


def _requests(call: Any, **options: Any) -> Any:
    import requests

    with requests.Session() as session:
        return send(call, session, **options)


def _httpx(call: Any, **options: Any) -> Any:
    import httpx

    with httpx.Client() as client:
        return send(call, client, **options)


def _asynchronous(call: Any, **options: Any) -> Any:
    import httpx

    async def exchange() -> Any:
        async with httpx.AsyncClient() as client:
            return await asend(call, client, **options)

    return asyncio.run(exchange())


_ALL: dict[str, tuple[str, Sender]] = {
    "own": ("enrollkit", _own),
    "requests": ("requests", _requests),
    "httpx": ("httpx", _httpx),
    "httpx-async": ("httpx", _asynchronous),
}

SENDERS: dict[str, Sender] = {name: sender for name, (package, sender) in _ALL.items() if find_spec(package)}
