"""What must not happen: a broken file, a full disk, a folder that can't be written, a clock that jumps."""

from __future__ import annotations

import os
import sqlite3
import time

import pytest
from support import Desk, Sandbox


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 500,
        b"user_id\n" + b"\0" * 50,
        b"user_id\n" + b'"' * 999,
        b'user_id\n"' + b"x\n" * 100_000,
        b"user_id\n" + b"x" * 1_000_000,
        b'user_id\n"' + b"x" * 2_000_000 + b"\n",
        b"user_id\n" + b'"x\n' * 50_000,
        b"," * 100_000,
        b"user_id" + b"," * 100_000 + b"\n" + b"," * 200_000 + b"x",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xff\xfe\x00",
        b"user_id\n\x80\x81\n",
        b"user_id\n\xed\xa0\x80\n",
        "user_id\n\ud800\n".encode("utf-16-le", "surrogatepass"),
        b"\xff\xfe" + "user_id\n\ud800\n".encode("utf-16-le", "surrogatepass"),
        b"user_id\n\x1b[2J\x1b]0;x\x07\n",
        b"sep=;",
        b"sep=;\n",
        b"user_id\n" + "\N{ZERO WIDTH SPACE}\n\N{ZERO WIDTH SPACE}\n".encode(),
        os.urandom(10_000),
    ],
)
def test_a_broken_file_is_refused_in_words(desk: Desk, sandbox: Sandbox, content: bytes) -> None:
    desk.file(content)
    ended = desk.run("deactivate")
    assert ended.code == 2, ended.err
    assert "Traceback" not in ended.err
    assert "\x1b" not in ended.err + ended.out
    assert sandbox.requests() == []


def test_a_hundred_thousand_rows_are_no_trouble(desk: Desk) -> None:
    desk.csv(*(f"user-{number:06}" for number in range(100_000)))
    begun = time.monotonic()
    ended = desk.run("deactivate", "--dry-run")
    assert ended.code == 0
    assert "100000 users" in ended.err
    # And a journal of them, with an address where nobody is.
    assert desk.run("deactivate", ENROLLKIT_BASE_URL="http://127.0.0.1:9").code == 4
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("limit", [512, 4096, 20_000, 40_000, 60_000])
def test_a_full_disk_ends_it_in_words_and_loses_nothing(desk: Desk, sandbox: Sandbox, limit: int) -> None:
    ids = [f"user-{number:02}" for number in range(40)]
    sandbox.enroll(ids)
    desk.csv(*ids)
    ended = desk.run("deactivate", max_file_bytes=limit)
    assert ended.code == (2 if limit < 4096 else 6), ended.err
    assert "Traceback" not in ended.err
    # Nothing goes out that could not be marked.
    sent = {one["user_id"] for one in sandbox.changes()}
    again = desk.run("deactivate")
    assert again.code == 0, again.err
    assert len(sandbox.changes()) == len(ids)
    assert sent <= set(ids)


def test_a_folder_that_can_not_be_written(desk: Desk, sandbox: Sandbox) -> None:
    desk.csv("a")
    for argv in (["--journal=/proc/journal"], ["--journal=missing/journal"], ["--journal=/dev/full"], ["--journal=."]):
        ended = desk.run("deactivate", *argv)
        assert ended.code in (2, 6), (argv, ended.err)
        assert "Traceback" not in ended.err
    assert sandbox.requests() == []


def test_a_report_that_can_not_be_written_is_made_by_the_next_run(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    ended = desk.run("deactivate", "--report=missing/report")
    assert ended.code == 6
    assert "run again to get it" in ended.err
    assert desk.run("deactivate").code == 0
    assert desk.states() == {"a": "done"}
    assert len(sandbox.requests()) == 1


def test_a_link_in_the_report_s_place_is_not_followed(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    precious = desk.file("precious", "precious.txt")
    for end in ("jsonl", "jsonl.part", "csv", "csv.part"):
        (desk.folder / f"users.deactivate.report.{end}").symlink_to(precious)
    assert desk.run("deactivate").code == 0
    assert precious.read_text() == "precious"
    assert desk.states() == {"a": "done"}


def test_a_damaged_journal_is_refused(desk: Desk, sandbox: Sandbox) -> None:
    ids = [f"user-{number:03}" for number in range(300)]
    sandbox.enroll(ids[:1])
    desk.csv(*ids)
    desk.run("deactivate", "--attempts=1")
    path = desk.folder / "users.deactivate.journal"
    content = path.read_bytes()
    before = len(sandbox.requests())
    for damaged in (content[:5000], content[:4096] + os.urandom(len(content) - 4096)):
        path.write_bytes(damaged)
        ended = desk.run("deactivate")
        assert ended.code in (2, 6), ended.err
        assert "Traceback" not in ended.err
    assert len(sandbox.requests()) == before


def test_a_clock_that_jumped_changes_nothing(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    sandbox.fault("drop_after")
    sandbox.fault("drop_before", path_contains="/info")
    assert desk.run("deactivate", "--attempts=1").code == 3
    for time_of_sending in ("2099-01-01T00:00:00.000Z", "1999-01-01T00:00:00.000Z"):
        with sqlite3.connect(desk.folder / "users.deactivate.journal") as database:
            database.execute("UPDATE rows SET state = 'sent', sent_at = ?", (time_of_sending,))
        database.close()
        begun = time.monotonic()
        assert desk.run("deactivate").code == 0
        assert time.monotonic() - begun < 5
    assert len(sandbox.changes()) == 1
