"""Smile ID's user management: `SmileId`, and what its calls give."""

from __future__ import annotations

from ._enrollkit import (
    Acknowledged,
    EnrolledUser,
    EnrolleeInfo,
    HistoryEntry,
    IdCheck,
    Pair,
    PartnerParams,
    RawReply,
    SmileId,
    confirmed_by,
    signature,
)

__all__ = [
    "Acknowledged",
    "EnrolledUser",
    "EnrolleeInfo",
    "HistoryEntry",
    "IdCheck",
    "Pair",
    "PartnerParams",
    "RawReply",
    "SmileId",
    "confirmed_by",
    "signature",
]
