"""Sends a call once, and reads its answer.

`send(call)` uses Python's own HTTP; `send(call, client)` a `requests.Session` or an `httpx.Client`; `await asend(call, client)` an
`httpx.AsyncClient`. None of them is a dependency.

A client's own `send` is what sends, so that mocks, tracing, pools, proxies and certificates work. No redirect is followed and nothing
is sent again, whatever the client is set to do. Only the call's own headers go out: no cookies, no default headers, no credentials from
the client or from a `.netrc`. No answer within `timeout` seconds, or half of one, is `NoResponse`; unless it is `not_sent`, look the
user up then. More than `max_bytes` of an answer is not read.
"""

from __future__ import annotations

from ._enrollkit import MAX_RESPONSE_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from ._enrollkit import Call

    T = TypeVar("T")

__all__ = ["MAX_RESPONSE_BYTES", "asend", "send"]

DEFAULT_TIMEOUT_SECONDS = 30.0


def send(
    call: Call[T],
    client: Any = None,
    *,
    timeout: float | None = DEFAULT_TIMEOUT_SECONDS,
    max_bytes: int = MAX_RESPONSE_BYTES,
) -> T:
    """Sends a call once and reads its answer: gives the outcome, or raises `ApiError`, `Unreadable` or `NoResponse`.

    `client` is a `requests.Session` (or the module `requests`) or an `httpx.Client` (or the module `httpx`); without one,
    Python's own HTTP is used, which knows no proxies. `timeout` is for the whole exchange, in seconds; None waits for ever.
    """
    from . import _exchange

    return _exchange.send(call, client, timeout, max_bytes)


async def asend(
    call: Call[T],
    client: Any,
    *,
    timeout: float | None = DEFAULT_TIMEOUT_SECONDS,  # every caller wants one
    max_bytes: int = MAX_RESPONSE_BYTES,
) -> T:
    """As `send`, with an `httpx.AsyncClient`."""
    from . import _exchange

    return await _exchange.asend(call, client, timeout, max_bytes)
