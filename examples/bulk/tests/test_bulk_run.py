"""What is sent, how fast, how often, and what is made of each answer."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import datetime
from itertools import pairwise

import pytest
from support import BULK, KEY, Desk, Gateway, Sandbox, sandbox_process


def users(count: int) -> list[str]:
    return [f"user-{number:02}" for number in range(count)]


def test_a_dry_run_sends_and_writes_nothing_and_needs_no_key(desk: Desk, sandbox: Sandbox) -> None:
    desk.csv("a", "b", " c")
    ended = desk.run("delete-permanently", "--dry-run", "--accept=outer_white_space", ENROLLKIT_API_KEY="")
    assert ended.code == 0, ended.err
    assert "delete-permanently: 3 users; partner 085, sandbox" in ended.err
    assert "question: outer_white_space" in ended.err
    assert "--confirm-delete with the number of users, which is 3" in ended.err
    assert sandbox.requests() == []
    assert {path.suffix for path in desk.folder.iterdir()} == {".csv", ".out", ".err"}


def test_findings_must_be_accepted_kind_by_kind(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a", "1.5E+11"])
    desk.csv("a", "a", "1.5E+11")
    ended = desk.run("deactivate", "--accept=duplicate_id")
    assert ended.code == 2
    assert "--accept scientific_notation" in ended.err
    assert "line 4" in ended.err
    assert desk.run("deactivate", "--accept=missing_id").code == 2
    assert sandbox.requests() == []
    assert desk.run("deactivate", "--accept=duplicate_id", "--accept=scientific_notation").code == 0
    assert sorted(one["user_id"] for one in sandbox.changes()) == ["1.5E+11", "a"]


def test_errors_can_not_be_accepted(desk: Desk, sandbox: Sandbox) -> None:
    desk.file('user_id\na\n"b\nc"\n')
    ended = desk.run("deactivate")
    assert ended.code == 2
    assert "error: not_an_id" in ended.err
    assert sandbox.requests() == []


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["delete-permanently"], "needs --confirm-delete"),
        (["delete-permanently", "--confirm-delete=1"], "needs --confirm-delete"),
        (["deactivate", "--confirm-delete=2"], "the action is deactivate"),
        (["deactivate", "--environment=production"], "it needs --production"),
        (["deactivate", "--production"], "the environment is sandbox"),
        (["deactivate", "--environment=live"], "environment"),
        (["deactivate", "--partner-id=x"], "partner_id"),
        (["deactivate", "--operator=nobody"], "operator"),
        (["deactivate", "--base-url=http://bank.example"], "base_url"),
        (["re-enroll", "--resend-unknown"], "not for re-enroll"),
        (["deactivate", "--prod"], "unrecognized arguments"),
        (["deactivate", "--rate=0"], "--rate"),
        (["deactivate", "--rate=nan"], "--rate"),
        (["deactivate", "--key-file=missing"], "Can't read the key file"),
    ],
)
def test_what_was_not_said_for_certain_is_not_done(desk: Desk, sandbox: Sandbox, argv: list[str], said: str) -> None:
    desk.csv("a", "b")
    ended = desk.run(*argv)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert sandbox.requests() == []


def test_all_that_is_missing_is_said_at_once(desk: Desk) -> None:
    desk.csv("a")
    ended = desk.run("deactivate", ENROLLKIT_PARTNER_ID="", ENROLLKIT_ENVIRONMENT="", ENROLLKIT_OPERATOR="")
    assert [line.split()[0] for line in ended.err.splitlines() if "missing" in line] == [
        "--partner-id",
        "--environment",
        "--operator",
    ]


def test_the_key_is_read_from_a_file_without_its_line_end(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    desk.file(KEY + "\r\n", "key")
    assert desk.run("deactivate", "--key-file=key", ENROLLKIT_API_KEY="").code == 0
    desk.file(KEY + " \n", "key")
    ended = desk.run("reactivate", "--key-file=key")
    assert ended.code == 2
    assert "api_key" in ended.err


def test_deleting_works_with_the_right_count(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a", "b"])
    desk.csv("a", "b")
    assert desk.run("delete-permanently", "--confirm-delete=2").code == 0
    assert all(user["deleted"] for user in sandbox.control("GET", "/users")["users"])
    # Whoever is deleted already, is.
    assert desk.run("delete-permanently", "--confirm-delete=2", "--journal=second").code == 0
    assert {row["code"] for row in desk.report("delete-permanently").values()} == {"user_deleted"}


def test_the_rate_is_kept(desk: Desk, sandbox: Sandbox) -> None:
    ids = users(12)
    sandbox.enroll(ids)
    desk.csv(*ids)
    assert desk.run("deactivate", "--rate=20", "--concurrency=8").code == 0
    times = [datetime.fromisoformat(one["time"].replace("Z", "+00:00")) for one in sandbox.changes()]
    times.sort()
    # 12 requests have 11 gaps of 50 ms; none comes in a burst, whatever the machine does meanwhile.
    assert (times[-1] - times[0]).total_seconds() >= 0.5
    assert all((later - sooner).total_seconds() >= 0.1 for sooner, later in zip(times, times[3:], strict=False))


def test_so_many_are_under_way_and_no_more(desk: Desk, sandbox: Sandbox, gateway: Gateway) -> None:
    ids = users(16)
    sandbox.enroll(ids)
    desk.csv(*ids)
    sandbox.fault("slow", milliseconds=60, times=100)
    assert desk.run("deactivate", "--concurrency=3", ENROLLKIT_BASE_URL=gateway.url).code == 0
    assert gateway.most_under_way == 3


def test_a_wrong_key_costs_one_request(desk: Desk, sandbox: Sandbox) -> None:
    ids = users(50)
    sandbox.enroll(ids)
    desk.csv(*ids)
    ended = desk.run("deactivate", "--concurrency=16", ENROLLKIT_API_KEY="not-a-secret-production-key-00000000000002")
    assert ended.code == 4
    assert "unauthorized 2205" in ended.err
    assert "the API key belongs to the other environment" in ended.err
    assert len(sandbox.requests()) == 1
    # With the right one, it goes on.
    assert desk.run("deactivate").code == 0


def test_a_key_that_stops_working_stops_the_run(desk: Desk, sandbox: Sandbox) -> None:
    ids = users(30)
    sandbox.enroll(ids)
    desk.csv(*ids)
    sandbox.control("POST", "/faults", {"fault": "slow", "milliseconds": 0, "times": 10})
    sandbox.fault("status", status=401, code="2205", times=100)
    ended = desk.run("deactivate", "--concurrency=3")
    assert ended.code == 4
    # What was under way, and nothing after it.
    assert 11 <= len(sandbox.requests()) <= 13
    assert sorted(set(desk.states().values())) == ["done", "pending"]


def test_a_wrong_clock_is_told(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    sandbox.control("POST", "/clock", {"offset_seconds": 7200})
    ended = desk.run("deactivate")
    assert ended.code == 4
    assert "clock differs from this machine's by 7" in ended.err


def test_too_many_requests_pause_everybody(desk: Desk, sandbox: Sandbox, gateway: Gateway) -> None:
    ids = users(12)
    sandbox.enroll(ids)
    desk.csv(*ids)
    sandbox.fault("slow", milliseconds=0, times=4)
    sandbox.fault("rate_limit", retry_after=1)
    assert desk.run("deactivate", "--concurrency=2", ENROLLKIT_BASE_URL=gateway.url).code == 0
    entries = sandbox.requests()
    times = [datetime.fromisoformat(one["time"].replace("Z", "+00:00")) for one in entries]
    limited = next(number for number, one in enumerate(sorted(entries, key=lambda one: one["time"])) if one["status"] == 429)
    times.sort()
    gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(times)]
    # Without a pause they are 0.2 apart. On a busy machine some more go out before the answer is read.
    assert max(gaps[limited:]) >= 0.9
    assert len(sandbox.changes()) == 13
    # Each attempt was signed anew.
    signatures = [json.loads(body)["signature"] for body in gateway.bodies]
    assert len(set(signatures)) == 13


def test_a_wait_of_an_hour_ends_the_run(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a", "b"])
    desk.csv("a", "b")
    sandbox.fault("rate_limit", retry_after=3600)
    ended = desk.run("deactivate")
    assert ended.code == 4
    assert "asks to wait 3600 s" in ended.err
    assert desk.run("deactivate").code == 0


def test_attempts_are_bounded(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    sandbox.fault("rate_limit", retry_after=0, times=3)
    ended = desk.run("deactivate", "--attempts=3")
    assert ended.code == 1
    assert desk.states() == {"a": "not_done"}
    assert len(sandbox.requests()) == 3
    # The next run tries it again.
    assert desk.run("deactivate").code == 0


def test_no_answers_end_the_run(desk: Desk, sandbox: Sandbox) -> None:
    ids = users(40)
    sandbox.enroll(ids)
    desk.csv(*ids)
    sandbox.fault("drop_before", times=1000)
    ended = desk.run("re-enroll")
    assert ended.code == 4
    assert "no usable answer 6 times in a row" in ended.err
    sandbox.control("DELETE", "/faults")
    # Few rows became unclear.
    assert len(sandbox.requests()) <= 8
    assert list(desk.states("re-enroll").values()).count("sent") <= 3
    assert desk.run("re-enroll").code == 3


@pytest.mark.parametrize("action", ["delete-permanently", "deactivate", "reactivate", "flag-fraud", "clear-fraud"])
@pytest.mark.parametrize(
    ("fault", "done_by_then"),
    [
        ({"fault": "drop_before"}, False),
        ({"fault": "drop_after"}, True),
        ({"fault": "truncate"}, True),
        ({"fault": "html"}, False),
        ({"fault": "html", "processed": True}, True),
        ({"fault": "empty", "processed": True}, True),
        ({"fault": "status", "status": 500}, False),
        ({"fault": "status", "status": 502, "processed": True}, True),
        ({"fault": "huge", "bytes": 17_000_000, "processed": True}, True),
    ],
)
def test_a_lost_or_unclear_answer_is_looked_up(
    desk: Desk, sandbox: Sandbox, fault: dict[str, object], done_by_then: bool, action: str
) -> None:
    sandbox.enroll(["a"])
    # So that the action changes something.
    if action in ("reactivate", "clear-fraud"):
        desk.csv("a")
        assert desk.run({"reactivate": "deactivate", "clear-fraud": "flag-fraud"}[action]).code == 0
    before = len(sandbox.changes())
    desk.csv("a")
    sandbox.control("POST", "/faults", fault)
    flags = ["--confirm-delete=1"] if action == "delete-permanently" else []
    ended = desk.run(action, *flags)
    assert ended.code == 0, ended.err
    assert len(sandbox.changes()) - before == (1 if done_by_then else 2)
    assert [one["operation"] for one in sandbox.requests()[before:]].count("smile_id.enrollee_info") == 1
    assert desk.report(action)["a"]["code"] == ("confirmed" if done_by_then else "stated")


def test_a_permission_that_is_not_there_is_unknown(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["given", "lost"])
    desk.csv("given", "lost")
    sandbox.fault("drop_after")
    # The first look-up, too.
    sandbox.fault("slow", milliseconds=0, path_contains="/info")
    sandbox.fault("drop_before")
    ended = desk.run("re-enroll", "--concurrency=1")
    assert ended.code == 3
    assert desk.states("re-enroll") == {"given": "done", "lost": "unknown"}
    assert len(sandbox.changes()) == 2
    # It stays so, however often it is run: never sent twice blindly.
    assert desk.run("re-enroll").code == 3
    assert desk.run("re-enroll", "--resend-unknown").code == 2
    assert len(sandbox.changes()) == 2


def test_unknown_rows_are_sent_again_when_told_to(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    sandbox.fault("drop_before", path_contains="/enrollee")
    sandbox.fault("status", status=400, code="2210", path_contains="/info")
    assert desk.run("deactivate").code == 3
    assert desk.report()["a"]["code"] == "user_not_found"
    assert desk.run("deactivate").code == 3
    assert len(sandbox.changes()) == 1
    assert desk.run("deactivate", "--resend-unknown").code == 0
    assert len(sandbox.changes()) == 2


def test_a_look_up_that_fails_is_made_again_by_the_next_run(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    sandbox.fault("drop_after")
    sandbox.fault("status", status=503, path_contains="/info", times=2)
    ended = desk.run("deactivate", "--attempts=2")
    assert ended.code == 3
    assert desk.states() == {"a": "sent"}
    assert desk.run("deactivate").code == 0
    assert len(sandbox.changes()) == 1


@pytest.mark.parametrize("fault", [{"fault": "redirect"}, {"fault": "status", "status": 403}, {"fault": "status", "status": 402}])
def test_what_concerns_every_row_stops_the_run(desk: Desk, sandbox: Sandbox, fault: dict[str, object]) -> None:
    ids = users(9)
    sandbox.enroll(ids)
    desk.csv(*ids)
    sandbox.control("POST", "/faults", {**fault, "times": 100})
    assert desk.run("deactivate").code == 4
    assert len(sandbox.requests()) == 1
    assert sandbox.control("GET", "/faults")["redirected_calls"] == 0
    assert set(desk.states().values()) == {"pending"}


def test_a_wrong_path_stops_the_run(desk: Desk, sandbox: Sandbox) -> None:
    ids = users(9)
    sandbox.enroll(ids)
    desk.csv(*ids)
    sandbox.fault("status", status=404, times=3)
    ended = desk.run("deactivate")
    assert ended.code == 4
    assert "3 rows in a row were refused without a service code" in ended.err
    assert list(desk.states().values()).count("not_done") == 3
    # None of them is given up for it.
    assert desk.run("deactivate").code == 0


def test_an_address_where_nobody_is(desk: Desk) -> None:
    desk.csv("a", "b")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    ended = desk.run("re-enroll", ENROLLKIT_BASE_URL=url)
    assert ended.code == 4
    assert "can't be reached" in ended.err
    # No connection came about, so nothing can have happened.
    assert set(desk.states("re-enroll").values()) == {"pending"}


def test_a_service_that_goes_away_in_the_middle(desk: Desk) -> None:
    ids = users(40)
    desk.csv(*ids)
    with sandbox_process() as sandbox:
        sandbox.enroll(ids)
        sandbox.fault("slow", milliseconds=20, times=1000)
        gateway = Gateway(sandbox.url)
        run = desk.start("re-enroll", "--rate=100", ENROLLKIT_BASE_URL=gateway.url)
        while len(gateway.changes) < 10:
            assert run.poll() is None
    ended = run.wait()
    assert ended.code == 4
    states = list(desk.states("re-enroll").values())
    assert states.count("pending") > 10
    assert states.count("done") >= 6
    gateway.close()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_lets_finish_what_is_under_way(
    desk: Desk, sandbox: Sandbox, gateway: Gateway, number: signal.Signals, code: int
) -> None:
    ids = users(30)
    sandbox.enroll(ids)
    desk.csv(*ids)
    # So slow that the signal finds rows left, however late it comes on a busy machine.
    sandbox.fault("slow", milliseconds=500, times=1000)
    run = desk.start("re-enroll", "--concurrency=3", ENROLLKIT_BASE_URL=gateway.url)
    while len(gateway.changes) < 6:
        assert run.poll() is None
    run.signal(number)
    ended = run.wait()
    assert ended.code == code, ended.err
    assert "still under way" in ended.err
    assert "To go on, run the same command again" in ended.err
    states = desk.states("re-enroll")
    assert set(states.values()) == {"done", "pending"}
    assert sorted(gateway.changes) == sorted(user for user, state in states.items() if state == "done")
    sandbox.control("DELETE", "/faults")
    assert desk.run("re-enroll", ENROLLKIT_BASE_URL=gateway.url).code == 0
    assert sorted(gateway.changes) == ids


def test_a_second_signal_ends_it_at_once(desk: Desk, sandbox: Sandbox, gateway: Gateway) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    sandbox.fault("slow", milliseconds=2000)
    run = desk.start("deactivate", ENROLLKIT_BASE_URL=gateway.url)
    assert gateway.arrived.wait(10)
    run.signal(signal.SIGINT)
    while "still under way" not in run.errors():
        assert run.poll() is None
    run.signal(signal.SIGINT)
    assert run.wait(1).code == -signal.SIGINT
    assert desk.run("deactivate", ENROLLKIT_BASE_URL=gateway.url).code == 0
    assert gateway.changes == ["a"]


def test_a_hangup_that_is_ignored_stays_so(desk: Desk, sandbox: Sandbox, gateway: Gateway) -> None:
    ids = users(8)
    sandbox.enroll(ids)
    desk.csv(*ids)
    sandbox.fault("slow", milliseconds=100, times=1000)
    command = ["nohup", sys.executable, "-m", "bulk", str(desk.folder / "users.csv"), "deactivate"]
    env = {**os.environ, **desk.env, "ENROLLKIT_BASE_URL": gateway.url}
    with subprocess.Popen(command, cwd=BULK, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        assert gateway.arrived.wait(20)
        run.send_signal(signal.SIGHUP)
        assert run.wait(30) == 0


def test_a_poor_or_closed_terminal_loses_nothing(desk: Desk, sandbox: Sandbox) -> None:
    ids = ["Zoë", "名"]
    desk.csv(*ids)
    command = [sys.executable, "-m", "bulk", str(desk.folder / "users.csv"), "deactivate"]
    env = {**os.environ, **desk.env, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(command, cwd=BULK, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stderr
    assert "Zo\\xeb" in ended.stdout
    assert len(sandbox.requests()) == 2
    (desk.folder / "users.deactivate.report.jsonl").unlink()
    with open(os.devnull, "rb") as closed:
        subprocess.run(command, cwd=BULK, env=env, stdout=closed, stderr=subprocess.DEVNULL, check=False)
    assert set(desk.states()) == set(ids)


def test_it_runs_as_a_module(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.enroll(["a"])
    desk.csv("a")
    command = [sys.executable, "-m", "bulk", str(desk.folder / "users.csv"), "deactivate"]
    ended = subprocess.run(command, cwd=BULK, env={**os.environ, **desk.env}, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert KEY not in ended.stdout + ended.stderr
    ended = subprocess.run([*command[:3], "--help"], cwd=BULK, capture_output=True, text=True, check=False)
    assert "exit codes:" in ended.stdout
    assert threading.active_count() < 50
