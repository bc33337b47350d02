"""One SQLite file. Each piece of work has a connection of its own, so that threads, processes and forks need not agree on one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# Shorter than the 35 s within which a webhook must be answered: rather a "no" in time, which is sent again, than none.
BUSY_SECONDS = 10.0


class Database:
    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Before SQLite makes it: it would be readable for whoever the umask lets read.
        path.touch(mode=0o600)
        with closing(self._connect()) as db:
            # Whoever reads does not wait for whoever writes.
            db.execute("PRAGMA journal_mode=WAL")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it is on the disk when the block ends, or nothing: after an exception, or a kill, nothing."""
        with closing(self._connect()) as db:
            # SQLite can be built otherwise; "recorded" must survive a power cut.
            db.execute("PRAGMA synchronous=FULL")
            # Immediate: what is read here is still so when it is written. Closing without a commit takes all back.
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
