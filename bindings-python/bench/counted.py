"""Walks one path so many times: `counted.py PATH CALLS`; without arguments it lists the paths.

`cargo xtask costs` runs it under callgrind, with two numbers of calls: what the second run has more is what the calls cost.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import enrollkit

KEY = "0123456789abcdef0123456789abcdef"
TIME = "2026-11-22T10:00:00.000Z"


def paths() -> dict[str, Callable[[], Any]]:
    """All of them, by their rows in the ledger."""
    smile = enrollkit.SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key=KEY)
    unifyia = enrollkit.Unifyia(base_url="https://id.bank.example")
    verifier = enrollkit.Verifier(partner_id="085", keys=[KEY])
    user = json.loads((Path(__file__).parent / "user.json").read_text("utf-8"))
    answered = smile.re_enroll("user-42", now=TIME)
    answer = b'{"message":"User updated","status":"OK"}'
    signed = smile.sign(now=TIME)
    callback = json.dumps({"timestamp": TIME, "signature": signed.signature, "ResultCode": "0840"}).encode()
    assert enrollkit.check_user(user) == []
    return {
        "sign": lambda: smile.sign(now=TIME),
        "re_enroll": lambda: smile.re_enroll("user-42", now=TIME).body,
        "read": lambda: answered.read(200, answer),
        "sign_up": lambda: unifyia.sign_up(user).body,
        "check_user": lambda: enrollkit.check_user(user),
        "callback": lambda: verifier.callback(callback, now=TIME),
    }


def main() -> None:
    """Lists the paths, or walks one."""
    match sys.argv[1:]:
        case [name, calls]:
            work = paths()[name]
            for _ in range(int(calls)):
                work()
        case _:
            print("\n".join(paths()))


if __name__ == "__main__":
    main()
