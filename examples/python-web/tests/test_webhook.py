"""A delivery is acted on once, if a look-up says the same. Each example, under a server of its own."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from conftest import Start
from support.processes import PRODUCTION_KEY
from support.world import Web, headers_of, result_of, signed


@pytest.fixture(scope="module", params=["fastapi-uvicorn", "flask-waitress", "django-gunicorn"])
def web(request: pytest.FixtureRequest, start_for_all: Start) -> Web:
    return start_for_all(request.param)


def test_a_result_is_acted_on_once_however_often_it_comes(web: Web) -> None:
    one = web.job("again")
    [message] = web.world.messages.answered(one)
    web.wait_acted(one)
    states = web.states()
    # A retry repeats the signature; a replay has a new one.
    assert web.deliver(message).status == 202
    web.world.sandbox.control("POST", "replay", {"job_id": one})
    messages = web.world.messages.answered(one, 2)
    assert messages[0].body == messages[1].body
    assert messages[0].get("response-signature") != messages[1].get("response-signature")
    # It was decided before the answers: nothing waits.
    assert web.states() == states
    assert web.acted(one) == ["0840"]


def test_an_answer_does_not_wait_for_the_look_up(web: Web) -> None:
    with web.world.calls.held():
        one = web.job("held")
        web.world.messages.answered(one)
        web.world.calls.one_arrived()
        assert web.acted(one) == []
    web.wait_acted(one)


def test_the_same_delivery_many_times_in_one_moment(web: Web) -> None:
    with web.world.calls.held():
        one = web.job("many")
        [message] = web.world.messages.answered(one)
        with ThreadPoolExecutor(20) as threads:
            replies = list(threads.map(web.deliver, [message] * 20))
        assert [reply.status for reply in replies] == [202] * 20
        web.world.calls.one_arrived()
        # Nobody else looks it up meanwhile, unless another worker begins just now.
        assert "gunicorn" in web.server or not web.world.calls.arrived.acquire(blocking=False)
    web.wait_acted(one)
    web.wait_nothing_waits()
    assert web.acted(one) == ["0840"]


def test_a_provisional_result_and_the_final_one_are_two(web: Web) -> None:
    one = web.job("two", provisional=True, final_after_milliseconds=0)
    web.world.messages.answered(one, 2)
    web.wait_nothing_waits()
    # When the final result is there before the look-up of the provisional one, there is no provisional one any more.
    assert web.acted(one)[-1] == "0840"


def test_a_look_up_that_fails_is_made_again(web: Web) -> None:
    web.world.fault("drop_before", "/info")
    one = web.job("lost")
    web.wait_acted(one)
    assert web.acted(one) == ["0840"]


def test_a_genuine_signature_under_another_body_does_nothing(web: Web) -> None:
    one = web.job("genuine", spelling="result_object")
    [message] = web.world.messages.answered(one)
    web.wait_acted(one)
    two = web.id("nobody")
    # The first: with the very signature that came.
    changed = [
        replace(message, body=message.body.replace(b"0840", b"0811")),
        signed(headers_of(one), result_of(one, "0810")),
        signed(headers_of(two), result_of(two)),
        signed({"Job-ID": two, "User-ID": one}, {"result_code": "0840"}),
        # Header and body do not agree on whom it is about.
        signed(headers_of(one), result_of(two)),
        signed(headers_of(one), {**result_of(one), "user_id": None, "job_id": [one]}),
        signed(headers_of(one), {"result_code": ["0840"]}),
        signed(headers_of(one), {"result_code": "0" * 500_000}),
        signed({"Job-ID": one, "User-ID": "a" * 20_000}, result_of(one)),
        signed(headers_of(one), b"\xff not JSON"),
        signed(headers_of(one), b"[]"),
        signed({}, b""),
    ]
    before = web.states()
    replies = [web.deliver(one).status for one in changed]
    # Some servers refuse a header of that size themselves.
    assert set(replies) - {202} <= {400, 431}
    assert replies.count(202) >= len(changed) - 1
    web.wait_nothing_waits()
    new = {key: state for key, state in web.states().items() if key not in before}
    # Six name that job, and no result that it has not got: what it has was acted on before.
    assert Counter(new.values()) == {"done": 6, "unconfirmed": replies.count(202) - 6}
    assert web.acted(one) == ["0840"]
    assert web.acted(two) == []
    web.app.wait_for("suspicious")


def test_a_true_result_in_another_body_is_not_acted_on_again(web: Web) -> None:
    one = web.job("true")
    [message] = web.world.messages.answered(one)
    web.wait_acted(one)
    before = len(web.states())
    # With the very signature that came, with another, and without the headers.
    for body in (message.body + b" ", json.dumps({**result_of(one), "more": "more"}).encode()):
        assert web.deliver(replace(message, body=body)).status == 202
        assert web.deliver(signed({}, body)).status == 202
        assert web.deliver(signed({"User-ID": one}, body)).status == 202
    web.wait_nothing_waits()
    assert len(web.states()) > before
    assert web.acted(one) == ["0840"]


def test_who_is_too_early_does_not_make_the_genuine_one_a_repetition(web: Web) -> None:
    other = web.job("example", spelling="flat")
    [example] = web.world.messages.answered(other)
    one = web.id("early")
    body = example.body.replace(other.encode(), one.encode())
    assert web.deliver(signed(headers_of(one), body)).status == 202
    web.wait_nothing_waits()
    assert web.acted(one) == []
    web.job("early", spelling="flat")
    [message] = web.world.messages.answered(one)
    assert message.body == body
    web.wait_acted(one)


@pytest.mark.parametrize("name", ["ümläut-北京", "a,b", "100%;'\"--"])
def test_ids_of_any_text(web: Web, name: str) -> None:
    one = web.job(name)
    web.world.messages.answered(one)
    web.wait_acted(one)


def test_what_is_not_genuine_is_refused_without_a_reason(web: Web) -> None:
    one = web.job("refused")
    [message] = web.world.messages.answered(one)
    web.wait_acted(one)
    signature, timestamp = message.get("response-signature"), message.get("response-timestamp")
    first = "B" if signature[0] == "A" else "A"
    refused = {
        "forged": message.with_header("response-signature", first + signature[1:]),
        "without signature": message.with_header("response-signature", None),
        "without timestamp": message.with_header("response-timestamp", None),
        "unpadded": message.with_header("response-signature", signature.rstrip("=")),
        "another time": message.with_header("response-timestamp", "2020-01-01T00:00:00.000Z"),
        "no time": message.with_header("response-timestamp", "tomorrow"),
        "the same signature twice": message.with_also("response-signature", signature),
        "two signatures": message.with_also("Response-Signature", "A" * 43 + "="),
        "the same timestamp twice": message.with_also("response-timestamp", timestamp),
        "stale": signed(headers_of(one), message.body, ago=400),
        "from the future": signed(headers_of(one), message.body, ago=-120),
        "the other environment's key": signed(headers_of(one), message.body, key=PRODUCTION_KEY),
        "another partner": signed(headers_of(one), message.body, partner_id="85"),
    }
    before = web.rows("SELECT * FROM pairs")
    for what, changed in refused.items():
        reply = web.deliver(changed)
        assert reply.status == 401, what
        assert not any(word in reply.body.lower() for word in (b"stale", b"mismatch", b"malformed", b"future")), what
    assert web.rows("SELECT * FROM pairs") == before
    for reason in ("stale", "from_the_future", "mismatch", "malformed"):
        web.app.wait_for(f"refused: {reason}")


def test_one_signature_is_not_looked_up_for_as_often_as_one_likes(web: Web) -> None:
    one = signed({}, b"0")
    statuses = [web.deliver(replace(one, body=str(count).encode())).status for count in range(102)]
    assert statuses == [202] * 100 + [429] * 2
    # Others are none the worse for it.
    assert web.deliver(signed({}, b"other")).status == 202


def test_what_is_kept_holds_no_signature(web: Web) -> None:
    one = web.job("kept", id_check=True)
    [message] = web.world.messages.answered(one)
    web.wait_acted(one)
    other = web.id("unknown")
    forged = signed(headers_of(other), {**result_of(other), "canary": "canary-of-a-body"})
    assert web.deliver(forged).status == 202
    web.wait_nothing_waits()
    everything = web.bytes_on_disk() + web.app.log().encode()
    # The search finds what is there.
    assert b"job_result" in everything
    for text in (
        message.get("response-signature"),
        forged.get("response-signature"),
        "canary",
        "FICTIONAL",
        "Response-Signature",
    ):
        assert text.encode() not in everything
    assert one not in web.app.log()
    assert other not in web.app.log()
    assert json.dumps(other) not in web.app.log()
    [(left,)] = web.rows(
        "SELECT count(*) FROM deliveries WHERE coalesce(job_id, user_id, result_code) IS NOT NULL AND state <> 'unconfirmed'"
    )
    assert left == 0
