"""Pages that are made from the libraries at every build of the site, so that none can be out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from check_pages import checks_page
from clause_pages import clause_page, clauses_page
from contract_pages import contract_page, contracts_page, examples_by_template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from model_charts import model_chart
from model_comparison import comparison_charts, comparison_page
from model_pages import GROUPS, model_page, models_page
from scale_pages import pitfalls_page, scales_page

from tenderkit.charts import svg
from tenderkit.library import Library
from tenderkit.library.model import EvaluationModel

_CLAUSES = "reference/clauses.md"
_CONTRACTS = "reference/contracts.md"
_MODELS = "reference/models.md"
_COMPARISON = "reference/model-comparison.md"
_COMMANDS = re.compile(r"<p>((?:Example|Try it):.*?)</p>", re.DOTALL)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add a page for each clause, for each contract, and for each model, below their overviews."""
    library = Library()
    for item in _lists(config.nav or []):
        if {"All clauses": _CLAUSES} in item:
            item += [f"reference/clauses/{identifier}.md" for identifier in library.ids("clause")]
        if {"All templates": _CONTRACTS} in item:
            item += [f"reference/contracts/{identifier}.md" for identifier in library.ids("contract")]
        if {"All models": _MODELS} in item:
            item += [{title: found} for title, found in _models_in_groups(library)]
    return config


def _models_in_groups(library: Library) -> Iterator[tuple[str, list[str]]]:
    groups = {identifier: library.model(identifier).group for identifier in library.ids("model")}
    for group, (title, _) in GROUPS.items():
        yield title, [f"reference/models/{identifier}.md" for identifier, own in groups.items() if own == group]


def _lists(node: Any) -> Iterator[list[Any]]:
    if isinstance(node, list):
        yield node
        for item in node:
            for value in item.values() if isinstance(item, dict) else ():
                yield from _lists(value)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for path, text in pages(Library()).items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_content(content: str, page: Page, **_: object) -> str:
    """Show the examples of the commands as code; their help texts are written for a terminal."""
    if page.file.src_uri != "reference/commands.md":
        return content
    return _COMMANDS.sub(lambda match: _as_code(match[1]), content)


def _as_code(paragraph: str) -> str:
    label, _, rest = paragraph.partition(":")
    if label == "Example":
        lines = [line.strip() for line in rest.splitlines()]
        return f"<p><strong>Example:</strong></p><pre><code>{chr(10).join(lines)}</code></pre>"
    return f"<pre><code>{paragraph}</code></pre>"


def pages(library: Library) -> dict[str, str]:
    """Give the generated pages by path."""
    clauses = {identifier: library.clause(identifier) for identifier in library.ids("clause")}
    models = {identifier: library.model(identifier) for identifier in library.ids("model")}
    scales = {identifier: library.scale(identifier) for identifier in library.ids("scale")}
    pitfalls = {identifier: library.pitfall(identifier) for identifier in library.ids("pitfall")}
    contracts = {identifier: library.contract(identifier) for identifier in library.ids("contract")}
    named = examples_by_template()
    return {
        _CLAUSES: clauses_page(clauses, library),
        **{f"reference/clauses/{key}.md": clause_page(key, clause, library) for key, clause in clauses.items()},
        _CONTRACTS: contracts_page(contracts, library),
        **{
            f"reference/contracts/{key}.md": contract_page(key, item, library, named.get(key, []))
            for key, item in contracts.items()
        },
        _MODELS: models_page(models),
        **{path: text for key, model in models.items() for path, text in _model(key, model)},
        _COMPARISON: comparison_page(models),
        **{f"reference/model-comparison-{group}.svg": svg(chart) for group, chart in comparison_charts(models)},
        "reference/scales.md": scales_page(scales),
        "reference/pitfalls.md": pitfalls_page(pitfalls),
        "reference/checks.md": checks_page(),
    }


def _model(key: str, model: EvaluationModel) -> Iterator[tuple[str, str]]:
    """Give a model's page and its chart."""
    chart, shown = model_chart(key, model)
    yield f"reference/models/{key}.md", model_page(key, model, shown)
    yield f"reference/models/{key}.svg", svg(chart)
