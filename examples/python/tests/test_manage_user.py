"""Runs the script against a sandbox, its README included."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[1]
WORKSPACE = FOLDER.parents[1]
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
        self.url, self._token = url, token

    def control(self, method: str, path: str, order: object = None) -> Any:
        connection = HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        body = None if order is None else json.dumps(order)
        connection.request(method, f"/control{path}", body, {"Authorization": f"Bearer {self._token}"})
        answer = connection.getresponse()
        assert answer.status < 300
        return json.loads(answer.read())

    def run(self, *argv: str, key: str = KEY, url: str | None = None) -> subprocess.CompletedProcess[str]:
        flags = ["--partner-id=085", "--environment=sandbox", "--operator=ops@bank.example", f"--base-url={url or self.url}"]
        command = [sys.executable, str(FOLDER / "manage_user.py"), *flags, *argv]
        return subprocess.run(command, env={**os.environ, "ENROLLKIT_API_KEY": key}, capture_output=True, text=True, check=False)

    def changes(self) -> int:
        found = self.control("GET", "/requests")["requests"]
        return len([one for one in found if one["operation"] != "smile_id.enrollee_info"])


@pytest.fixture(scope="module")
def started() -> Iterator[Sandbox]:
    command = [sandbox_program(), "--ready-json", "--stop-with-stdin", "--user=user-42"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        ready = json.loads(child.stdout.readline())
        yield Sandbox(ready["url"], ready["control_token"])
        child.stdin.close()


@pytest.fixture
def sandbox(started: Sandbox) -> Sandbox:
    started.control("POST", "/reset")
    return started


def test_an_action_is_carried_out(sandbox: Sandbox) -> None:
    ended = sandbox.run("user-42", "deactivate")
    assert (ended.returncode, ended.stdout) == (0, "before    complete; 0 jobs\naction    stated\n"), ended.stderr
    assert sandbox.run("user-42", "reactivate").stdout.startswith("before    complete, inactive; 0 jobs\n")


@pytest.mark.parametrize(
    ("fault", "action", "so", "code"),
    [
        ("drop_after", "deactivate", "in_effect", 0),
        ("drop_before", "deactivate", "not_in_effect", 1),
        ("html", "deactivate", "not_in_effect", 1),
        ("truncate", "delete-permanently", "in_effect", 0),
        ("drop_before", "re-enroll", "unknown", 3),
    ],
)
def test_a_lost_or_unclear_answer_is_looked_up(sandbox: Sandbox, fault: str, action: str, so: str, code: int) -> None:
    # The first look-up is answered.
    sandbox.control("POST", "/faults", {"fault": "slow", "milliseconds": 0, "path_contains": "/info"})
    sandbox.control("POST", "/faults", {"fault": fault, "path_contains": "/enrollee"})
    ended = sandbox.run("user-42", action, "--confirm=user-42")
    assert ended.stdout.splitlines()[-1] == f"so it is  {so}", ended.stderr
    assert ended.returncode == code
    assert sandbox.changes() == 1


def test_a_refusal_says_why(sandbox: Sandbox) -> None:
    ended = sandbox.run("nobody", "deactivate")
    assert ended.returncode == 1
    assert "user_not_found" in ended.stdout
    ended = sandbox.run("user-42", "deactivate", key="another")
    assert ended.returncode == 1
    # The sentence that a person needs: what was used, and what usually is wrong with it.
    assert re.search(r"^action    api_error: .*unauthorized.* 085 in sandbox.*other environment", ended.stdout, re.MULTILINE), (
        ended.stdout
    )
    assert "so it is" not in ended.stdout
    assert "another" not in ended.stdout + ended.stderr


def test_what_was_never_sent_can_be_tried_again(sandbox: Sandbox) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    ended = sandbox.run("user-42", "deactivate", url=nobody)
    assert ended.returncode == 1
    assert ended.stdout.splitlines()[-2:] == [
        "action    no_response: smile_id.deactivate: nothing was sent",
        "so it is  not_sent: it can be tried again",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux listens on any address of 127.0.0.0/8")
def test_plain_http_to_another_machine_must_be_asked_for(sandbox: Sandbox) -> None:
    other = "http://127.0.0.2:9"
    ended = sandbox.run("user-42", "deactivate", url=other)
    assert ended.returncode == 2
    assert "allow_http" in ended.stderr
    # Nobody is there; but it was tried.
    assert "not_sent" in sandbox.run("user-42", "deactivate", "--allow-http", url=other).stdout


@pytest.mark.parametrize(
    ("argv", "key", "said"),
    [
        (["user-42", "delete-permanently"], KEY, "confirm"),
        ([" ", "deactivate"], KEY, "user_id"),
        (["user-42", "deactivate"], "", "api_key"),
    ],
)
def test_bad_input_sends_nothing(sandbox: Sandbox, argv: list[str], key: str, said: str) -> None:
    ended = sandbox.run(*argv, key=key)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert sandbox.control("GET", "/requests")["requests"] == []


def test_the_readme_s_commands_run(tmp_path: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", (FOLDER / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    # The first one installs.
    script = "set -e\n" + "\n".join(blocks[1:])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    for written, here in {"cargo run -q -p enrollkit-sandbox --": sandbox_program(), "8085": port, "sleep 3": "sleep 2"}.items():
        assert written in script
        script = script.replace(written, here)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "HOME": str(tmp_path)}
    ended = subprocess.run(["bash", "-c", script], cwd=FOLDER, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "action    stated" in ended.stdout
