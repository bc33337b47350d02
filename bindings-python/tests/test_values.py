"""Values: attributes, equality, pickling, texts; and what refuses to be copied."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
import traceback
from typing import Any

import enrollkit
import pytest
from enrollkit import ApiError, EnrollkitError, InvalidInput, NoResponse, SmileId, Unifyia, Verifier, relay

from .support.files import WORKSPACE
from .support.vectors import USER

TIME = "2026-11-22T10:00:00.000Z"
CANARIES = {
    "key": "canary-key-5b1f",
    "token": "canary-token-9c2e",
    "user": "canary-user-77aa",
    "operator": "canary-operator@bank.example",
    "name": "Canary Nightingale",
    "photo": "Y2FuYXJ5LXBob3Rv",
    "path": "canary-path-31d0",
}
SMILE = SmileId(partner_id="085", environment="sandbox", operator=CANARIES["operator"], api_key=CANARIES["key"])
UNIFYIA = Unifyia(base_url="https://id.bank.example", token=CANARIES["token"])
INFO = {
    "operation": "smile_id.enrollee_info",
    "enrolled_user": {"deleted": False, "inactive": True},
    "history": [
        {
            "created_at": TIME,
            "partner_params": {"job_id": "job-1", "user_id": CANARIES["user"], "job_type": "1"},
            "job_id": "0000000001",
            "result_code": "0840",
            "result_message": CANARIES["name"],
            "id_check": {"name": CANARIES["name"], "photo": CANARIES["photo"], "full_data": {"n": 1, "x": [1.5, None]}},
        }
    ],
}


def test_everything_that_is_announced_is_there() -> None:
    for module in (enrollkit, enrollkit.http, enrollkit.relay, enrollkit.smile_id, enrollkit.unifyia, enrollkit.webhooks):
        assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("user_id", ["josé", "josé".encode(), "josé".encode().decode("latin-1")])
def test_ids_in_headers_are_utf_8_whether_the_host_shows_octets_or_text(user_id: str | bytes) -> None:
    # WSGI shows octets: each as one character.
    signed = {"Response-Timestamp": TIME, "Response-Signature": enrollkit.signature("key", TIME, "085")}
    message = Verifier(partner_id="085", keys=["key"]).webhook({**signed, "User-ID": user_id}, b"{}", now=TIME)
    assert message.user_id == "josé"


def raised(work: Any) -> EnrollkitError:
    with pytest.raises(EnrollkitError) as caught:
        work()
    return caught.value


def errors() -> list[EnrollkitError]:
    call = SMILE.re_enroll(CANARIES["user"], now=TIME)
    message = json.dumps({"code": 2205, "error": f"no {CANARIES['name']}"})
    return [
        raised(lambda: SMILE.re_enroll("", now=TIME)),
        raised(lambda: call.read(401, message, {"Date": "Sun, 22 Nov 2026 10:05:00 GMT", "Retry-After": "7"})),
        raised(lambda: SMILE.enrollee_info("u").read(200, CANARIES["name"])),
        call.no_response(OSError("gone")),
        raised(lambda: Verifier(partner_id="085", keys=["k"]).callback(message)),
    ]


def values() -> list[Any]:
    info = enrollkit.EnrolleeInfo.from_dict(INFO)
    entry = info.history[0]
    assert entry.id_check is not None
    return [
        SMILE.re_enroll("u").read(200, '{"message": "done"}'),
        info,
        info.enrolled_user,
        entry,
        entry.partner_params,
        entry.id_check,
        UNIFYIA.sign_up(USER).read(201, '{"id": 9007199254740993, "n": 1.10, "name": "%s"}' % CANARIES["name"]),
        UNIFYIA.branding("o").read(200, json.dumps({"logo": CANARIES["photo"]})),
        SMILE.raw({"host": "api", "method": "GET", "path": "/x", "auth": "headers"}).read(200, '{"n": 1E400}'),
        SMILE.raw({"host": "api", "method": "GET", "path": "/x", "auth": "headers"}).read(200, "<html>"),
        enrollkit.parse_intent({"action": "smile_id.deactivate", "user_id": CANARIES["user"]}),
        enrollkit.parse_intent({"action": "unifyia.sign_up", "user": {**USER, "x": 1}}, allow_extra_keys=True),
        enrollkit.check_user({})[0],
        relay.answer(info),
        webhook(),
    ]


def webhook() -> enrollkit.Verified:
    mac = enrollkit.signature(CANARIES["key"], TIME, "085")
    body = json.dumps({"timestamp": TIME, "signature": mac, "job_id": "j", "user_id": CANARIES["user"], "name": CANARIES["name"]})
    return Verifier(partner_id="085", keys=[CANARIES["key"]]).callback(body, now=TIME)


def credentials() -> list[Any]:
    raw = {"host": "api", "method": "GET", "path": f"/{CANARIES['path']}", "auth": "headers"}
    return [
        SMILE,
        UNIFYIA,
        SMILE.re_enroll(CANARIES["user"]),
        SMILE.raw(raw),
        UNIFYIA.branding("o"),
        SMILE.sign(),
        Verifier(partner_id="085", keys=[CANARIES["key"]]),
    ]


def kind(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("value", [*values(), *errors()], ids=kind)
def test_a_value_is_itself_after_any_copy(value: Any) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(value, protocol))
        assert (type(again), again) == (type(value), value)
        assert (hash(again), repr(again), str(again)) == (hash(value), repr(value), str(value))
    assert copy.copy(value) == copy.deepcopy(value) == value
    assert value != object()
    assert value is not None
    if hasattr(value, "to_dict"):
        plain = value.to_dict()
        plain.clear()
        assert value.to_dict() != {} or kind(value) == "PartnerParams"
    if hasattr(value, "to_json"):
        extra = {"allow_extra_keys": True} if kind(value) == "Intent" else {}
        assert type(value).from_dict(value.to_json(), **extra) == value


def deepest(levels: int = 128) -> str:
    return '{"a":' * (levels - 1) + "{}" + "}" * (levels - 1)


DEEP = [
    UNIFYIA.sign_up(USER).read(200, deepest()),
    UNIFYIA.raw({"method": "GET", "path": "/x"}).read(200, deepest()),
    SMILE.enrollee_info("u", now=TIME).read(200, '{"enrolled_user":{},"history":[{"id_check":{"full_data":' + deepest(124) + "}}]}"),
]


@pytest.mark.parametrize("value", DEEP, ids=lambda value: type(value).__name__)
def test_an_answer_of_as_many_levels_as_any_may_have_is_itself_after_any_copy(value: Any) -> None:
    cls = type(value)
    assert str(value.to_dict()).count("{") >= 124
    assert cls.from_dict(value.to_dict()) == cls.from_dict(value.to_json()) == pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("value", credentials(), ids=kind)
def test_a_credential_is_never_copied(value: Any) -> None:
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy, lambda one: one.__reduce_ex__(2)):
        with pytest.raises(TypeError, match="holds a credential"):
            attempt(value)
    with pytest.raises((TypeError, AttributeError)):
        vars(value)


@pytest.mark.parametrize("value", [*values(), *errors(), *credentials()], ids=kind)
def test_no_text_shows_a_secret_or_a_person(value: Any) -> None:
    trace = ""
    if isinstance(value, Exception):
        trace = "".join(traceback.format_exception(value)) + repr(value.args) + repr(vars(value))
    shown = f"{value!r}{value!s}{value:}{trace}{[value]}"
    secrets = [*CANARIES.values()]
    if isinstance(value, enrollkit.Pair):
        secrets.append(value.signature)
    for canary in secrets:
        assert canary not in shown
    if kind(value) == "Verified":
        assert enrollkit.signature(CANARIES["key"], TIME, "085").encode() not in pickle.dumps(value)


@pytest.mark.parametrize("value", [*values(), *errors(), *credentials()], ids=kind)
def test_a_repr_is_in_pythons_words(value: Any) -> None:
    shown = repr(value)
    assert shown.startswith(f"{kind(value)}(")
    assert re.search(r"Some\(|\.\.\)(?<!\.\.\.\))|\btrue\b|\bfalse\b|\{", shown) is None
    call = shown.replace("...", "_=0").replace("<", "'<").replace(">", ">'")
    # What it shows reads as a call of the class.
    assert isinstance(ast.parse(re.sub(r"\b(_=0)\b", "more=0", call), mode="eval").body, ast.Call)


def test_a_repr_shows_what_was_found() -> None:
    info = enrollkit.EnrolleeInfo.from_dict(INFO)
    assert repr(info) == "EnrolleeInfo(enrolled_user=EnrolledUser(deleted=False, inactive=True), history=<1>)"
    assert repr(values()[0]) == "Acknowledged(operation='smile_id.re_enroll', status=200, acknowledgement='stated')"
    assert repr(SMILE.raw({"host": "api", "method": "GET", "path": f"/{CANARIES['path']}", "auth": "headers"})) == (
        "Call(operation='smile_id.raw', method='GET', url='https://testapi.smileidentity.com')"
    )
    assert repr(enrollkit.check_user({})[0]) == "Violation('name is required (required)')"
    assert repr(Verifier(partner_id="085", keys=["a", "b"])) == "Verifier(partner_id='085', keys=<2>)"


def test_values_do_not_change() -> None:
    for value in values():
        with pytest.raises((AttributeError, TypeError)):
            value.anything = 1
    call = SMILE.re_enroll("u")
    call.headers.clear()
    assert call.headers


def test_a_look_up_has_all_its_parts() -> None:
    info = enrollkit.EnrolleeInfo.from_dict(INFO)
    assert info.to_dict() == INFO
    user, (entry,) = info.enrolled_user, info.history
    assert user is not None
    assert (user.deleted, user.inactive, user.complete) == (False, True, None)
    assert (entry.result_code, entry.partner_params.job_type) == ("0840", "1")
    assert entry.id_check is not None
    assert entry.id_check.full_data == {"n": 1, "x": [1.5, None]}
    assert entry.id_check.to_dict() == INFO["history"][0]["id_check"]  # type: ignore[index]  # it is one


def test_numbers_come_as_python_has_them_and_stay_exact() -> None:
    reply = SMILE.raw({"host": "api", "method": "GET", "path": "/x", "auth": "headers"}).read(
        200, '{"id": 9007199254740993, "f": 1.10, "e": 1E400, "z": -0, "b": %s}' % ("9" * 5000)
    )
    assert reply.json["id"] == 9007199254740993
    assert (reply.json["f"], str(reply.json["e"]), len(str(reply.json["b"]))) == (1.1, "1E+400", 5000)
    assert '"f":1.10,"e":1E400,"z":-0' in reply.to_json()


def test_an_error_has_all_its_parts() -> None:
    invalid, api, unreadable, none, refused = errors()
    assert isinstance(invalid, InvalidInput)
    assert (invalid.code, invalid.violations[0].path) == ("invalid_input", "user_id")
    assert isinstance(api, ApiError)
    assert (api.kind, api.status, api.service_code, api.retry) == ("unauthorized", 401, "2205", "never")
    assert (api.clock_skew_seconds, api.retry_after_seconds, api.by_relay, api.outcome_unknown) == (300, 7, False, False)
    assert "key_of_other_environment" in api.causes
    assert CANARIES["name"] in (api.service_message or "")
    assert CANARIES["name"].encode() in api.raw()
    assert pickle.loads(pickle.dumps(api)).raw() == b""
    assert isinstance(none, NoResponse)
    assert none.outcome_unknown
    assert isinstance(none.__cause__, OSError)
    assert [one.code for one in (unreadable, refused)] == ["unreadable", "signature_refused"]
    for error in errors():
        assert EnrollkitError.from_dict(error.to_dict()) == error == type(error).from_dict(error.to_dict())
        with pytest.raises(InvalidInput):
            (ApiError if error is not api and not isinstance(error, ApiError) else NoResponse).from_dict(error.to_dict())


def test_a_no_of_the_policy() -> None:
    for intent in (
        {"action": "smile_id.deactivate", "user_id": "u"},
        enrollkit.parse_intent('{"action":"smile_id.deactivate","user_id":"u"}'),
    ):
        error = relay.refused(intent)
        assert (error.kind, error.operation, error.by_relay) == ("refused_by_policy", "smile_id.deactivate", True)
        assert relay.answer(error).status == 403


def test_every_closed_set_is_known() -> None:
    """What the core can say is what the types say."""
    from typing import get_args

    from enrollkit._generated import sets, user

    slugs = json.loads((WORKSPACE / "core/catalogue/slugs.json").read_text("utf-8"))["items"]
    assert slugs
    for one in slugs:
        assert list(get_args(getattr(sets, one["set"]))) == one["slugs"]
    for operation in get_args(sets.Operation):
        plain = {"code": "no_response", "operation": operation, "outcome_unknown": False}
        assert EnrollkitError.from_dict(plain).to_dict()["operation"] == operation
    for kind in get_args(sets.ErrorKind):
        plain = {"code": "api_error", "operation": "smile_id.raw", "kind": kind, "status": 400}
        assert ApiError.from_dict(plain).kind == kind
    for code in get_args(sets.ViolationCode):
        assert enrollkit.Violation.from_dict({"path": "p", "code": code, "message": ""}).code == code
    assert get_args(user.EnrollmentStatus) == enrollkit.ENROLLMENT_STATUSES
    fields = json.loads((WORKSPACE / "core/catalogue/user-fields.json").read_text("utf-8"))["items"]
    assert {field["name"] for field in fields if field["required"]} == set(enrollkit.SignUpUser.__required_keys__)
    assert {field["name"] for field in fields} == set(enrollkit.SignUpUser.__annotations__)


def test_the_package_says_what_is_public() -> None:
    for name in enrollkit.__all__:
        assert getattr(enrollkit, name) is not None
    for module in (enrollkit.smile_id, enrollkit.unifyia, enrollkit.webhooks, enrollkit.relay, enrollkit.http):
        for name in module.__all__:
            assert getattr(module, name).__doc__ if callable(getattr(module, name)) else "constant", name
    with pytest.raises(AttributeError):
        enrollkit.nothing  # noqa: B018  # the look-up is what fails
    assert enrollkit.Call[enrollkit.Acknowledged] is not None
