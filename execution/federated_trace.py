"""The trace of one answer as Apollo's gateways collect it, in `extensions.ftv1`: field by field.

Specification: Apollo Federation subgraph, "Enable federated tracing"; the messages are those of Apollo's
`reports.proto` that a subgraph fills in.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, timestamp_pb2
from graphql import is_abstract_type

from execution.merging import Merging

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode

    from execution.running import Ran

PACKAGE: Final = "content_graph.ftv1"
# What was answered was within the limit.
ANY_NUMBER: Final = 1_000_000
_MESSAGES: Final[Mapping[str, Mapping[str, tuple[int, str]]]] = {
    "Location": {"line": (1, "uint32"), "column": (2, "uint32")},
    "Error": {
        "message": (1, "string"),
        "location": (2, "*Location"),
        "time_ns": (3, "uint64"),
        "json": (4, "string"),
    },
    "Node": {
        "response_name": (1, "string"),
        "index": (2, "uint32"),
        "type": (3, "string"),
        "start_time": (8, "uint64"),
        "end_time": (9, "uint64"),
        "error": (11, "*Error"),
        "child": (12, "*Node"),
        "parent_type": (13, "string"),
        "original_field_name": (14, "string"),
    },
    "Trace": {
        "end_time": (3, "google.protobuf.Timestamp"),
        "start_time": (4, "google.protobuf.Timestamp"),
        "duration_ns": (11, "uint64"),
        "root": (14, "Node"),
    },
}
"""The fields of each message: number and type, `*` where there may be several."""
_SCALARS: Final = {
    "string": descriptor_pb2.FieldDescriptorProto.TYPE_STRING,
    "uint32": descriptor_pb2.FieldDescriptorProto.TYPE_UINT32,
    "uint64": descriptor_pb2.FieldDescriptorProto.TYPE_UINT64,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When an operation began, in ns since 1970, how many ns it took, and its steps."""

    began: int
    took: int
    ran: Sequence[Ran]


def federated_trace(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    body: Mapping[str, Any],
    timing: Timing,
) -> str:
    """Return the trace of an answer's fields, in base64.

    A field takes as long as the step that filled it or what is around it: fields of one read come at once.
    """
    trace = trace_type()()
    trace.start_time.FromNanoseconds(timing.began)
    trace.end_time.FromNanoseconds(timing.began + timing.took)
    trace.duration_ns = timing.took
    telling = _Telling(schema, document, timing)
    root = schema.get_root_type(operation.operation)
    telling.object(body.get("data"), root, (operation.selection_set,), trace.root, "")
    for error in body.get("errors", ()):
        telling.error(error, trace.root)
    return base64.b64encode(trace.SerializeToString()).decode()


class _Telling:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode, timing: Timing) -> None:
        self._schema = schema
        self._merging = Merging(schema, document, aliases=ANY_NUMBER)
        self._times = {each.path: (each.began, each.ended) for each in timing.ran}
        self._whole = (0, timing.took)

    def object(
        self,
        value: Any,
        parent: Any,
        selections: tuple[SelectionSetNode, ...],
        node: Any,
        path: str,
    ) -> None:
        """Tell an object's fields below its node; `path` are the keys that lead to it, with dots between."""
        if not isinstance(value, dict):
            return
        found = cast("dict[str, Any]", value)
        if is_abstract_type(parent) and isinstance(found.get("__typename"), str):
            parent = self._schema.type_map.get(found["__typename"], parent)
        for field in self._merging.fields(parent, selections):
            if field.response not in found:
                continue
            child = node.child.add(
                response_name=field.response,
                type=str(cast("Any", field.definition).type),
                parent_type=parent.name,
            )
            if field.name != field.response:
                child.original_field_name = field.name
            inside = f"{path}.{field.response}" if path else field.response
            child.start_time, child.end_time = self._time(inside)
            self._value(found[field.response], field.named, field.below, child, inside)

    def _value(
        self,
        value: Any,
        type_: Any,
        selections: tuple[SelectionSetNode, ...],
        node: Any,
        path: str,
    ) -> None:
        if not selections:
            return
        if isinstance(value, list):
            for index, each in enumerate(cast("list[Any]", value)):
                self._value(each, type_, selections, node.child.add(index=index), path)
        else:
            self.object(value, type_, selections, node, path)

    def _time(self, path: str) -> tuple[int, int]:
        while path:
            if path in self._times:
                return self._times[path]
            path = path.rpartition(".")[0]
        return self._whole

    def error(self, error: Mapping[str, Any], node: Any) -> None:
        """Tell an error in the node of its path, or in the last one there is on the way to it."""
        for key in error.get("path", ()):
            name = "index" if isinstance(key, int) else "response_name"
            told = (each for each in node.child if each.HasField(name))
            below = next((each for each in told if getattr(each, name) == key), None)
            if below is None:
                break
            node = below
        node.error.add(
            message=error["message"], location=error.get("locations", ()), json=json.dumps(error)
        )


@cache
def trace_type() -> Any:
    """Return the class of traces, made of the messages above."""
    file = descriptor_pb2.FileDescriptorProto(
        name="content_graph/ftv1.proto",
        package=PACKAGE,
        syntax="proto3",
        dependency=[timestamp_pb2.DESCRIPTOR.name],
    )
    for message, fields in _MESSAGES.items():
        made = file.message_type.add(name=message)
        for name, (number, kind) in fields.items():
            several, named = kind.startswith("*"), kind.removeprefix("*")
            field = made.field.add(name=name, number=number)
            field.label = field.LABEL_REPEATED if several else field.LABEL_OPTIONAL
            if named in _SCALARS:
                field.type = _SCALARS[named]
            else:
                field.type = field.TYPE_MESSAGE
                field.type_name = f".{named}" if "." in named else f".{PACKAGE}.{named}"
    node = next(each for each in file.message_type if each.name == "Node")
    node.oneof_decl.add(name="id")
    for field in node.field[:2]:
        field.oneof_index = 0
    pool = descriptor_pool.Default()
    pool.Add(file)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - its stubs lack it.
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.Trace"))
