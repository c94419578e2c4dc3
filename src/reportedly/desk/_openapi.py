"""The API's description, OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1), made from the resources."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic import TypeAdapter

from reportedly.desk._resources import LONGEST, RESOURCES, Parameter, Resource

REFERENCE = "#/components/schemas/{model}"
_ERROR = {
    "type": "object",
    "properties": {"error": {"type": "string"}},
    "required": ["error"],
    "additionalProperties": False,
}


def api_path(resource: Resource) -> str:
    """Where a resource's data is."""
    return "/api/stories" if resource.path == "/" else f"/api{resource.path}"


@cache
def adapter(answer: type) -> TypeAdapter[Any]:
    """What turns an answer into JSON, and knows its schema."""
    return TypeAdapter(answer)


@cache
def description() -> dict[str, Any]:
    """The whole description."""
    answers = list(dict.fromkeys(resource.answer for resource in RESOURCES))
    places, schemas = TypeAdapter.json_schemas(
        [(answer, "serialization", adapter(answer)) for answer in answers], ref_template=REFERENCE
    )
    components = {"Error": _ERROR, **schemas.get("$defs", {})}
    for record in components.values():
        if "properties" in record:  # an answer has every field of its record and no other
            record["required"] = list(record["properties"])
            record["additionalProperties"] = False
    paths = {api_path(one): {"get": _operation(one, places[one.answer, "serialization"])} for one in RESOURCES}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Reportedly's desk",
            "version": version("reportedly"),
            "description": "What each page of the desk shows, as JSON. Nothing is changed through it.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(resource: Resource, schema: Any) -> dict[str, Any]:
    parameters = [_parameter(parameter) for parameter in resource.parameters]
    if "{id}" in resource.path:
        parameters.insert(0, {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}})
    errors = {"400": "A parameter cannot be as it is.", "401": "A token is needed.", "429": "Too many requests."}
    if "{id}" in resource.path:
        errors["404"] = "There is none of this id."
    return {
        "operationId": "_".join(api_path(resource).replace("{id}", "one").strip("/").split("/")[1:]),
        "summary": resource.about,
        "parameters": parameters,
        "responses": {
            "200": {"description": resource.about, "content": {"application/json": {"schema": schema}}},
            **{status: _error(words) for status, words in sorted(errors.items())},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
    if parameter.kind == "date":
        schema = {"type": "string", "format": "date"}
    elif parameter.kind == "integer":
        schema = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    elif parameter.kind == "boolean":
        schema = {"type": "boolean"}
    described = {"name": parameter.name, "in": "query", "description": parameter.about, "schema": schema}
    return {**described, "allowEmptyValue": True}  # as a form sends what was left out


def _error(words: str) -> dict[str, Any]:
    reference = {"$ref": REFERENCE.format(model="Error")}
    return {"description": words, "content": {"application/json": {"schema": reference}}}
