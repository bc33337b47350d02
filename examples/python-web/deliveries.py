"""Which deliveries came, and what became of them. It holds hashes for ever, ids only until they are looked up, signatures never.

`received`: it waits for its look-up. `done`: acted on, in the same transaction. `unconfirmed`: no look-up showed it; it becomes
`received` again when it comes again.
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
    state TEXT NOT NULL CHECK (state IN ('received', 'done', 'unconfirmed')),
    job_id TEXT, user_id TEXT, result_code TEXT,
    looks INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    look_at REAL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_to_look_up ON deliveries (look_at) WHERE state = 'received';
CREATE TABLE IF NOT EXISTS pairs (
    pair_key TEXT NOT NULL, delivery_key TEXT NOT NULL, PRIMARY KEY (pair_key, delivery_key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (result_key TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class TooManyOfOnePair(Exception):
    """One signature came with more deliveries than anybody sends."""


@dataclass(frozen=True)
class Claim:
    """What a message says happened. Nobody vouches for it: it says where to look."""

    job_id: str
    user_id: str
    result_code: str


@dataclass(frozen=True)
class Delivery:
    """A delivery that is to be looked up."""

    key: str
    claim: Claim
    looks: int
    tries: int


class Deliveries:
    def __init__(self, database: Database) -> None:
        self._database = database
        with database.transaction() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)

    def record(self, delivery_key: str, pair_key: str, claim: Claim | None) -> bool:
        """Puts a delivery on the disk; tells whether its signature came with another one before."""
        with self._database.transaction() as db:
            (others,) = db.execute(
                "SELECT count(*) FROM pairs WHERE pair_key = ? AND delivery_key <> ?", (pair_key, delivery_key)
            ).fetchone()
            if others >= MOST_DELIVERIES_OF_A_PAIR:
                raise TooManyOfOnePair
            db.execute("INSERT OR IGNORE INTO pairs VALUES (?, ?)", (pair_key, delivery_key))
            db.execute("INSERT OR IGNORE INTO deliveries (delivery_key, state) VALUES (?, 'unconfirmed')", (delivery_key,))
            if claim is not None:
                # Not when it is done or under way. But again when it was not confirmed: otherwise whoever sends it first, too
                # early, makes the genuine one a repetition.
                db.execute(
                    "UPDATE deliveries SET state = 'received', job_id = ?, user_id = ?, result_code = ?,"
                    " looks = 0, tries = 0, look_at = ? WHERE delivery_key = ? AND state = 'unconfirmed'",
                    (claim.job_id, claim.user_id, claim.result_code, time.time(), delivery_key),
                )
            return bool(others)

    def resume(self) -> None:
        """What a process that ended had taken is free again."""
        # Another process may be looking it up just now; a look-up that is made twice does no harm, `settle` acts once.
        with self._database.transaction() as db:
            db.execute("UPDATE deliveries SET look_at = 0 WHERE state = 'received'")

    def take(self, lease_seconds: float) -> Delivery | float:
        """What is to be looked up now, which nobody else then takes for so long; or in how many seconds something is."""
        now = time.time()
        with self._database.transaction() as db:
            row = db.execute(
                "SELECT delivery_key, job_id, user_id, result_code, looks, tries, look_at FROM deliveries"
                " WHERE state = 'received' ORDER BY look_at LIMIT 1"
            ).fetchone()
            if row is None:
                return float("inf")
            key, job_id, user_id, result_code, looks, tries, look_at = row
            if look_at > now:
                return float(look_at - now)
            db.execute("UPDATE deliveries SET look_at = ?, tries = tries + 1 WHERE delivery_key = ?", (now + lease_seconds, key))
            return Delivery(key, Claim(job_id, user_id, result_code), looks, tries)

    def look_again(self, key: str, looks: int, in_seconds: float) -> None:
        with self._database.transaction() as db:
            db.execute(
                "UPDATE deliveries SET looks = ?, look_at = ? WHERE delivery_key = ? AND state = 'received'",
                (looks, time.time() + in_seconds, key),
            )

    def give_up(self, key: str) -> None:
        with self._database.transaction() as db:
            db.execute(
                "UPDATE deliveries SET state = 'unconfirmed', job_id = NULL, user_id = NULL, result_code = NULL, look_at = NULL"
                " WHERE delivery_key = ? AND state = 'received'",
                (key,),
            )

    def settle(self, key: str, result_keys: Iterable[str], act: Callable[[sqlite3.Connection, str], None]) -> None:
        """Acts and marks it done: both, once, or neither, also when two processes come here or this one is killed.

        Once for each result, whatever message named it: whoever caught a signature can write bodies that name a true result.
        """
        with self._database.transaction() as db:
            marked = db.execute(
                "UPDATE deliveries SET state = 'done', job_id = NULL, user_id = NULL, result_code = NULL, look_at = NULL"
                " WHERE delivery_key = ? AND state = 'received'",
                (key,),
            )
            for result_key in result_keys if marked.rowcount == 1 else ():
                if db.execute("INSERT OR IGNORE INTO results VALUES (?)", (result_key,)).rowcount == 1:
                    act(db, result_key)
