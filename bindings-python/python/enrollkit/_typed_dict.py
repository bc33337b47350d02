"""The `TypedDict` that Pydantic can read: before Python 3.12 that is not `typing`'s. Whoever has Pydantic has the other one."""

import sys

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    try:
        from typing_extensions import TypedDict
    except ImportError:
        from typing import TypedDict

__all__ = ["TypedDict"]
