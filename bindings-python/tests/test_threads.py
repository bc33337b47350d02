"""Many threads at once get right answers, and many calls leave nothing behind."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ThreadPoolExecutor

import enrollkit
import pytest
from enrollkit import InvalidInput, SmileId, Verifier

from .support.vectors import USER

TIME = "2026-11-22T10:00:00.000Z"


def test_sixteen_threads_at_once(smile: SmileId) -> None:
    unifyia = enrollkit.Unifyia(base_url="https://id.bank.example")

    def work(number: int) -> None:
        key = f"key-{number}"
        own = SmileId(partner_id="085", environment="sandbox", operator="o@b.example", api_key=key)
        verifier = Verifier(partner_id="085", keys=[key])
        for at in range(100):
            user = f"user-{number}-{at}"
            assert f'"{user}"'.encode() in (smile.re_enroll(user).body or b"")
            pair = own.sign(now=TIME)
            assert pair.signature == enrollkit.signature(key, TIME, "085")
            headers = {"Response-Timestamp": pair.timestamp, "Response-Signature": pair.signature}
            assert verifier.webhook(headers, b"{}", now=TIME).age_seconds == 0
            body = unifyia.sign_up({**USER, "name": user}).body or b""
            assert f'"name":"{user}"'.encode() in body
            assert smile.enrollee_info(user).read(200, b'{"history":[],"pad":"%s"}' % (b"x" * 100_000)).history == ()
            with pytest.raises(InvalidInput):
                smile.re_enroll("")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))


def resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory is read from Linux's /proc")
def test_memory_stays_flat(smile: SmileId) -> None:
    """Every kind of crossing: calls, outcomes, errors, dicts."""

    def some(count: int) -> None:
        for _ in range(count):
            call = smile.re_enroll("user-42")
            dict(call.headers)
            call.read(200, b'{"message":"done"}', {"Date": "x"}).to_dict()
            try:
                call.read(401, b'{"code":2205}')
            except enrollkit.ApiError as error:
                error.to_dict()
            enrollkit.check_user({"name": "n", "x": [1, 2.5, {}]})

    total = 1_000_000 if "ENROLLKIT_FULL" in os.environ else 40_000
    some(2000)
    gc.collect()
    before = resident()
    some(total // 5)
    gc.collect()
    # Five crossings each; a leak of 100 bytes in one of them would be 800 KB, and more in a full run.
    assert resident() - before < 4_000_000
