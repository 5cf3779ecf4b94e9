"""``::: form 3 Caption``: a table that a person fills in by hand, with so many empty rows.

The text inside gives the headings, parted by ``|``, and below them a list of rows: what stands first in each, parted in
the same way. A heading that ends with ``+`` has a wide column. A form with one heading gets a second, wide column for
the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import EMPTY, cell
from tenderkit.assembly.setting import Setting

NEEDS = "nothing"
_LEAST, _MOST, _WIDE = 8, 16, 30
_MARK = "+"


def render(context: Setting, argument: str, text: str) -> Sequence[tree.Block]:
    """Give the table; without rows of its own it has at least one to write in."""
    first, _, rest = argument.partition(" ")
    empty, caption = (int(first), rest.strip()) if first.isdigit() else (0, argument)
    heads, *given = text.splitlines()
    titles = _parts(heads)
    if len(titles) == 1:
        titles.append(context.label("form.answer") + _MARK)
    rows = [_parts(line, len(titles)) for line in given]
    columns = tuple(
        tree.Column(title.removesuffix(_MARK).strip(), _width(title, [row[at] for row in rows if at < len(row)]))
        for at, title in enumerate(titles)
    )
    blank: tuple[tree.Inlines, ...] = (EMPTY,) * len(titles)
    filled = [tuple(cell(part) for part in row) + blank[len(row) :] for row in rows]
    body = (*filled, *[blank] * max(empty, 0 if filled else 1))
    description = context.label("form.description", columns="; ".join(column.title for column in columns))
    return [tree.Table(caption, description, columns, body)]


def _parts(line: str, most: int = 0) -> list[str]:
    """Give what a line says, column by column; a last column keeps what else there is."""
    return [part.strip() for part in line.split("|", most - 1)]


def _width(title: str, cells: Sequence[str]) -> int:
    """Give a column's share: wide for an answer, that of what stands in it up to there, otherwise its heading's."""
    if title.endswith(_MARK):
        return _WIDE
    longest = max(map(len, cells), default=0)
    return min(max(longest, _LEAST), _WIDE) if longest else min(max(len(title), _LEAST), _MOST)
