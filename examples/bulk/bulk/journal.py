"""What has been sent, on the disk before it goes out. One writer at a time; nothing but ids, states, codes and times.

    pending   not sent, or known not to have taken effect
    sent      marked just before it went out; until an answer or a look-up tells more, it may have taken effect
    done      in effect
    refused   the service said no to this row
    not_done  known not to be in effect; its attempts were used up. The next run tries it again
    unknown   looked up, and still not certain: for a person

Only `pending` and `not_done` are sent without a look-up.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Literal, TypeAlias

from .failures import IN_USE, NOT_STARTED, NOT_WRITTEN, Failure
from .rows import Row

State: TypeAlias = Literal["pending", "sent", "done", "refused", "not_done", "unknown"]
STATES: tuple[State, ...] = ("done", "refused", "not_done", "unknown", "sent", "pending")

# So that no other program's database is ever taken for a journal: "ekbj".
_APPLICATION_ID = 0x656B626A
_SCHEMA = """
    CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE rows (
        line INTEGER PRIMARY KEY, user_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, code TEXT, service_code TEXT,
        sends INTEGER NOT NULL, sent_at TEXT, changed_at TEXT
    );
    CREATE INDEX rows_by_state ON rows (state);
"""


@dataclass(frozen=True)
class Entry:
    line: int
    user_id: str
    state: State
    code: str | None
    service_code: str | None
    sends: int
    sent_at: str | None
    changed_at: str | None


class Journal:
    """Open it with `open_journal`. Used by one thread only."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def mark_sent(self, line: int) -> None:
        """On the disk when this returns. Only then may the request go out."""
        now = _now()
        sql = "UPDATE rows SET state = 'sent', sends = sends + 1, sent_at = ?, changed_at = ? WHERE line = ?"
        self._change(sql, now, now, line)

    def settle(self, line: int, state: State, code: str | None, service_code: str | None) -> None:
        sql = "UPDATE rows SET state = ?, code = ?, service_code = ?, changed_at = ? WHERE line = ?"
        self._change(sql, state, code, service_code, _now(), line)

    def unsend(self, line: int) -> None:
        """Nothing has left this machine: the row was not sent that time."""
        sql = "UPDATE rows SET sends = sends - 1, sent_at = CASE sends WHEN 1 THEN NULL ELSE sent_at END WHERE line = ?"
        self._change(sql, line)

    def rows(self, *states: State) -> list[Row]:
        marks = ", ".join("?" * len(states))
        sql = f"SELECT line, user_id FROM rows WHERE state IN ({marks}) ORDER BY line"
        with _told():
            return [Row(*row) for row in self._database.execute(sql, states)]

    def entries(self, *states: State) -> Iterator[Entry]:
        """Those of these states, one by one: there may be a million."""
        marks = ", ".join("?" * len(states))
        columns = "line, user_id, state, code, service_code, sends, sent_at, changed_at"
        with _told():
            for row in self._database.execute(f"SELECT {columns} FROM rows WHERE state IN ({marks}) ORDER BY line", states):
                yield Entry(*row)

    def counts(self) -> dict[State, int]:
        with _told():
            found = dict(self._database.execute("SELECT state, count(*) FROM rows GROUP BY state"))
        return {state: found.get(state, 0) for state in STATES}

    def _change(self, sql: str, *values: object) -> None:
        with _told():
            self._database.execute(sql, values)


@contextmanager
def open_journal(path: Path, binding: dict[str, str], rows: Iterable[Row]) -> Iterator[tuple[Journal, bool]]:
    """The journal, and whether it was there before. Refused if it is another run's, or in use."""
    _prepare(path)
    database = _connected(path)
    try:
        resumed = _begun(database, path)
        _make_private(path)
        if resumed:
            _compare(database, path, binding)
        else:
            _create(database, binding, rows)
        yield Journal(database), resumed
    finally:
        database.close()


def _prepare(path: Path) -> None:
    # SQLite would create it with what the umask leaves; its side files take the mode of this one.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        # A link, a folder or a device is somebody else's.
        there = path.lstat()
        if not stat.S_ISREG(there.st_mode):
            raise _foreign(path) from None
        if not there.st_size:
            path.chmod(0o600)
    except OSError as error:
        raise Failure(NOT_STARTED, f"Can't open the journal: {error}") from None


def _make_private(path: Path) -> None:
    """For a journal whose mode someone has widened, once it is known to be one."""
    for one in (path, path.with_name(path.name + "-wal")):
        if one.exists():
            one.chmod(0o600)


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    # The operating system holds the lock, and lets it go with the process, however that ends.
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    return database


def _begun(database: sqlite3.Connection, path: Path) -> bool:
    """Takes the lock, for as long as the connection is open. Whether there is a run in it."""
    try:
        database.execute("BEGIN EXCLUSIVE")
        application = _one(database, "PRAGMA application_id")
        tables = _one(database, "SELECT count(*) FROM sqlite_master")
        database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        # Python 3.10 has no error codes.
        if "locked" in str(error):
            raise Failure(IN_USE, f"Another process is using the journal {path}. Nothing was sent.") from None
        raise Failure(NOT_STARTED, f"Can't use the journal {path}: {error}") from None
    except sqlite3.DatabaseError:
        raise _foreign(path) from None
    if application != _APPLICATION_ID and tables:
        raise _foreign(path)
    return bool(application == _APPLICATION_ID)


def _foreign(path: Path) -> Failure:
    return Failure(NOT_STARTED, f"{path} is no journal of this program. --journal names another file.")


def _create(database: sqlite3.Connection, binding: dict[str, str], rows: Iterable[Row]) -> None:
    with _told():
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        # One transaction: a run that ends here leaves a file in which nothing has begun.
        database.execute("BEGIN")
        for statement in _SCHEMA.split(";\n"):
            database.execute(statement)
        database.executemany("INSERT INTO run VALUES (?, ?)", [*binding.items(), ("started_at", _now())])
        insert = "INSERT INTO rows VALUES (?, ?, 'pending', NULL, NULL, 0, NULL, NULL)"
        database.executemany(insert, ((row.line, row.user_id) for row in rows))
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute("COMMIT")


def _compare(database: sqlite3.Connection, path: Path, binding: dict[str, str]) -> None:
    with _told():
        database.execute("PRAGMA synchronous = FULL")
        kept: dict[str, str] = dict(database.execute("SELECT name, value FROM run"))
    differing = [
        f"  {name.replace('_', ' ')}: {kept.get(name, '(none)')} there, {value} now"
        for name, value in binding.items()
        if kept.get(name) != value
    ]
    if differing:
        raise Failure(
            NOT_STARTED,
            f"The journal {path} belongs to another run. Nothing was sent. What differs:",
            *differing,
            "For a run of its own, name another file with --journal.",
        )


def _one(database: sqlite3.Connection, sql: str) -> Any:
    return database.execute(sql).fetchone()[0]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Failure(NOT_WRITTEN, f"The journal can't be read or written: {error}.") from None


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
