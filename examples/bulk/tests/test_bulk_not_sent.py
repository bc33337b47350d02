"""Nothing was sent, or it may have happened: what is told, journaled, and done by the next run."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from support import Desk, Gateway, Sandbox


@pytest.fixture
def refused() -> Iterator[tuple[socket.socket, str]]:
    """An address where nobody listens, until its socket is closed."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield held, f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def proxy() -> Iterator[str]:
    """A proxy that lets nobody through."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("action", ["deactivate", "re-enroll"])
def test_rows_that_never_left_are_sent_by_the_next_run_without_a_look_up(
    desk: Desk, sandbox: Sandbox, refused: tuple[socket.socket, str], action: str
) -> None:
    ids = [f"user-{number}" for number in range(5)]
    sandbox.enroll(ids)
    desk.csv(*ids)
    held, url = refused
    ended = desk.run(action, ENROLLKIT_BASE_URL=url)
    assert ended.code == 4
    assert "can't be reached: no connection to it came about" in ended.err
    row = desk.report(action)["user-0"]
    assert (row["state"], row["code"], row["sends"], row["sent_at"]) == ("pending", "not_sent", 0, None)
    held.close()
    gateway = Gateway(sandbox.url, int(url.rsplit(":", 1)[1]))
    try:
        assert desk.run(action, ENROLLKIT_BASE_URL=url).code == 0
    finally:
        gateway.close()
    assert sorted(gateway.changes) == ids
    assert sandbox.look_ups() == []
    assert {row["sends"] for row in desk.report(action).values()} == {1}


def test_attempts_that_never_left_leave_it_not_done(desk: Desk, refused: tuple[socket.socket, str]) -> None:
    desk.csv("a")
    ended = desk.run("re-enroll", "--attempts=1", ENROLLKIT_BASE_URL=refused[1])
    assert ended.code == 4
    row = desk.report("re-enroll")["a"]
    assert (row["state"], row["code"], row["sends"], row["sent_at"]) == ("not_done", "not_sent", 0, None)


def test_a_host_that_is_not_there_and_a_proxy_that_says_no(desk: Desk, proxy: str) -> None:
    desk.csv("a", "b")
    ways = [("https://no-such-host.invalid", ""), ("https://portal.bank.example", proxy)]
    for journal, (url, through) in enumerate(ways):
        ended = desk.run("re-enroll", f"--journal={journal}", ENROLLKIT_BASE_URL=url, HTTPS_PROXY=through)
        assert ended.code == 4, ended.err
        assert {(row["state"], row["sends"]) for row in desk.report("re-enroll").values()} == {("pending", 0)}, url


def test_what_may_have_happened_is_looked_up(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    sandbox.fault("drop_before")
    assert desk.run("deactivate").code == 0
    assert len(sandbox.look_ups()) == 1
    assert desk.report()["a"]["sends"] == 2


def test_http_to_another_machine_wants_a_flag(desk: Desk) -> None:
    desk.csv("a")
    url = "--base-url=http://id_gateway:8085"
    ended = desk.run("deactivate", "--dry-run", url)
    assert ended.code == 2
    assert "base_url" in ended.err
    assert "allow_http" in ended.err
    ended = desk.run("deactivate", "--dry-run", url, "--allow-http")
    assert ended.code == 0
    assert "http://id_gateway:8085, as ops@bank.example" in ended.err
