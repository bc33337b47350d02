"""The clock is the one that Python shows: a test that freezes time freezes ours."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any
from unittest import mock

import enrollkit
import pytest
from enrollkit import InvalidInput, SignatureRefused, SmileId, Verifier

FROZEN = "2021-02-03T04:05:06.789Z"


def everything_is_frozen(smile: SmileId) -> None:
    assert smile.sign().timestamp == FROZEN
    assert FROZEN.encode() in (smile.deactivate("u").body or b"")
    headers = {"Response-Timestamp": FROZEN, "Response-Signature": enrollkit.signature("k", FROZEN, "085")}
    verifier = Verifier(partner_id="085", keys=["k"])
    assert verifier.webhook(headers, b"{}").age_seconds == 0
    # Received now, and used now: a pair that was received today would be expired by the time that is shown.
    pair = smile.sign()
    received: Any = SmileId(partner_id="085", environment="sandbox", operator="o@bank.example", pair=pair)
    assert received.deactivate("u").method == "POST"


def test_freezegun(smile: SmileId) -> None:
    freezegun: Any = pytest.importorskip("freezegun")
    with freezegun.freeze_time("2021-02-03 04:05:06.789") as frozen:
        everything_is_frozen(smile)
        frozen.tick(1)
        assert smile.sign().timestamp == "2021-02-03T04:05:07.789Z"
        assert smile.sign(now=datetime.now(timezone.utc)).timestamp == "2021-02-03T04:05:07.789Z"


def test_time_machine(smile: SmileId) -> None:
    time_machine: Any = pytest.importorskip("time_machine")
    with time_machine.travel(datetime(2021, 2, 3, 4, 5, 6, 789000, tzinfo=timezone.utc), tick=False):
        everything_is_frozen(smile)
        assert smile.sign(now=datetime.now(timezone.utc)).timestamp == FROZEN


def test_a_patched_clock(smile: SmileId) -> None:
    with mock.patch("time.time", return_value=1612325106.789):
        everything_is_frozen(smile)
    # Each millisecond is one: a float holds it with a little less, or a little more.
    for millis in range(1000):
        with mock.patch("time.time", return_value=1612325106 + millis / 1000):
            assert smile.sign().timestamp == f"2021-02-03T04:05:06.{millis:03}Z"


@pytest.mark.parametrize("seconds", [-1, 1e300, float("nan"), 253402300800])
def test_a_clock_that_is_none(smile: SmileId, seconds: float) -> None:
    with mock.patch("time.time", return_value=seconds), pytest.raises(InvalidInput) as caught:
        smile.sign()
    assert [one.path for one in caught.value.violations] == ["now"]


def test_time_goes_on(smile: SmileId) -> None:
    headers = {"Response-Timestamp": FROZEN, "Response-Signature": enrollkit.signature("k", FROZEN, "085")}
    with pytest.raises(SignatureRefused, match="stale"):
        Verifier(partner_id="085", keys=["k"]).webhook(headers, b"{}")
    assert smile.sign().timestamp[:13] == datetime.now(timezone.utc).isoformat()[:13]
