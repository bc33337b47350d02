"""Sends with httpx: the client's transport, proxies and certificates, and nothing else of it."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Any

from ._enrollkit import Call
from ._exchange import Content, Limits


def _request(call: Call[Any], limits: Limits) -> Any:
    httpx: Any = sys.modules["httpx"]
    # Not `client.build_request`: that adds the client's headers and cookies. A client's own time limits are in it, too.
    headers = {**call.headers, "Accept-Encoding": "identity"}
    seconds = dict.fromkeys(("connect", "read", "write", "pool"), limits.timeout)
    return httpx.Request(call.method, call.url, headers=headers, content=call.body, extensions={"timeout": seconds})


def _usable(client: Any) -> None:
    # It would say so only while sending, which would look like a lost answer.
    if client.is_closed:
        raise RuntimeError("the httpx client has been closed")


def _content(reply: Any, limits: Limits) -> Content:
    chunked = "chunked" in reply.headers.get("Transfer-Encoding", "").lower()
    length = None if chunked else reply.headers.get("Content-Length")
    return Content(limits, reply.headers.get("Content-Encoding"), length)


# `auth=None` is no credentials, where leaving it out would be the client's.
_SENT = {"stream": True, "follow_redirects": False, "auth": None}


def prepare(call: Call[Any], client: Any, limits: Limits) -> Callable[[], tuple[int, Any, bytes]]:
    """All that can be wrong before something is sent; then what sends."""
    httpx: Any = sys.modules["httpx"]
    own = client is httpx
    used = httpx.Client() if own else client
    _usable(used)
    request = _request(call, limits)

    def exchange() -> tuple[int, Any, bytes]:
        try:
            reply = used.send(request, **_SENT)
            try:
                content = _content(reply, limits)
                for chunk in reply.iter_raw():
                    if not content.add(chunk):
                        break
            finally:
                reply.close()
            return reply.status_code, reply.headers, content.whole()
        finally:
            if own:
                used.close()

    return exchange


def aprepare(call: Call[Any], client: Any, limits: Limits) -> Callable[[], Awaitable[tuple[int, Any, bytes]]]:
    """As `prepare`, for an asynchronous client."""
    _usable(client)
    request = _request(call, limits)

    async def exchange() -> tuple[int, Any, bytes]:
        # httpx's own dependency, for asyncio as for trio.
        import anyio

        left = limits.left()
        with anyio.fail_after(left):
            reply = await client.send(request, **_SENT)
            try:
                content = _content(reply, limits)
                async for chunk in reply.aiter_raw():
                    if not content.add(chunk):
                        break
            finally:
                await reply.aclose()
            return reply.status_code, reply.headers, content.whole()

    return exchange
