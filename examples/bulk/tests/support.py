"""A sandbox, a gateway before it that counts, and runs of the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BULK = Path(__file__).resolve().parents[1]
WORKSPACE = BULK.parents[1]
# Built in, public, worthless elsewhere.
KEY = "not-a-secret-sandbox-key-0000000000000001"


def sandbox_program() -> str:
    """The program that `ENROLLKIT_SANDBOX` names, else the one that cargo builds."""
    if named := os.environ.get("ENROLLKIT_SANDBOX"):
        return named
    subprocess.run(["cargo", "build", "--quiet", "-p", "enrollkit-sandbox"], cwd=WORKSPACE, check=True)
    return str(WORKSPACE / os.environ.get("CARGO_TARGET_DIR", "target") / "debug" / "enrollkit-sandbox")


class Sandbox:
    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self._token = token

    def control(self, method: str, path: str, order: object = None) -> Any:
        connection = HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        try:
            body = None if order is None else json.dumps(order)
            connection.request(method, f"/control{path}", body, {"Authorization": f"Bearer {self._token}"})
            answer = connection.getresponse()
            text = answer.read()
            assert 200 <= answer.status < 300, f"{method} {path} {body}: {answer.status} {text!r}"
            return json.loads(text)
        finally:
            connection.close()

    def enroll(self, user_ids: Iterable[str]) -> None:
        for user_id in user_ids:
            self.control("PUT", "/users", {"user_id": user_id, "environment": "test"})

    def fault(self, name: str, **parameters: object) -> None:
        self.control("POST", "/faults", {"fault": name, **parameters})

    def requests(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.control("GET", "/requests")["requests"]
        return found

    def changes(self) -> list[dict[str, Any]]:
        return [one for one in self.requests() if one["operation"] != "smile_id.enrollee_info"]

    def look_ups(self) -> list[dict[str, Any]]:
        return [one for one in self.requests() if one["operation"] == "smile_id.enrollee_info"]


@contextmanager
def sandbox_process() -> Iterator[Sandbox]:
    command = [sandbox_program(), "--ready-json", "--stop-with-stdin"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            ready = json.loads(child.stdout.readline())
            yield Sandbox(ready["url"], ready["control_token"])
        finally:
            child.stdin.close()
            child.wait(10)


class Gateway:
    """Passes requests on and counts them. A request that has arrived is carried out, whatever becomes of its sender; the sandbox
    itself forgets one whose sender is gone while it answers slowly."""

    def __init__(self, target: str, port: int = 0) -> None:
        self._target = target.removeprefix("http://")
        self._lock = threading.Lock()
        self._under_way = 0
        self.most_under_way = 0
        self.changes: list[str] = []
        self.bodies: list[bytes] = []
        self.arrived = threading.Event()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                gateway.passed_on(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def quiet(self) -> None:
        """Until nothing is under way."""
        while self._under_way:
            time.sleep(0.002)

    def passed_on(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        body = handler.rfile.read(length)
        if len(body) < length:
            handler.close_connection = True
            return
        with self._lock:
            self._under_way += 1
            self.most_under_way = max(self.most_under_way, self._under_way)
            self.bodies.append(body)
            if not handler.path.endswith("/info"):
                self.changes.append(json.loads(body)["user_id"])
        self.arrived.set()
        try:
            answer = self._forwarded(handler.path, body)
        finally:
            with self._lock:
                self._under_way -= 1
        if answer is None:
            handler.close_connection = True
        else:
            handler.wfile.write(answer)

    def _forwarded(self, path: str, body: bytes) -> bytes | None:
        connection = HTTPConnection(self._target, timeout=30)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
            kept = [f"{name}: {value}\r\n" for name, value in answer.getheaders() if name.lower() in ("date", "retry-after")]
            head = f"HTTP/1.1 {answer.status} X\r\nContent-Length: {len(content)}\r\n{''.join(kept)}\r\n"
            return head.encode() + content
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


class Started:
    def __init__(self, launcher: Launcher, pid: int, out: Path, err: Path) -> None:
        self._launcher, self.pid, self._out, self._err = launcher, pid, out, err

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def errors(self) -> str:
        return self._err.read_text()

    def poll(self) -> int | None:
        code: int | None = self._launcher.ask({"poll": self.pid})
        return code

    def wait(self, seconds: float = 30) -> Ended:
        end = time.monotonic() + seconds
        while (code := self.poll()) is None:
            assert time.monotonic() < end, f"still running: {self.errors()}"
            time.sleep(0.002)
        return Ended(code, self._out.read_text(), self._err.read_text())


class Launcher:
    """See `launcher.py`."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("launcher.py"))]
        environment = {**os.environ, "PYTHONPATH": str(BULK)}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        self._lock = threading.Lock()
        self._count = 0

    def ask(self, order: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())

    def start(self, folder: Path, argv: list[str], env: dict[str, str], max_file_bytes: int = 0) -> Started:
        self._count += 1
        out, err = (folder / f"{self._count}.{name}" for name in ("out", "err"))
        # It may be killed before it opens them.
        out.touch()
        err.touch()
        order = {"argv": argv, "cwd": str(folder), "env": env, "out": str(out), "err": str(err), "max_file_bytes": max_file_bytes}
        return Started(self, self.ask({"start": order}), out, err)

    def close(self) -> None:
        self._process.communicate()


class Desk:
    """A folder with CSV files, and the program at hand, set to the sandbox."""

    def __init__(self, folder: Path, launcher: Launcher, url: str) -> None:
        self.folder, self._launcher = folder, launcher
        self.env = {
            "ENROLLKIT_PARTNER_ID": "085",
            "ENROLLKIT_ENVIRONMENT": "sandbox",
            "ENROLLKIT_OPERATOR": "ops@bank.example",
            "ENROLLKIT_BASE_URL": url,
            "ENROLLKIT_API_KEY": KEY,
            "COLUMNS": "200",
        }

    def csv(self, *user_ids: str, name: str = "users.csv") -> Path:
        return self.file("user_id\n" + "".join(f"{user_id}\n" for user_id in user_ids), name)

    def file(self, content: str | bytes, name: str = "users.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def start(self, *argv: str, file: str = "users.csv", max_file_bytes: int = 0, **env: str) -> Started:
        # Fast, but for what a test sets itself.
        pace = ["--rate=1000", "--settle-seconds=0.05", "--pause-seconds=0.02", "--timeout=5"]
        return self._launcher.start(self.folder, [file, *pace, *argv], {**self.env, **env}, max_file_bytes)

    def run(self, *argv: str, file: str = "users.csv", max_file_bytes: int = 0, **env: str) -> Ended:
        return self.start(*argv, file=file, max_file_bytes=max_file_bytes, **env).wait()

    def report(self, action: str = "deactivate") -> dict[str, dict[str, Any]]:
        lines = (self.folder / f"users.{action}.report.jsonl").read_text().splitlines()
        return {row["user_id"]: row for row in map(json.loads, lines)}

    def states(self, action: str = "deactivate") -> dict[str, str]:
        return {user_id: row["state"] for user_id, row in self.report(action).items()}
