"""`enrollkit.http` against servers that behave as badly as they can: sent once, with nothing added, and never waited for long."""

from __future__ import annotations

import asyncio
import resource
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from enrollkit import ApiError, InvalidInput, NoResponse, SmileId, SmileIdRelay, Unreadable
from enrollkit.http import asend, send

from .support import nasty
from .support.senders import SENDERS, Sender

needs_clients = pytest.mark.skipif(find_spec("httpx") is None or find_spec("requests") is None, reason="no HTTP clients here")


@pytest.fixture(params=SENDERS)
def sender(request: pytest.FixtureRequest) -> Sender:
    return SENDERS[request.param]


def call_at(url: str) -> Any:
    options = {"partner_id": "085", "environment": "sandbox", "operator": "ops@bank.example"}
    return SmileId(**options, base_url=url, api_key="not-a-real-key").deactivate("user-42")


def test_sent_as_it_is_and_read(sender: Sender) -> None:
    with nasty.nasty(nasty.reply(b'{"success":true}')) as server:
        call = call_at(server.url)
        assert sender(call).acknowledgement == "stated"
    (request,) = server.requests
    head, _, body = request.partition("\r\n\r\n")
    assert body.encode("latin-1") == call.body
    names = {line.split(":")[0].lower() for line in head.split("\r\n")[1:]}
    assert names <= {"host", "accept", "content-type", "content-length", "accept-encoding", "connection", "user-agent"}


@pytest.mark.parametrize(
    "answer",
    [
        nasty.half(),
        nasty.half_of_chunks(),
        nasty.hang_up(),
        nasty.no_http(),
        nasty.reply(b"x", headers="Content-Encoding: gzip\r\n"),
    ],
    ids=["half", "half of chunks", "hang up", "no HTTP", "no gzip"],
)
def test_half_an_answer_is_none(sender: Sender, answer: nasty.Answer) -> None:
    with nasty.nasty(answer) as server:
        with pytest.raises(NoResponse) as caught:
            sender(call_at(server.url))
        assert caught.value.outcome_unknown
        assert caught.value.__cause__ is not None
        assert len(server.requests) == 1


@pytest.mark.parametrize("name", ["slow_body", "silence", "slow_head"])
def test_the_time_limit_is_for_the_whole(sender: Sender, name: str) -> None:
    if name == "slow_head" and sender in (SENDERS.get("requests"), SENDERS.get("httpx")):
        pytest.skip("the client waits for each byte of the head anew, and can't be told otherwise")
    with nasty.nasty(getattr(nasty, name)()) as server:
        started = time.monotonic()
        with pytest.raises(NoResponse):
            sender(call_at(server.url), timeout=0.4)
        assert time.monotonic() - started < 3


@pytest.mark.parametrize("name", ["endless", "bomb"])
def test_a_body_is_read_up_to_the_limit(sender: Sender, name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with nasty.nasty(getattr(nasty, name)()) as server, pytest.raises(Unreadable) as caught:
        sender(call_at(server.url), max_bytes=1_000_000)
    assert caught.value.reason == "too_large"
    # KiB on Linux, bytes on macOS; the bomb is a gigabyte.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000_000


def test_an_encoding_that_nobody_asked_for_is_undone(sender: Sender) -> None:
    with nasty.nasty(nasty.zipped(b'{"message":"done"}')) as server:
        assert sender(call_at(server.url)).message == "done"


def test_no_redirect_is_followed(sender: Sender) -> None:
    with nasty.nasty(nasty.reply()) as other:
        for status in ("301 M", "302 F", "303 S", "307 T", "308 P"):
            with nasty.nasty(nasty.reply(b"", status, f"Location: {other.url}/\r\n")) as server:
                with pytest.raises(ApiError) as caught:
                    sender(call_at(server.url))
                assert caught.value.kind == "redirected"
                assert len(server.requests) == 1
    assert other.requests == []


def test_no_credentials_of_the_machine(sender: Sender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password canary\ndefault login somebody password canary\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    with nasty.nasty(nasty.reply(b"{}", "401 Unauthorized", 'WWW-Authenticate: Basic realm="x"\r\n')) as server:
        with pytest.raises(ApiError) as caught:
            sender(call_at(server.url))
        assert caught.value.kind == "unauthorized"
        assert len(server.requests) == 1
        assert "authorization" not in server.requests[0].lower()


@needs_clients
def test_nothing_of_the_clients_own_is_sent() -> None:
    import httpx
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util.retry import Retry

    answer = nasty.reply(b"{}", "503 Busy", "Retry-After: 0\r\nSet-Cookie: a=b\r\n")
    own = {
        "headers": {"X-Own": "1", "Content-Type": "text/plain"},
        "cookies": {"own": "1"},
        "params": {"own": "1"},
        "auth": ("own", "own"),
    }
    with nasty.nasty(answer) as server:
        call = call_at(server.url)
        with requests.Session() as session:
            session.headers["X-Own"] = "1"
            session.auth = ("own", "own")
            session.cookies["own"] = "1"
            session.params = {"own": "1"}
            adapter = HTTPAdapter(max_retries=Retry(3, allowed_methods=None, status_forcelist=[503]))
            session.mount("http://", adapter)
            with pytest.raises(ApiError):
                send(call, session)
            assert adapter.max_retries.total == 3
        with httpx.Client(**own, base_url="http://127.0.0.1:1/own", follow_redirects=True) as client, pytest.raises(ApiError):
            send(call, client)

        async def asynchronous() -> None:
            async with httpx.AsyncClient(**own, follow_redirects=True) as client:
                with pytest.raises(ApiError):
                    await asend(call, client)

        asyncio.run(asynchronous())
        for module in (requests, httpx):
            with pytest.raises(ApiError):
                send(call, module)
    assert len(server.requests) == 5
    assert not [
        text for text in server.requests if "own" in text.lower() or "cookie" in text.lower() or "authorization" in text.lower()
    ]


def test_a_refused_connection_is_no_answer(sender: Sender) -> None:
    with nasty.nasty(nasty.reply()) as server:
        url = server.url
    with pytest.raises(NoResponse):
        sender(call_at(url))


def test_what_is_wrong_before_sending_is_no_lost_answer(sender: Sender) -> None:
    with pytest.raises(InvalidInput, match="bad_url"):
        sender(SmileIdRelay("/api/smile").deactivate("u"))
    call = call_at("http://127.0.0.1:9")
    for wrong in (-1, float("nan"), "5", True):
        with pytest.raises(InvalidInput, match=r"^invalid_input: timeout .*\(out_of_range\)"):
            sender(call, timeout=wrong)
    for wrong in (-1, 1.5, True, 2**70):
        with pytest.raises(InvalidInput, match=r"^invalid_input: max_bytes .*\(out_of_range\)"):
            sender(call, max_bytes=wrong)
    with pytest.raises(TypeError, match="a Call is sent"):
        sender({"url": "x"})


@needs_clients
def test_a_client_that_can_not_send_is_no_lost_answer() -> None:
    import httpx

    call = call_at("http://127.0.0.1:9")
    closed = httpx.Client()
    closed.close()
    with pytest.raises(RuntimeError, match="closed"):
        send(call, closed)
    for client in (object(), "requests", httpx.AsyncClient()):
        with pytest.raises(TypeError, match="client is"):
            send(call, client)
    with pytest.raises(TypeError, match="client is"):
        asyncio.run(asend(call, httpx.Client()))


@needs_clients
def test_a_cancelled_wait_stays_cancelled() -> None:
    import httpx

    async def cancelled(url: str) -> None:
        async with httpx.AsyncClient() as client:
            await asyncio.wait_for(asend(call_at(url), client), 0.2)

    with nasty.nasty(nasty.silence()) as server, pytest.raises(asyncio.TimeoutError):
        asyncio.run(cancelled(server.url))


def test_sending_leaves_nothing_open(sender: Sender) -> None:
    with nasty.nasty(nasty.reply()) as server:
        # A socket that is not closed is a warning, and warnings are errors here.
        for _ in range(3):
            sender(call_at(server.url))
