"""YAML files as text with places: every value keeps its line, and no value is guessed.

YAML is composed to nodes, so ``no``, ``12:00``, ``0123`` and ``1.234`` stay the text that was written. The
field types below turn text into values, and only they do; what they refuse becomes a problem with its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tenderkit import quantities
from tenderkit.problems import Place, Problem, TenderkitError, nearest

Path = tuple[str | int, ...]
MAX_BYTES = 2_000_000
MAX_DEPTH = 30


class _Plain(yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader):  # type: ignore[misc]  # one of two
    """A loader that guesses no type, and so need not ask at every node which it could be."""

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        """Give the same tag for all: scalars stay text."""
        del kind, value, implicit
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, node: object, index: object) -> None:
        """Nothing is resolved by place."""

    def ascend_resolver(self) -> None:
        """As above."""


class Frozen(BaseModel):
    """The base of all models read from files: known keys only, unchangeable."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


# Line ends, tabs, hard spaces and soft hyphens may stand in a text although they print nothing.
_ALLOWED = dict.fromkeys(map(ord, "\n\t\u00a0\u00ad"))


def _text(value: object) -> object:
    if isinstance(value, str):
        if not value.isprintable() and not value.translate(_ALLOWED).isprintable():
            raise ValueError("the text holds a control character; delete it and type the text again")
        return value.strip()
    raise ValueError("a text is expected here")


def _number(value: object) -> object:
    return quantities.parse_number(value) if isinstance(value, str) else value


def _count(value: object) -> object:
    number = quantities.parse_number(value) if isinstance(value, str) else value
    if isinstance(number, Decimal):
        if number != number.to_integral_value():
            raise ValueError(f'"{value}" is not a whole number')
        return int(number)
    return number


def _percent(value: object) -> object:
    return quantities.parse_percent(value) if isinstance(value, str) else value


def _date(value: object) -> object:
    return quantities.parse_date(value) if isinstance(value, str) else value


def _yes_no(value: object) -> object:
    return quantities.parse_yes_no(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Count = Annotated[int, BeforeValidator(_count)]
Percent = Annotated[Decimal, BeforeValidator(_percent)]
Date = Annotated[dt.date, BeforeValidator(_date)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]


class Bilingual(Frozen):
    """A text in Danish and in English; Danish is authoritative."""

    da: Text
    en: Text

    def __getitem__(self, language: str) -> str:
        return self.da if language == "da" else self.en


@dataclass(frozen=True)
class Source:
    """A YAML file's content as mappings, lists and text, with the line of every value."""

    name: str
    data: Any
    lines: Mapping[Path, int]

    def place(self, path: Path = (), label: str = "") -> Place:
        """Give the place of a value; a missing value has the place of what should hold it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return Place(file=self.name, line=self.lines[path[:length]], label=label)
        return Place(file=self.name, label=label)


def read_yaml(text: str, name: str) -> Source:
    """Read YAML text; ``name`` is what messages call the file.

    Raises:
        TenderkitError: the text is no YAML, is too large, repeats a key or uses anchors or tags.
    """
    if len(text) > MAX_BYTES:
        raise TenderkitError(Problem("file-too-large", f"The file has more than {MAX_BYTES} characters.", Place(name)))
    try:
        node = yaml.compose(text, Loader=_Plain)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise TenderkitError(
            Problem(
                "broken-yaml",
                f"The file cannot be read as YAML: {what}.",
                Place(name, line),
                help="Look for a missing colon, a tab, or a different indentation on this line and the one above.",
            )
        ) from error
    except (RecursionError, ValueError) as error:
        raise TenderkitError(
            Problem(
                "broken-yaml",
                "The file cannot be read as YAML: it is nested too deeply or has odd characters.",
                Place(name),
            )
        ) from error
    problems: list[Problem] = []
    lines: dict[Path, int] = {(): 1}
    data = {} if node is None else _plain(node, (), lines, problems, name)
    if problems:
        raise TenderkitError(problems)
    return Source(name, data, lines)


def _plain(node: Node, path: Path, lines: dict[Path, int], problems: list[Problem], name: str) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if len(path) > MAX_DEPTH:
        problems.append(Problem("broken-yaml", "The file is nested too deeply.", Place(name, lines[path])))
        return None
    if isinstance(node, ScalarNode):
        is_null = node.style is None and node.value in {"", "~", "null"}
        return None if is_null else node.value
    if isinstance(node, SequenceNode):
        return [_plain(child, (*path, i), lines, problems, name) for i, child in enumerate(node.value)]
    assert isinstance(node, MappingNode)  # noqa: S101 - yaml has three kinds of nodes
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, ScalarNode) else ""
        if not key or key == "<<":
            problems.append(Problem("broken-yaml", "A key must be a plain word.", Place(name, line)))
            continue
        if key in result:
            problems.append(
                Problem(
                    "repeated-key",
                    f'The key "{key}" stands twice.',
                    Place(name, line),
                    help="Keep one of them.",
                    values={"key": key},
                )
            )
            continue
        lines[(*path, key)] = line
        result[key] = _plain(value_node, (*path, key), lines, problems, name)
    return result


M = TypeVar("M", bound=BaseModel)


def read_model(model: type[M], source: Source, context: object = None) -> M:
    """Give the file as ``model``.

    Raises:
        TenderkitError: with one problem for every value that does not fit, each with its line.
    """
    try:
        return model.model_validate(source.data, context=context)
    except ValidationError as error:
        raise TenderkitError([_problem(model, source, dict(e)) for e in error.errors()]) from error


def _problem(model: type[BaseModel], source: Source, error: dict[str, Any]) -> Problem:
    path: Path = tuple(error["loc"])
    known = _known_path(source, path)
    key = str(path[-1]) if path else ""
    dotted = ".".join(str(part) for part in path)
    kind = error["type"]
    if kind == "extra_forbidden":
        allowed = _keys_at(model, path[:-1])
        return Problem(
            "unknown-key",
            f'The key "{key}" is not known here.',
            source.place(known, dotted),
            help=nearest(key, allowed),
            values={"key": key},
        )
    if kind == "missing":
        return Problem(
            "missing-key",
            f'The key "{key}" is missing.',
            source.place(known, dotted),
            help=f'Add "{key}:" with its value.',
            values={"key": key},
        )
    read = error.get("input")
    what = error["msg"].removeprefix("Value error, ")
    shown = f' Read: "{read}".' if isinstance(read, str) and f'"{read}"' not in what else ""
    return Problem(
        "wrong-value",
        f"{what[:1].upper()}{what[1:]}.{shown}",
        source.place(known, dotted),
        help=_advice(error),
        values={"key": key, "read": str(read)},
    )


def _advice(error: dict[str, Any]) -> str:
    context = error.get("ctx") or {}
    if error["type"] in {"literal_error", "enum"}:
        options = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        return nearest(str(error.get("input")), options)
    if "can mean" in error["msg"]:
        return "Write it without thousands marks, such as 1234, or with all decimals, such as 1,2340."
    return ""


def _known_path(source: Source, path: Path) -> Path:
    """Drop what pydantic adds to a location, such as the names of union members."""
    known: Path = ()
    for part in path:
        if (*known, part) in source.lines:
            known = (*known, part)
    return known


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Give the keys that the model at a place knows."""
    schema = model.model_json_schema(ref_template="{model}")
    definitions = schema.get("$defs", {})
    nodes = [schema]
    for part in path:
        following: list[dict[str, Any]] = []
        for node in _members(nodes, definitions):
            child = node.get("properties", {}).get(part) if isinstance(part, str) else node.get("items")
            if child is None and isinstance(part, str):
                named_freely = (node.get("additionalProperties"), *node.get("patternProperties", {}).values())
                child = next((schema for schema in named_freely if schema), None)
            if isinstance(child, dict):
                following.append(child)
        nodes = following or nodes
    return [key for node in _members(nodes, definitions) for key in node.get("properties", {})]


def _members(nodes: list[dict[str, Any]], definitions: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Follow references and unions to the plain schemas behind them."""
    found: list[dict[str, Any]] = []
    for node in nodes:
        if "$ref" in node:
            found += _members([definitions[node["$ref"].rsplit("/", 1)[-1]]], definitions)
        elif "anyOf" in node or "allOf" in node:
            found += _members(node.get("anyOf", []) + node.get("allOf", []), definitions)
        else:
            found.append(node)
    return found
