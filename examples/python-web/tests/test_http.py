"""What the frameworks and their servers make of requests, for real: each example under each server that it is started with."""

from __future__ import annotations

from contextlib import ExitStack, suppress

import pytest

from conftest import Start
from support.between import WEBHOOK
from support.processes import SERVERS
from support.wire import Line, request
from support.world import Web, documented, headers_of, result_of, signed

LIMIT = 2 * 1024 * 1024


@pytest.fixture(scope="module", params=SERVERS)
def web(request: pytest.FixtureRequest, start_for_all: Start) -> Web:
    return start_for_all(request.param)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_post(web: Web, method: str) -> None:
    reply = request(web.app.url, method, WEBHOOK)
    assert reply.status == 405
    assert reply.header("allow") == "POST"


@pytest.mark.parametrize("path", ["/webhooks/smile-id/", "/WEBHOOKS/smile-id", "/", "/docs", "/openapi.json"])
def test_there_is_no_other_way_in(web: Web, path: str) -> None:
    message = signed({}, b"{}")
    assert request(web.app.url, "POST", path, message.headers, message.body).status == 404


@pytest.mark.parametrize("name", ["Response-Signature", "Response-Timestamp"])
@pytest.mark.parametrize("first", [True, False])
def test_a_header_that_comes_twice_is_seen_as_such(web: Web, name: str, first: bool) -> None:
    genuine = signed({}, b"{}")
    assert web.deliver(genuine).status == 202
    other = (name, "x")
    headers = [other, *genuine.headers] if first else [*genuine.headers, other]
    for sent in (headers, [*genuine.headers, (name, genuine.get(name.lower()))], [*genuine.headers, (name, "")]):
        reply = request(web.app.url, "POST", WEBHOOK, sent, genuine.body)
        # Refused, by the server or by us.
        assert reply.status in (400, 401)


def test_a_name_that_looks_like_a_header_is_not_that_header(web: Web) -> None:
    genuine = signed({}, b"{}")
    for name in ("Response_Signature", "Response-Signature_", "X-Response-Signature"):
        fooled = genuine.with_header("response-signature", None).with_also(name, genuine.get("response-signature"))
        assert web.deliver(fooled).status in (400, 401), name
        # Nor does it spoil the genuine one.
        assert web.deliver(genuine.with_also(name, "x")).status in (202, 400), name


def test_a_huge_body_is_refused_by_its_announcement(web: Web) -> None:
    message = signed({}, b"").with_also("Content-Length", str(3 * 10**9))
    with Line(web.app.url) as line:
        assert line.head("POST", WEBHOOK, message.headers).status() == 413


def test_the_limit(web: Web) -> None:
    assert web.deliver(signed({}, b"x" * LIMIT)).status == 202
    message = signed({}, b"").with_also("Content-Length", str(LIMIT + 1))
    with Line(web.app.url) as line:
        assert line.head("POST", WEBHOOK, message.headers).status() == 413


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_the_largest_that_is_sent_is_taken_whatever_it_says_it_is(web: Web, kind: str) -> None:
    # About 1.5 MB, with photos.
    one = web.job("large", passed_on=False) if kind == "application/json" else web.id("large")
    body = {**documented(one), "ImageLinks": {"selfie_image": "x" * 1_500_000}, "kind": kind}
    message = signed(headers_of(one), body).with_also("Content-Type", kind)
    assert web.deliver(message).status == 202
    web.wait_acted(one)


def test_a_body_without_a_length_is_the_same_delivery(web: Web) -> None:
    one = web.job("chunked")
    [message] = web.world.messages.answered(one)
    web.wait_nothing_waits()
    before = web.states()
    half = len(message.body) // 2
    with Line(web.app.url) as line:
        line.head("POST", WEBHOOK, [*message.headers, ("Transfer-Encoding", "chunked")])
        line.chunk(message.body[:half]).chunk(message.body[half:]).send(b"0\r\n\r\n")
        # Django under gunicorn would read nothing, so it asks for the length instead.
        assert line.status() == (411 if web.server == "django-gunicorn" else 202)
    assert web.states() == before


def test_a_huge_body_without_a_length_is_refused_while_it_comes(web: Web) -> None:
    with Line(web.app.url) as line:
        line.head("POST", WEBHOOK, [*signed({}, b"").headers, ("Transfer-Encoding", "chunked")])
        # It may answer and hang up before all of it is there.
        with suppress(ConnectionResetError, BrokenPipeError):
            for _ in range(LIMIT // 2**16 + 1 if web.server != "django-gunicorn" else 0):
                line.chunk(b"x" * 2**16)
        assert line.status() == (411 if web.server == "django-gunicorn" else 413)


def test_a_body_that_ends_early_is_no_delivery(web: Web) -> None:
    before = web.states()
    message = signed(headers_of("x"), result_of("x"))
    with Line(web.app.url) as line:
        line.head("POST", WEBHOOK, message.with_also("Content-Length", "500").headers).send(message.body).end()
    with Line(web.app.url) as line:
        line.head("POST", WEBHOOK, message.with_also("Transfer-Encoding", "chunked").headers).chunk(message.body).end()
    assert web.states() == before


def test_who_sends_slowly_does_not_keep_others_waiting(web: Web) -> None:
    message = signed({}, b"").with_also("Content-Length", "100")
    # More than any of them has threads; but gunicorn gives each connection one, so it wants a proxy before it that buffers.
    with ExitStack() as stack:
        lines = [stack.enter_context(Line(web.app.url)) for _ in range(6 if "gunicorn" in web.server else 50)]
        for line in lines:
            line.head("POST", WEBHOOK, message.headers).send(b"{")
        assert web.deliver(signed({}, web.server.encode())).status == 202
        if web.server == "fastapi-uvicorn":
            assert [line.status() for line in lines] == [408] * len(lines)
