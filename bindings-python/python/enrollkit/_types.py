"""Types for annotations. Those of closed sets, intents, outcomes and the user object are generated, in `_generated`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ._generated.sets import Environment, Method, RawAuth, RawHost

if TYPE_CHECKING:
    from typing import TypedDict
else:
    from ._typed_dict import TypedDict

Time: TypeAlias = datetime | str
"""An aware `datetime`, or text such as `2026-11-22T10:00:00.000Z`. Never a bare number, never without a time zone."""

Body: TypeAlias = bytes | bytearray | memoryview | str
"""A body. Text is UTF-8."""

HeaderText: TypeAlias = str | bytes
HeaderValue: TypeAlias = HeaderText | int | Sequence[HeaderText]


class HeaderItems(Protocol):
    """Headers of requests, httpx, Starlette, Django, Werkzeug, aiohttp and `http.client`."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Names and values."""
        ...


ResponseHeaders: TypeAlias = Mapping[str, HeaderValue] | HeaderItems | Iterable[tuple[HeaderText, HeaderText]]
"""Headers, as HTTP clients and frameworks give them."""


class _SmileIdRaw(TypedDict):
    host: RawHost
    method: Method
    path: str | Sequence[str]
    auth: RawAuth


Query: TypeAlias = Mapping[str, str | Sequence[str]]
"""A query string's names and values, in their order; a list is a name that comes several times."""


class SmileIdRawRequest(_SmileIdRaw, total=False):
    """An authenticated call for what has no method."""

    query: Query
    body: Mapping[str, object]


class _UnifyiaRaw(TypedDict):
    method: Method
    path: str | Sequence[str]


class UnifyiaRawRequest(_UnifyiaRaw, total=False):
    """An authenticated call for what has no method: the default workflow, groups and roles, say."""

    query: Query
    headers: Mapping[str, str]
    body: Mapping[str, object]


class PairDict(TypedDict):
    """A signed pair's plain form."""

    partner_id: str
    environment: Environment
    timestamp: str
    signature: str
    expires_in: int
