"""Text that several contract templates share: it must be a part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tenderkit.library import Library
from tenderkit.library.parts import parts_of
from tenderkit.quantities import Language

LIBRARY = Library()


def said_by_all(templates: Iterable[str], language: Language, *, long: int, shared: int) -> list[str]:
    """Give the long paragraphs that stand in as many templates as share a part."""
    said_by = Counter(
        paragraph
        for text in _texts(templates, language)
        for paragraph in set(re.split(r"\n\s*\n", text))
        if len(paragraph) >= long and not paragraph.startswith((":::", "# ", "{%"))
    )
    return [paragraph for paragraph, count in said_by.items() if count >= shared]


def users_of_parts(templates: Iterable[str], language: Language, prefix: str) -> dict[str, int]:
    """Give how many of the templates use each part whose name begins so."""
    used = Counter(part for text in _texts(templates, language) for part in set(parts_of(text)))
    return {part: used[part] for part in LIBRARY.ids("part") if part.startswith(prefix)}


def _texts(templates: Iterable[str], language: Language) -> list[str]:
    return [LIBRARY.text(f"contracts/{template}/{language}.md") for template in templates]
