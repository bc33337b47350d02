"""The relay of the FastAPI example: what a page may have done, and what is written down about it."""

from __future__ import annotations

import re
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import Start
from support.page import Page, last_line, read, sent
from support.processes import SANDBOX_KEY
from support.wire import Line, request
from support.world import ORIGIN, Web


@pytest.fixture(scope="module")
def web(start_for_all: Start) -> Web:
    web = start_for_all("fastapi-uvicorn")
    for user in ("user-1", "user-2", "staff-1"):
        web.world.sandbox.control("PUT", "users", {"user_id": user, "environment": "test"})
    return web


@pytest.fixture(scope="module")
def operator(web: Web) -> Page:
    return Page(web, "operator", "ops@bank.example")


@pytest.fixture(scope="module")
def end_user(web: Web) -> Page:
    return Page(web, "end_user", "jane@home.example", "user-2")


def test_an_operator_does_what_the_policy_allows(web: Web, operator: Page) -> None:
    reply = operator.smile("deactivate", "user-1")
    assert reply.status == 200
    assert read(reply)["outcome"]["acknowledgement"] == "stated"
    assert last_line(web) == ("ops@bank.example", "smile_id.deactivate", "user-1", "stated")
    assert read(operator.smile("enrollee_info", "user-1"))["outcome"]["enrolled_user"]["inactive"] is True


def test_an_end_user_is_who_the_session_says(web: Web, end_user: Page) -> None:
    assert end_user.smile("enrollee_info", "user-2").status == 200
    before = sent(web)
    for action, user_id in (
        ("enrollee_info", "user-1"),
        ("deactivate", "user-1"),
        ("re_enroll", "user-2"),
        ("enrollee_info", "USER-2"),
    ):
        reply = end_user.smile(action, user_id)
        assert reply.status == 403
        assert read(reply)["error"]["kind"] == "refused_by_policy"
        assert last_line(web) == ("jane@home.example", f"smile_id.{action}", user_id, "api_error refused_by_policy")
    assert sent(web) == before


def test_what_the_policy_does_not_name_is_refused(web: Web, operator: Page) -> None:
    before = sent(web)
    assert operator.smile("delete_permanently", "user-1", confirm="user-1").status == 403
    assert operator.smile("enrollee_info", "staff-1").status == 403
    assert operator.post("/api/smile", {"action": "unifyia.branding", "organization": "Acme Bank"}).status == 403
    assert Page(web, "auditor", "audit@bank.example").smile("enrollee_info", "user-1").status == 403
    assert sent(web) == before


@pytest.mark.parametrize(
    "origin", [None, "", "null", "https://evil.example", f"{ORIGIN}.evil.example", ORIGIN.replace("http", "https")]
)
@pytest.mark.parametrize("path", ["/api/smile", "/api/sign-up"])
def test_a_foreign_page_is_refused(web: Web, operator: Page, path: str, origin: str | None) -> None:
    before = sent(web)
    assert operator.post(path, {"action": "smile_id.deactivate", "user_id": "user-1"}, origin=origin).status == 403
    assert sent(web) == before


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/plain; application/json"]
)
@pytest.mark.parametrize("path", ["/api/smile", "/api/sign-up"])
def test_a_form_is_refused(web: Web, operator: Page, path: str, kind: str | None) -> None:
    before = sent(web)
    assert operator.post(path, {"action": "smile_id.deactivate", "user_id": "user-1"}, content_type=kind).status == 415
    assert sent(web) == before


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON;charset=UTF-8", "application/json ;x=y"])
def test_json_with_parameters_is_json(operator: Page, kind: str) -> None:
    assert operator.post("/api/smile", {"action": "smile_id.enrollee_info", "user_id": "user-1"}, content_type=kind).status == 200


def test_what_is_refused_says_so_in_the_relay_s_words(operator: Page) -> None:
    for changed in ({"origin": "https://evil.example"}, {"content_type": "text/plain"}):
        assert isinstance(read(operator.post("/api/smile", {}, **changed))["message"], str)


def test_an_app_has_no_origin_and_no_cookie(start: Start) -> None:
    web = start("fastapi-uvicorn", None, ALLOW_NO_ORIGIN="1")
    page = Page(web, "operator", "ops@bank.example")
    body = {"action": "smile_id.enrollee_info", "user_id": "user-1"}
    bearer = "Bearer " + page.headers["Cookie"].removeprefix("a=b; session=")
    assert page.post("/api/smile", body).status == 200
    assert page.post("/api/smile", body, origin=None, cookie=None, authorization=bearer).status == 200
    before = sent(web)
    # What a browser adds unasked is nobody's word without an origin.
    assert page.post("/api/smile", body, origin=None).status == 401
    assert page.post("/api/smile", body, cookie=None, authorization=bearer).status == 401
    assert page.post("/api/smile", body, origin="https://evil.example", authorization=bearer).status == 403
    assert page.post("/api/smile", body, origin=None, authorization=bearer, content_type="text/plain").status == 415
    assert sent(web) == before


def test_headers_that_come_twice_are_no_way_around(web: Web, operator: Page) -> None:
    for name, good in (("Origin", ORIGIN), ("Content-Type", "application/json")):
        headers = [*operator.headers.items(), (name, good)]
        assert request(web.app.url, "POST", "/api/smile", headers, b"{}").status in (400, 403, 415)


@pytest.mark.parametrize("cookie", [None, "", "session=", "session=made-up", "session=\xff"])
def test_without_a_session_nothing_is_sent(web: Web, operator: Page, cookie: str | None) -> None:
    before = sent(web)
    body = {"action": "smile_id.enrollee_info", "user_id": "user-1"}
    reply = operator.post("/api/smile", body, cookie=cookie)
    assert reply.status == 401
    assert reply.header("cache-control") == "no-store"
    assert sent(web) == before


def test_a_session_that_is_over_is_none(web: Web) -> None:
    page = Page(web, "operator", "late@bank.example")
    assert page.smile("enrollee_info", "user-1").status == 200
    web.rows("UPDATE sessions SET ends = 1 WHERE email = 'late@bank.example'")
    assert page.smile("enrollee_info", "user-1").status == 401


@pytest.mark.parametrize(
    ("body", "violations"),
    [
        (b"{", {" bad_json"}),
        (b"", {" bad_json"}),
        (b'{"action":"smile_id.deactivate","user_id":"user-1","user_id":"user-2"}', {"user_id duplicate_key"}),
        (b'{"action":"smile_id.deactivate","user_id":"user-1","email":"boss@bank.example"}', {"email unknown_key"}),
        (b'{"action":"smile_id.obliterate","user_id":42}', {"action unknown_value"}),
    ],
)
def test_what_is_no_intent_is_refused(web: Web, operator: Page, body: bytes, violations: set[str]) -> None:
    before = sent(web)
    reply = operator.post("/api/smile", body)
    assert reply.status == 422
    assert {f"{one['path']} {one['code']}" for one in read(reply)["error"]["violations"]} == violations
    assert last_line(web) == ("ops@bank.example", None, None, "invalid_input")
    assert sent(web) == before


def test_large_and_slow_bodies_are_refused(web: Web, operator: Page) -> None:
    assert operator.smile("deactivate", "x" * 20_000).status == 413
    with Line(web.app.url) as line:
        line.head("POST", "/api/smile", [*operator.headers.items(), ("Content-Length", "100")]).send(b"{")
        assert line.status() == 408


def test_a_lost_answer_is_told_and_not_sent_again(web: Web, operator: Page) -> None:
    before = sent(web)
    web.world.fault("drop_after", "/enrollee")
    reply = operator.smile("flag_fraud", "user-1")
    assert reply.status == 504
    assert read(reply)["error"] == {
        "code": "no_response",
        "operation": "smile_id.flag_fraud",
        "not_sent": False,
        "outcome_unknown": True,
    }
    assert last_line(web) == ("ops@bank.example", "smile_id.flag_fraud", "user-1", "no_response outcome_unknown")
    assert sent(web) == before + 1
    assert read(operator.smile("enrollee_info", "user-1"))["outcome"]["enrolled_user"]["is_fraudulent"] is True


def test_what_was_never_sent_is_told_as_such(start: Start) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    web = start("fastapi-uvicorn", None, ENROLLKIT_BASE_URL=nobody)
    reply = Page(web, "operator", "ops@bank.example").smile("deactivate", "user-1")
    assert reply.status == 504
    error = read(reply)["error"]
    assert (error["not_sent"], error["outcome_unknown"]) == (True, False)
    assert last_line(web) == ("ops@bank.example", "smile_id.deactivate", "user-1", "no_response not_sent")


def test_what_the_service_wrote_is_for_operators(web: Web, operator: Page, end_user: Page) -> None:
    for page, told in ((operator, True), (end_user, False)):
        web.world.fault("status", "/info", status=400, message="user-2 has a twin")
        error = read(page.smile("enrollee_info", "user-2"))["error"]
        assert error["code"] == "api_error"
        assert ("twin" in str(error)) == told


def test_an_unstated_answer_a_failure_and_a_redirect_are_told_apart(web: Web, operator: Page) -> None:
    web.world.fault("html", "/enrollee")
    assert read(operator.smile("clear_fraud", "user-1"))["outcome"]["acknowledgement"] == "unstated"
    assert last_line(web)[3] == "unstated"
    web.world.fault("status", "/enrollee", status=500)
    assert read(operator.smile("clear_fraud", "user-1"))["error"]["kind"] == "server"
    web.world.fault("redirect", "/enrollee")
    assert read(operator.smile("clear_fraud", "user-1"))["error"]["kind"] == "redirected"
    assert web.world.sandbox.control("GET", "faults")["redirected_calls"] == 0
    assert read(operator.smile("enrollee_info", "user-none"))["error"]["kind"] == "user_not_found"
    assert last_line(web)[3] == "api_error user_not_found 2210"


def test_a_look_up_comes_without_documents_and_nothing_shows_a_signature(web: Web, operator: Page) -> None:
    web.world.sandbox.control("POST", "jobs", {"user_id": "user-8", "job_id": "job-8", "environment": "test", "id_check": True})
    reply = operator.smile("enrollee_info", "user-8")
    assert len(read(reply)["outcome"]["history"]) == 1
    assert b"FICTIONAL" not in reply.body
    web.world.fault("echo", "/enrollee")
    echoed = operator.smile("deactivate", "user-8")
    assert read(echoed)["error"]["code"] == "api_error"
    for where in (echoed.body, web.bytes_on_disk(), web.app.log().encode()):
        assert SANDBOX_KEY.encode() not in where
        assert not signatures(where)


def signatures(text: bytes) -> list[bytes]:
    return re.findall(rb"[A-Za-z0-9+/]{43}=", text)


def test_while_the_service_is_slow_others_are_served(web: Web, operator: Page) -> None:
    with web.world.calls.held(), ThreadPoolExecutor(50) as threads:
        waiting = [threads.submit(operator.smile, "enrollee_info", "user-1") for _ in range(50)]
        for _ in waiting:
            web.world.calls.one_arrived()
        assert request(web.app.url, "GET", "/api/smile").status == 405
        assert operator.smile("delete_permanently", "user-1", confirm="user-1").status == 403
        # It was written down before it was sent.
        begun = web.rows("SELECT count(*) FROM audit WHERE outcome IS NULL")
        web.world.calls.release()
        assert {one.result().status for one in waiting} == {200}
    assert begun == [(50,)]
    assert web.rows("SELECT count(*) FROM audit WHERE outcome IS NULL") == [(0,)]


def test_what_can_not_be_written_down_is_not_done(start: Start) -> None:
    web = start("fastapi-uvicorn")
    page = Page(web, "operator", "ops@bank.example")
    before = sent(web)
    web.rows("DROP TABLE audit")
    reply = page.smile("deactivate", "user-1")
    assert reply.status == 503
    assert sent(web) == before
