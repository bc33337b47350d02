"""Smile ID's webhooks: verified, recorded, answered at once; acted on once, if a look-up says the same.

A signature covers the time only. Whoever saw one can write a body to it, so nothing in the message is believed: it says where
to look, and what is done rests on what the look-up showed (`look_ups.py`).
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Sequence

from enrollkit import SignatureRefused, Verified, Verifier

from deliveries import Claim, Deliveries, TooManyOfOnePair
from look_ups import LookUps, hashed, short

# Smile ID sends about 1.5 MB, photos included.
LARGEST_BODY = 2 * 1024 * 1024
# What is kept until it is looked up must not be as large as a body.
LONGEST_ID = 1024

RawHeaders = Sequence[tuple[bytes, bytes]]

log = logging.getLogger("enrollkit_example.webhooks")


class Receiver:
    def __init__(self, verifier: Verifier, deliveries: Deliveries, look_ups: LookUps) -> None:
        self._verifier = verifier
        self._deliveries = deliveries
        self._look_ups = look_ups

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
        key, claim = key_of(verified), claim_of(verified)
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
        if verified.ids_differ:
            log.warning("%s: it names two jobs or users; what a look-up of the headers' shows counts", short(key))
        if claim.job_id is None or claim.user_id is None:
            log.warning("%s: names no job of a user that could be looked up; see to it (unconfirmed.py)", short(key))
        else:
            self._look_ups.wake()
        return 202

    def start(self) -> None:
        self._look_ups.start()

    def stop(self) -> None:
        self._look_ups.stop()


def key_of(verified: Verified) -> str:
    """What makes it the same delivery: Job-ID and body, and the user, since whoever is earlier with another one must not stand in
    the way of the genuine one."""
    return hashed(verified.delivery_key, verified.user_id)


def claim_of(verified: Verified) -> Claim:
    """What the message says: the headers, else the body."""
    # A code in a body about somebody else says nothing about this job.
    result_code = None if verified.ids_differ else verified.result_code
    return Claim(bounded(verified.job_id), bounded(verified.user_id), result_code)


def bounded(text: str | None) -> str | None:
    return text if text is not None and 0 < len(text) <= LONGEST_ID else None


def raw_headers(headers: Iterable[tuple[str, str]]) -> RawHeaders:
    """A WSGI framework's headers as they came: WSGI reads every byte as Latin-1, also of ids that are UTF-8."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
