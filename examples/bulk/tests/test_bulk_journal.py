"""The journal: whose it is, who may write it, and what is never in it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3

import pytest
from support import KEY, Desk, Gateway, Sandbox

PRODUCTION_KEY = "not-a-secret-production-key-00000000000002"


def test_another_run_s_journal_is_refused(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a", "b"])
    desk.csv("a", "b")
    journal = "--journal=j"
    assert desk.run("deactivate", journal).code == 0
    before = len(sandbox.requests())
    other_host = sandbox.url.replace("127.0.0.1", "localhost")
    desk.csv("a", "c", name="other.csv")
    desk.file("user_id,id\na,b\nb,a\n", "columns.csv")
    for differing, ended in {
        "partner id: 085 there, 85 now": desk.run("deactivate", journal, "--partner-id=85"),
        "environment: sandbox there, production now": desk.run(
            "deactivate", journal, "--environment=production", "--production", ENROLLKIT_API_KEY=PRODUCTION_KEY
        ),
        f"address: {sandbox.url} there, {other_host} now": desk.run("deactivate", journal, "--base-url", other_host),
        "action: smile_id.deactivate there, smile_id.reactivate now": desk.run("reactivate", journal),
        "csv sha256": desk.run("deactivate", journal, file="other.csv"),
        "column: user_id there, id now": desk.run("deactivate", journal, "--column=id", file="columns.csv"),
    }.items():
        assert ended.code == 2, ended.err
        assert differing in ended.err
        assert "belongs to another run. Nothing was sent." in ended.err
    assert len(sandbox.requests()) == before


def test_a_second_writer_is_refused_at_once(desk: Desk, sandbox: Sandbox) -> None:
    ids = [f"user-{number}" for number in range(20)]
    sandbox.enroll(ids)
    desk.csv(*ids)
    sandbox.fault("slow", milliseconds=300, times=20)
    gateway = Gateway(sandbox.url)
    first = desk.start("deactivate", ENROLLKIT_BASE_URL=gateway.url)
    assert gateway.arrived.wait(10)
    second = desk.run("deactivate", ENROLLKIT_BASE_URL=gateway.url)
    assert second.code == 5
    assert "Another process is using the journal" in second.err
    assert "Traceback" not in second.err
    # The lock goes with its holder, however that ends.
    first.signal(signal.SIGKILL)
    assert first.wait().code == -signal.SIGKILL
    sandbox.control("DELETE", "/faults")
    assert desk.run("deactivate", ENROLLKIT_BASE_URL=gateway.url).code == 0
    gateway.close()


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_it_is_its_owner_s_alone(desk: Desk, sandbox: Sandbox, umask: int) -> None:
    sandbox.enroll(["a", "b"])
    desk.csv("a", "b")
    (desk.folder / "users.deactivate.journal").touch(mode=0o666)
    sandbox.fault("slow", milliseconds=200)
    before = os.umask(umask)
    try:
        run = desk.start("deactivate")
        while not (side := list(desk.folder.glob("*.journal-*"))):
            assert run.poll() is None
        files = [*side, desk.folder / "users.deactivate.journal"]
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
        assert run.wait().code == 0
        files[-1].chmod(0o666)
        assert desk.run("deactivate").code == 0
        assert files[-1].stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


def test_no_secret_and_nothing_looked_up_is_in_any_file(desk: Desk, sandbox: Sandbox, gateway: Gateway) -> None:
    ids = [f"user-{number}" for number in range(12)]
    sandbox.enroll(ids)
    for user in ids:
        sandbox.control("POST", "/jobs", {"user_id": user, "environment": "test", "job_id": f"job-{user}", "id_check": True})
    desk.csv(*ids)
    for fault in ("drop_after", "html", "echo", "truncate", "empty"):
        sandbox.fault(fault, path_contains="/enrollee")
    sandbox.fault("slow", milliseconds=400, times=1)
    run = desk.start("re-enroll", "--concurrency=2", ENROLLKIT_BASE_URL=gateway.url)
    # While it runs, so that the write-ahead log is there; then killed, so that it stays; then to the end.
    while len(gateway.changes) < 6:
        assert run.poll() is None
    run.signal(signal.SIGKILL)
    run.wait()
    files = {path: path.read_bytes() for path in desk.folder.iterdir()}
    assert any(path.name.endswith("-wal") for path in files)
    desk.run("re-enroll", ENROLLKIT_BASE_URL=gateway.url)
    files |= {path.with_suffix(".end"): path.read_bytes() for path in desk.folder.iterdir()}

    signatures = [json.loads(body)["signature"].encode() for body in gateway.bodies]
    forbidden = [KEY.encode(), b"FICTIONAL", b"1900-01-01", b"job-user", b"Simulated", b"sid_request", b"<html", *signatures]
    assert len(signatures) > 10
    for path, content in files.items():
        for text in forbidden:
            assert text not in content, (path, text)
            assert text.decode().encode("utf-16-le") not in content, (path, text)
        # The operator's address is shown, never stored.
        assert b"ops@bank.example" not in content or path.suffix in (".err", ".end"), path
    assert any(b"user-3" in content for path, content in files.items() if ".journal" in path.name)


def test_what_is_no_journal_is_left_alone(desk: Desk) -> None:
    desk.csv("a")
    foreign = desk.folder / "other.db"
    with sqlite3.connect(foreign) as database:
        database.execute("CREATE TABLE precious (x)")
    database.close()
    text = desk.file("precious text, longer than a header of a hundred bytes " * 4, "text")
    link = desk.folder / "link"
    link.symlink_to(foreign)
    foreign.chmod(0o644)
    for path in (foreign, text, link, desk.folder):
        before = path.read_bytes() if path.is_file() else b""
        ended = desk.run("deactivate", "--journal", str(path))
        assert ended.code == 2, (path, ended.err)
        assert "Traceback" not in ended.err
        assert not path.is_file() or path.read_bytes() == before
    assert foreign.stat().st_mode & 0o777 == 0o644
