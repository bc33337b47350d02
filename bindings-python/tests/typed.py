"""A user's program, as the type checkers see it; it is checked and never run."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from enrollkit import (
    Acknowledged,
    ApiError,
    Call,
    EnrolleeInfo,
    EnrollkitError,
    Intent,
    InvalidInput,
    SignUpUser,
    SmileId,
    SmileIdActions,
    SmileIdIntent,
    SmileIdRelay,
    Unifyia,
    UnifyiaActions,
    UnifyiaRelay,
    Verifier,
    Violation,
    check_user,
    confirmed_by,
    parse_intent,
    relay,
)
from enrollkit.http import send
from typing_extensions import assert_type

if TYPE_CHECKING:
    import httpx
    import requests

smile = SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key="k")
call = smile.deactivate("user-42", now=datetime.now(timezone.utc))
assert_type(call, Call[Acknowledged])
assert_type(call.body, "bytes | None")
outcome = send(call)
assert_type(outcome, Acknowledged)
if outcome.acknowledgement == "unstated":
    info = send(smile.enrollee_info("user-42"))
    assert_type(info, EnrolleeInfo)
    assert_type(confirmed_by("smile_id.deactivate", info) == "in_effect", bool)

intent: SmileIdIntent = {"action": "smile_id.re_enroll", "user_id": "user-42"}
assert_type(parse_intent(intent), Intent)
assert_type(Intent.re_enroll("user-42"), Intent)
# What an intent asks for says what its call comes to.
assert_type(smile.call({"action": "smile_id.re_enroll", "user_id": "user-42"}), Call[Acknowledged])
assert_type(smile.call({"action": "smile_id.enrollee_info", "user_id": "user-42"}), Call[EnrolleeInfo])
assert_type(smile.call(Intent.re_enroll("user-42")), "Call[Acknowledged | EnrolleeInfo]")
user: SignUpUser = {
    "name": "jane",
    "organisationName": "Acme Bank",
    "userAppearance": {},
    "userAttribute": {"n": 1},
    "userAddress": {},
    "userBiometrics": [{"type": "FACE"}],
    "userIDProofDocuments": {},
    "userEnrollmentHistoryList": [],
    "status": "PENDING APPROVAL",
    "lastModifiedDate": datetime.now(timezone.utc),
}
assert_type(check_user(user, self_service=True), list[Violation])
unifyia = Unifyia(base_url="https://id.bank.example", token="t")
assert_type(send(unifyia.sign_up(user)).acknowledgement == "stated", bool)


def through(smile: SmileIdActions, unifyia: UnifyiaActions) -> EnrolleeInfo:
    """What takes a client or a relay."""
    assert_type(unifyia.check(user), list[Violation])
    return send(smile.enrollee_info("user-42"))


assert_type(through(smile, unifyia), EnrolleeInfo)
assert_type(through(SmileIdRelay("/api/smile"), UnifyiaRelay("/api/sign-up")), EnrolleeInfo)


def with_clients(session: requests.Session, client: httpx.Client) -> None:
    """Both kinds of client; and their answers, read by hand."""
    assert_type(send(call, session), Acknowledged)
    assert_type(send(call, client, timeout=5), Acknowledged)
    reply = client.request(call.method, call.url, headers=call.headers, content=call.body)
    assert_type(call.read(reply.status_code, reply.content, reply.headers), Acknowledged)
    other = session.request(call.method, call.url, headers=call.headers, data=call.body, allow_redirects=False)
    assert_type(call.read(other.status_code, other.content, other.headers), Acknowledged)


def route(body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """A relay's back end, and a webhook's."""
    Verifier(partner_id="085", keys=["k"]).webhook(headers, body)
    try:
        answer = relay.answer(send(smile.call(parse_intent(body))))
    except InvalidInput as error:
        assert_type(error.violations, tuple[Violation, ...])
        raise
    except ApiError as error:
        assert_type(error.retry_after_seconds, "int | None")
        if error.kind == "user_not_found":
            raise
        answer = relay.answer(error)
    except EnrollkitError as error:
        answer = relay.answer(error)
    return answer.status, answer.body
