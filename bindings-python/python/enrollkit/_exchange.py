"""What `enrollkit.http` does, imported when something is sent."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from math import isnan
from time import monotonic
from typing import Any, TypeAlias, TypeVar

from . import _decode
from ._enrollkit import Call, refusal

T = TypeVar("T")

# What sends, and what says of its failure whether no byte of the request can have left for the service.
NothingLeft: TypeAlias = Callable[[BaseException], bool]
Exchange: TypeAlias = tuple[Callable[[], tuple[int, Any, bytes]], NothingLeft]
AsyncExchange: TypeAlias = tuple[Callable[[], Awaitable[tuple[int, Any, bytes]]], NothingLeft]

# How much is read at once.
CHUNK_BYTES = 64 * 1024


class Limits:
    """When an exchange must have ended, and how much of an answer is read."""

    def __init__(self, timeout: Any, max_bytes: Any) -> None:
        if timeout is not None and (
            isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or isnan(timeout) or timeout < 0
        ):
            raise refusal("timeout", "out_of_range", "seconds, 0 or more, or None")
        if isinstance(max_bytes, bool) or not isinstance(max_bytes, int) or not 0 <= max_bytes < 2**63:
            raise refusal("max_bytes", "out_of_range", "a number of bytes")
        # Beyond a year it is no limit; a larger number would be none to a socket.
        self.timeout = None if timeout is None or timeout > 31_536_000 else float(timeout)
        self.max_bytes = max_bytes
        self.end = None if self.timeout is None else monotonic() + self.timeout

    def left(self) -> float | None:
        """The seconds that are left; `TimeoutError` when there are none."""
        if self.end is None:
            return None
        left = self.end - monotonic()
        if left <= 0:
            raise TimeoutError("no whole answer in time")
        return left

    def cut(self, body: bytes) -> bytes:
        """A body that has been read already, up to one byte more than the limit: that is enough for the reader to refuse it."""
        return body[: self.max_bytes + 1]


class Content:
    """A body that grows up to one byte more than the limit: that is enough for the reader to refuse it."""

    def __init__(self, limits: Limits, headers: Any) -> None:
        self.limits = limits
        self.decoder = _decode.decoder(headers.get("Content-Encoding"))
        chunked = "chunked" in (headers.get("Transfer-Encoding") or "").lower()
        length = None if chunked else headers.get("Content-Length")
        self.expected = int(length) if isinstance(length, str) and length.isascii() and length.strip().isdigit() else None
        self.received = 0
        self.content = bytearray()

    def add(self, chunk: bytes) -> bool:
        """Whether more is wanted."""
        self.limits.left()
        self.received += len(chunk)
        self.content += self.decoder.add(chunk, self.room())
        return self.room() > 0

    def room(self) -> int:
        return self.limits.max_bytes + 1 - len(self.content)

    def whole(self) -> bytes:
        """The body; half of one is none."""
        ended_early = self.expected is not None and self.received < self.expected
        if self.room() > 0 and (ended_early or (self.received > 0 and not self.decoder.whole)):
            raise EOFError("the answer ended early")
        return bytes(self.content)


def checked(call: Any) -> Any:
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
    made, limits = checked(call), Limits(timeout, max_bytes)
    if client is None:
        from . import _with_http_client as way
    elif is_of(client, "requests", "Session"):
        from . import _with_requests as way  # type: ignore[no-redef]  # one of three modules of the same form
    elif is_of(client, "httpx", "Client"):
        from . import _with_httpx as way  # type: ignore[no-redef]  # as above
    else:
        raise TypeError(f"client is a requests.Session, an httpx.Client or None, not {type(client).__name__}")
    exchange, nothing_left = prepared(made, way.prepare, client, limits)
    try:
        status, headers, content = exchange()
    except Exception as cause:
        raise lost(made, cause, nothing_left) from cause
    outcome: T = made.read(status, content, headers, max_bytes=max_bytes)
    return outcome


async def asend(call: Call[T], client: Any, timeout: float | None, max_bytes: int) -> T:
    made, limits = checked(call), Limits(timeout, max_bytes)
    if not is_of(client, "httpx", "AsyncClient") or client is sys.modules["httpx"]:
        raise TypeError(f"client is an httpx.AsyncClient, not {type(client).__name__}")
    from . import _with_httpx

    exchange, nothing_left = prepared(made, _with_httpx.aprepare, client, limits)
    try:
        status, headers, content = await exchange()
    except Exception as cause:
        raise lost(made, cause, nothing_left) from cause
    outcome: T = made.read(status, content, headers, max_bytes=max_bytes)
    return outcome


def prepared(call: Any, prepare: Any, client: Any, limits: Limits) -> Any:
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
