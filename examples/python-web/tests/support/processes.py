"""The sandbox and the apps as real processes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from support.wire import request

FOLDER = Path(__file__).resolve().parents[2]
WORKSPACE = FOLDER.parents[1]
# Built in, public, worthless elsewhere.
SANDBOX_KEY = "not-a-secret-sandbox-key-0000000000000001"
PRODUCTION_KEY = "not-a-secret-production-key-00000000000002"
# Generous: it only says when a broken test gives up.
PATIENCE = 60.0

T = TypeVar("T")

LISTEN = "127.0.0.1:0"
# Without the limit, it would take a gigabyte to its disk before the app can say no.
WAITRESS = ["waitress", f"--listen={LISTEN}", "--max-request-body-size=2097153"]
GUNICORN = ["gunicorn", f"--bind={LISTEN}", "--workers=2", "--threads=8"]
SERVERS = {
    "fastapi-uvicorn": ["uvicorn", "--factory", "fastapi_app:create_app", "--port=0"],
    "flask-waitress": [*WAITRESS, "--call", "flask_app:create_app"],
    "flask-gunicorn": [*GUNICORN, "flask_app:create_app()"],
    "django-waitress": [*WAITRESS, "django_app:application"],
    "django-gunicorn": [*GUNICORN, "django_app:application"],
}
READY = re.compile(r"(?:running on|Serving on|Listening at:) (http://127\.0\.0\.1:\d+)")


@cache
def sandbox_program() -> str:
    """The program that ENROLLKIT_SANDBOX names, else the one that cargo builds."""
    named = os.environ.get("ENROLLKIT_SANDBOX")
    if named:
        return named
    command = ["cargo", "build", "--quiet", "--locked", "--message-format=json", "-p", "enrollkit-sandbox"]
    messages = subprocess.run(command, cwd=WORKSPACE, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    made: str = [json.loads(line)["executable"] for line in messages if '"executable":"' in line][-1]
    return made


class Process:
    """A program in a process group of its own, and all that it writes."""

    def __init__(self, command: list[str], env: Mapping[str, str]) -> None:
        self._lines: list[str] = []
        self._written = threading.Condition()
        self._ended = False
        # Nothing of the tester's environment: no key of theirs, no proxy.
        everything = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1", **env}
        self._child: subprocess.Popen[str] = subprocess.Popen(
            command,
            cwd=FOLDER,
            env=everything,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            with self._written:
                self._lines.append(line)
                self._written.notify_all()
        with self._written:
            self._ended = True
            self._written.notify_all()

    def log(self) -> str:
        return "".join(self._lines)

    def wait_for(self, pattern: str | re.Pattern[str]) -> re.Match[str]:
        def found() -> re.Match[str] | None:
            return re.search(pattern, self.log())

        with self._written:
            self._written.wait_for(lambda: found() is not None or self._ended, PATIENCE)
        match = found()
        if match is None:
            self.end()
            raise AssertionError(f"{pattern} is not in what was written:\n{self.log()}")
        return match

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it and what it started."""
        if self._child.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, how)
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
            raise
        finally:
            self._reader.join(PATIENCE)
            for pipe in (self._child.stdin, self._child.stdout):
                assert pipe is not None
                pipe.close()


class Sandbox(Process):
    def __init__(self, *flags: str) -> None:
        # It stops when its standard input ends: also when the tests are killed.
        super().__init__([sandbox_program(), "--ready-json", "--stop-with-stdin", *flags], {})
        ready = json.loads(self.wait_for(r"(?m)^\{.*\}$")[0])
        self.url: str = ready["url"]
        self._token: str = ready["control_token"]

    def control(self, method: str, path: str, order: object = None) -> Any:
        body = None if order is None else json.dumps(order).encode()
        reply = request(self.url, method, f"/control/{path}", [("Authorization", f"Bearer {self._token}")], body)
        assert 200 <= reply.status < 300, f"{method} {path} {order}: {reply.status} {reply.body!r}"
        return json.loads(reply.body)


class App(Process):
    """One of the examples, under a server that its users would take."""

    def __init__(self, server: str, env: Mapping[str, str], *flags: str) -> None:
        super().__init__([sys.executable, "-m", *SERVERS[server], *flags], env)
        self.url = self.wait_for(READY)[1]


def until(what: str, find: Callable[[], T | None]) -> T:
    """Waits until something is so, in another process."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = find()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"it did not happen: {what}")
