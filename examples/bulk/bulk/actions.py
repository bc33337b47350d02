"""What can be done to many users, and what is known about doing it twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from enrollkit import Acknowledged, Call, SmileId

Slug: TypeAlias = Literal[
    "smile_id.re_enroll",
    "smile_id.deactivate",
    "smile_id.reactivate",
    "smile_id.flag_fraud",
    "smile_id.clear_fraud",
    "smile_id.delete_permanently",
]


@dataclass(frozen=True)
class Change:
    name: str
    slug: Slug
    call: Callable[[SmileId, str], Call[Acknowledged]]
    # Whether a second request can change nothing that the first did not.
    harmless_twice: bool = True

    @property
    def is_deletion(self) -> bool:
        return self.slug == "smile_id.delete_permanently"

    def intent(self, user_id: str) -> dict[str, str]:
        intent: dict[str, str] = {"action": self.slug, "user_id": user_id}
        return {**intent, "confirm": user_id} if self.is_deletion else intent


def _delete(smile: SmileId, user_id: str) -> Call[Acknowledged]:
    # Confirmed once for the whole file, by the number of its rows.
    return smile.delete_permanently(user_id, user_id)


_ALL = (
    # A permission is used up when the user enrolls: a second request would let a second person in under the same id.
    Change("re-enroll", "smile_id.re_enroll", SmileId.re_enroll, harmless_twice=False),
    Change("deactivate", "smile_id.deactivate", SmileId.deactivate),
    Change("reactivate", "smile_id.reactivate", SmileId.reactivate),
    Change("flag-fraud", "smile_id.flag_fraud", SmileId.flag_fraud),
    Change("clear-fraud", "smile_id.clear_fraud", SmileId.clear_fraud),
    # The id can never be used again, so there is nobody whom a second request could hit.
    Change("delete-permanently", "smile_id.delete_permanently", _delete),
)

CHANGES = {change.name: change for change in _ALL}
