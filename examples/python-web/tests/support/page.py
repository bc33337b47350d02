"""A browser's part of the relay, and what it left."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from support.processes import FOLDER
from support.wire import Reply, request
from support.world import ORIGIN, Web

EMPTY: dict[str, object] = {
    "userAppearance": {},
    "userAttribute": {},
    "userAddress": {},
    "userBiometrics": [],
    "userIDProofDocuments": {},
    "userEnrollmentHistoryList": [],
}


class Page:
    """A browser's part: it keeps the cookie, and names its page's origin."""

    def __init__(self, web: Web, *who: str) -> None:
        self.web = web
        self.headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
        if who:
            command = [sys.executable, "sessions.py", *who]
            env = {"DATABASE": str(web.folder / "app.db"), "PYTHONDONTWRITEBYTECODE": "1"}
            token = subprocess.run(command, cwd=FOLDER, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
            self.headers["Cookie"] = f"a=b; session={token}"

    def post(self, path: str, body: object, **changed: str | None) -> Reply:
        headers = {**self.headers, **{name.replace("_", "-").title(): value for name, value in changed.items()}}
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return request(
            self.web.app.url, "POST", path, [(name, value) for name, value in headers.items() if value is not None], sent
        )

    def smile(self, action: str, user_id: str, **more: str) -> Reply:
        return self.post("/api/smile", {"action": f"smile_id.{action}", "user_id": user_id, **more})

    def sign_up(self, **user: object) -> Reply:
        user = {"name": "jdoe", "organisationName": "Acme Bank", **EMPTY, **user}
        return self.post("/api/sign-up", {"action": "unifyia.sign_up", "user": user})


def sent(web: Web) -> int:
    return len(web.world.sandbox.control("GET", "requests")["requests"])


def read(reply: Reply) -> Any:
    assert reply.header("content-type") == "application/json"
    assert reply.header("cache-control") == "no-store"
    return json.loads(reply.body)


def last_line(web: Web) -> tuple[Any, ...]:
    return web.rows("SELECT who, action, user_id, outcome FROM audit ORDER BY id DESC LIMIT 1")[0]
