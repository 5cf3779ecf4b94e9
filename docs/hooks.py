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
from model_pages import models_page

from tenderkit.library import Library

_CLAUSES = "reference/clauses.md"
_CONTRACTS = "reference/contracts.md"
_COMMANDS = re.compile(r"<p>((?:Example|Try it):.*?)</p>", re.DOTALL)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add a page for each clause, and for each contract, below their overviews."""
    library = Library()
    for item in _lists(config.nav or []):
        if {"All clauses": _CLAUSES} in item:
            item += [f"reference/clauses/{identifier}.md" for identifier in library.ids("clause")]
        if {"All templates": _CONTRACTS} in item:
            item += [f"reference/contracts/{identifier}.md" for identifier in library.ids("contract")]
    return config


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
        "reference/models.md": models_page(models, scales),
        "reference/checks.md": checks_page(),
    }
