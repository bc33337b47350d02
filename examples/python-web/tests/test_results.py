"""No result is lost: however it is written, however late the look-up shows it, whatever ends meanwhile."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from datetime import datetime, timezone
from typing import Any

import pytest
from enrollkit import HistoryEntry

from conftest import Start
from deliveries import Delivery
from look_ups import results_of
from support.processes import FOLDER, until
from support.world import Web, documented, headers_of, result_of, signed

EXAMPLES = ["fastapi-uvicorn", "flask-waitress", "django-gunicorn"]
# No test waits for it.
LONG = "600"


@pytest.fixture(scope="module", params=EXAMPLES)
def web(request: pytest.FixtureRequest, start_for_all: Start) -> Web:
    # With one worker: another that begins just now looks up what the first is looking up.
    return start_for_all(request.param, None, *(["--workers=1"] if "gunicorn" in request.param else []))


def listed(web: Web) -> list[dict[str, Any]]:
    return [json.loads(line) for line in unconfirmed(web).stdout.splitlines()]


def unconfirmed(web: Web, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    everything = {"DATABASE": str(web.folder / "app.db"), "PYTHONDONTWRITEBYTECODE": "1", **env}
    command = [sys.executable, "unconfirmed.py", *arguments]
    return subprocess.run(command, cwd=FOLDER, env=everything, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("code", ["0840", 840], ids=["text", "number"])
def test_the_documented_body_is_one_look_up_and_one_act(web: Web, code: object) -> None:
    one = web.job(f"documented-{type(code).__name__}", passed_on=False)
    message = signed(headers_of(one), documented(one, code))
    assert web.deliver(message).status == 202
    web.wait_acted(one)
    assert web.deliver(message).status == 202
    web.wait_nothing_waits()
    assert web.acted(one) == ["0840"]
    assert web.world.calls.look_ups[one] == 1
    assert "two jobs or users" not in web.app.log()


@pytest.mark.parametrize("spelling", ["result_object", "v3", "flat"])
def test_each_spelling_that_is_sent_is_one_look_up_and_one_act(web: Web, spelling: str) -> None:
    one = web.job(f"spelling-{spelling}", spelling=spelling)
    web.world.messages.answered(one)
    web.wait_acted(one)
    web.wait_nothing_waits()
    assert web.acted(one) == ["0840"]
    assert web.world.calls.look_ups[one] == 1


@pytest.mark.parametrize("spelling", ["result_object", "v3"])
def test_of_a_provisional_and_a_final_result_that_show_late_neither_is_lost(start: Start, spelling: str) -> None:
    web = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS=LONG)
    one = web.job("late", spelling=spelling, provisional=True, final_after_milliseconds=1500, shown_after_milliseconds=1000)
    web.world.messages.answered(one, 2)
    web.wait_acted(one, 2)
    web.wait_nothing_waits()
    assert web.acted(one) == ["0846", "0840"]
    # More than the three looks after which nobody should give up.
    assert web.world.calls.look_ups[one] > 6


@pytest.mark.parametrize("where", ["PartnerParams", "partner_params", None])
def test_ids_that_only_the_body_names(web: Web, where: str | None) -> None:
    one = web.job(f"body-{where}", passed_on=False)
    ids = {"job_id": one, "user_id": one}
    assert web.deliver(signed({}, {"ResultCode": "0840", **({where: ids} if where else ids)})).status == 202
    web.wait_acted(one)
    assert web.acted(one) == ["0840"]


@pytest.mark.parametrize("body", [{"status": "clear"}, {"ResultCode": "0840", "result_code": "0810"}, b"", b"[]", b"\xff"])
def test_a_message_that_names_no_result_is_looked_up_for_what_there_is(web: Web, body: object) -> None:
    one = web.job(f"no-code-{str(body).encode().hex()}", passed_on=False)
    assert web.deliver(signed(headers_of(one), body)).status == 202
    web.wait_acted(one)
    web.wait_nothing_waits()
    assert web.acted(one) == ["0840"]


def test_two_ids_are_told_and_only_the_look_up_counts(web: Web) -> None:
    one, two = web.job("differ-1", passed_on=False), web.job("differ-2", passed_on=False)
    assert web.deliver(signed(headers_of(one), documented(two))).status == 202
    web.wait_acted(one)
    assert web.deliver(signed({"Job-ID": two, "User-ID": one}, documented(two))).status == 202
    web.wait_nothing_waits()
    web.app.wait_for("it names two jobs or users")
    assert (web.acted(one), web.acted(two)) == (["0840"], [])
    assert [(found["job_id"], found["user_id"]) for found in listed(web) if found["job_id"] == two] == [(two, one)]


def test_either_of_the_look_up_s_job_ids_is_the_message_s() -> None:
    entry = HistoryEntry.from_dict(
        {"job_id": "job_01", "partner_params": {"job_id": "job-1", "user_id": "ann", "job_type": "1"}, "result_code": "0840"}
    )
    found = [results_of(Delivery("key", job, "ann", "0840", 0, 0), [entry]) for job in ("job_01", "job-1", "job-2")]
    assert list(found[0].values()) == [entry]
    # And it is the same result, whichever way it is named.
    assert found[0] == found[1]
    assert found[2] == {}


@pytest.mark.parametrize("server", EXAMPLES)
def test_a_look_up_that_lags_is_made_again_also_after_a_kill(start: Start, server: str) -> None:
    first = start(server, None, LOOK_UPS_FOR_SECONDS=LONG)
    one = first.id("late")
    assert first.deliver(signed(headers_of(one), documented(one))).status == 202
    first.wait_looks(one, 5)
    first.app.end(signal.SIGKILL)
    [received] = first.rows("SELECT received_at FROM deliveries")
    second = start(server, None, LOOK_UPS_FOR_SECONDS=LONG)
    second.wait_looks(one, 1)
    assert second.rows("SELECT received_at FROM deliveries") == [received]
    assert listed(second) == []
    second.job("late", passed_on=False)
    second.wait_acted(one)
    second.wait_nothing_waits()
    assert second.acted(one) == ["0840"]


def test_pauses_grow_and_outlast_a_restart(start: Start) -> None:
    first = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS=LONG, LOOK_UP_PAUSE_SECONDS="0.2")
    one = first.id("patient")
    assert first.deliver(signed(headers_of(one), documented(one))).status == 202
    first.wait_looks(one, 4)
    # After five: 3.2 s.
    query = "SELECT tries, look_at FROM deliveries WHERE taken_until = 0 AND look_at > ? + 1.6"
    [(tries, look_at)] = until("it waits for long", lambda: first.rows(query, time.time()))
    assert tries >= 4
    first.app.end(signal.SIGKILL)
    first.rows("UPDATE deliveries SET look_at = look_at + 300")
    second = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS=LONG, LOOK_UP_PAUSE_SECONDS="0.2")
    # What comes meanwhile is looked up, and this one is left to its time.
    other = second.job("other")
    second.wait_acted(other)
    assert second.rows("SELECT tries, look_at FROM deliveries WHERE state = 'received'") == [(tries, look_at + 300)]


def test_age_counts_from_receipt_also_after_a_restart(start: Start) -> None:
    first = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS=LONG)
    one = first.id("old")
    assert first.deliver(signed(headers_of(one), documented(one))).status == 202
    first.wait_looks(one, 1)
    first.app.end(signal.SIGKILL)
    first.rows("UPDATE deliveries SET received_at = received_at - 600")
    second = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS=LONG)
    second.wait_nothing_waits()
    assert list(second.states().values()) == ["unconfirmed"]


def test_it_is_looked_for_at_least_an_hour_unless_told_otherwise(start: Start) -> None:
    web = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS="")
    one = web.id("hour")
    assert web.deliver(signed(headers_of(one), documented(one))).status == 202
    web.wait_looks(one, 1)
    web.app.end()
    web.rows("UPDATE deliveries SET received_at = received_at - 3500, look_at = 0")
    web = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS="")
    web.wait_looks(one, 2)
    assert list(web.states().values()) == ["received"]


def test_what_nobody_could_confirm_is_listed_for_a_person(web: Web) -> None:
    one, shown = web.id("list\u202ed"), web.job("shown", passed_on=False)
    messages = [
        signed({"Job-ID": one.encode().decode("latin-1"), "User-ID": one.encode().decode("latin-1")}, documented(one, "0814")),
        signed(headers_of(shown), documented(shown, "0810")),
        signed({}, {"ResultCode": "0840", "nothing": web.id("nothing")}),
        signed({"Job-ID": web.id("no-user")}, {"ResultCode": "0840"}),
        signed({"Job-ID": web.id("no-user"), "User-ID": "a" * 1100}, {"ResultCode": "0840", "too": "long"}),
    ]
    assert [web.deliver(message).status for message in messages] == [202] * len(messages)
    web.wait_nothing_waits()
    web.app.wait_for("it is for a person to see to")
    # The job itself was shown, with another result than the message said.
    assert web.acted(shown) == ["0840"]
    found = {(line["job_id"], line["user_id"], line["said"], line["shown"]): line for line in listed(web)}
    no_user = (web.id("no-user"), None, "0840", None)
    assert {(one, one, "0814", None), (shown, shown, "0810", "0840"), (None, None, "0840", None), no_user} <= found.keys()
    line = found[one, one, "0814", None]
    assert set(line) == {"state", "received", "job_id", "user_id", "said", "shown", "key"}
    assert abs(datetime.fromisoformat(line["received"]) - datetime.now(timezone.utc)).total_seconds() < 120
    text = unconfirmed(web).stdout
    assert text.isascii()
    assert all(message.get("response-signature") not in text for message in messages)
    assert "SmileJobID" not in text
    for line in found.values():
        assert web.states()[line["key"]] == "unconfirmed"


def test_what_is_listed_can_be_looked_up_again_and_dismissed(web: Web) -> None:
    one, two = web.id("again"), web.id("dismissed")
    message = signed(headers_of(two), documented(two))
    assert [web.deliver(signed(headers_of(one), documented(one))).status, web.deliver(message).status] == [202, 202]
    web.wait_nothing_waits()
    keys = {line["job_id"]: line["key"] for line in listed(web)}
    web.job("again", passed_on=False)
    assert unconfirmed(web, "again", keys[one]).returncode == 0
    # The app may be asleep; the next delivery wakes it.
    assert web.deliver(signed({}, f"{one} wakes".encode())).status == 202
    other = web.job("wakes")
    web.wait_acted(other)
    web.wait_acted(one)
    assert unconfirmed(web, "dismiss", keys[two]).returncode == 0
    assert not {one, two} & {line["job_id"] for line in listed(web)}
    assert web.rows("SELECT job_id, user_id, result_code FROM deliveries WHERE delivery_key = ?", keys[two]) == [(None,) * 3]
    for arguments in (
        ["again", keys[one]],
        ["again", keys[two]],
        ["dismiss", keys[two]],
        ["dismiss", "%"],
        ["dismiss"],
        ["list"],
    ):
        refused = unconfirmed(web, *arguments)
        assert refused.returncode == 1, arguments
        assert "Traceback" not in refused.stderr
    # Dismissed for what it was; should it come again, it is looked up.
    web.job("dismissed", passed_on=False)
    assert web.deliver(message).status == 202
    web.wait_acted(two)


def test_the_list_of_a_database_that_is_not_there_is_not_empty(start: Start) -> None:
    web = start("flask-waitress")
    refused = unconfirmed(web, DATABASE=str(web.folder / "typo.db"))
    assert refused.returncode == 1
    assert "typo.db" in refused.stderr
    assert not (web.folder / "typo.db").exists()


def test_a_delivery_that_can_not_be_looked_up_is_kept_and_listed_when_it_is_old(start: Start) -> None:
    web = start("flask-waitress")
    one = web.job("refused", passed_on=False)
    web.world.fault("status", "/info", status=500, times=6)
    assert web.deliver(signed(headers_of(one), result_of(one))).status == 202
    web.wait_looks(one, 3)
    [line] = until("it is old", lambda: [line for line in listed_after(web, "0.01") if line["job_id"] == one])
    assert line["state"] == "received"
    web.wait_acted(one)
    assert listed(web) == []


def listed_after(web: Web, seconds: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in unconfirmed(web, LOOK_UPS_FOR_SECONDS=seconds).stdout.splitlines()]


def test_whoever_is_earlier_with_another_user_does_not_stand_in_the_way(start: Start) -> None:
    web = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS=LONG)
    one = web.id("genuine")
    body = {"ResultCode": "0840"}
    assert web.deliver(signed({"Job-ID": one, "User-ID": web.id("mallory")}, body)).status == 202
    web.wait_looks(web.id("mallory"), 1)
    web.job("genuine", passed_on=False)
    assert web.deliver(signed(headers_of(one), body)).status == 202
    web.wait_acted(one)


def test_what_waits_and_comes_again_waits_for_longer(start: Start) -> None:
    web = start("flask-waitress", None, LOOK_UPS_FOR_SECONDS=LONG)
    one = web.id("early")
    for _ in range(2):
        assert web.deliver(signed(headers_of(one), documented(one))).status == 202
        [(received,)] = web.rows("SELECT received_at FROM deliveries")
        web.wait_looks(one, 1)
        [(after,)] = web.rows("UPDATE deliveries SET received_at = received_at - 590 RETURNING received_at")
        assert after < received - 500
    assert received > datetime.now(timezone.utc).timestamp() - 60
    assert list(web.states().values()) == ["received"]
