"""How the package compares, all in one run: ratios, since machines differ.

`cargo xtask bench python` runs this, with the package and what `bench/requirements.txt` lists.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import timeit
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import enrollkit
import smile_id_core
from model import SignUpUser

ROUNDS = 15
KEY = "a1b2c3d4-e5f6-4711-8899-aabbccddeeff"


def seconds(work: Callable[[], Any]) -> float:
    """The median of one call's time."""
    timer = timeit.Timer(work)
    number, _ = timer.autorange()
    return statistics.median(timer.repeat(ROUNDS, max(1, number // 10))) / max(1, number // 10)


def import_seconds(statement: str) -> float:
    """The median time of an import in a fresh interpreter, without the interpreter's own start."""
    code = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    command = [sys.executable, "-I", "-c", code]
    runs = [subprocess.run(command, check=True, capture_output=True) for _ in range(ROUNDS)]
    return statistics.median(float(run.stdout) for run in runs)


def compare(what: str, ours: float, theirs: float, goal: float) -> bool:
    """A line of the table; whether the goal is met."""
    ratio = theirs / ours
    found = "met" if ratio >= goal else "MISSED"
    print(f"{what:<60}{ours * 1e6:>10.2f} µs{theirs * 1e6:>12.2f} µs{ratio:>8.1f}x   goal {goal:g}x {found}")
    return ratio >= goal


def main() -> int:
    """Prints the table; 1 when a goal is missed."""
    smile = enrollkit.SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key=KEY)
    unifyia = enrollkit.Unifyia(base_url="https://id.bank.example")
    official = smile_id_core.Signature("085", KEY)
    user = json.loads((Path(__file__).parent / "user.json").read_text("utf-8"))

    def official_signature() -> Any:
        return official.generate_signature(datetime.now(timezone.utc).isoformat(timespec="milliseconds"))

    def ours() -> Any:
        return unifyia.sign_up(user).body

    def pydantics() -> Any:
        return SignUpUser.model_validate(user).model_dump_json(exclude_unset=True)

    assert json.loads(ours()) == json.loads(pydantics()) == user
    theirs = seconds(official_signature)
    met = [
        compare("import, against smile_id_core", import_seconds("import enrollkit"), import_seconds("import smile_id_core"), 20),
        compare("sign, against its generate_signature", seconds(smile.sign), theirs, 12),
        compare("a whole re_enroll and its body, against its signature", seconds(lambda: smile.re_enroll("user-42").body), theirs, 8),
        compare("sign-up: check and body, against a pydantic model", seconds(ours), seconds(pydantics), 4),
    ]
    for wheel in sys.argv[1:]:
        print(f"{Path(wheel).name}: {Path(wheel).stat().st_size / 1000:.0f} KB")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
