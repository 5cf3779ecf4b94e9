"""``model`` and ``schema``: what the library has, for people and for editors."""

from __future__ import annotations

from typing import Any

from tenderkit.api.model_page import page, sentence
from tenderkit.library import Library
from tenderkit.quantities import Language
from tenderkit.tender import Agreement, Tender


def model_list(language: Language = "da", library: Library | None = None) -> list[dict[str, Any]]:
    """Give all evaluation models: id, title, role, what they work on, formula."""
    library = library or Library()
    return [
        {
            "id": identifier,
            "title": model.title[language],
            "role": model.role,
            "input": model.input,
            "formula": model.formula,
        }
        for identifier in library.ids("model")
        for model in (library.model(identifier),)
    ]


def model_show(identifier: str, language: Language = "da", library: Library | None = None) -> dict[str, Any]:
    """Give a model with its formula in words; ``text`` is a page for the terminal.

    Raises:
        TenderkitError: there is no such model; the message names the nearest.
    """
    library = library or Library()
    model = library.model(identifier)
    text = page(identifier, model, language)
    return {"id": identifier, **model.model_dump(mode="json"), "words": sentence(model, language), "text": text}


def schema(*, agreement: bool = False) -> dict[str, Any]:
    """Give the JSON Schema of ``tender.yaml``, in which every value is text as people write it.

    ``agreement`` gives that of ``agreement.yaml``.
    """
    model = Agreement if agreement else Tender
    written: dict[str, Any] = _as_written(model.model_json_schema(mode="validation"))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **written}


def _as_written(node: Any) -> Any:
    """Let numbers and yes or no also be written as text, as tenderkit reads them."""
    if isinstance(node, list):
        return [_as_written(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {
        # the keys of these two are names, so that a field called "type" is not taken for a schema's type
        key: {name: _as_written(item) for name, item in value.items()}
        if key in {"properties", "$defs"}
        else _as_written(value)
        for key, value in node.items()
    }
    if node.get("type") in ("integer", "number", "boolean"):
        limits = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
        node = {key: value for key, value in node.items() if key not in limits} | {"type": [node["type"], "string"]}
    members = node.get("anyOf", [])
    if any("number" in member.get("type", ()) for member in members):
        node["anyOf"] = [{key: value for key, value in member.items() if key != "pattern"} for member in members]
    return node
