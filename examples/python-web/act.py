"""What your application does with a result. Here: a line in the audit."""

from __future__ import annotations

import sqlite3

from enrollkit import HistoryEntry

import audit


def act(db: sqlite3.Connection, _result_key: str, user_id: str, entry: HistoryEntry) -> None:
    """What is written with `db` happens once, with the mark that it is done. It holds the file's lock: be quick.

    For what happens elsewhere (a mail, a call), write down here that it is to be done, and have that done by something that
    gives the other side the result's key to tell repetitions by. `entry` is what the look-up showed; the message itself is not
    here, since nobody vouches for it.
    """
    audit.add(db, who="smile_id", action="job_result", user_id=user_id, outcome=entry.result_code)
