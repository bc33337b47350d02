"""Clients as programs and their tests have them: mocks, hooks, instrumentation. What their `send` is, is what sends."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from unittest import mock

import pytest
from enrollkit import ApiError, NoResponse, SmileId, Unreadable
from enrollkit.http import asend, send

from .support import nasty

httpx: Any = pytest.importorskip("httpx")
requests: Any = pytest.importorskip("requests")

DONE = {"success": True, "message": "done"}


@pytest.fixture
def call(smile: SmileId) -> Any:
    """To the service's own address: without a mock it would go there."""
    return smile.deactivate("user-42")


async def sent_async(call: Any, **options: Any) -> Any:
    async with httpx.AsyncClient(**options) as client:
        return await asend(call, client)


def test_httpx_with_a_mock_transport(call: Any) -> None:
    seen: list[Any] = []

    def handler(request: Any) -> Any:
        seen.append(request)
        return httpx.Response(200, json=DONE)

    with httpx.Client(transport=httpx.MockTransport(handler)) as client:
        assert send(call, client).acknowledgement == "stated"
    assert asyncio.run(sent_async(call, transport=httpx.MockTransport(handler))).message == "done"
    assert [(request.url, json.loads(request.content)["user_id"]) for request in seen] == [(call.url, "user-42")] * 2
    refused = httpx.MockTransport(lambda _: httpx.Response(401, json={"code": 2205}))
    with httpx.Client(transport=refused) as client, pytest.raises(ApiError):
        send(call, client)
    with httpx.Client(transport=httpx.MockTransport(handler)) as client, pytest.raises(Unreadable):
        send(call, client, max_bytes=5)


@pytest.mark.parametrize("name", ["ConnectError", "ConnectTimeout", "ReadTimeout", "ReadError"])
def test_httpx_with_a_mock_that_fails(call: Any, name: str) -> None:
    def handler(request: Any) -> Any:
        raise getattr(httpx, name)("no", request=request)

    for work in (
        lambda: send(call, httpx.Client(transport=httpx.MockTransport(handler))),
        lambda: asyncio.run(sent_async(call, transport=httpx.MockTransport(handler))),
    ):
        with pytest.raises(NoResponse) as caught:
            work()
        assert caught.value.not_sent == name.startswith("Connect")


def test_httpx_with_respx(call: Any) -> None:
    respx: Any = pytest.importorskip("respx")
    with respx.mock:
        route = respx.post(call.url).mock(return_value=httpx.Response(200, json=DONE))
        with httpx.Client() as client:
            assert send(call, client).message == "done"
        assert send(call, httpx).message == "done"
        assert asyncio.run(sent_async(call)).message == "done"
        assert route.call_count == 3
        respx.post(call.url).mock(side_effect=httpx.ConnectError)
        with pytest.raises(NoResponse) as caught:
            send(call, httpx)
        assert caught.value.not_sent


def test_httpx_with_a_hook_that_reads(call: Any) -> None:
    async def read(reply: Any) -> None:
        await reply.aread()

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=httpx.ByteStream(json.dumps(DONE).encode())))
    with httpx.Client(transport=transport, event_hooks={"response": [lambda reply: reply.read()]}) as client:
        assert send(call, client).message == "done"
    assert asyncio.run(sent_async(call, transport=transport, event_hooks={"response": [read]})).message == "done"


def test_requests_with_requests_mock(call: Any) -> None:
    requests_mock: Any = pytest.importorskip("requests_mock")
    with requests_mock.Mocker() as mocked:
        mocked.post(call.url, json=DONE)
        for client in (requests.Session(), requests):
            assert send(call, client).message == "done"
        assert [one.json()["user_id"] for one in mocked.request_history] == ["user-42"] * 2
        mocked.post(call.url, status_code=401, json={"code": 2205})
        with pytest.raises(ApiError):
            send(call, requests)
        mocked.post(call.url, exc=requests.exceptions.ReadTimeout)
        with pytest.raises(NoResponse) as caught:
            send(call, requests)
        assert caught.value.outcome_unknown
    session = requests.Session()
    with requests_mock.Mocker(session=session) as mocked:
        mocked.post(call.url, json=DONE)
        assert send(call, session).message == "done"
    adapter = requests_mock.Adapter()
    adapter.register_uri("POST", call.url, json=DONE)
    session.mount("https://", adapter)
    assert send(call, session).message == "done"


def made_by_hand() -> Any:
    response = requests.Response()
    response.status_code = 200
    response._content = json.dumps(DONE).encode()
    return response


@pytest.mark.parametrize(
    "response",
    [made_by_hand(), mock.MagicMock(status_code=200, content=json.dumps(DONE).encode())],
    ids=["Response", "MagicMock"],
)
def test_requests_with_a_patched_send(call: Any, response: Any) -> None:
    with mock.patch("requests.Session.send", return_value=response) as patched:
        assert send(call, requests.Session()).message == "done"
        assert patched.call_args.args[0].url == call.url
    session = requests.Session()
    with mock.patch.object(session, "send", return_value=response) as patched:
        assert send(call, session).message == "done"
    assert patched.call_count == 1
    with mock.patch("requests.adapters.HTTPAdapter.send", return_value=response):
        assert send(call, requests.Session()).message == "done"


def test_a_patched_send_that_fails(call: Any) -> None:
    for error, not_sent in [
        (requests.exceptions.ConnectTimeout(), True),
        (requests.exceptions.ConnectionError(), False),
        (requests.exceptions.ReadTimeout(), False),
    ]:
        with mock.patch("requests.Session.send", side_effect=error), pytest.raises(NoResponse) as caught:
            send(call, requests.Session())
        assert caught.value.not_sent == not_sent


def test_requests_with_opentelemetry() -> None:
    instrumentation: Any = pytest.importorskip("opentelemetry.instrumentation.requests")
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    instrumentor = instrumentation.RequestsInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        with nasty.nasty(nasty.reply(json.dumps(DONE).encode())) as server:
            options: Any = {"partner_id": "085", "environment": "sandbox", "operator": "ops@bank.example"}
            at_server = SmileId(**options, base_url=server.url, api_key="k")
            assert send(at_server.deactivate("user-42"), requests.Session()).message == "done"
    finally:
        instrumentor.uninstrument()
    (span,) = spans.get_finished_spans()
    assert span.name == "POST"
    assert "traceparent:" in server.requests[0].lower()


def test_a_session_stays_as_it_was(call: Any) -> None:
    session = requests.Session()
    adapter = session.get_adapter(call.url)
    answer = nasty.reply(b"{}", headers="Set-Cookie: a=b\r\n")
    with nasty.nasty(answer) as server:
        options: Any = {"partner_id": "085", "environment": "sandbox", "operator": "ops@bank.example"}
        for _ in range(2):
            send(SmileId(**options, base_url=server.url, api_key="k").deactivate("u"), session)
    assert not session.cookies
    assert session.get_adapter(call.url) is adapter
    assert "resolve_redirects" not in vars(session)


def test_the_body_of_a_redirect_is_not_awaited() -> None:
    def endless(connection: Any) -> None:
        connection.sendall(b"HTTP/1.1 307 T\r\nLocation: /x\r\n\r\n")
        while True:
            connection.sendall(b" " * 65536)

    options: Any = {"partner_id": "085", "environment": "sandbox", "operator": "ops@bank.example"}
    with nasty.nasty(endless) as server, pytest.raises(ApiError, match="redirected"):
        send(SmileId(**options, base_url=server.url, api_key="k").deactivate("u"), requests.Session(), max_bytes=1000)
