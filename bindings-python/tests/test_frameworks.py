"""Values where frameworks take them: Pydantic's models, FastAPI's routes, Celery's results."""

from __future__ import annotations

import asyncio
import importlib
import json
from typing import Any

import enrollkit
import pytest
from enrollkit import Acknowledged, ApiError, EnrolleeInfo, EnrollkitError, Intent, InvalidInput, SignUpUser

from .support.vectors import USER
from .test_values import errors, kind, values

# What an `int` holds, what a `float` holds, and what neither does.
NUMBERS = '{"id": 9007199254740993, "f": 1.10, "x": 0.12345678901234567891, "e": 1E400, "z": -0.0, "s": 5e-324}'
EXACT = {"id": 9007199254740993, "f": 1.1, "x": "0.12345678901234567891", "e": "1E400", "z": -0.0, "s": 5e-324}


def signed_up() -> enrollkit.SignedUp:
    return enrollkit.Unifyia(base_url="https://id.bank.example").sign_up(USER).read(201, NUMBERS)


def plain_values() -> list[Any]:
    return [one for one in values() if hasattr(one, "to_dict")]


@pytest.mark.parametrize("value", [*plain_values(), *errors()], ids=kind)
def test_pydantic_reads_and_writes_every_value(value: Any) -> None:
    pydantic: Any = pytest.importorskip("pydantic")
    adapter = pydantic.TypeAdapter(type(value))
    assert adapter.validate_python(value) is value
    assert adapter.dump_python(value) == value.to_dict()
    assert json.loads(adapter.dump_json(value)) == dict(value)
    exact = kind(value) not in ("SignedUp", "RawReply")  # as text, below
    if not (isinstance(value, Intent) and value.user):  # its extra key is allowed only where it was made
        assert (adapter.validate_python(value.to_dict()) == value) or not exact
        assert adapter.validate_json(adapter.dump_json(value)) == adapter.validate_python(dict(value))
    for wrong in (5, "x", [], {"operation": "?", "code": "?"}):
        if kind(value) not in ("EnrolledUser", "HistoryEntry", "PartnerParams", "IdCheck") or not isinstance(wrong, dict):
            with pytest.raises(pydantic.ValidationError):
                adapter.validate_python(wrong)
    for mode in ("validation", "serialization"):
        assert adapter.json_schema(mode=mode)["type"] == "object"


def test_pydantic_loses_no_digit() -> None:
    pydantic: Any = pytest.importorskip("pydantic")
    value = signed_up()
    text = pydantic.TypeAdapter(enrollkit.SignedUp).dump_json(value)
    assert json.loads(text)["json"] == EXACT == dict(value)["json"]
    assert b'"id":9007199254740993' in text


def test_pydantic_knows_the_types_of_dicts() -> None:
    pydantic: Any = pytest.importorskip("pydantic")
    assert pydantic.TypeAdapter(SignUpUser).validate_python({**USER, "id": 1})["id"] == 1
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(SignUpUser).validate_python({**USER, "id": "x"})
    for module, ending in (("_generated.intents", "Intent"), ("_types", "Request"), ("_types", "PairDict")):
        types = vars(importlib.import_module(f"enrollkit.{module}"))
        public = [value for name, value in types.items() if name.endswith(ending) and not name.startswith("_")]
        assert public
        assert all(pydantic.TypeAdapter(value).json_schema() for value in public)
    intent = {"action": "smile_id.deactivate", "user_id": "u"}
    assert pydantic.TypeAdapter(enrollkit.AnyIntent).validate_python(intent) == intent
    model = pydantic.create_model("Job", intent=(Intent, ...), outcome=(Acknowledged | EnrolleeInfo | None, None))
    assert model(intent=intent).intent.action == "smile_id.deactivate"
    with pytest.raises(pydantic.ValidationError, match="user_id"):
        model(intent={"action": "smile_id.deactivate"})


def test_fastapi_returns_outcomes_and_takes_intents() -> None:
    fastapi: Any = pytest.importorskip("fastapi")
    httpx: Any = pytest.importorskip("httpx")
    app, body = fastapi.FastAPI(), fastapi.Body()
    info = next(one for one in values() if isinstance(one, EnrolleeInfo))

    @app.get("/plain")
    async def plain() -> Any:
        return signed_up()

    @app.get("/typed")
    async def typed() -> enrollkit.SignedUp:
        return signed_up()

    @app.get("/either")
    def either() -> Acknowledged | EnrolleeInfo:
        return info

    @app.get("/error")
    def error() -> Any:
        return errors()[0]

    @app.post("/intent")
    def intent(given: Intent = body) -> Any:
        return {"action": given.action}

    def ask(path: str, intent: object = None) -> Any:
        async def exchange() -> Any:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
                return await (client.get(path) if intent is None else client.post(path, json=intent))

        return asyncio.run(exchange())

    for path in ("/plain", "/typed"):
        assert ask(path).json() == {"operation": "unifyia.sign_up", "status": 201, "acknowledgement": "stated", "json": EXACT}
    assert ask("/either").json() == info.to_dict()
    assert ask("/error").json() == errors()[0].to_dict()
    assert ask("/intent", {"action": "smile_id.re_enroll", "user_id": "u"}).json() == {"action": "smile_id.re_enroll"}
    assert ask("/intent", {"action": "smile_id.re_enroll"}).status_code == 422
    assert ask("/openapi.json").status_code == 200


@pytest.mark.parametrize("error", errors(), ids=kind)
def test_celery_keeps_an_error_whole(error: EnrollkitError) -> None:
    celery: Any = pytest.importorskip("celery")
    for serializer in ("json", "pickle"):
        app = celery.Celery("test", backend="cache+memory://", set_as_current=False)
        app.conf.update(result_serializer=serializer, accept_content=[serializer], result_accept_content=[serializer])
        backend = app.backend
        sent = backend.encode({"result": backend.prepare_exception(error)})
        again = backend.exception_to_python(backend.decode(sent)["result"])
        assert (type(again), again, str(again)) == (type(error), error, str(error))
        assert again.outcome_unknown == error.outcome_unknown


@pytest.mark.parametrize("error", errors(), ids=kind)
def test_an_errors_arguments_rebuild_it(error: EnrollkitError) -> None:
    again = type(error)(*json.loads(json.dumps(error.args)))
    assert (again, again.args, repr(again), hash(again)) == (error, error.args, repr(error), hash(error))
    for other in {type(one) for one in errors()} - {type(error)}:
        with pytest.raises(InvalidInput, match="code"):
            other(*error.args)
    for nonsense in ("text", {}, {"code": "?"}, None):
        with pytest.raises(InvalidInput):
            type(error)(nonsense)  # type: ignore[arg-type]  # that is the point


def test_what_the_service_wrote_is_asked_for() -> None:
    error = next(one for one in errors() if isinstance(one, ApiError))
    assert error.service_message
    said = {**error.to_dict(), "service_message": error.service_message}
    assert "service_message" not in {**error.to_dict(), **dict(error), **error.args[0]}
    # Another language's plain form may have it.
    assert ApiError.from_dict(said).service_message == error.service_message
    answered = json.loads(enrollkit.relay.answer(error, details=True).body)
    assert answered["error"]["service_message"] == error.service_message
