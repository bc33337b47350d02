"""Killed again and again at any moment, and resumed: no user is missed, none is hit twice."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support import Desk, Gateway, Launcher, sandbox_process

KILLS = 26
USERS = 300


def test_no_user_is_missed_and_none_is_hit_twice(tmp_path: Path, launcher: Launcher) -> None:
    cases = [("delete-permanently", 1), ("deactivate", 2), ("re-enroll", 3)]
    with ThreadPoolExecutor(len(cases)) as pool:
        for done in [pool.submit(killed_again_and_again, tmp_path, launcher, *case) for case in cases]:
            done.result()


def killed_again_and_again(folder: Path, launcher: Launcher, action: str, seed: int) -> None:
    chance = random.Random(seed)
    users = [f"user-{number:03}" for number in range(USERS)]
    with sandbox_process() as sandbox:
        gateway = Gateway(sandbox.url)
        sandbox.enroll(users)
        sandbox.fault("slow", milliseconds=25, times=1_000_000)
        place = folder / action
        place.mkdir()
        desk = Desk(place, launcher, gateway.url)
        desk.csv(*users)
        flags = ["--confirm-delete", str(USERS)] if action == "delete-permanently" else []
        command = [action, "--rate=70", "--settle-seconds=0.1", *flags]

        kills = 0
        while kills < KILLS:
            before = len(gateway.bodies)
            run = desk.start(*command)
            # Some are killed before anything has arrived, most while requests are under way. Counted, not timed, so that a slow
            # machine kills at the same places.
            wanted = before + (chance.randint(1, 8) if chance.random() < 0.9 else 0)
            while len(gateway.bodies) < wanted:
                assert run.poll() is None, run.errors()
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.03))
            run.signal(signal.SIGKILL)
            assert run.wait().code == -signal.SIGKILL
            kills += 1

        sandbox.control("DELETE", "/faults")
        ended = desk.run(*command)
        if action == "re-enroll":
            # A permission that isn't there may have been used up: what was under way, and never arrived, is left to a person.
            unknown = [user for user, state in desk.states(action).items() if state == "unknown"]
            assert ended.code == (3 if unknown else 0), ended.err
            assert not set(unknown) & set(gateway.changes)
            desk.csv(*unknown, name="unknown.csv")
            if unknown:
                assert desk.run(action, "--journal=second", file="unknown.csv").code == 0
        else:
            assert ended.code == 0, ended.err
            assert set(desk.states(action).values()) == {"done"}
        # Every request that arrived, and every one that was carried out.
        assert Counter(gateway.changes) == Counter(users)
        assert Counter(one["user_id"] for one in sandbox.changes() if one["processed"]) == Counter(users)
        assert len(sandbox.look_ups()) >= KILLS / 2, "the kills hit nothing that was under way"
        gateway.close()
