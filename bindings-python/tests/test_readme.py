"""Every block of the README runs: against the sandbox where it sends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import enrollkit
import pytest
from enrollkit import ApiError, InvalidInput, SmileId

from .support.files import WORKSPACE
from .support.readme import blocks, run
from .support.sandbox import SANDBOX_KEY, Sandbox
from .support.vectors import USER

BLOCKS = blocks()
RUN: set[str] = set()
ORIGIN = {"Origin": "https://app.bank.example", "Content-Type": "application/json"}


@pytest.fixture(autouse=True, scope="module")
def _all_are_run() -> Iterator[None]:
    yield
    assert RUN == BLOCKS.keys()


@pytest.fixture
def block(started: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a block; what the services' own hosts are in the README, the sandbox is here."""
    monkeypatch.setenv("SMILE_ID_API_KEY", SANDBOX_KEY)

    def ran(name: str, *replaced: tuple[str, str], given: dict[str, Any] | None = None) -> dict[str, Any]:
        RUN.add(name)
        code = BLOCKS[name].replace('environment="sandbox",', f'environment="sandbox", base_url="{started.url}",')
        for old, new in [("https://id.bank.example", started.url), *replaced]:
            code = code.replace(old, new)
        return run(code, given or {})

    return ran


def test_server(block: Any, started: Sandbox) -> None:
    deactivate = block("server")["deactivate"]
    assert deactivate("user-42") == "in_effect"
    for fault in ("drop_after", "empty"):
        started.control("POST", "/faults", {"fault": fault, "times": 1})
        assert deactivate("user-42") == "in_effect"
    with pytest.raises(ApiError, match="user_not_found"):
        deactivate("nobody")
    with pytest.raises(InvalidInput):
        deactivate(42)


def test_own_client(block: Any, at_sandbox: SmileId, capsys: pytest.CaptureFixture[str]) -> None:
    RUN.add("own-client")
    pytest.importorskip("httpx")
    # Here, the place of the relay is taken by the service.
    block("own-client", ('SmileIdRelay("https://app.bank.example/api/smile")', "at_sandbox"), given={"at_sandbox": at_sandbox})
    assert capsys.readouterr().out.startswith("EnrolledUser")


def test_route(block: Any, started: Sandbox) -> None:
    module = block("route")
    operator, guest = module["Session"]("operator", "ops@bank.example"), module["Session"]("guest", "guest@bank.example")

    def answer(intent: object, session: object = operator, headers: Any = ORIGIN, method: str = "POST") -> tuple[int, Any]:
        status, body = module["smile_route"](method, headers, json.dumps(intent).encode(), session)
        return status, json.loads(body)

    deactivation = {"action": "smile_id.deactivate", "user_id": "user-42"}
    lower = {name.lower(): value for name, value in ORIGIN.items()}
    for headers in (ORIGIN, lower, {**ORIGIN, "Content-Type": "application/json; charset=utf-8"}):
        status, body = answer(deactivation, headers=headers)
        assert (status, body["outcome"]["acknowledgement"]) == (200, "stated")
    for session in (None, guest):
        status, body = answer(deactivation, session)
        assert (status, body["error"]["kind"]) == (403, "refused_by_policy")
    assert answer({"action": "smile_id.delete_permanently", "user_id": "user-42", "confirm": "user-42"})[0] == 403
    assert answer({"action": "smile_id.deactivate"})[1]["error"]["violations"][0]["path"] == "user_id"
    assert answer({"action": "smile_id.deactivate", "user_id": "nobody"})[0] == 502
    assert answer(deactivation, headers={**ORIGIN, "Origin": "https://evil.example"})[0] == 403
    assert answer(deactivation, headers={**ORIGIN, "Content-Type": "text/plain"})[0] == 415
    assert answer(deactivation, method="PUT")[0] == 405
    assert all(user["deleted"] is not True for user in started.control("GET", "/users")["users"])


def test_webhook(block: Any, caplog: pytest.LogCaptureFixture) -> None:
    from datetime import datetime, timezone

    route = block("webhook")["webhook_route"]
    stored: dict[str, str | None] = {}

    def deliver(**changed: str) -> int:
        at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        headers = {
            "Response-Timestamp": at,
            "Response-Signature": enrollkit.signature(SANDBOX_KEY, at, "085"),
            "User-ID": "user-42",
            "Job-ID": "job-1",
            **changed,
        }
        status: int = route(headers, b'{"result_code":"0840"}', stored.setdefault)
        return status

    assert [deliver(), deliver()] == [200, 200]
    assert list(stored.values()) == ["user-42"]
    assert deliver(**{"Response-Signature": enrollkit.signature("another-key", "x", "085")}) == 401
    assert deliver(**{"Response-Timestamp": "x"}) == 401
    assert [record.getMessage() for record in caplog.records] == ["webhook refused: mismatch", "webhook refused: malformed"]
    assert len(stored) == 1


def test_sign_up(block: Any, started: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    route = block("sign-up")["sign_up_route"]
    assert "email must be an e-mail address" in capsys.readouterr().out.splitlines()

    def answer(**changed: object) -> Any:
        user = {**USER, "organisationName": "Acme Bank", **changed}
        return route(json.dumps({"action": "unifyia.sign_up", "user": user}).encode())

    assert answer() == {"welcome": True}
    with pytest.raises(ApiError, match="refused_by_policy"):
        answer(organisationName="Somebody Else's Bank")
    (signed_up,) = started.control("GET", "/sign_ups")["sign_ups"]
    assert "customers" in json.dumps(signed_up)
    assert [one["code"] for one in answer(groupId="admins")["violations"]] == ["set_by_server"]


def test_errors(block: Any, capsys: pytest.CaptureFixture[str]) -> None:
    block("errors")
    assert capsys.readouterr().out.splitlines() == ["invalid_input: confirm must be the same as user_id (mismatch)", "True", "True"]


def test_the_workspaces_readme_shows_blocks_of_this_one() -> None:
    shown = re.findall(r"^```python\n(.*?)^```$", (WORKSPACE / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert shown
    assert [code for code in shown if code not in BLOCKS.values()] == []
