"""What nobody could confirm, for a person to see to. With the app's DATABASE (and LOOK_UPS_FOR_SECONDS):

python unconfirmed.py              # lists it, one line of JSON each
python unconfirmed.py again KEY    # looks it up anew, for as long as one that came just now
python unconfirmed.py dismiss KEY  # you have seen to it; its ids are deleted
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from database import Database
from deliveries import Deliveries, Open
from settings import look_ups_for, required


def line_of(one: Open) -> str:
    """In ASCII: an id that was made to confuse a terminal can't."""
    received = datetime.fromtimestamp(one.received_at, timezone.utc).isoformat(timespec="seconds")
    return json.dumps(
        {
            "state": one.state,
            "received": received,
            "job_id": one.job_id,
            "user_id": one.user_id,
            "said": one.result_code,
            "shown": one.shown,
            "key": one.key,
        }
    )


def main(arguments: list[str]) -> str | None:
    """What is wrong, if anything is."""
    file = Path(required(os.environ, "DATABASE"))
    if not file.is_file():
        # Else a new one would be made, in which nothing is open.
        return f"there is no {file}"
    deliveries = Deliveries(Database(file))
    match arguments:
        case []:
            for one in deliveries.open_since(time.time() - look_ups_for(os.environ)):
                print(line_of(one))
            return None
        case ["again", key]:
            return None if deliveries.look_anew(key) else "no unconfirmed delivery of that key names a job and a user"
        case ["dismiss", key]:
            return None if deliveries.dismiss(key) else "no delivery of that key is open"
    return __doc__


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
