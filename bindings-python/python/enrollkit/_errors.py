"""The exceptions. Import them from `enrollkit`."""

from __future__ import annotations

# The core imports this module in turn, but only when it first raises.
from ._enrollkit import Violation, error_text, refusal

# Not from `typing`, whose import takes longer than all of this package's.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, ClassVar

    from typing_extensions import Self

    from ._generated.sets import Cause, ErrorCode, ErrorKind, Operation, RefusalReason, Retry, UnreadableReason


class EnrollkitError(Exception):
    """What goes wrong in enrollkit. `code` says what it is, the same word in every language.

    Neither its text nor its `repr` holds a secret or personal data. Its arguments are its plain form and its text, so that what
    rebuilds an exception from its class and `args` (pickle, Celery's JSON) gives the same error, without what the service wrote.
    """

    # Not in `__dict__`, which some loggers print: what the service wrote may repeat personal data.
    __slots__ = ("_message", "_plain", "_raw", "_text")

    _code: ClassVar[str | None] = None

    def __init__(self, plain: dict[str, Any], text: str | None = None, /) -> None:
        own_text, own, message = error_text(plain)
        if self._code not in (None, own["code"]):
            raise refusal("code", "unknown_value", str(self._code))
        self._text: str = text if isinstance(text, str) else own_text
        super().__init__(own, self._text)
        self._plain: dict[str, Any] = own
        self._message: str | None = message
        self._raw = b""

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._text!r})"

    @property
    def code(self) -> ErrorCode:
        """`invalid_input`, `api_error`, `unreadable`, `no_response` or `signature_refused`."""
        code: ErrorCode = self._plain["code"]
        return code

    @property
    def outcome_unknown(self) -> bool:
        """Whether the change may have taken effect all the same: look the user up before anything else."""
        return self._plain.get("outcome_unknown") is True

    def to_dict(self) -> dict[str, Any]:
        """The plain form, for logs, queues and relays: a new dict, without what the service wrote."""
        plain: dict[str, Any] = error_text(self._plain)[1]
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. Raises `InvalidInput` for what is no such form of this class."""
        error = restore(plain)
        if not isinstance(error, cls):
            raise refusal("code", "unknown_value", str(cls._code))
        return error

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Names and values of the plain form, for what makes JSON of any object, as frameworks do."""
        return iter(self.to_dict().items())

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        from ._pydantic import schema

        return schema(cls, InvalidInput)

    @property
    def __pydantic_serializer__(self) -> Any:
        from ._pydantic import serializer

        return serializer(type(self), InvalidInput)

    def __reduce__(self) -> tuple[Any, ...]:
        return restore, (self._plain, self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EnrollkitError):
            return NotImplemented
        return type(self) is type(other) and self._plain == other._plain

    def __hash__(self) -> int:
        return hash((type(self), *(self._plain.get(name) for name in ("operation", "status", "reason"))))


class InvalidInput(EnrollkitError):
    """The input can't become a request; nothing was sent. All violations are listed."""

    __slots__ = ()
    _code = "invalid_input"

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Every violation, each with `path`, `code` and `message`."""
        return tuple(Violation.from_dict(one) for one in self._plain["violations"])


class ApiError(EnrollkitError):
    """The service (or your relay's policy) answered, and said no."""

    __slots__ = ()
    _code = "api_error"

    @property
    def kind(self) -> ErrorKind:
        """What the "no" means, a word such as `user_not_found`. A newer version may have more."""
        kind: ErrorKind = self._plain["kind"]
        return kind

    @property
    def operation(self) -> Operation:
        """The call that was answered."""
        operation: Operation = self._plain["operation"]
        return operation

    @property
    def status(self) -> int:
        """The HTTP status."""
        status: int = self._plain["status"]
        return status

    @property
    def by_relay(self) -> bool:
        """Whether it was your own back end that said no, or something before it: no session, its policy, its limits."""
        return self._plain.get("by_relay") is True

    @property
    def service_code(self) -> str | None:
        """The service's own code, as text: `"2205"`."""
        return self._plain.get("service_code")

    @property
    def service_message(self) -> str | None:
        """What the service wrote, safe to show. Not for logs, and in no plain form or pickle: it may repeat personal data."""
        return self._message

    @property
    def retry(self) -> Retry:
        """Whether sending again can help: `never`, `same_call`, or `new_call` (signed again)."""
        retry: Retry = self._plain["retry"]
        return retry

    @property
    def retry_after_seconds(self) -> int | None:
        """How long the service wants us to wait."""
        return self._plain.get("retry_after_seconds")

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The usual causes of `unauthorized`, the likeliest first."""
        return tuple(self._plain.get("causes", ()))

    @property
    def clock_skew_seconds(self) -> int | None:
        """By how many seconds the service's clock is ahead of the time that was signed."""
        return self._plain.get("clock_skew_seconds")

    def raw(self) -> bytes:
        """The body as it came, the call's secrets masked. It may hold personal data."""
        return self._raw


class Unreadable(EnrollkitError):
    """The service answered, and the answer can't be read."""

    __slots__ = ()
    _code = "unreadable"

    @property
    def operation(self) -> Operation:
        """The call that was answered."""
        operation: Operation = self._plain["operation"]
        return operation

    @property
    def reason(self) -> UnreadableReason:
        """Why: `too_large`, `too_deep`, `not_json` or `not_relay`."""
        reason: UnreadableReason = self._plain["reason"]
        return reason

    @property
    def status(self) -> int:
        """The HTTP status."""
        status: int = self._plain["status"]
        return status

    def raw(self) -> bytes:
        """The body as it came, the call's secrets masked; empty when it was too large."""
        return self._raw


class NoResponse(EnrollkitError):
    """No answer came. Unless it is `not_sent`, a change may have taken effect: look the user up before you send it again."""

    __slots__ = ()
    _code = "no_response"

    @property
    def not_sent(self) -> bool:
        """Whether it is certain that nothing was sent: no such host, a refused connection, a proxy's refusal."""
        return self._plain.get("not_sent") is True

    @property
    def operation(self) -> Operation:
        """The call that was not answered."""
        operation: Operation = self._plain["operation"]
        return operation


class SignatureRefused(EnrollkitError):
    """A callback or webhook is not to be trusted. `reason` is for your log; tell the sender only "refused"."""

    __slots__ = ()
    _code = "signature_refused"

    @property
    def reason(self) -> RefusalReason:
        """Why: `stale`, `from_the_future`, `mismatch` or `malformed`."""
        reason: RefusalReason = self._plain["reason"]
        return reason


_CLASSES: dict[str, type[EnrollkitError]] = {
    "invalid_input": InvalidInput,
    "api_error": ApiError,
    "unreadable": Unreadable,
    "no_response": NoResponse,
    "signature_refused": SignatureRefused,
}


def make(text: str, plain: dict[str, Any], message: str | None, raw: bytes) -> EnrollkitError:
    """The exception of an error of the core, which calls this."""
    exception: Any = _CLASSES[plain["code"]](plain, text)
    exception._message, exception._raw = message, raw
    error: EnrollkitError = exception
    return error


def restore(plain: dict[str, Any], text: str | None = None) -> EnrollkitError:
    """The exception of a plain form; what a pickle calls, too."""
    return _CLASSES[error_text(plain)[1]["code"]](plain, text)
