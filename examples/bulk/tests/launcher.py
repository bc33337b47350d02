"""Starts the program again and again without importing it again: each run is a process of its own, forked from this one.

Reads one order per line, answers one line: `{"start": {…}}` gives a process id, `{"poll": pid}` its exit code or null.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from typing import Any


def start(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(order["cwd"])
        os.environ.clear()
        os.environ.update(order["env"])
        for number, name in enumerate((os.devnull, order["out"], order["err"])):
            os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), number)
        if order["max_file_bytes"]:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["max_file_bytes"],) * 2)
        from bulk.cli import main

        code = main(order["argv"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def poll(pid: int) -> int | None:
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def serve() -> None:
    import bulk.cli  # noqa: F401  # so that the forks need not

    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(start(order["start"]) if "start" in order else poll(order["poll"])), flush=True)


if __name__ == "__main__":
    serve()
