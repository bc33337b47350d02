"""What a kill, a restart, or a broken disk leaves."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from conftest import Start
from support.between import Message
from support.processes import FOLDER
from support.world import Web, signed

EXAMPLES = ["fastapi-uvicorn", "flask-waitress", "django-gunicorn"]


def delivered_and_killed(web: Web, name: str) -> Message:
    """A message that was acknowledged by a process that was then killed, in the middle of its look-up."""
    with web.world.calls.held():
        one = web.job(name)
        [message] = web.world.messages.answered(one)
        web.world.calls.one_arrived()
        web.app.end(signal.SIGKILL)
    assert web.acted(one) == []
    return message


@pytest.mark.parametrize("server", EXAMPLES)
def test_after_a_kill_nothing_is_forgotten_and_nothing_done_twice(start: Start, server: str) -> None:
    first = start(server)
    done = first.job("done")
    [old] = first.world.messages.answered(done)
    first.wait_acted(done)
    message = delivered_and_killed(first, "killed")
    one = first.id("killed")

    second = start(server)
    # Without being asked: no delivery had to come first.
    second.wait_acted(one)
    states = second.states()
    for again in (message, old):
        assert second.deliver(again).status == 202
    assert second.states() == states
    assert second.acted(one) == second.acted(done) == ["0840"]
    signature = message.get("response-signature")
    assert signature.encode() not in second.bytes_on_disk()
    assert signature not in first.app.log() + second.app.log()


@pytest.mark.parametrize("server", EXAMPLES)
def test_a_polite_end_is_no_different(start: Start, server: str) -> None:
    first = start(server)
    with first.world.calls.held():
        one = first.job("told")
        first.world.messages.answered(one)
        first.world.calls.one_arrived()
        first.app.end(signal.SIGTERM)
    second = start(server)
    second.wait_acted(one)
    assert second.acted(one) == ["0840"]


def test_a_worker_that_is_killed_is_replaced_and_its_work_done(start: Start) -> None:
    # Each of gunicorn's workers looks up; the one that is killed has taken the delivery.
    web = start("flask-gunicorn", None, "--workers=1")
    worker = int(web.app.wait_for(r"Booting worker with pid: (\d+)")[1])
    with web.world.calls.held():
        one = web.job("worker")
        web.world.messages.answered(one)
        web.world.calls.one_arrived()
        subprocess.run(["kill", "-9", str(worker)], check=True)
        web.app.wait_for(r"Booting worker with pid: (?!" + str(worker) + r"\b)\d+")
    web.wait_acted(one)
    assert web.acted(one) == ["0840"]


def test_workers_that_were_forked_from_a_loaded_app_look_up_too(start: Start) -> None:
    web = start("flask-gunicorn", None, "--preload")
    one = web.job("forked")
    web.wait_acted(one)
    assert web.acted(one) == ["0840"]


KILLED_WHILE_ACTING = """
import os, sys
from pathlib import Path
import audit
from audit import Audit
from database import Database
from deliveries import Claim, Deliveries, Delivery

database = Database(Path(sys.argv[1]))
Audit(database)
deliveries = Deliveries(database)
deliveries.record("delivery", "pair", Claim("job", "user", "0840"))

def act(db, _):
    audit.add(db, who="smile_id", action="job_result", user_id="user", outcome="0840")
    if sys.argv[2] == "kill":
        os.kill(os.getpid(), 9)

delivery = Delivery("delivery", "job", "user", "0840", 0, 0)
deliveries.settle(delivery, ["result"], act, confirmed=True)
deliveries.settle(delivery, ["other result"], act, confirmed=True)
"""


def test_who_is_killed_while_acting_has_done_nothing(tmp_path: Path) -> None:
    file = tmp_path / "app.db"
    found = []
    for how in ("kill", "live", "live"):
        ran = subprocess.run([sys.executable, "-c", KILLED_WHILE_ACTING, str(file), how], cwd=FOLDER, check=False)
        assert ran.returncode == (-signal.SIGKILL if how == "kill" else 0)
        with closing(sqlite3.connect(file)) as db:
            found.append(db.execute("SELECT (SELECT state FROM deliveries), (SELECT count(*) FROM audit)").fetchone())
    assert found == [("received", 0), ("done", 1), ("done", 1)]


@pytest.mark.parametrize("server", EXAMPLES)
def test_what_can_not_be_recorded_is_not_acknowledged(start: Start, server: str) -> None:
    # With one worker: another that begins just now would make the table again.
    web = start(server, None, *(["--workers=1"] if "gunicorn" in server else []))
    assert web.deliver(signed({}, b"recorded")).status == 202
    message = signed({}, b"unrecorded")
    web.rows("DROP TABLE pairs")
    reply = web.deliver(message)
    assert reply.status == 503
    web.app.wait_for("can't be recorded")
    assert message.get("response-signature") not in web.app.log()


def test_the_file_is_for_its_owner_only(start: Start) -> None:
    web = start("flask-waitress")
    open_to_others = set()
    for file in web.folder.iterdir():
        # SQLite takes the database's side files away whenever nobody has it open.
        with suppress(FileNotFoundError):
            open_to_others.add(file.stat().st_mode & 0o077)
    assert open_to_others == {0}
