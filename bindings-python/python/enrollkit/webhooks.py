"""Verifies what Smile ID sends: callbacks (signature in the body) and webhooks (signature in headers)."""

from __future__ import annotations

from ._enrollkit import Verified, Verifier
from ._errors import SignatureRefused

__all__ = ["SignatureRefused", "Verified", "Verifier"]
