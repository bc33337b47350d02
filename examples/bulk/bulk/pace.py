"""When the next request may go out: so many a second, and none while the service wants a pause."""

from __future__ import annotations

from time import monotonic

LONGEST_PAUSE_SECONDS = 60.0


class Pace:
    """Read and changed by one thread. Its clock can't be set, so neither summer time nor NTP makes it rush or stop."""

    def __init__(self, per_second: float, first_pause_seconds: float) -> None:
        self._gap = 1 / per_second
        self._first_pause = first_pause_seconds
        self._next = 0.0
        self._paused_until = 0.0
        self.rounds = 0

    def wait(self) -> float:
        """The seconds until a request may go out; 0 or less is now."""
        return max(self._next, self._paused_until) - monotonic()

    def sent(self) -> None:
        """Evenly spaced: what was not used does not add up to a burst."""
        self._next = monotonic() + self._gap

    def went_well(self) -> None:
        self.rounds = 0

    def trouble(self, asked_seconds: int | None = None) -> None:
        """Everybody pauses, twice as long each time. Several that fail in one pause are one round."""
        now = monotonic()
        if now >= self._paused_until:
            self.rounds += 1
        pause = min(self._first_pause * 2 ** max(self.rounds - 1, 0), LONGEST_PAUSE_SECONDS)
        self._paused_until = max(self._paused_until, now + max(pause, asked_seconds or 0))
