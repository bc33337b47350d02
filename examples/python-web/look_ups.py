"""The look-ups behind the webhooks, in threads: what a message is about is looked up until it shows, or until time is up."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable

from enrollkit import ApiError, EnrollkitError, HistoryEntry, InvalidInput, SmileId, send

from deliveries import Deliveries, Delivery

# A look-up may lag behind its webhook, nobody says how far. So long it is made again, with growing pauses; then it is a person's.
LOOK_UPS_FOR_SECONDS = 60 * 60.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 300.0
LOOK_UP_SECONDS = 10.0
# Longer than a look-up takes: whoever took a delivery and did not come back has ended.
LEASE_SECONDS = 60.0
LOOK_UPS_AT_A_TIME = 4

Act = Callable[[sqlite3.Connection, str, str, HistoryEntry], None]

log = logging.getLogger("enrollkit_example.webhooks")


class LookUps:
    def __init__(
        self,
        smile: SmileId,
        deliveries: Deliveries,
        act: Act,
        *,
        look_ups_for: float = LOOK_UPS_FOR_SECONDS,
        first_pause: float = FIRST_PAUSE_SECONDS,
    ) -> None:
        self._smile = smile
        self._deliveries = deliveries
        self._act = act
        self._look_ups_for = look_ups_for
        self._first_pause = first_pause
        self._threads: list[threading.Thread] = []
        self._news = threading.Semaphore(0)
        self._stopping = False
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._before_fork, after_in_parent=self._after_fork)

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

    def wake(self) -> None:
        """Something new was recorded."""
        self.start()
        self._news.release()

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
        pause = min(self._first_pause * 2 ** min(delivery.tries, 20), LONGEST_PAUSE_SECONDS)
        remaining = delivery.received_at + self._look_ups_for - time.time()
        try:
            found = results_of(delivery, self._history(delivery.user_id))
            # What the look-up shows is acted on at once. What the message said is waited for: its result, or anything new.
            codes = [entry.result_code for entry in found.values() if entry.result_code is not None]
            # When nothing new came in all that time, it told in other words what was acted on.
            confirmed = delivery.result_code in codes or (delivery.result_code is None and bool(codes) and remaining <= 0)
            if found and self._deliveries.settle(
                delivery, found, lambda db, key: self._act(db, key, delivery.user_id, found[key]), confirmed=confirmed
            ):
                return
            shown = ", ".join(codes) or None
            if remaining <= 0 and self._deliveries.give_up(delivery, shown):
                log.warning("%s: no look-up confirms it; it is for a person to see to (unconfirmed.py)", short(delivery.key))
            else:
                # The last look is made when time is up, and not before.
                self._deliveries.look_again(delivery, min(pause, remaining) if remaining > 0 else pause, shown)
        except Exception as error:  # noqa: BLE001  # Whatever it is: a delivery that was acknowledged is not dropped.
            # Texts may repeat ids; enrollkit's own do not.
            text = str(error) if isinstance(error, EnrollkitError) else type(error).__name__
            log.warning("%s: not done yet (%s); again in %g s", short(delivery.key), text, pause)
            self._deliveries.look_again(delivery, pause)

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


def results_of(delivery: Delivery, history: Iterable[HistoryEntry]) -> dict[str, HistoryEntry]:
    """The results of the delivery's job as Smile ID shows them; by what makes each another result than others."""
    # The look-up has two job ids; it is documented nowhere which of them a message names.
    # The user, too: a service that takes two spellings for one id must not have us act once for each.
    found = [
        one
        for one in history
        if delivery.job_id in (one.job_id, one.partner_params.job_id)
        and one.partner_params.user_id in (None, delivery.user_id)
        and one.result_code is not None
    ]
    return {
        hashed(delivery.user_id, one.job_id, one.partner_params.job_id, one.partner_params.job_type, one.result_code): one
        for one in found
    }


def hashed(*texts: str | None) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def short(delivery_key: str) -> str:
    """Enough of a hash to find it again."""
    return delivery_key[:12]
