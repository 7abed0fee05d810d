"""JSON Schemas of what is written as JSON, made from the types it is made of.

The published schemas stand beside this file, ``*.schema.json``; a test keeps them as they are
made here.
"""

from __future__ import annotations

import types
from typing import Literal, get_args, get_origin, get_type_hints, is_typeddict

from verifier.render import case_types, difference_types, fixture_types, json_trace, json_types

Schema = dict[str, object]

PUBLISHED: dict[str, tuple[str, type]] = {
    "antinomy-report-1.schema.json": (json_types.SCHEMA, json_types.ReportDict),
    "antinomy-trace-1.schema.json": (json_trace.SCHEMA, json_trace.TraceDict),
    "antinomy-answer-1.schema.json": (case_types.SCHEMA, case_types.AnswerDict),
    "antinomy-fixtures-1.schema.json": (fixture_types.SCHEMA, fixture_types.SuiteDict),
    "antinomy-difference-1.schema.json": (
        difference_types.SCHEMA,
        difference_types.DifferencesDict,
    ),
}
"""The name of each published schema's file, what the key ``schema`` says, and the type."""

_PLAIN: dict[object, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def schema(name: str, root: type) -> Schema:
    """The schema of a document whose key ``schema`` says ``name``, in the draft of 2020-12.

    Every object has exactly the keys of its type. Raises ``TypeError`` for a type that is not
    made of typed dictionaries, lists, dictionaries by name, literals and plain values.
    """
    definitions: dict[str, Schema] = {}
    _schema_of(root, definitions)
    top = definitions.pop(_name(root))
    properties = top["properties"]
    assert isinstance(properties, dict)
    properties["schema"] = {"const": name}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **top,
        "$defs": dict(sorted(definitions.items())),
    }


def _name(type_: type) -> str:
    return type_.__name__.removesuffix("Dict")


def _schema_of(type_: object, definitions: dict[str, Schema]) -> Schema:
    if type_ in _PLAIN:
        return {"type": _PLAIN[type_]}
    if isinstance(type_, type) and is_typeddict(type_):
        if _name(type_) not in definitions:
            definitions[_name(type_)] = {}  # a type may have itself in it
            definitions[_name(type_)] = _object(type_, definitions)
        return {"$ref": f"#/$defs/{_name(type_)}"}
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _schema_of(arguments[0], definitions)}
    if origin is dict and arguments[0] is str:
        return {"type": "object", "additionalProperties": _schema_of(arguments[1], definitions)}
    if origin is types.UnionType or str(origin) == "typing.Union":
        return {"anyOf": [_schema_of(each, definitions) for each in arguments]}
    raise TypeError(f"no schema is known for {type_!r}")


def _object(type_: type, definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(type_)
    return {
        "description": " ".join((type_.__doc__ or "").split()),
        "type": "object",
        "properties": {key: _schema_of(each, definitions) for key, each in hints.items()},
        "required": list(hints),
        "additionalProperties": False,
    }
