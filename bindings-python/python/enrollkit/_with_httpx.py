"""Sends with httpx: by the client's own `send`, with its transport, proxies and certificates, and nothing else of it."""

from __future__ import annotations

import sys
from typing import Any

from ._content import AsyncExchange, Content, Exchange, Limits
from ._enrollkit import Call

# `auth=None` is no credentials, where leaving it out would be the client's.
_SENT = {"stream": True, "follow_redirects": False, "auth": None}


class _Once:
    """A request, and what the client's transport says of its way."""

    def __init__(self, call: Call[Any], client: Any, limits: Limits) -> None:
        httpx: Any = sys.modules["httpx"]
        # It would say so only while sending, which would look like a lost answer.
        if client.is_closed:
            raise RuntimeError("the httpx client has been closed")
        self._client = client
        self._traced = False
        self._began = False
        trace = self._atrace if isinstance(client, httpx.AsyncClient) else self._trace
        seconds = dict.fromkeys(("connect", "read", "write", "pool"), limits.timeout)
        # Not `client.build_request`: that adds the client's headers and cookies. A client's own time limits are in it, too.
        headers = {**call.headers, "Accept-Encoding": "identity"}
        extensions = {"timeout": seconds, "trace": trace}
        self.request: Any = httpx.Request(call.method, call.url, headers=headers, content=call.body, extensions=extensions)

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        self._traced = True
        # The request that opens a tunnel goes to the proxy, and is none of ours.
        if event.endswith(".send_request_headers.started") and getattr(info.get("request"), "method", None) != b"CONNECT":
            self._began = True

    async def _atrace(self, event: str, info: dict[str, Any]) -> None:
        self._trace(event, info)

    def nothing_left(self, error: BaseException) -> bool:
        """Whether no byte of the request can have left for the service."""
        if self._traced:
            return not self._began
        # Nothing was traced: it waited for a place in the pool, or the transport is none that traces. One of httpx's own, and a
        # mock, sends at most once.
        httpx: Any = sys.modules["httpx"]
        before = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
        of_httpx = (httpx.HTTPTransport, httpx.AsyncHTTPTransport, httpx.MockTransport)
        transport_for: Any = getattr(self._client, "_transport_for_url", None)
        transport = transport_for(self.request.url) if transport_for else None
        return isinstance(error, before) and isinstance(transport, of_httpx)


def prepare(call: Call[Any], client: Any, limits: Limits) -> Exchange:
    """All that can be wrong before something is sent; then what sends, and whether nothing can have left when that failed."""
    httpx: Any = sys.modules["httpx"]
    own = client is httpx
    used = httpx.Client() if own else client
    once = _Once(call, used, limits)

    def exchange() -> tuple[int, Any, bytes]:
        try:
            reply = used.send(once.request, **_SENT)
            # A mock's reply, and one that a hook has read, are whole already.
            if reply.is_stream_consumed:
                return reply.status_code, reply.headers, limits.cut(reply.content)
            try:
                content = Content(limits, reply.headers)
                for chunk in reply.iter_raw():
                    if not content.add(chunk):
                        break
            finally:
                reply.close()
            return reply.status_code, reply.headers, content.whole()
        finally:
            if own:
                used.close()

    return exchange, once.nothing_left


def aprepare(call: Call[Any], client: Any, limits: Limits) -> AsyncExchange:
    """As `prepare`, for an asynchronous client."""
    once = _Once(call, client, limits)

    async def exchange() -> tuple[int, Any, bytes]:
        # httpx's own dependency, for asyncio as for trio.
        import anyio

        left = limits.left()
        with anyio.fail_after(left):
            reply = await client.send(once.request, **_SENT)
            if reply.is_stream_consumed:
                return reply.status_code, reply.headers, limits.cut(reply.content)
            try:
                content = Content(limits, reply.headers)
                async for chunk in reply.aiter_raw():
                    if not content.add(chunk):
                        break
            finally:
                await reply.aclose()
            return reply.status_code, reply.headers, content.whole()

    return exchange, once.nothing_left
