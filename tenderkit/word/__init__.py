"""Word: a document tree becomes a .docx that a municipality can send out.

The only place that knows docx. Nothing here reads or writes files; :func:`page_numbers` starts LibreOffice, where it is
installed, in a temporary folder.
"""

from __future__ import annotations

from tenderkit.word.base import Base, open_base
from tenderkit.word.numbering import Mark, Numbers, number
from tenderkit.word.pages import page_numbers, render_all, render_with_pages
from tenderkit.word.render import render

__all__ = [
    "Base",
    "Mark",
    "Numbers",
    "number",
    "open_base",
    "page_numbers",
    "render",
    "render_all",
    "render_with_pages",
]
