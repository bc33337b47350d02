"""Manage enrolled identities: Smile ID user management and Unifyia sign-up.

What is wanted becomes a validated, signed HTTP request; the service's answer becomes a typed outcome.

    from enrollkit import SmileId
    from enrollkit.http import send

    smile = SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key=key)
    outcome = send(smile.deactivate("user-42"))

`enrollkit.http` sends calls, `enrollkit.relay` answers front ends, `enrollkit.webhooks` verifies what Smile ID sends.
Every error is an `EnrollkitError`.
"""

from __future__ import annotations

try:
    from ._enrollkit import (
        ENROLLMENT_STATUSES,
        MAX_RESPONSE_BYTES,
        Acknowledged,
        Branding,
        Call,
        EnrolledUser,
        EnrolleeInfo,
        HistoryEntry,
        IdCheck,
        Intent,
        Pair,
        PartnerParams,
        RawReply,
        SignedUp,
        SmileId,
        Unifyia,
        Verified,
        Verifier,
        Violation,
        __version__,
        check,
        check_user,
        confirmed_by,
        parse_intent,
        signature,
    )
except ImportError as _error:
    # The core's words in a second interpreter, and Python's own in one that has its own GIL.
    if "subinterpreters" not in str(_error):
        raise
    raise ImportError(
        "enrollkit works in one interpreter of a process, the first that imports it, and in no subinterpreter with its own GIL: "
        "its classes are shared by the whole process. Under mod_wsgi, set `WSGIApplicationGroup %{GLOBAL}`; under uWSGI, "
        "`single-interpreter = true`; anywhere else, import it in the main interpreter only, or in processes of their own",
        name=__name__,
    ) from None

from . import http, relay, smile_id, unifyia, webhooks
from ._errors import ApiError, EnrollkitError, InvalidInput, NoResponse, SignatureRefused, Unreadable
from .http import asend, send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._generated import Action, SignUpUser
    from ._types import AnyIntent, Outcome, ResponseHeaders, SmileIdIntent, UnifyiaIntent

__all__ = [
    "ENROLLMENT_STATUSES",
    "MAX_RESPONSE_BYTES",
    "Acknowledged",
    "Action",
    "AnyIntent",
    "ApiError",
    "Branding",
    "Call",
    "EnrolledUser",
    "EnrolleeInfo",
    "EnrollkitError",
    "HistoryEntry",
    "IdCheck",
    "Intent",
    "InvalidInput",
    "NoResponse",
    "Outcome",
    "Pair",
    "PartnerParams",
    "RawReply",
    "ResponseHeaders",
    "SignUpUser",
    "SignatureRefused",
    "SignedUp",
    "SmileId",
    "SmileIdIntent",
    "Unifyia",
    "UnifyiaIntent",
    "Unreadable",
    "Verified",
    "Verifier",
    "Violation",
    "__version__",
    "asend",
    "check",
    "check_user",
    "confirmed_by",
    "http",
    "parse_intent",
    "relay",
    "send",
    "signature",
    "smile_id",
    "unifyia",
    "webhooks",
]

# Types that exist for annotations only: their modules import `typing`, which takes longer than all of this package.
_TYPES = {
    "Action": "_generated",
    "SignUpUser": "_generated",
    "AnyIntent": "_types",
    "Outcome": "_types",
    "ResponseHeaders": "_types",
    "SmileIdIntent": "_types",
    "UnifyiaIntent": "_types",
}


def __getattr__(name: str) -> object:
    if name in _TYPES:
        from importlib import import_module

        return getattr(import_module(f".{_TYPES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
