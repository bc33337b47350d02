"""Sends with requests: through the session's adapter, so that proxies, pools and certificates are the session's, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from ._enrollkit import Call
from ._exchange import CHUNK_BYTES, Content, Limits


def prepare(call: Call[Any], client: Any, limits: Limits) -> Callable[[], tuple[int, Any, bytes]]:
    """All that can be wrong before something is sent; then what sends."""
    requests: Any = sys.modules["requests"]
    own = client is requests
    session = requests.Session() if own else client
    # Not `session.prepare_request`: that adds the session's headers, cookies and credentials, and those of a .netrc.
    headers = {**call.headers, "Accept-Encoding": "identity"}
    prepared = requests.Request(call.method, call.url, headers=headers, data=call.body).prepare()
    settings = session.merge_environment_settings(prepared.url, {}, True, None, None)
    adapter = _without_retries(session.get_adapter(prepared.url))

    def exchange() -> tuple[int, Any, bytes]:
        try:
            settings["stream"] = True
            reply = adapter.send(prepared, timeout=limits.left(), **settings)
            with reply:
                return reply.status_code, _header_pairs(reply), _content(reply, limits)
        finally:
            if own:
                session.close()

    return exchange


def _without_retries(adapter: Any) -> Any:
    """The same adapter, with the same pool, that sends once."""
    retries = getattr(adapter, "max_retries", None)
    if retries is None:
        return adapter
    once: Any = object.__new__(adapter.__class__)
    once.__dict__.update(adapter.__dict__)
    once.max_retries = type(retries)(0, read=False)
    return once


def _header_pairs(reply: Any) -> Any:
    return list(reply.headers.items())


def _content(reply: Any, limits: Limits) -> bytes:
    raw = reply.raw
    chunked = "chunked" in reply.headers.get("Transfer-Encoding", "").lower()
    length = None if chunked else reply.headers.get("Content-Length")
    content = Content(limits, reply.headers.get("Content-Encoding"), length)
    # `read` waits until it has all that it was asked for, however slowly that comes; `read1` is urllib3's since 2.
    read1 = getattr(raw, "read1", None)
    while True:
        chunk = read1(CHUNK_BYTES, decode_content=False) if read1 else raw.read(1024, decode_content=False)
        if not chunk or not content.add(chunk):
            return content.whole()
