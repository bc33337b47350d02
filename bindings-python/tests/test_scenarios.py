"""Every scenario of tests/scenarios: real HTTP, each against a sandbox of its own, with everything that sends."""

from __future__ import annotations

import json
import re
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from traceback import format_exception
from typing import Any

import pytest
from enrollkit import EnrollkitError, InvalidInput, SmileId, Unifyia, parse_intent

from .support.compare import difference
from .support.files import files_of
from .support.sandbox import PRODUCTION_KEY, SANDBOX_KEY, Sandbox, sandbox, secret_file
from .support.senders import SENDERS, Sender
from .support.vectors import shown

SCENARIOS = dict(files_of("scenarios"))


@pytest.fixture(scope="module")
def played() -> Any:
    """All of them at once: the slow ones mostly wait."""
    with ThreadPoolExecutor(12) as pool:
        found: dict[tuple[str, str], Future[str | None]] = {
            (name, how): pool.submit(play, scenario, sender) for name, scenario in SCENARIOS.items() for how, sender in SENDERS.items()
        }
        yield found


@pytest.mark.parametrize("how", SENDERS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(played: Any, name: str, how: str) -> None:
    assert played[name, how].result() is None


WRONG = [
    {"expect": {"outcome": {"acknowledgement": "unstated"}}},
    {"expect": {"error": {"code": "api_error"}}},
    {"expect": {"violations": [{"code": "required"}]}},
    {"expect": {"outcome": {}, "raw_contains": "not there"}},
    {"expect": {"outcome": {}, "clock_skew_seconds": {"from": 0, "to": 9}}},
    {"expect": {"outcome": {}}, "requests_at_sandbox": {"user_id": "u", "total": 2, "processed": 1}},
    {"expect": {"outcome": {}}, "redirected_calls": 1},
    {"expect": {"outcome": {}}, "sign_ups_at_sandbox": [{"name": "u"}]},
]


@pytest.mark.parametrize("step", [{"expect": {"outcome": {"acknowledgement": "stated"}}}, *WRONG])
def test_a_wrong_expectation_is_found(step: dict[str, Any]) -> None:
    options = {"partner_id": "085", "environment": "sandbox", "operator": "o@bank.example", "base_url": "$sandbox"}
    scenario = {
        "sandbox": {"users": ["u"]},
        "clients": {"ops": {"service": "smile_id", "api_key": "$sandbox_key", "options": options}},
        "steps": [{"client": "ops", "intent": {"action": "smile_id.deactivate", "user_id": "u"}, **step}],
    }
    assert (play(scenario, SENDERS["own"]) is not None) == (step in WRONG)


def play(scenario: dict[str, Any], sender: Sender) -> str | None:
    """One run of a scenario: where and what differs first, or nothing."""
    with ExitStack() as stack:
        started = stack.enter_context(sandbox(*flags(scenario.get("sandbox", {}), stack)))
        for place, step in enumerate(scenario["steps"]):
            different = take(step, scenario["clients"], started, sender) or after(step, started)
            if different:
                return f"step {place} ({step.get('comment', '')}) {different}"
    return None


def flags(settings: dict[str, Any], stack: ExitStack) -> list[str]:
    out = ["--keep-bodies"]
    for key, setting in settings.items():
        if key == "users":
            out += [flag for user in setting for flag in ("--user", user)]
        elif key == "organizations":
            out += [flag for name in setting for flag in ("--organization", name)]
        elif key == "unifyia_token":
            out += ["--unifyia-token-file", stack.enter_context(secret_file(setting))]
        elif key == "unifyia_auth_header":
            out += ["--unifyia-auth-header", setting]
        elif key == "unifyia_wrapped":
            out += ["--unifyia-wrapped"] if setting else []
        else:
            raise AssertionError(f"no such setting: {key}")
    return out


def take(step: dict[str, Any], clients: dict[str, Any], started: Sandbox, sender: Sender) -> str | None:
    """What a step does, and what must come of it."""
    if "fault" in step:
        started.control("POST", "/faults", step["fault"])
    if "clock_offset_seconds" in step:
        started.control("POST", "/clock", {"offset_seconds": step["clock_offset_seconds"]})
    if "job" in step:
        actual = {"job": started.control("POST", "/jobs", step["job"])}
    else:
        actual = act(step, clients, started, sender)
    expected = dict(step["expect"])
    part, span = expected.pop("raw_contains", None), expected.pop("clock_skew_seconds", None)
    if part is not None and part not in actual.get("raw", ""):
        return f"/raw: {part} is not in {actual.get('raw')}"
    skew = actual.get("error", {}).get("clock_skew_seconds")
    if span is not None and not (skew is not None and span["from"] <= skew <= span["to"]):
        return f"/error/clock_skew_seconds: {skew}"
    return difference(expected, actual)


def after(step: dict[str, Any], started: Sandbox) -> str | None:
    """What the sandbox saw."""
    found = []
    if "requests_at_sandbox" in step:
        user = step["requests_at_sandbox"]["user_id"]
        seen = [one for one in started.control("GET", "/requests")["requests"] if one["user_id"] == user]
        processed = sum(bool(one["processed"]) for one in seen)
        found.append(difference(step["requests_at_sandbox"], {"user_id": user, "total": len(seen), "processed": processed}))
    if "redirected_calls" in step:
        found.append(difference(step["redirected_calls"], started.control("GET", "/faults")["redirected_calls"]))
    if "sign_ups_at_sandbox" in step:
        found.append(difference(step["sign_ups_at_sandbox"], started.control("GET", "/sign_ups")["sign_ups"]))
    return next((f"at the sandbox: {one}" for one in found if one), None)


def act(step: dict[str, Any], clients: dict[str, Any], started: Sandbox, sender: Sender) -> dict[str, Any]:
    """Makes the client, then the call, and sends it: each may be refused."""
    try:
        call = call_of(step, clients, started)
    except InvalidInput as error:
        return {"violations": [one.to_dict() for one in error.violations]}
    wait = {"timeout": step["timeout_milliseconds"] / 1000} if "timeout_milliseconds" in step else {}
    result: Any
    try:
        result = sender(call, **wait)
        trace = ""
    except EnrollkitError as error:
        result, trace = error, "".join(format_exception(error))
    seen = shown(result)
    body = json.loads(call.body) if call.body else {}
    bearers = [re.sub("^Bearer ", "", text) for text in call.headers.values() if text.startswith("Bearer ")]
    for secret in [body.get("signature"), call.headers.get("smileid-request-signature"), *bearers]:
        # What came back, in any form, repeats nothing that the call was authorized with.
        assert not secret or secret not in f"{result!r}{result}{seen}{trace}"
    return seen


def call_of(step: dict[str, Any], clients: dict[str, Any], started: Sandbox) -> Any:
    client = client_of(clients, step["client"], started)
    if "raw" in step:
        return client.raw(step["raw"])
    intent = step.get("intent_json", step.get("intent"))
    return client.call(parse_intent(intent, self_service=True) if step.get("self_service") else intent)


def client_of(clients: dict[str, Any], name: str, started: Sandbox) -> Any:
    client = clients[name]

    def fill(item: Any) -> Any:
        if not isinstance(item, str):
            return item
        keys = {"$sandbox_key": SANDBOX_KEY, "$production_key": PRODUCTION_KEY, "$sandbox": started.url}
        return re.sub(r"\$\w+", lambda found: keys[found[0]], item)

    options = {key: fill(item) for key, item in client["options"].items()}
    if client["service"] == "unifyia":
        return Unifyia(**options, token=client.get("token"))
    if "pair_from" not in client:
        return SmileId(**options, api_key=fill(client["api_key"]))
    signed_at = datetime.now(timezone.utc) + timedelta(seconds=client.get("signed_offset_seconds", 0))
    pair = client_of(clients, client["pair_from"], started).sign(now=signed_at)
    return SmileId(**options, pair=pair, received_at=signed_at)
