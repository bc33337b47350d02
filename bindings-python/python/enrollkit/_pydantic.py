"""What Pydantic asks of this package's values and errors: their plain form, both ways. Imported when it asks.

`refused` is the class of the error for what is no plain form.
"""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError, SchemaSerializer, core_schema

_SERIALIZERS: dict[Any, SchemaSerializer] = {}


def serializer(cls: Any, refused: type[Exception]) -> SchemaSerializer:
    """What writes an instance where nobody has said which type it is."""
    if cls not in _SERIALIZERS:
        _SERIALIZERS[cls] = SchemaSerializer(schema(cls, refused))
    return _SERIALIZERS[cls]


def schema(cls: Any, refused: type[Exception]) -> Any:
    """The schema of a class: an instance, or its plain form; written as its plain form."""

    def read(value: Any) -> Any:
        if isinstance(value, cls):
            return value
        try:
            return cls.from_dict(value)
        except refused as error:
            raise PydanticCustomError("invalid_input", "{text}", {"text": str(error)}) from error

    def write(value: Any, info: Any) -> Any:
        # As JSON, a number that a float can't hold is text: Pydantic would write another number.
        return dict(value) if info.mode_is_json() else value.to_dict()

    # An object, for a JSON schema; an instance, else.
    plain = core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema())
    either = core_schema.union_schema([core_schema.is_instance_schema(cls), plain])
    given = core_schema.json_or_python_schema(plain, either)
    serialization = core_schema.plain_serializer_function_ser_schema(write, info_arg=True, return_schema=plain)
    return core_schema.no_info_after_validator_function(read, given, serialization=serialization)
