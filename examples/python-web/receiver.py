"""Smile ID's webhooks: verified, recorded, answered at once; acted on once, if a look-up says the same.

A signature covers the time only. Whoever saw one can write a body to it, so nothing in the message is believed: it says where
to look, and what is done rests on what the look-up showed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from enrollkit import ApiError, EnrollkitError, HistoryEntry, InvalidInput, SignatureRefused, SmileId, Verified, Verifier, send

from deliveries import Claim, Deliveries, Delivery, TooManyOfOnePair

LARGEST_BODY = 1024 * 1024
# Four digits, today. What waits for its look-up must not be as large as a body.
LONGEST_CODE = 32
LONGEST_ID = 1024

# A look-up may lag behind its webhook: so many must show nothing before "nothing confirms it".
LOOKS = 3
LONGEST_PAUSE = 300.0
LOOK_UP_SECONDS = 10.0
# Longer than a look-up takes: whoever took a delivery and did not come back has ended.
LEASE_SECONDS = 60.0
LOOK_UPS_AT_A_TIME = 4

RawHeaders = Sequence[tuple[bytes, bytes]]
Act = Callable[[sqlite3.Connection, str, str, HistoryEntry], None]

log = logging.getLogger("enrollkit_example.webhooks")


class Receiver:
    def __init__(self, smile: SmileId, verifier: Verifier, deliveries: Deliveries, act: Act, *, first_pause: float = 1.0) -> None:
        self._smile = smile
        self._verifier = verifier
        self._deliveries = deliveries
        self._act = act
        self._first_pause = first_pause
        self._threads: list[threading.Thread] = []
        self._news = threading.Semaphore(0)
        self._stopping = False
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._before_fork, after_in_parent=self._after_fork)

    def receive(self, headers: RawHeaders, body: bytes) -> int:
        """Verifies and records a delivery; the status to answer with. Anything but a 2xx, and it is sent again."""
        try:
            return self.accept(self.verify(headers, body))
        except SignatureRefused:
            return 401

    def verify(self, headers: RawHeaders, body: bytes) -> Verified:
        try:
            return self._verifier.webhook(headers, body)
        except SignatureRefused as error:
            # Why it is refused helps us, and nobody else.
            log.warning("refused: %s", error.reason)
            raise

    def accept(self, verified: Verified) -> int:
        key, claim = verified.delivery_key, claim_of(verified)
        try:
            suspicious = self._deliveries.record(key, verified.pair_key, claim)
        except TooManyOfOnePair:
            log.warning("%s: refused, its signature came with too many deliveries", short(key))
            return 429
        except sqlite3.Error as error:
            # What is not on the disk did not arrive.
            log.error("%s: can't be recorded (%s)", short(key), getattr(error, "sqlite_errorname", type(error).__name__))
            return 503
        if suspicious:
            log.warning("%s: suspicious, its signature came with another delivery before", short(key))
        if claim is None:
            log.warning("%s: names no job that could be looked up; nothing is done", short(key))
        else:
            self.start()
            self._news.release()
        return 202

    def start(self) -> None:
        """Looks up in the background, also what an earlier process left. Again after a fork, which takes no threads along."""
        if any(thread.is_alive() for thread in self._threads):
            return
        self._deliveries.resume()
        self._news, self._stopping = threading.Semaphore(0), False
        # Daemons: when the process ends, it does not wait for a look-up. The next one makes it.
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(LOOK_UPS_AT_A_TIME)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping = True
        for _ in self._threads:
            self._news.release()

    def _before_fork(self) -> None:
        """A lock that one of our threads held while the process forked would stay locked in the child for ever."""
        self.stop()
        for thread in self._threads:
            thread.join()

    def _after_fork(self) -> None:
        """The child starts its own with its first delivery."""
        if self._threads:
            self.start()

    def _work(self) -> None:
        while not self._stopping:
            try:
                taken = self._deliveries.take(LEASE_SECONDS)
                if isinstance(taken, Delivery):
                    self._look_up(taken)
                else:
                    # Not for ever: another process may have taken something, and ended.
                    self._news.acquire(timeout=min(taken, LEASE_SECONDS))
            except Exception as error:  # noqa: BLE001  # A thread that ended would look nothing up any more.
                log.error("the look-up's own work failed (%s)", type(error).__name__)
                self._news.acquire(timeout=self._first_pause)

    def _look_up(self, delivery: Delivery) -> None:
        pause = min(self._first_pause * 2 ** min(delivery.tries, 20), LONGEST_PAUSE)
        key, claim = delivery.key, delivery.claim
        try:
            found = confirmed(self._history(claim.user_id), claim)
            if found:
                self._deliveries.settle(key, found, lambda db, result: self._act(db, result, claim.user_id, found[result]))
            elif delivery.looks + 1 < LOOKS:
                self._deliveries.look_again(key, delivery.looks + 1, pause)
            else:
                log.warning("%s: no look-up confirms it; nothing was done", short(key))
                self._deliveries.give_up(key)
        except Exception as error:  # noqa: BLE001  # Whatever it is: a delivery that was acknowledged is not dropped.
            # Texts may repeat ids; enrollkit's own hold codes only.
            text = str(error) if isinstance(error, EnrollkitError) else type(error).__name__
            log.warning("%s: not done yet (%s); again in %g s", short(key), text, pause)
            self._deliveries.look_again(key, delivery.looks, pause)

    def _history(self, user_id: str) -> Iterable[HistoryEntry]:
        """A user's jobs. Of somebody who is not there, or of an id that nobody can have, there are none."""
        try:
            return send(self._smile.enrollee_info(user_id), timeout=LOOK_UP_SECONDS).history
        except InvalidInput:
            return ()
        except ApiError as error:
            if error.kind == "user_not_found":
                return ()
            raise


def claim_of(verified: Verified) -> Claim | None:
    """What the message says; None when it contradicts itself, or lacks what could be looked up."""
    # Assumption: the names in the body; the headers' are documented.
    body: Any = verified.json()
    said = body if isinstance(body, dict) else {}
    job_id = agreed(verified.job_id, said.get("job_id"), LONGEST_ID)
    user_id = agreed(verified.user_id, said.get("user_id"), LONGEST_ID)
    result_code = agreed(None, said.get("result_code"), LONGEST_CODE)
    return None if job_id is None or user_id is None or result_code is None else Claim(job_id, user_id, result_code)


def agreed(header: str | None, body: object, longest: int) -> str | None:
    """What header and body say, if what is there of the two is the same text."""
    text = body if header is None else header
    agrees = body is None or body == text
    return text if agrees and isinstance(text, str) and 0 < len(text) <= longest else None


def confirmed(history: Iterable[HistoryEntry], claim: Claim) -> dict[str, HistoryEntry]:
    """The job as Smile ID shows it, if that is what the message said; by what makes it another result than others."""
    named = (claim.job_id, claim.result_code)
    # The user, too: a service that takes two spellings for one id must not have us act once for each.
    found = [
        one for one in history if (one.job_id, one.result_code) == named and one.partner_params.user_id in (None, claim.user_id)
    ]
    return {hashed(claim.user_id, one.job_id, one.partner_params.job_type, one.result_code): one for one in found}


def hashed(*texts: str | None) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def raw_headers(headers: Iterable[tuple[str, str]]) -> RawHeaders:
    """A WSGI framework's headers as they came: WSGI reads every byte as Latin-1, also of ids that are UTF-8."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def short(delivery_key: str) -> str:
    """Enough of a hash to find it again."""
    return delivery_key[:12]
