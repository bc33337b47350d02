"""Which deliveries came, and what became of them. It holds hashes for ever, ids until they are settled, no signature and no body.

`received`: it waits for its look-up. `done`: acted on, in the same transaction. `unconfirmed`: no look-up showed it, so a person
must see to it (`unconfirmed.py`). `dismissed`: a person did. The last two become `received` when they come again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from database import Database

# Results that were signed in the same millisecond share a signature, but not so many: whoever caught one signature
# could otherwise have us look up as much as they like.
MOST_DELIVERIES_OF_A_PAIR = 100

_SCHEMA = """
CREATE TABLE IF NOT EXISTS deliveries (
    delivery_key TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('received', 'done', 'unconfirmed', 'dismissed')),
    received_at REAL NOT NULL,
    job_id TEXT, user_id TEXT, result_code TEXT, shown TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    look_at REAL NOT NULL,
    taken_until REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_to_look_up ON deliveries (max(look_at, taken_until)) WHERE state = 'received';
CREATE TABLE IF NOT EXISTS pairs (
    pair_key TEXT NOT NULL, delivery_key TEXT NOT NULL, PRIMARY KEY (pair_key, delivery_key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (result_key TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class TooManyOfOnePair(Exception):
    """One signature came with more deliveries than anybody sends."""


@dataclass(frozen=True)
class Claim:
    """What a message says happened, as far as it does. Nobody vouches for it: it says where to look."""

    job_id: str | None
    user_id: str | None
    result_code: str | None


@dataclass(frozen=True)
class Delivery:
    """A delivery that is to be looked up."""

    key: str
    job_id: str
    user_id: str
    # What the message said; None: it said none.
    result_code: str | None
    tries: int
    # The last time that it came.
    received_at: float


@dataclass(frozen=True)
class Open:
    """A delivery that a person must see to."""

    key: str
    state: str
    received_at: float
    job_id: str | None
    user_id: str | None
    # What the message said, and what the last look-up showed instead.
    result_code: str | None
    shown: str | None


class Deliveries:
    def __init__(self, database: Database) -> None:
        self._database = database
        with database.transaction() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)

    def record(self, delivery_key: str, pair_key: str, claim: Claim) -> bool:
        """Puts a delivery on the disk; tells whether its signature came with another one before."""
        now = time.time()
        # Without a job and a user, there is nothing to look up.
        state = "unconfirmed" if claim.job_id is None or claim.user_id is None else "received"
        with self._database.transaction() as db:
            (others,) = db.execute(
                "SELECT count(*) FROM pairs WHERE pair_key = ? AND delivery_key <> ?", (pair_key, delivery_key)
            ).fetchone()
            if others >= MOST_DELIVERIES_OF_A_PAIR:
                raise TooManyOfOnePair
            db.execute("INSERT OR IGNORE INTO pairs VALUES (?, ?)", (pair_key, delivery_key))
            # What waits keeps its schedule, and waits for longer: whoever sends it first, too early, must not use up the time of
            # the genuine one.
            db.execute("UPDATE deliveries SET received_at = ? WHERE delivery_key = ? AND state = 'received'", (now, delivery_key))
            # Not when it is done. But again when it was not confirmed.
            db.execute(
                "INSERT INTO deliveries (delivery_key, state, received_at, job_id, user_id, result_code, look_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (delivery_key) DO UPDATE SET state = excluded.state,"
                " received_at = excluded.received_at, job_id = excluded.job_id, user_id = excluded.user_id,"
                " result_code = excluded.result_code, look_at = excluded.look_at, taken_until = 0, tries = 0"
                " WHERE state IN ('unconfirmed', 'dismissed')",
                (delivery_key, state, now, claim.job_id, claim.user_id, claim.result_code, now),
            )
            return bool(others)

    def resume(self) -> None:
        """What a process that ended had taken is free again; the rest keeps its schedule."""
        # Another process may be looking it up just now; a look-up that is made twice does no harm, `settle` acts once.
        with self._database.transaction() as db:
            db.execute("UPDATE deliveries SET taken_until = 0 WHERE state = 'received'")

    def take(self, lease_seconds: float) -> Delivery | float:
        """What is to be looked up now, which nobody else then takes for so long; or in how many seconds something is."""
        now = time.time()
        with self._database.transaction() as db:
            row = db.execute(
                "SELECT delivery_key, job_id, user_id, result_code, tries, received_at, max(look_at, taken_until) FROM deliveries"
                " WHERE state = 'received' ORDER BY max(look_at, taken_until) LIMIT 1"
            ).fetchone()
            if row is None:
                return float("inf")
            *delivery, due = row
            if due > now:
                return float(due - now)
            taken = Delivery(*delivery)
            db.execute(
                "UPDATE deliveries SET taken_until = ?, tries = tries + 1 WHERE delivery_key = ?",
                (now + lease_seconds, taken.key),
            )
            return taken

    def settle(
        self, delivery: Delivery, result_keys: Iterable[str], act: Callable[[sqlite3.Connection, str], None], *, confirmed: bool
    ) -> bool:
        """Acts on each result that was not acted on yet. Marks the delivery done if it is `confirmed`, or if it named no result
        and there was a new one; tells whether it is. All or nothing, also when two processes come here or this one is killed.

        Once for each result, whatever message named it: whoever caught a signature can write bodies that name a true result.
        """
        with self._database.transaction() as db:
            if db.execute("SELECT state FROM deliveries WHERE delivery_key = ?", (delivery.key,)).fetchone() != ("received",):
                return True
            for result_key in result_keys:
                if db.execute("INSERT OR IGNORE INTO results VALUES (?)", (result_key,)).rowcount == 1:
                    act(db, result_key)
                    confirmed = confirmed or delivery.result_code is None
            if confirmed:
                close(db, delivery.key, "done")
            return confirmed

    def look_again(self, delivery: Delivery, in_seconds: float, shown: str | None = None) -> None:
        """`shown`: with what result the look-up showed the job."""
        with self._database.transaction() as db:
            db.execute(
                "UPDATE deliveries SET look_at = ?, taken_until = 0, shown = coalesce(?, shown)"
                " WHERE delivery_key = ? AND state = 'received'",
                (time.time() + in_seconds, shown, delivery.key),
            )

    def give_up(self, delivery: Delivery, shown: str | None) -> bool:
        """Leaves it to a person, unless it came again meanwhile."""
        with self._database.transaction() as db:
            given_up = db.execute(
                "UPDATE deliveries SET state = 'unconfirmed', shown = coalesce(?, shown)"
                " WHERE delivery_key = ? AND state = 'received' AND received_at = ?",
                (shown, delivery.key, delivery.received_at),
            )
            return given_up.rowcount == 1

    def open_since(self, received_before: float) -> list[Open]:
        """What a person must see to: what nobody could confirm, and what waits for longer, since no look-up succeeds."""
        with self._database.transaction() as db:
            rows = db.execute(
                "SELECT delivery_key, state, received_at, job_id, user_id, result_code, shown FROM deliveries"
                " WHERE state = 'unconfirmed' OR state = 'received' AND received_at < ? ORDER BY received_at",
                (received_before,),
            )
            return [Open(*row) for row in rows]

    def look_anew(self, key: str) -> bool:
        """An unconfirmed one, as if it came just now."""
        now = time.time()
        with self._database.transaction() as db:
            changed = db.execute(
                "UPDATE deliveries SET state = 'received', received_at = ?, look_at = ?, taken_until = 0, tries = 0"
                " WHERE delivery_key = ? AND state = 'unconfirmed' AND job_id IS NOT NULL AND user_id IS NOT NULL",
                (now, now, key),
            )
            return changed.rowcount == 1

    def dismiss(self, key: str) -> bool:
        """A person has seen to it."""
        with self._database.transaction() as db:
            return close(db, key, "dismissed")


def close(db: sqlite3.Connection, key: str, state: str) -> bool:
    """What is over is a hash and a state."""
    changed = db.execute(
        "UPDATE deliveries SET state = ?, job_id = NULL, user_id = NULL, result_code = NULL, shown = NULL"
        " WHERE delivery_key = ? AND state IN ('received', 'unconfirmed')",
        (state, key),
    )
    return changed.rowcount == 1
