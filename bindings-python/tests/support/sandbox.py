"""A sandbox of a test's own, and its control routes."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from .files import WORKSPACE

# Built in, public, worthless elsewhere.
SANDBOX_KEY = "not-a-secret-sandbox-key-0000000000000001"
PRODUCTION_KEY = "not-a-secret-production-key-00000000000002"


@cache
def program() -> str:
    """The program that `ENROLLKIT_SANDBOX` names, else the one that cargo builds."""
    named = os.environ.get("ENROLLKIT_SANDBOX")
    if named:
        return named
    command = ["cargo", "build", "--quiet", "--message-format=json", "-p", "enrollkit-sandbox"]
    messages = subprocess.run(command, cwd=WORKSPACE, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    made: str = [json.loads(line)["executable"] for line in messages if '"executable":"' in line][-1]
    return made


class Sandbox:
    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self._token = token

    def control(self, method: str, path: str, order: object = None) -> Any:
        """A control request that must be understood; the answer."""
        connection = HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        try:
            body = None if order is None else json.dumps(order)
            connection.request(method, f"/control{path}", body, {"Authorization": f"Bearer {self._token}"})
            answer = connection.getresponse()
            text = answer.read()
            assert 200 <= answer.status < 300, f"{method} {path} {body}: {answer.status} {text!r}"
            return json.loads(text) if text else None
        finally:
            connection.close()


@contextmanager
def sandbox(*flags: str) -> Iterator[Sandbox]:
    """Starts one; it ends with the block, and with this process."""
    command = [program(), "--ready-json", "--stop-with-stdin", *flags]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            ready = json.loads(child.stdout.readline())
            yield Sandbox(ready["url"], ready["control_token"])
        finally:
            child.stdin.close()
            child.wait(10)


@contextmanager
def secret_file(secret: str) -> Iterator[str]:
    """A file that holds a secret, for the flags that take one so."""
    with tempfile.TemporaryDirectory(prefix="enrollkit-test-") as folder:
        file = Path(folder) / "secret"
        file.write_text(secret)
        file.chmod(0o600)
        yield str(file)
