"""Smile ID's user management: `SmileId`, `SmileIdRelay`, and what their calls give."""

from __future__ import annotations

from ._enrollkit import Pair, SmileId, SmileIdActions, SmileIdRelay, confirmed_by, signature

# isort: split
# <generated: imports>
from ._enrollkit import Acknowledged, EnrolledUser, EnrolleeInfo, HistoryEntry, IdCheck, PartnerParams, RawReply

# </generated>

__all__ = ["Pair", "SmileId", "SmileIdActions", "SmileIdRelay", "confirmed_by", "signature"]
# <generated: exports>
__all__ += ["Acknowledged", "EnrolledUser", "EnrolleeInfo", "HistoryEntry", "IdCheck", "PartnerParams", "RawReply"]
# </generated>
