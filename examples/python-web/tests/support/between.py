"""Two servers between the sandbox and the apps. The sandbox sends its messages to the first, which keeps them and passes them on:
so a test has genuine ones to repeat and to change. The apps' calls go through the second, which can hold them back: so a test can
do something while a look-up is under way, however slow the machine is.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from support.processes import PATIENCE
from support.wire import Headers, Reply, request

WEBHOOK = "/webhooks/smile-id"
# What belongs to one connection, and not to the message.
HOPS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "user-agent", "accept"}


@dataclass(frozen=True)
class Message:
    headers: Headers
    body: bytes

    def get(self, name: str) -> str:
        return next(value for key, value in self.headers if key.lower() == name)

    def with_header(self, name: str, value: str | None) -> Message:
        """Instead of the one that is there; without a value, none."""
        others = [(key, old) for key, old in self.headers if key.lower() != name]
        return replace(self, headers=others if value is None else [*others, (name, value)])

    def with_also(self, name: str, value: str) -> Message:
        return replace(self, headers=[*self.headers, (name, value)])


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                message = Message(
                    [(name, value) for name, value in self.headers.items() if name.lower() not in HOPS],
                    self.rfile.read(int(self.headers.get("Content-Length", 0))),
                )
                # No answer for what got none.
                with suppress(OSError, HTTPException):
                    reply = outer.answer(self.path, message)
                    self.send_response_only(reply.status)
                    for name, value in reply.headers:
                        if name.lower() not in HOPS:
                            self.send_header(name, value)
                    self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    self.wfile.write(reply.body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
                pass

        super().__init__((host, 0), Handler)
        self.url = f"http://{host}:{self.server_port}"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, path: str, message: Message) -> Reply:
        raise NotImplementedError

    def handle_error(self, *_: object) -> None:
        """Of an app that was killed there is nothing to say."""


@dataclass
class Caught:
    messages: list[Message] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


class Messages(Server):
    def __init__(self) -> None:
        # job id → where its messages go on to; None: they are kept, and not passed on.
        self.targets: dict[str, str | None] = {}
        self._caught: dict[str, Caught] = {}
        self._news = threading.Condition()
        super().__init__()

    def answer(self, path: str, message: Message) -> Reply:
        job = message.get("job-id").encode("latin-1").decode()
        with self._news:
            caught = self._caught.setdefault(job, Caught())
            caught.messages.append(message)
        target = self.targets[job]
        reply = Reply(202, [], b"") if target is None else request(target, "POST", path, message.headers, message.body)
        with self._news:
            caught.statuses.append(reply.status)
            self._news.notify_all()
        return reply

    def answered(self, job: str, count: int = 1) -> list[Message]:
        """The messages of a job, when so many were acknowledged."""
        with self._news:
            done = self._news.wait_for(lambda: len(self._caught.get(job, Caught()).statuses) >= count, PATIENCE)
            assert done, f"{job}: {self._caught.get(job)}"
            assert set(self._caught[job].statuses) == {202}
            return self._caught[job].messages


class Calls(Server):
    def __init__(self, sandbox_url: str, host: str = "127.0.0.1") -> None:
        self._sandbox = sandbox_url
        self._open = threading.Event()
        self._open.set()
        self.arrived = threading.Semaphore(0)
        # How often each user was looked up.
        self.look_ups: Counter[str] = Counter()
        super().__init__(host)

    def answer(self, path: str, message: Message) -> Reply:
        if path.endswith("/info"):
            self.look_ups[json.loads(message.body)["user_id"]] += 1
        if not self._open.is_set():
            self.arrived.release()
            self._open.wait(PATIENCE)
        return request(self._sandbox, "POST", path, message.headers, message.body)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Calls that come now wait until the block ends; `arrived` counts them."""
        self.arrived = threading.Semaphore(0)
        self._open.clear()
        try:
            yield
        finally:
            self.release()

    def release(self) -> None:
        self._open.set()

    def one_arrived(self) -> None:
        assert self.arrived.acquire(timeout=PATIENCE), "no call came"
