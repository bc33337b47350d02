"""Manage enrolled identities: Smile ID user management and Unifyia sign-up.

What is wanted becomes a validated, signed HTTP request; the service's answer becomes a typed outcome.

    from enrollkit import SmileId
    from enrollkit.http import send

    smile = SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key=key)
    outcome = send(smile.deactivate("user-42"))

What may hold no key has a `SmileIdRelay`. `enrollkit.http` sends calls, `enrollkit.relay` answers front ends, `enrollkit.webhooks`
verifies what Smile ID sends.
Every error is an `EnrollkitError`.
"""

from __future__ import annotations

try:
    from ._enrollkit import (
        ENROLLMENT_STATUSES,
        Call,
        Intent,
        Pair,
        SmileId,
        SmileIdActions,
        SmileIdRelay,
        Unifyia,
        UnifyiaActions,
        UnifyiaRelay,
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

# isort: split
# <generated: imports>
from ._enrollkit import (
    DEFAULT_MAX_AGE_SECONDS,
    DEFAULT_MAX_AHEAD_SECONDS,
    MAX_DEPTH,
    MAX_RESPONSE_BYTES,
    Acknowledged,
    Branding,
    EnrolledUser,
    EnrolleeInfo,
    HistoryEntry,
    IdCheck,
    PartnerParams,
    RawReply,
    SignedUp,
)

# </generated>

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._generated.intents import AnyIntent, SmileIdIntent, UnifyiaIntent
    from ._generated.outcomes import Outcome
    from ._generated.sets import Action
    from ._generated.user import SignUpUser
    from ._types import ResponseHeaders

__all__ = [
    "ENROLLMENT_STATUSES",
    "Action",
    "AnyIntent",
    "ApiError",
    "Call",
    "EnrollkitError",
    "Intent",
    "InvalidInput",
    "NoResponse",
    "Outcome",
    "Pair",
    "ResponseHeaders",
    "SignUpUser",
    "SignatureRefused",
    "SmileId",
    "SmileIdActions",
    "SmileIdIntent",
    "SmileIdRelay",
    "Unifyia",
    "UnifyiaActions",
    "UnifyiaIntent",
    "UnifyiaRelay",
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
# <generated: exports>
__all__ += [
    "DEFAULT_MAX_AGE_SECONDS",
    "DEFAULT_MAX_AHEAD_SECONDS",
    "MAX_DEPTH",
    "MAX_RESPONSE_BYTES",
    "Acknowledged",
    "Branding",
    "EnrolledUser",
    "EnrolleeInfo",
    "HistoryEntry",
    "IdCheck",
    "PartnerParams",
    "RawReply",
    "SignedUp",
]
# </generated>

# Types that exist for annotations only: their modules import `typing`, which takes longer than all of this package.
_TYPES = {
    "Action": "_generated.sets",
    "AnyIntent": "_generated.intents",
    "Outcome": "_generated.outcomes",
    "ResponseHeaders": "_types",
    "SignUpUser": "_generated.user",
    "SmileIdIntent": "_generated.intents",
    "UnifyiaIntent": "_generated.intents",
}


def __getattr__(name: str) -> object:
    if name in _TYPES:
        from importlib import import_module

        return getattr(import_module(f".{_TYPES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
