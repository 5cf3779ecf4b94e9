"""Small parts of Markdown for the generated pages."""

from __future__ import annotations

import html
from collections.abc import Sequence

_MARKUP = str.maketrans({char: f"&#{ord(char)};" for char in "|*_`[]{}~\\"})


def text(value: object) -> str:
    """Give text that no Markdown or HTML is read from."""
    return html.escape(" ".join(str(value).split()), quote=False).translate(_MARKUP)


def bullets(items: Sequence[str]) -> str:
    return "\n".join(f"- {text(item)}" for item in items) + "\n"


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give a table; the cells are Markdown."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def tab(title: str, content: str) -> str:
    """Give a text as it lies in its file, on a tab of its own."""
    lines = ["~~~~ markdown", *content.strip().splitlines(), "~~~~"]
    return f'=== "{title}"\n\n' + "\n".join(f"    {line}".rstrip() for line in lines) + "\n"


def code(value: object) -> str:
    return f"`{value}`" if str(value) else ""


def codes(values: Sequence[str]) -> str:
    return ", ".join(code(value) for value in values)


def join(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
