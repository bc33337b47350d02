"""The compiled part. Import its names from `enrollkit`."""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, NoReturn, SupportsIndex, TypeVar, final

from ._errors import ApiError, EnrollkitError, NoResponse
from ._generated.constants import *
from ._generated.intents import AnyIntent
from ._generated.methods import IntentFactories, SmileIdMethods, UnifyiaMethods
from ._generated.outcomes import *
from ._generated.outcomes import Outcome
from ._generated.sets import (
    Action,
    Confirmation,
    Environment,
    Method,
    Operation,
    PartnerIdForm,
    PathSpelling,
    RefusalReason,
    ViolationCode,
    Wrapping,
)
from ._generated.user import SignUpUser
from ._types import Body, PairDict, ResponseHeaders, SmileIdRawRequest, Time, UnifyiaRawRequest
from ._value import Value

__version__: str
ENROLLMENT_STATUSES: tuple[str, ...]
"""Where `status` and `enrollmentStatus` of a user can stand; the literal words, spaces included."""

_T_co = TypeVar("_T_co", covariant=True)

@final
class Violation(Value):
    """One thing that is wrong with an input: where, what, and by which measure. Never the value itself."""

    @property
    def path(self) -> str:
        """The wire path, steps joined by `/`: `userBiometrics/0`; empty for the whole."""
    @property
    def code(self) -> ViolationCode:
        """What is wrong, a word such as `required`. A newer version may have more."""
    @property
    def message(self) -> str:
        """In English, to stand behind or beside the field's name."""
    @property
    def limit(self) -> int | None:
        """The measure, for codes that have one: bytes, levels or a byte's place."""
    @property
    def expected(self) -> str | None:
        """What was expected, for codes that have it: a type, values, a field's name."""
    @staticmethod
    def from_dict(plain: dict[str, Any] | str, /) -> Violation:
        """The inverse of `to_dict` and of `to_json`. Raises `InvalidInput` for what is no such form."""

@final
class Call(Generic[_T_co]):
    """A request, and the reader of its answer.

    It carries credentials: send it once, soon, without following redirects; it is neither copied nor pickled. Queue intents, not
    calls. Its parts are what every HTTP client takes:

        reply = httpx.request(call.method, call.url, headers=call.headers, content=call.body)
        outcome = call.read(reply.status_code, reply.content, reply.headers)
    """

    @property
    def operation(self) -> Operation:
        """What it does, a word such as `smile_id.deactivate`."""
    @property
    def method(self) -> Method:
        """The HTTP method."""
    @property
    def url(self) -> str:
        """The address."""
    @property
    def headers(self) -> dict[str, str]:
        """The headers, as a new dict."""
    @property
    def body(self) -> bytes | None:
        """The body, exactly as it must be sent; None for a GET."""
    def read(self, status: int, body: Body | None, headers: ResponseHeaders | None = None, *, max_bytes: int | None = None) -> _T_co:
        """Reads the answer: gives the outcome, or raises `ApiError` (the service said no) or `Unreadable`.

        `headers`, from any HTTP client, tell how long to wait and how far the clocks differ. More than `max_bytes` of a body
        is not read.
        """
    def no_response(self, cause: BaseException | None = None) -> NoResponse:
        """The error for a call that got no answer: reset, timed out, gone. `cause` becomes its `__cause__`."""
    def not_sent(self, cause: BaseException | None = None) -> NoResponse:
        """The error for a call of which it is certain that nothing was sent: no such host, a refused connection. `cause` becomes
        its `__cause__`."""
    def __reduce_ex__(self, protocol: SupportsIndex, /) -> NoReturn:
        """Refused: it would copy a credential to who knows where."""

@final
class Intent(IntentFactories):
    """What is wanted, valid, and exactly as it was written: what a policy sees of it is what gets signed, to the last digit.

    Made by a factory, one for each action, or by `parse_intent`. It holds no credential, and may be queued, pickled and compared.
    """

    @property
    def action(self) -> Action:
        """What is wanted, a word such as `smile_id.deactivate`."""
    @property
    def user_id(self) -> str | None:
        """Whom it is about, at Smile ID."""
    @property
    def user(self) -> dict[str, Any] | None:
        """The user who is to be signed up, as a new dict."""
    @property
    def organization(self) -> str | None:
        """The organization that is called, at Unifyia."""
    def with_user_fields(self, fields: dict[str, Any] | str, /) -> Intent:
        """The same sign-up with further fields of the user object, in the place of those with the same name: what a back end sets
        itself, after `self_service` kept the form from it. All else stays as it came, to the last digit."""
    def to_dict(self) -> dict[str, Any]:
        """The intent as a new dict, as every other language writes it."""
    def to_json(self) -> str:
        """The intent as JSON text, exact to the last digit."""
    @staticmethod
    def from_dict(plain: AnyIntent | dict[str, Any] | Body, /, *, allow_extra_keys: bool = False) -> Intent:
        """As `parse_intent`, the inverse of `to_dict` and of `to_json`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Names and values of the plain form, for what makes JSON of any object, as frameworks do: a number that a float can't hold
        comes as text."""
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any: ...
    @property
    def __pydantic_serializer__(self) -> Any: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Answer:
    """A relay's answer. Send it as `application/json`, with `Cache-Control: no-store`."""

    @property
    def status(self) -> int:
        """The HTTP status: 200 for an outcome; 403, 422, 502 or 504 for an error."""
    @property
    def body(self) -> bytes:
        """The body, JSON in UTF-8."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Pair:
    """A timestamp and its signature. Whoever holds one can do anything to any user until it is stale: for your own back ends only.

    `to_dict` and `to_json` show the signature, for the answer to your other back end; nothing else does.
    """

    @property
    def partner_id(self) -> str:
        """The partner that signed."""
    @property
    def environment(self) -> Environment:
        """The environment whose key signed."""
    @property
    def timestamp(self) -> str:
        """The time that was signed, as text."""
    @property
    def signature(self) -> str:
        """The signature: a live credential."""
    @property
    def expires_in(self) -> int:
        """How many seconds after receipt the holder stops using it."""
    def to_dict(self) -> PairDict:
        """The pair as a new dict, signature included."""
    def to_json(self) -> str:
        """The pair as JSON text, signature included."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce_ex__(self, protocol: SupportsIndex, /) -> NoReturn:
        """Refused: it would copy a credential to who knows where."""

class SmileIdActions(SmileIdMethods):
    """What a client of Smile ID and a relay to one can both do: a method for each action.

    `SmileId` and `SmileIdRelay` are the two; what takes either takes this.
    """

@final
class SmileId(SmileIdActions):
    """Smile ID's user management: re-enroll, deactivate, flag, delete, look up.

    With `api_key`, for your servers and scripts; or with a `pair` that another back end of yours signed, from the moment of receipt.
    What may hold neither has a `SmileIdRelay`. Raises `InvalidInput` with all that is wrong.

    `partner_id` is text, leading zeros included. `environment` is `sandbox` or `production`, each with a key of its own.
    `operator` is the operator's e-mail address, which every change needs. `base_url` (a gateway, a proxy, the sandbox) replaces
    scheme, host and prefix. Thread-safe: keep one.
    """

    def __new__(
        cls,
        *,
        partner_id: str,
        environment: Environment | str,
        operator: str | None = None,
        base_url: str | None = None,
        allow_http: bool | None = None,
        api_key: str | None = None,
        pair: Pair | PairDict | str | None = None,
        received_at: Time | None = None,
    ) -> SmileId: ...
    def with_operator(self, email: str, /) -> SmileId:
        """The same client for another operator."""
    def sign(self, *, now: Time | None = None) -> Pair:
        """A signed pair for another of your own back ends."""
    def raw(self, request: SmileIdRawRequest | dict[str, Any] | str, *, now: Time | None = None) -> Call[RawReply]:
        """An authenticated call for what has no method: a dict with `host` (`portal` or `api`), `method`, `path` (a plain path, or
        its steps, which may hold any text), `query` (a dict of texts, or of lists of texts), `auth` (`body` or `headers`) and `body`;
        or its JSON text, which is sent to the last digit."""
    def __reduce_ex__(self, protocol: SupportsIndex, /) -> NoReturn:
        """Refused: it would copy a credential to who knows where."""

@final
class SmileIdRelay(SmileIdActions):
    """Smile ID's user management for what may hold no credentials, such as an app or a notebook: each call brings the intent to your
    own back end at `url`, which applies its policy, signs and sends. Raises `InvalidInput` for what is no address."""

    def __new__(cls, url: str, /) -> SmileIdRelay: ...

class UnifyiaActions(UnifyiaMethods):
    """What a client of Unifyia and a relay to one can both do: a method for each action, and the check of a form.

    `Unifyia` and `UnifyiaRelay` are the two; what takes either takes this.
    """

    def check(
        self,
        user: SignUpUser | dict[str, Any] | Body,
        organization: str | None = None,
        *,
        self_service: bool = False,
        allow_extra_keys: bool | None = None,
    ) -> list[Violation]:
        """What is wrong with a user object, for a form that checks while one types; empty when it can be sent.

        With `organization`, also that the user's `organisationName` is that one. `allow_extra_keys` is the client's own unless it
        is given.
        """

@final
class Unifyia(UnifyiaActions):
    """Unifyia's user sign-up, and what is fetched before it.

    Raises `InvalidInput` with all that is wrong. `base_url` is scheme, host and the installation's prefix. `token` is the bearer
    token without the word `Bearer`; `auth_header` is its header, `Authorization` unless you say otherwise. `path_spelling` is
    `organizations` or `organiations`, `wrapping` is `bare` or `user`: what the service's documentation leaves open. Thread-safe:
    keep one.
    """

    def __new__(
        cls,
        *,
        base_url: str,
        token: str | None = None,
        allow_http: bool | None = None,
        auth_header: str | None = None,
        path_spelling: PathSpelling | None = None,
        wrapping: Wrapping | None = None,
        allow_extra_keys: bool | None = None,
    ) -> Unifyia: ...
    def with_token(self, token: str, /) -> Unifyia:
        """The same client with another token: tokens expire."""
    def raw(self, request: UnifyiaRawRequest | dict[str, Any] | str, /) -> Call[RawReply]:
        """An authenticated call for what has no method: a dict with `method`, `path` (a plain path, or its steps, which may hold any
        text), `query` (a dict of texts, or of lists of texts), `headers` (a dict of texts) and `body`; or its JSON text, which is sent
        to the last digit."""
    def __reduce_ex__(self, protocol: SupportsIndex, /) -> NoReturn:
        """Refused: it would copy a credential to who knows where."""

@final
class UnifyiaRelay(UnifyiaActions):
    """Unifyia's user sign-up for what may hold no token, such as an app or a notebook: each call brings the intent to your own back
    end at `url`, which applies its policy, adds the token and sends. `allow_extra_keys` lets keys of the user object through that the
    documentation does not know. Raises `InvalidInput` for what is no address."""

    def __new__(cls, url: str, /, *, allow_extra_keys: bool = False) -> UnifyiaRelay: ...

@final
class Verified(Value):
    """A message whose sender knew a fresh signature of ours. **Body, job id and user id are not authenticated**: act on what a look-up
    confirms.

    Its plain form and its pickle leave the body out: a callback's holds a live signature.
    """

    @property
    def age_seconds(self) -> int:
        """How long ago it was signed, in seconds; negative when the sender's clock is ahead of ours."""
    @property
    def job_id(self) -> str | None:
        """The job, as the sender names it in a header, else in the body. Not authenticated."""
    @property
    def user_id(self) -> str | None:
        """The user, as the sender names it in a header, else in the body. Not authenticated."""
    @property
    def ids_differ(self) -> bool:
        """Whether two places of the message name different jobs or users: only what a look-up shows counts."""
    @property
    def result_code(self) -> str | None:
        """The job's result as the message claims it, as text: `"0840"`; None when it is of no such form. Not authenticated."""
    @property
    def partner_id_form(self) -> PartnerIdForm:
        """In which form the partner id was signed: `as_displayed`, or `without_zeros` where the verifier takes that, too."""
    @property
    def delivery_key(self) -> str:
        """For finding redeliveries."""
    @property
    def pair_key(self) -> str:
        """SHA-256 of the signature, to be stored in its place."""
    def json(self) -> Any:
        """The body as JSON, its own keys kept, as new objects; None when it is not JSON. A callback's holds a live signature: do
        not log it."""
    @staticmethod
    def from_dict(plain: dict[str, Any] | str, /) -> Verified:
        """The inverse of `to_dict` and of `to_json`. Raises `InvalidInput` for what is no such form."""

@final
class Verifier:
    """Verifies what Smile ID sends: callbacks (signature in the body) and webhooks (signature in headers).

    `keys` holds the API key, or several while keys are rotated. A signature may be `max_age_seconds` old and `max_ahead_seconds`
    ahead of this machine's clock: 300 and 60 unless you say otherwise. `partner_id_without_zeros` also takes a signature over the
    partner id without its leading zeros, an assumption that is off unless you say so. Raises `InvalidInput` with all that is wrong.
    """

    def __new__(
        cls,
        *,
        partner_id: str,
        keys: Sequence[str],
        max_age_seconds: float | None = None,
        max_ahead_seconds: float | None = None,
        partner_id_without_zeros: bool = False,
    ) -> Verifier: ...
    def callback(self, body: Body, *, now: Time | None = None) -> Verified:
        """Verifies a callback, its body as it came; raises `SignatureRefused`."""
    def webhook(self, headers: ResponseHeaders, body: Body, *, now: Time | None = None) -> Verified:
        """Verifies a webhook by its headers, its body as it came; raises `SignatureRefused`."""
    def callback_refusal(self, body: Body, *, now: Time | None = None) -> RefusalReason | None:
        """Why `callback` would refuse it, as a word: `stale`, `from_the_future`, `mismatch` or `malformed`; None for a valid one."""
    def webhook_refusal(self, headers: ResponseHeaders, body: Body, *, now: Time | None = None) -> RefusalReason | None:
        """Why `webhook` would refuse it, as a word; None for a valid one."""
    def __reduce_ex__(self, protocol: SupportsIndex, /) -> NoReturn:
        """Refused: it would copy a credential to who knows where."""

def parse_intent(
    json: AnyIntent | dict[str, Any] | Intent | Body, *, self_service: bool = False, allow_extra_keys: bool = False
) -> Intent:
    """Reads an intent that someone else wrote: the body of a relayed request, a queue's message, a dict.

    Every violation is reported at once, as `InvalidInput`. `self_service` is for what an end user filled in: what only the
    organization may set is refused. `allow_extra_keys` lets keys of the user object through that the documentation does not know.
    """

def check(
    intent: AnyIntent | dict[str, Any] | Intent | Body, *, self_service: bool = False, allow_extra_keys: bool = False
) -> list[Violation]:
    """What is wrong with an intent; empty when it is valid. Needs no client."""

def check_user(
    user: SignUpUser | dict[str, Any] | Body,
    organization: str | None = None,
    *,
    self_service: bool = False,
    allow_extra_keys: bool = False,
) -> list[Violation]:
    """What is wrong with a user object; empty when it can be sent. Needs no client and no network.

    `user` is a dict with the wire's names, or JSON text. With `organization`, also that the user's `organisationName` is that one.
    `self_service` is for whoever fills in their own form: ids, groups, status and rights are then refused, `set_by_server`.
    `allow_extra_keys` lets keys through that the documentation does not know.
    """

def confirmed_by(action: Action, look_up: EnrolleeInfo | BaseException) -> Confirmation:
    """Whether a change is in effect, by a look-up that was made after it: `in_effect`, `not_in_effect` or `unknown`.

    For an answer that was lost (`error.outcome_unknown`) or unstated. `look_up` is the look-up's outcome, or the exception that
    it ended with.
    """

def route_refusal(
    method: str, headers: ResponseHeaders, *, origins: Sequence[str] | None = None, allow_no_origin: bool = False
) -> Answer | None:
    """What a relay's route answers before it reads anything: 405 for another method than POST, 403 for another origin, 415 for another
    content type than `application/json`, parameters allowed; None: go on with session, intent and policy.

    `headers` are what any framework has for them, in any case. `origins` are those of your pages, as browsers send them:
    `["https://app.bank.example"]`. Apps and servers send none: `allow_no_origin` lets them in; what such a caller may do must not
    rest on a cookie.
    """

def answer(result: Outcome | EnrollkitError, *, details: bool = False) -> Answer:
    """The answer for what came of an intent: an outcome, or one of this package's exceptions.

    Without the service's raw body, integers beyond 2^53 as text. Identity documents, the sign-up's answer and what the service
    wrote of an error are withheld unless `details` is true.
    """

def refused(intent: Intent | AnyIntent | dict[str, Any] | Body, /) -> ApiError:
    """The error for a policy's "no", to be raised or answered. Nothing was sent. Raises `InvalidInput` for what names no action."""

def signature(api_key: str, timestamp: str, partner_id: str) -> str:
    """The low-level signature of any text, for talking to other implementations. The fields are not separated: (`…Z`, `12`) and
    (`…Z1`, `2`) have the same signature."""

def error_text(plain: dict[str, Any]) -> tuple[str, dict[str, Any], str | None]:
    """The core's own text and plain form of an error's plain form, and the service's message where it has one. Internal."""

def refusal(path: str, code: str, expected: str) -> EnrollkitError:
    """The exception of one violation that the package itself finds. Internal."""

def restore_intent(json: str, extra_keys: bool) -> Intent:
    """What a pickle of an intent calls. Internal."""

def restore_answer(status: int, body: str) -> Answer:
    """What a pickle of an answer calls. Internal."""
