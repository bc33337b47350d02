"""The official package confirms what we sign, and we confirm what it signs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from enrollkit import SmileId, Verifier, signature

official: Any = pytest.importorskip("smile_id_core")

# Ids with zeros in front; keys as they are issued, longer than a block of SHA-256, and not of ASCII.
ACCOUNTS = [
    ("085", "not-a-real-key"),
    ("001", "a1b2c3d4-e5f6-4711-8899-aabbccddeeff"),
    ("2", "k" * 200),
    ("00000000000000000000000000000001", "schlüssel-鍵-🗝"),
]
TIMES = ["1970-01-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z", "2026-11-22T10:00:00.000Z", "9999-12-31T23:59:59.999Z"]


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize(("partner_id", "api_key"), ACCOUNTS)
def test_both_ways(partner_id: str, api_key: str, time: str) -> None:
    theirs = official.Signature(partner_id, api_key)
    smile = SmileId(partner_id=partner_id, environment="sandbox", operator="ops@bank.example", api_key=api_key)
    pair = smile.sign(now=datetime.fromisoformat(time.replace("Z", "+00:00")))
    body = json.loads(smile.deactivate("user-42", now=time).body or b"")
    headers = smile.raw({"host": "api", "method": "GET", "path": "/v2/jobs", "auth": "headers"}, now=time).headers
    for at, mac in [
        (pair.timestamp, pair.signature),
        (body["timestamp"], body["signature"]),
        (headers["smileid-timestamp"], headers["smileid-request-signature"]),
        (time, signature(api_key, time, partner_id)),
    ]:
        assert theirs.confirm_signature(at, mac)
        assert not theirs.confirm_signature("2026-11-22T10:00:00.001Z", mac)

    mac = theirs.generate_signature(time)["signature"]
    verifier = Verifier(partner_id=partner_id, keys=["another-key", api_key])
    webhook = {"Response-Timestamp": time, "Response-Signature": mac, "Job-ID": "job-1"}
    assert verifier.webhook(webhook, b"{}", now=time).job_id == "job-1"
    assert verifier.callback(json.dumps({"timestamp": time, "signature": mac}), now=time).age_seconds == 0
    stranger = Verifier(partner_id=partner_id, keys=["another-key"])
    assert stranger.webhook_refusal(webhook, b"{}", now=time) == "mismatch"
