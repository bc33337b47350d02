"""A pydantic model with the same rules as the core's, built from the core's own list of fields."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, create_model

_CATALOGUE = Path(__file__).resolve().parents[2] / "core/catalogue/user-fields.json"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|\+00:?00)\Z")


def _matches(pattern: re.Pattern[str]) -> AfterValidator:
    def check(text: str) -> str:
        if text and not pattern.match(text):
            raise ValueError("not of its form")
        return text

    return AfterValidator(check)


def _required(text: str) -> str:
    if not text.strip():
        raise ValueError("required")
    return text


_OBJECT = dict[str, Any]
_LONG = Annotated[StrictInt, Field(ge=-(2**63), lt=2**63)]


def _type(field: dict[str, Any]) -> Any:
    name, kind = field["name"], field["type"]
    if "values" in field:
        return Literal[tuple(field["values"])]
    if name == "email":
        return Annotated[StrictStr, _matches(_EMAIL)]
    if name == "lastModifiedDate":
        return Annotated[StrictStr, _matches(_INSTANT)]
    if kind == "string":
        return Annotated[StrictStr, AfterValidator(_required)] if field["required"] else StrictStr
    if kind == "boolean":
        return StrictBool
    if "integer" in kind:
        return _LONG
    if kind == "array":
        return list[_OBJECT]
    return _OBJECT if kind == "object" else list[_OBJECT] | _OBJECT


_FIELDS: dict[str, Any] = {
    field["name"]: (_type(field), ...) if field["required"] else (_type(field) | None, None)
    for field in json.loads(_CATALOGUE.read_text("utf-8"))["items"]
}
SignUpUser: type[BaseModel] = create_model("SignUpUser", __config__=ConfigDict(extra="forbid"), **_FIELDS)
