"""The README's commands run, and its tables name what there is."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

from support import BULK, sandbox_program

from bulk import failures
from bulk.actions import CHANGES
from bulk.findings import KINDS, QUESTIONS
from bulk.journal import STATES

README = (BULK / "README.md").read_text(encoding="utf-8")


def test_its_commands_run(tmp_path: Path) -> None:
    install, script = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert "pip install" in install
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    here = {
        # First: the sandbox's own path may hold it, too.
        "/tmp/": f"{tmp_path}/",
        "cargo run -q -p enrollkit-sandbox --": sandbox_program(),
        "8085": port,
        "sleep 3": "sleep 2",
    }
    for written, used in here.items():
        assert written in script
        script = script.replace(written, used)
    env = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    ended = subprocess.run(["bash", "-ec", script], cwd=BULK, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "Dry run: nothing was sent." in ended.stderr
    assert ended.stdout.count('"state": "done"') == 3


def test_its_tables_are_complete() -> None:
    for word in [*STATES, *CHANGES]:
        assert f"`{word}`" in README
    codes = {value for name, value in vars(failures).items() if name.isupper() and isinstance(value, int)}
    assert {int(code) for code in re.findall(r"^\| (\d) \|", README, re.MULTILINE)} == codes
    for kind in QUESTIONS:
        assert f"`{kind}`" in README
    assert set(QUESTIONS) < set(KINDS)
