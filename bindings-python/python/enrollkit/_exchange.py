"""What `enrollkit.http` does, imported when something is sent."""

from __future__ import annotations

import sys
from typing import Any, TypeVar

from ._content import Limits, NothingLeft
from ._enrollkit import Call, refusal

T = TypeVar("T")


def sendable(call: Any) -> Any:
    """The call, unless it is none, or has an address that only a page knows."""
    if type(call) not in (Call,):  # not `is`, after which a checker would know no more than `type`
        raise TypeError(f"a Call is sent, not {type(call).__name__}")
    # A relay's client may have a page's path. Nothing is sent, so this must not look like a lost answer.
    if not call.url.startswith(("https://", "http://")):
        raise refusal("url", "bad_url", "an address with scheme and host, since no page's is known here")
    return call


def is_of(client: object, module: str, name: str) -> bool:
    """Whether a client is of another package's class, without importing that package."""
    loaded = sys.modules.get(module)
    if loaded is None:
        return False
    known = getattr(loaded, name, None)
    return client is loaded or (isinstance(known, type) and issubclass(type(client), known))


def send(call: Call[T], client: Any, timeout: float | None, max_bytes: int) -> T:
    request, limits = sendable(call), Limits(timeout, max_bytes)
    if client is None:
        from . import _with_http_client as way
    elif is_of(client, "requests", "Session"):
        from . import _with_requests as way  # type: ignore[no-redef]  # one of three modules of the same form
    elif is_of(client, "httpx", "Client"):
        from . import _with_httpx as way  # type: ignore[no-redef]  # as above
    else:
        raise TypeError(f"client is a requests.Session, an httpx.Client or None, not {type(client).__name__}")
    exchange, nothing_left = prepared(request, way.prepare, client, limits)
    try:
        status, headers, content = exchange()
    except Exception as cause:
        raise lost(request, cause, nothing_left) from cause
    outcome: T = request.read(status, content, headers, max_bytes=max_bytes)
    return outcome


async def asend(call: Call[T], client: Any, timeout: float | None, max_bytes: int) -> T:
    request, limits = sendable(call), Limits(timeout, max_bytes)
    if not is_of(client, "httpx", "AsyncClient") or client is sys.modules["httpx"]:
        raise TypeError(f"client is an httpx.AsyncClient, not {type(client).__name__}")
    from . import _with_httpx

    exchange, nothing_left = prepared(request, _with_httpx.aprepare, client, limits)
    try:
        status, headers, content = await exchange()
    except Exception as cause:
        raise lost(request, cause, nothing_left) from cause
    outcome: T = request.read(status, content, headers, max_bytes=max_bytes)
    return outcome


def prepared(call: Any, prepare: Any, client: Any, limits: Limits) -> Any:
    """What sends, and what says of its failure whether nothing can have left."""
    try:
        limits.left()
        return prepare(call, client, limits)
    except (TypeError, RuntimeError):
        # The caller's own mistake: a client that has been closed, say.
        raise
    except Exception as cause:
        # No time at all, an address that the client can't ask for, certificates that are not there.
        raise call.not_sent(cause) from cause


def lost(call: Any, cause: Exception, nothing_left: NothingLeft) -> Any:
    """The error for a call without an answer. Unless it is certain that nothing left, the request may have arrived."""
    return call.not_sent(cause) if nothing_left(cause) else call.no_response(cause)
