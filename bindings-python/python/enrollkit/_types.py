"""Types for annotations. The user object's and the closed sets' are generated, in `_generated`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from ._enrollkit import Acknowledged, Branding, EnrolleeInfo, RawReply, SignedUp
from ._generated import SignUpUser

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

Outcome: TypeAlias = Acknowledged | EnrolleeInfo | SignedUp | Branding | RawReply
"""What a call's `read` gives."""


class AboutUser(TypedDict):
    """What is wanted of an enrolled user."""

    action: Literal[
        "smile_id.re_enroll",
        "smile_id.deactivate",
        "smile_id.reactivate",
        "smile_id.flag_fraud",
        "smile_id.clear_fraud",
        "smile_id.enrollee_info",
    ]
    user_id: str


class DeletePermanently(TypedDict):
    """A user deleted for ever; `confirm` repeats the user id."""

    action: Literal["smile_id.delete_permanently"]
    user_id: str
    confirm: str


class _SignUp(TypedDict):
    action: Literal["unifyia.sign_up"]
    user: SignUpUser


class SignUp(_SignUp, total=False):
    """A user signed up, at `organization` if it is not to be taken from the user's `organisationName`."""

    organization: str


class FetchBranding(TypedDict):
    """An organization's branding."""

    action: Literal["unifyia.branding"]
    organization: str


SmileIdIntent: TypeAlias = AboutUser | DeletePermanently
UnifyiaIntent: TypeAlias = SignUp | FetchBranding
AnyIntent: TypeAlias = SmileIdIntent | UnifyiaIntent


class _SmileIdRaw(TypedDict):
    host: Literal["portal", "api"]
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str | Sequence[str]
    auth: Literal["body", "headers"]


Query: TypeAlias = Mapping[str, str | Sequence[str]]
"""A query string's names and values, in their order; a list is a name that comes several times."""


class SmileIdRawRequest(_SmileIdRaw, total=False):
    """An authenticated call for what has no method."""

    query: Query
    body: Mapping[str, object]


class _UnifyiaRaw(TypedDict):
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str | Sequence[str]


class UnifyiaRawRequest(_UnifyiaRaw, total=False):
    """An authenticated call for what has no method: the default workflow, groups and roles, say."""

    query: Query
    headers: Mapping[str, str]
    body: Mapping[str, object]


class PairDict(TypedDict):
    """A signed pair's plain form."""

    partner_id: str
    environment: Literal["sandbox", "production"]
    timestamp: str
    signature: str
    expires_in: int
