"""Who did what to whom, when, and what came of it. No signature, no body, nothing that was looked up."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timezone

from enrollkit import ApiError, EnrollkitError, NoResponse, Outcome, Unreadable

from database import Database

_SCHEMA = """CREATE TABLE IF NOT EXISTS audit (
    id INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, action TEXT, user_id TEXT, outcome TEXT
)"""


def add(db: sqlite3.Connection, *, who: str, action: str | None, user_id: str | None, outcome: str | None) -> int:
    """One line, in the transaction of what it tells; its number."""
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    added = db.execute(
        "INSERT INTO audit (time, who, action, user_id, outcome) VALUES (?, ?, ?, ?, ?)", (now, who, action, user_id, outcome)
    )
    return added.lastrowid or 0


class Audit:
    def __init__(self, database: Database) -> None:
        self._database = database
        with database.transaction() as db:
            db.execute(_SCHEMA)

    def begin(self, who: str, action: str, user_id: str | None) -> int:
        """Before something is done: what can't be written down is not done. A line that stays without an outcome is an action
        during which the process ended: it may have happened."""
        with self._database.transaction() as db:
            return add(db, who=who, action=action, user_id=user_id, outcome=None)

    def end(self, line: int, result: Outcome | EnrollkitError) -> None:
        with self._database.transaction() as db:
            db.execute("UPDATE audit SET outcome = ? WHERE id = ?", (word_of(result), line))

    def refused(self, who: str, action: str | None, user_id: str | None, error: EnrollkitError) -> None:
        """What was not sent, by our own decision."""
        with self._database.transaction() as db:
            add(db, who=who, action=action, user_id=user_id, outcome=word_of(error))


def word_of(result: Outcome | EnrollkitError) -> str:
    """`stated`, or `api_error user_not_found 2210`, or `no_response not_sent`: codes only, for whoever counts them."""
    if not isinstance(result, EnrollkitError):
        return str(getattr(result, "acknowledgement", "stated"))
    words: list[str | None] = [result.code]
    if isinstance(result, ApiError):
        words += [result.kind, result.service_code]
    if isinstance(result, Unreadable):
        words.append(result.reason)
    if isinstance(result, NoResponse) and result.not_sent:
        words.append("not_sent")
    if result.outcome_unknown:
        words.append("outcome_unknown")
    return " ".join(word for word in words if word)
