"""Who is logged in. The log-in itself is your framework's; this starts a session from the command line:

python sessions.py operator ops@bank.example
python sessions.py end_user jane@home.example user-42
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from database import Database

LONGEST_SECONDS = 8 * 60 * 60

_SCHEMA = """CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY, role TEXT NOT NULL, email TEXT NOT NULL, user_id TEXT, ends REAL NOT NULL
) WITHOUT ROWID"""


@dataclass(frozen=True)
class Session:
    role: str
    email: str
    # Whom an end user's session is about, at Smile ID.
    user_id: str | None


class Sessions:
    def __init__(self, database: Database) -> None:
        self._database = database
        with database.transaction() as db:
            db.execute(_SCHEMA)

    def start(self, session: Session) -> str:
        """A new session; its token, for the cookie."""
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as db:
            db.execute("DELETE FROM sessions WHERE ends < ?", (time.time(),))
            row = (hashed(token), session.role, session.email, session.user_id, time.time() + LONGEST_SECONDS)
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", row)
        return token

    def find(self, token: str) -> Session | None:
        with self._database.transaction() as db:
            row = db.execute(
                "SELECT role, email, user_id FROM sessions WHERE token_hash = ? AND ends > ?", (hashed(token), time.time())
            ).fetchone()
        return None if row is None else Session(*row)


def hashed(token: str) -> str:
    """Whoever reads the file finds no session to use."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    role, email, user_id = [*sys.argv[1:], None][:3]
    print(Sessions(Database(Path(os.environ["DATABASE"]))).start(Session(str(role), str(email), user_id)))
