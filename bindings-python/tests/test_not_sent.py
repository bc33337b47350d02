"""Nothing was sent, or it may have been: what the error says, with everything that sends."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing
from typing import Any

import pytest
from enrollkit import NoResponse, SmileId
from enrollkit.http import asend, send

from .support import nasty
from .support.senders import SENDERS, Sender

# The reserved name that nobody has.
NOWHERE = "http://nobody.invalid"


@pytest.fixture(params=SENDERS)
def sender(request: pytest.FixtureRequest) -> Sender:
    return SENDERS[request.param]


def call_at(url: str) -> Any:
    options = {"partner_id": "085", "environment": "sandbox", "operator": "ops@bank.example", "allow_http": True}
    return SmileId(**options, base_url=url, api_key="not-a-real-key").deactivate("user-42")


def lost(work: Any) -> NoResponse:
    with pytest.raises(NoResponse) as caught:
        work()
    assert caught.value.__cause__ is not None
    return caught.value


def refused_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


def assert_not_sent(error: NoResponse) -> None:
    assert (error.not_sent, error.outcome_unknown) == (True, False)
    assert error.to_dict()["not_sent"] is True


def test_no_such_host_and_a_refused_connection(sender: Sender) -> None:
    for url in (NOWHERE, f"http://127.0.0.1:{refused_port()}"):
        assert_not_sent(lost(lambda url=url: sender(call_at(url))))


def test_no_time_at_all(sender: Sender) -> None:
    with nasty.nasty(nasty.reply()) as server:
        assert_not_sent(lost(lambda: sender(call_at(server.url), timeout=0)))
        assert server.requests == []


def test_no_time_to_connect(sender: Sender) -> None:
    # A full backlog: whoever comes next waits.
    with closing(socket.socket()) as listener, closing(socket.socket()) as first, closing(socket.socket()) as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        error = lost(lambda: sender(call_at(f"http://127.0.0.1:{listener.getsockname()[1]}"), timeout=0.3))
    assert_not_sent(error)


def test_a_certificate_that_nobody_knows(sender: Sender) -> None:
    with nasty.tls() as server:
        assert_not_sent(lost(lambda: sender(call_at(server.url))))
        assert server.requests == []


@pytest.mark.parametrize("answer", [nasty.hang_up(), nasty.silence()], ids=["hang up", "silence"])
def test_once_it_was_sent_it_stays_unknown(sender: Sender, answer: nasty.Answer) -> None:
    with nasty.nasty(answer) as server:
        error = lost(lambda: sender(call_at(server.url), timeout=0.5))
        assert (error.not_sent, error.outcome_unknown, len(server.requests)) == (False, True, 1)


def test_a_look_up_is_never_unknown(sender: Sender) -> None:
    smile = SmileId(partner_id="085", environment="sandbox", api_key="k", base_url=f"http://127.0.0.1:{refused_port()}")
    error = lost(lambda: sender(smile.enrollee_info("user-42")))
    assert (error.not_sent, error.outcome_unknown) == (True, False)


PROXY_SAYS_NO = nasty.reply(b"", "403 Forbidden")
TUNNELLED = "https://service.invalid"


def through_requests(proxy: str, **settings: Any) -> NoResponse:
    requests = pytest.importorskip("requests")
    with requests.Session() as session:
        session.proxies = {"https": proxy, "http": proxy}
        for name, value in settings.items():
            setattr(session, name, value)
        return lost(lambda: send(call_at(TUNNELLED), session))


def test_a_proxy_that_refuses_to_connect() -> None:
    httpx = pytest.importorskip("httpx")

    async def asynchronous(proxy: str) -> None:
        async with httpx.AsyncClient(proxy=proxy) as client:
            await asend(call_at(TUNNELLED), client)

    with nasty.nasty(PROXY_SAYS_NO) as proxy:
        assert_not_sent(through_requests(proxy.url))
        with httpx.Client(proxy=proxy.url) as client:
            assert_not_sent(lost(lambda: send(call_at(TUNNELLED), client)))
        assert_not_sent(lost(lambda: asyncio.run(asynchronous(proxy.url))))
    assert [text.split()[0] for text in proxy.requests] == ["CONNECT"] * 3
    gone = f"http://127.0.0.1:{refused_port()}"
    assert_not_sent(through_requests(gone))
    with httpx.Client(proxy=gone) as client:
        assert_not_sent(lost(lambda: send(call_at(TUNNELLED), client)))


def test_a_proxy_that_takes_the_request_and_hangs_up() -> None:
    httpx = pytest.importorskip("httpx")
    requests = pytest.importorskip("requests")
    with nasty.nasty(nasty.hang_up()) as proxy, requests.Session() as session, httpx.Client(proxy=proxy.url) as client:
        session.proxies = {"http": proxy.url}
        for used in (session, client):
            # Plain http goes through it whole.
            error = lost(lambda used=used: send(call_at("http://service.invalid"), used))
            assert (error.not_sent, error.outcome_unknown) == (False, True)


def test_a_connection_that_broke_while_it_was_kept() -> None:
    httpx = pytest.importorskip("httpx")
    requests = pytest.importorskip("requests")

    def answer_once() -> nasty.Answer:
        def answer(connection: socket.socket) -> None:
            nasty.reply()(connection)
            nasty.request(connection)

        return answer

    for make in (requests.Session, httpx.Client):
        with nasty.nasty(answer_once()) as server, make() as client:
            assert send(call_at(server.url), client).acknowledgement == "unstated"
            error = lost(lambda client=client, server=server: send(call_at(server.url), client))
            assert (error.not_sent, error.outcome_unknown) == (False, True)


def test_what_tries_again_behind_our_back_is_not_believed() -> None:
    """An adapter, a transport of somebody's that has sent once: that the last attempt was refused says nothing."""
    httpx = pytest.importorskip("httpx")
    requests = pytest.importorskip("requests")
    from requests.adapters import HTTPAdapter

    with nasty.nasty(nasty.hang_up()) as server:
        gone = f"http://127.0.0.1:{refused_port()}"

        class Stubborn(HTTPAdapter):
            def send(self, request: Any, *args: Any, **options: Any) -> Any:
                try:
                    return super().send(request, *args, **options)
                except requests.ConnectionError:
                    request.url = gone
                return super().send(request, *args, **options)

        class Foreign(requests.adapters.BaseAdapter):  # type: ignore[misc]  # any
            def send(self, *_: Any, **__: Any) -> Any:
                raise requests.ConnectTimeout

            def close(self) -> None:
                pass

        class Again(httpx.BaseTransport):  # type: ignore[misc]  # any
            own = httpx.HTTPTransport()

            def handle_request(self, request: Any) -> Any:
                try:
                    return self.own.handle_request(request)
                except httpx.RemoteProtocolError:
                    request.url = httpx.URL(gone)
                return self.own.handle_request(request)

        for adapter in (Stubborn(), Foreign()):
            with requests.Session() as session:
                session.mount("http://", adapter)
                error = lost(lambda session=session: send(call_at(server.url), session))
                assert (error.not_sent, error.outcome_unknown) == (False, True)
        with httpx.Client(transport=Again()) as client:
            error = lost(lambda: send(call_at(server.url), client))
            assert (error.not_sent, error.outcome_unknown) == (False, True)
        Again.own.close()
    assert len(server.requests) == 2


def test_certificates_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    requests = pytest.importorskip("requests")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with requests.Session() as session:
        assert_not_sent(lost(lambda: send(call_at("https://service.invalid"), session)))


def test_a_session_that_can_not_send_it() -> None:
    requests = pytest.importorskip("requests")
    with requests.Session() as session:
        session.adapters.clear()
        assert_not_sent(lost(lambda: send(call_at(NOWHERE), session)))
