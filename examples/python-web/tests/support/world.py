"""What a test has: the sandbox, the two servers between, and an app with its database."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from enrollkit import SmileId

from support.between import WEBHOOK, Calls, Message, Messages
from support.processes import SANDBOX_KEY, App, Sandbox, until
from support.wire import Reply, request

ORIGIN = "http://app.bank.example"


@dataclass
class World:
    sandbox: Sandbox
    messages: Messages
    calls: Calls

    def start(self, server: str, folder: Path, *flags: str, **env: str) -> Web:
        settings = {
            "ENROLLKIT_PARTNER_ID": "085",
            "ENROLLKIT_ENVIRONMENT": "sandbox",
            "ENROLLKIT_API_KEY": SANDBOX_KEY,
            "ENROLLKIT_BASE_URL": self.calls.url,
            "ENROLLKIT_UNIFYIA_URL": self.calls.url,
            "ENROLLKIT_ORGANIZATION": "Acme Bank",
            "ENROLLKIT_OPERATOR": "self-service@bank.example",
            "PUBLIC_ORIGIN": ORIGIN,
            "DATABASE": str(folder / "app.db"),
            "LOOK_UP_PAUSE_SECONDS": "0.05",
            "LOOK_UPS_FOR_SECONDS": "1",
            "BODY_SECONDS": "1",
            **env,
        }
        return Web(self, server, App(server, settings, *flags), folder)

    def fault(self, fault: str, path: str, **more: object) -> None:
        self.sandbox.control("POST", "faults", {"fault": fault, "path_contains": path, **more})


@dataclass
class Web:
    """A running app, and what it wrote down."""

    world: World
    server: str
    app: App
    folder: Path

    def id(self, name: str) -> str:
        """An id of this app's own: all share one sandbox."""
        return f"{self.server}-{self.folder.name}-{name}"

    def deliver(self, message: Message) -> Reply:
        return request(self.app.url, "POST", WEBHOOK, message.headers, message.body)

    def job(self, name: str, *, passed_on: bool = True, **more: object) -> str:
        """Plays a job of user and id of that name, whose message goes to this app; gives the id."""
        one = self.id(name)
        self.world.messages.targets[one] = self.app.url if passed_on else None
        played = self.world.sandbox.control("POST", "jobs", {"user_id": one, "job_id": one, "environment": "test", **more})
        assert played["accepted"], played
        return one

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "app.db", timeout=30, isolation_level=None)) as db:
            return db.execute(query, values).fetchall()

    def acted(self, user_id: str) -> list[str]:
        found = self.rows("SELECT outcome FROM audit WHERE action = 'job_result' AND user_id = ? ORDER BY id", user_id)
        return [outcome for (outcome,) in found]

    def wait_acted(self, user_id: str, count: int = 1) -> None:
        until(f"{user_id} is acted on", lambda: len(self.acted(user_id)) >= count)

    def states(self) -> dict[str, str]:
        return dict(self.rows("SELECT delivery_key, state FROM deliveries"))

    def wait_nothing_waits(self) -> None:
        until("no delivery waits", lambda: "received" not in self.states().values())

    def wait_looks(self, user_id: str, count: int) -> None:
        """So many more than there were."""
        enough = self.world.calls.look_ups[user_id] + count
        until(f"{user_id} is looked up", lambda: self.world.calls.look_ups[user_id] >= enough)

    def bytes_on_disk(self) -> bytes:
        """The database as it lies there, with what is in its log and not yet in it."""
        while True:
            # SQLite moves its log into the database and takes it away whenever nobody has that open: then all is read again.
            with suppress(FileNotFoundError):
                return b"".join(file.read_bytes() for file in sorted(self.folder.iterdir()))


def signed(headers: dict[str, str], body: object, *, key: str = SANDBOX_KEY, ago: float = 0, partner_id: str = "085") -> Message:
    """A genuine signature under whatever headers and body one likes."""
    pair = SmileId(partner_id=partner_id, environment="sandbox", api_key=key).sign(
        now=datetime.now(timezone.utc) - timedelta(seconds=ago)
    )
    named = {"Response-Timestamp": pair.timestamp, "Response-Signature": pair.signature, **headers}
    return Message(list(named.items()), body if isinstance(body, bytes) else json.dumps(body).encode())


def result_of(one: str, code: str = "0840") -> dict[str, str]:
    return {"job_id": one, "user_id": one, "result_code": code}


def documented(one: str, code: object = "0840") -> dict[str, object]:
    """A result as Smile ID's documents write it. `SmileJobID` is their own number of the job."""
    params = {"job_id": one, "user_id": one, "job_type": 1}
    return {"SmileJobID": "0000000001", "PartnerParams": params, "ResultCode": code, "ResultText": "Enroll User"}


def headers_of(one: str) -> dict[str, str]:
    return {"Job-ID": one, "User-ID": one}
