"""What every value has: the library has it in each class itself."""

from collections.abc import Iterator
from typing import Any

class Value:
    """A value whose plain form says all about it."""

    def to_dict(self) -> dict[str, Any]:
        """The plain form, for queues, logs and other languages: a new dict of plain values, with the wire's names."""
    def to_json(self) -> str:
        """The plain form as JSON text, exact to the last digit."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Names and values of the plain form, for what makes JSON of any object, as frameworks do: a number that a float can't hold
        comes as text."""
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any: ...
    @property
    def __pydantic_serializer__(self) -> Any:
        """What Pydantic writes it with where it was told no type."""
    def __reduce__(self) -> tuple[Any, ...]: ...
