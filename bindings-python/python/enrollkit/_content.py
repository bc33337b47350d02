"""What every way to send has in common: how long it may take, and how a body is received."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from math import isnan
from time import monotonic
from typing import Any, TypeAlias

from . import _decode
from ._enrollkit import refusal

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
