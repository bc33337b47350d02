"""Runs one vector through the public API: takes a case's `input`, gives what a conforming implementation must give."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import enrollkit
from enrollkit import (
    EnrollkitError,
    InvalidInput,
    SmileId,
    SmileIdRelay,
    Unifyia,
    UnifyiaRelay,
    Verifier,
    parse_intent,
    relay,
)

# What the public surface can't be brought to do, each with its reason. Nothing else may be left out.
SKIPPED: dict[str, str] = {
    "call-options-api-key": "in Python the key is one of the options",
    "unifyia-options-all-at-once": "in Python the token is one of the options",
    "call-options-duplicate": "options are keyword arguments, of which there are no two of a name",
    "read-code-2205-text": "every direct call of SmileId names its account in the text; another case has one",
    "read-code-2405-text": "as above",
    "read-skew-nothing-signed": "every direct call of SmileId is signed at some time",
    "read-mask-spares-short": "no call of SmileId carries so short a secret",
    "relayed-raw-never": "a relay's client has no raw call whose answer could be read",
    "json-depth-128-arrays": "the doors for exact JSON put levels of their own around it",
    "json-depth-128-objects": "the doors for exact JSON put levels of their own around it",
}

KEY = "not-a-real-key"
HOST = "https://host.example"
TIME = "2026-11-22T10:00:00.000Z"
USER: dict[str, Any] = {
    "name": "n",
    "organisationName": "o",
    "userAppearance": {},
    "userAttribute": {},
    "userAddress": {},
    "userBiometrics": [],
    "userIDProofDocuments": {},
    "userEnrollmentHistoryList": [],
}


def run(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """The result of a case, in the vectors' words."""
    return KINDS[kind](given)


def smile_of(**options: Any) -> SmileId:
    defaults = {"partner_id": "085", "environment": "sandbox", "operator": "ops@bank.example"}
    if "pair" not in options:
        defaults["api_key"] = KEY
    return SmileId(**{**defaults, **options})


def or_refused(make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Violations instead of what could not be made; every other error is the test's."""
    try:
        return make()
    except InvalidInput as error:
        return {"violations": [one.to_dict() | {"path": core_path(one.path)} for one in error.violations]}


def core_path(path: str) -> str:
    """A time is `now` where it is an argument of that name."""
    return "timestamp" if path == "now" else path


def signature(given: dict[str, Any]) -> dict[str, Any]:
    text = f"{given['timestamp']}{given['partner_id']}sid_request"
    return {
        "string_to_sign": text,
        "signature": enrollkit.signature(given["key"], given["timestamp"], given["partner_id"]),
    }


EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def timestamp(given: dict[str, Any]) -> dict[str, Any]:
    def made() -> dict[str, Any]:
        # A `datetime` can't say what is before the year 1 or after 9999: the edges are one step beyond.
        now = given["text"] if "text" in given else instant(given["millis"])
        signed = smile_of().sign(now=now).timestamp
        millis = (datetime.fromisoformat(signed.replace("Z", "+00:00")) - EPOCH) // timedelta(milliseconds=1)
        return {"text": signed, "millis": millis}

    return or_refused(made)


def instant(millis: int) -> datetime:
    try:
        return EPOCH + timedelta(milliseconds=millis)
    except OverflowError:
        # Before 1970 all the same; and the last moment of a `datetime` in a zone where it is the year 10000 in UTC.
        return datetime.min.replace(tzinfo=timezone.utc) if millis < 0 else datetime.max.replace(tzinfo=timezone(timedelta(hours=-1)))


def value(given: dict[str, Any]) -> dict[str, Any]:
    text = given["text"]
    at = "/api/v2/partner/enrollee"

    def deactivated(smile: SmileId, user: str = "u") -> Any:
        return json.loads(smile.deactivate(user).body or b"")

    def taken(_: object) -> str:
        # Secrets are taken or refused; there is no way to read them back.
        return str(text)

    kept: dict[str, Callable[[], str]] = {
        "partner_id": lambda: smile_of(partner_id=text).sign().partner_id,
        "user_id": lambda: deactivated(smile_of(), text)["user_id"],
        "operator": lambda: deactivated(smile_of(operator=text))["email"],
        "organization": lambda: (
            Unifyia(base_url=HOST).branding(text)
            and str(parse_intent({"action": "unifyia.branding", "organization": text}).organization)
        ),
        "base_url": lambda: smile_of(base_url=text).re_enroll("u").url.removesuffix(at),
        "base_url_allowing_http": lambda: smile_of(base_url=text, allow_http=True).re_enroll("u").url.removesuffix(at),
        "relay_url": lambda: SmileIdRelay(text).re_enroll("u").url,
        "path": lambda: Unifyia(base_url=HOST).raw({"method": "GET", "path": text}).url.removeprefix(HOST),
        "api_key": lambda: taken(smile_of(api_key=text)),
        "token": lambda: taken(Unifyia(base_url=HOST, token=text)),
        "auth_header": lambda: taken(Unifyia(base_url=HOST, auth_header=text)),
    }
    return or_refused(lambda: {"text": kept[given["type"]]()})


def exact(given: dict[str, Any]) -> dict[str, Any]:
    """Through the form's door, which takes a user as JSON text; what is read is shown by a call that carries it."""
    of_json = ("bad_json", "duplicate_key", "not_unicode", "too_deep")
    found = [one.to_dict() for one in enrollkit.check_user(given["text"]) if one.code in of_json]
    if found:
        return {"violations": found}
    user = json.dumps({**USER, "userAttribute": {"x": "HERE"}}, separators=(",", ":")).replace('"HERE"', given["text"])
    body = (Unifyia(base_url=HOST).sign_up(user).body or b"").decode()
    return {"text": body.split('"userAttribute":{"x":')[1].split('},"userAddress":')[0]}


def rules(given: dict[str, Any]) -> dict[str, bool]:
    return {key: given.get(key) is True for key in ("self_service", "allow_extra_keys")}


def intent(given: dict[str, Any]) -> dict[str, Any]:
    def made() -> dict[str, Any]:
        parsed = parse_intent(given["intent_json"], **rules(given))
        if "user_fields_json" in given:
            parsed = parsed.with_user_fields(given["user_fields_json"])
        client = UnifyiaRelay("/relay") if parsed.action.startswith("unifyia.") else SmileIdRelay("/relay")
        call = client.call(parsed)
        mutation = call.no_response().outcome_unknown
        return {"action": parsed.action, "mutation": mutation, "intent_json": (call.body or b"").decode()}

    return or_refused(made)


def call(given: dict[str, Any]) -> dict[str, Any]:
    def made() -> dict[str, Any]:
        client, now = client_of(given)
        if "raw" in given:
            return request_of(client.raw(raw_of(given["raw"]), **now))
        return request_of(client.call(parse_intent(given["intent_json"], **rules(given)), **now))

    return or_refused(made)


def client_of(given: dict[str, Any]) -> tuple[Any, dict[str, str]]:
    is_smile = given["service"] == "smile_id"
    if "relay" in given:
        return (SmileIdRelay if is_smile else UnifyiaRelay)(given["relay"]), {}
    options = json.loads(given["options_json"])
    if not is_smile:
        return unknown_refused(Unifyia, {"base_url": None, **options, **({"token": given["token"]} if "token" in given else {})}), {}
    if "pair_json" in given:
        options |= {"pair": given["pair_json"], "received_at": given["received_at"]}
    else:
        options["api_key"] = given["api_key"]
    now = {"now": given["now"]} if "now" in given else {}
    return unknown_refused(SmileId, {"partner_id": None, "environment": None, **options}), now


def unknown_refused(make: Any, options: dict[str, Any]) -> Any:
    """Python itself refuses a keyword argument that there is not."""
    try:
        return make(**options)
    except TypeError as error:
        assert "unexpected keyword argument" in str(error)
        raise UnknownOption(str(error)) from error


class UnknownOption(Exception):
    """What an unknown key among a client's options is in Python."""


def raw_of(raw: dict[str, Any]) -> Any:
    """As JSON text, since the body may hold what no Python value does."""
    request = {key: item for key, item in raw.items() if key not in ("path", "path_steps", "query", "headers", "body_json")}
    request["path"] = raw.get("path", raw.get("path_steps"))
    for name, item in raw.get("query", []):
        # A name that comes several times is one with a list.
        query = request.setdefault("query", {})
        query[name] = [*query.get(name, []), item]
    if "headers" in raw:
        request["headers"] = dict(raw["headers"])
    if "body_json" not in raw:
        return request
    return f'{json.dumps(request)[:-1]},"body":{raw["body_json"]}}}'


def request_of(built: Any) -> dict[str, Any]:
    body = json.loads(built.body) if built.body else {}
    signed_at = built.headers.get("smileid-timestamp", body.get("timestamp") if isinstance(body, dict) else None)
    return {
        "operation": built.operation,
        "method": built.method,
        "url": built.url,
        "headers": [list(pair) for pair in built.headers.items()],
        "body": (built.body or b"").decode(),
        "signed_at": signed_at,
    }


def intent_of(action: str) -> dict[str, Any]:
    """An intent of an action whose keys are right: which it wants is what is wrong without them."""
    try:
        parse_intent({"action": action})
    except InvalidInput as error:
        return {"action": action} | {one.path: USER if one.path == "user" else "u" for one in error.violations}
    return {"action": action}


def call_of(given: dict[str, Any]) -> Any:
    """A call of the operation: signed at that time, and with that secret, where a case names them."""
    service, name = given["operation"].split(".")
    secret = next(iter(given.get("secrets", [])), None)
    relayed = given.get("relayed") is True
    if service == "unifyia":
        unifyia: Any = UnifyiaRelay("/relay") if relayed else Unifyia(base_url=HOST, token=secret)
        return unifyia.raw({"method": "GET", "path": "/x"}) if name == "raw" else unifyia.call(intent_of(given["operation"]))
    at = given.get("signed_at", TIME)
    pair = {"partner_id": "085", "environment": "sandbox", "timestamp": at, "signature": secret, "expires_in": 300}
    direct = {} if secret is None else {"pair": pair, "received_at": at}
    client: Any = SmileIdRelay("/relay") if relayed else smile_of(**direct)
    if name == "raw":
        return client.raw({"host": "api", "method": "GET", "path": "/x", "auth": "headers"}, now=at)
    return client.call(intent_of(given["operation"]), now=at)


def body_of(given: dict[str, Any]) -> bytes | str:
    return base64.b64decode(given["body_base64"]) if "body_base64" in given else given.get("body", "")


def outcome_of(work: Callable[[], Any]) -> Any:
    """An outcome, or the error that it ended with."""
    try:
        return work()
    except EnrollkitError as error:
        return error


def shown(result: Any) -> dict[str, Any]:
    """An outcome or an error, in the vectors' words."""
    raw = result.raw().decode("utf-8", "replace") if hasattr(result, "raw") else ""
    if isinstance(result, EnrollkitError):
        message = getattr(result, "service_message", None)
        said = {} if message is None else {"service_message": message}
        return {"error": result.to_dict() | said, "plain": result.to_dict(), "text": str(result), "raw": raw}
    return {"outcome": result.to_dict(), "raw": raw, "lossy": result.lossy}


def answer_of(given: dict[str, Any]) -> Any:
    made = call_of(given)
    headers = [tuple(pair) for pair in given.get("headers", [])]
    limit = given.get("max_response_bytes")
    return outcome_of(lambda: made.read(given["status"], body_of(given), headers, max_bytes=limit))


def read(given: dict[str, Any]) -> dict[str, Any]:
    return shown(answer_of(given))


def no_response(given: dict[str, Any]) -> dict[str, Any]:
    made = call_of(given)
    return shown(made.not_sent() if given["not_sent"] else made.no_response())


def check(given: dict[str, Any]) -> dict[str, Any]:
    """Whatever the door, and as text or as objects: what keeps a user from being sent is what is wrong with them."""
    text, organization = given["user_json"], given.get("organization")
    found = enrollkit.check_user(text, organization, **rules(given))
    for user in (text, *objects(text)):
        for door in doors(user, organization, **rules(given)):
            # An intent reads its organization before its user.
            assert sorted(door(), key=place) == sorted(found, key=place)
    return {"violations": [one.to_dict() for one in found]}


def place(violation: enrollkit.Violation) -> tuple[str, str]:
    return violation.path, violation.code


def objects(text: str) -> list[Any]:
    """The value of a text that is one; a `str` would be text again."""
    try:
        value = json.loads(text)
    except ValueError:
        return []
    return [] if isinstance(value, str) else [value]


def doors(user: Any, organization: str | None, self_service: bool, allow_extra_keys: bool) -> Iterator[Callable[[], list[Any]]]:
    asked = {"self_service": self_service, "allow_extra_keys": allow_extra_keys}
    unifyia = Unifyia(base_url=HOST, allow_extra_keys=allow_extra_keys)

    def found(make: Callable[[Any], object], *given: Any) -> Callable[[], list[Any]]:
        def tried() -> list[Any]:
            try:
                make(*given)
            except InvalidInput as error:
                return list(error.violations)
            return []

        return tried

    yield lambda: enrollkit.check_user(user, organization, **asked)
    yield lambda: unifyia.check(user, organization, self_service=self_service)
    # A client's own sign-up sets every field.
    if not self_service:
        yield found(unifyia.sign_up, user, organization)
        if not allow_extra_keys:
            yield found(UnifyiaRelay("/relay").sign_up, user, organization)
    if isinstance(user, dict):
        intent = {"action": "unifyia.sign_up", "user": user} | ({} if organization is None else {"organization": organization})
        for one in (intent, json.dumps(intent)):
            yield found(lambda one: parse_intent(one, **asked), one)
            yield lambda one=one: enrollkit.check(one, **asked)


def route(given: dict[str, Any]) -> dict[str, Any]:
    headers = [tuple(pair) for pair in given["headers"]]
    made = or_refused(lambda: {"answer": relay.route_refusal(given["method"], headers, **json.loads(given["rules_json"]))})
    answer = made.get("answer")
    if "answer" not in made:
        return made
    return {"status": None} if answer is None else {"status": answer.status, "body": answer.body.decode()}


def relayed(given: dict[str, Any]) -> dict[str, Any]:
    """What a back end answers to a relay's client, and what that client reads."""
    answer = relay.answer(answer_of(given), details=given.get("details") is True)
    reader = call_of({"operation": given["operation"], "relayed": True})
    return {
        "status": answer.status,
        "body": answer.body.decode(),
        "read": shown(outcome_of(lambda: reader.read(answer.status, answer.body))),
    }


def verify(given: dict[str, Any]) -> dict[str, Any]:
    # "NaN" and "inf" are no JSON numbers, so they stand as text.
    windows = {key: float(given[key]) for key in ("max_age_seconds", "max_ahead_seconds") if key in given}
    now, body = given["now"], body_of(given)

    def made() -> dict[str, Any]:
        zeros = {"partner_id_without_zeros": True} if given.get("partner_id_without_zeros") else {}
        verifier = Verifier(partner_id=given["partner_id"], keys=given["keys"], **windows, **zeros)
        if "headers" in given:
            headers = [tuple(pair) for pair in given["headers"]]
            refusal = verifier.webhook_refusal(headers, body, now=now)
            found = outcome_of(lambda: verifier.webhook(headers, body, now=now))
        else:
            refusal = verifier.callback_refusal(body, now=now)
            found = outcome_of(lambda: verifier.callback(body, now=now))
        verdict = refusal or "valid"
        if isinstance(found, EnrollkitError):
            return {"verdict": verdict, "refused": found.to_dict()["reason"]}
        return {"verdict": verdict, **found.to_dict()}

    return or_refused(made)


KINDS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "signature": signature,
    "timestamp": timestamp,
    "value": value,
    "json": exact,
    "intent": intent,
    "call": call,
    "read": read,
    "no_response": no_response,
    "check": check,
    "route": route,
    "relay": relayed,
    "verify": verify,
}
