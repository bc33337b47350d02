"""Unifyia's user sign-up: `Unifyia`, `check_user`, and what its calls give."""

from __future__ import annotations

from ._enrollkit import ENROLLMENT_STATUSES, Branding, RawReply, SignedUp, Unifyia, check_user

__all__ = ["ENROLLMENT_STATUSES", "Branding", "RawReply", "SignedUp", "Unifyia", "check_user"]
