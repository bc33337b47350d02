"""Unifyia's user sign-up: `Unifyia`, `UnifyiaRelay`, `check_user`, and what their calls give."""

from __future__ import annotations

from ._enrollkit import ENROLLMENT_STATUSES, Unifyia, UnifyiaActions, UnifyiaRelay, check_user

# isort: split
# <generated: imports>
from ._enrollkit import Branding, RawReply, SignedUp

# </generated>

__all__ = ["ENROLLMENT_STATUSES", "Unifyia", "UnifyiaActions", "UnifyiaRelay", "check_user"]
# <generated: exports>
__all__ += ["Branding", "RawReply", "SignedUp"]
# </generated>
