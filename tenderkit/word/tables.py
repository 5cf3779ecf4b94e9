"""Tables: data with a repeated header row, label and value pairs, and lines for signing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from tenderkit.assembly.tree import Fields, Ref, Signatures, Table
from tenderkit.word.inline import plain, runs, words
from tenderkit.word.session import Session
from tenderkit.word.xml import Node, el, name, val

_LABEL_SHARE = (3, 10)
_COVER_ROOM = 1500
_PADDING, _LONG, _SHORT, _SHORT_TEXT = 220, 12, 8, 900
_NARROW, _WIDE = frozenset("fijlrt.,:;!'|()[]/- "), frozenset("mwæœ%@")
_STYLES = {
    "left": ("TKTableHead", "TKTableText"),
    "right": ("TKTableHeadNumber", "TKTableNumber"),
    "center": ("TKTableHeadCenter", "TKTableCenter"),
}


def table(block: Table, session: Session) -> list[Node]:
    """Give a caption and its table; numbers are aligned by the column's style.

    A short table with little text stays on one page, and no page begins or ends with a single row of a long one. A bold
    row, which heads the rows below it, stays with the next.
    """
    widths = _widths(block, session)
    header = any(column.title for column in block.columns)
    found = _frame(session, "TKTable", widths, (block.caption, block.description), header=header)
    if header:
        cells = [words(column.title, session) for column in block.columns]
        found.append(_row(session, cells, [_STYLES[column.align][0] for column in block.columns], widths, header=True))
    last = len(block.rows) - 1
    whole = last < _SHORT and _characters(block) <= _SHORT_TEXT
    for index, row in enumerate(block.rows):
        cells = [runs(content, session, bold=index in block.bold_rows) for content in row]
        keep = index < last and (whole or index in {0, last - 1} or index in block.bold_rows)
        found.append(_row(session, cells, [_STYLES[column.align][1] for column in block.columns], widths, keep=keep))
    caption = [session.paragraph("Caption", *words(block.caption, session), keep=True)] if block.caption else []
    return [*caption, found]


def _characters(block: Table) -> int:
    """Give the characters in a table's rows: many in few rows make a table too tall to be moved as a whole."""
    return sum(len(run.text) for row in block.rows for content in row for run in content if not isinstance(run, Ref))


def fields(block: Fields, session: Session, *, cover: bool = False) -> Node:
    """Give label and value pairs; on a cover they stand apart from what is above, with thin lines between."""
    label = session.width * _LABEL_SHARE[0] // _LABEL_SHARE[1]
    widths = [label, session.width - label]
    found = _frame(session, "TKCover" if cover else "TKFields", widths, (block.caption, ""), header=False)
    for index, (title, content) in enumerate(block.rows):
        cells = [words(title, session), runs(content, session)]
        row = _row(session, cells, ["TKFieldLabel", "TKFieldValue"], widths)
        if cover and index == 0:
            _make_room(row)
        found.append(row)
    return found


def signatures(block: Signatures, session: Session) -> Node:
    """Give lines for signing, two or three parties beside each other, whose lines stay on one page.

    Each line is the upper border of its label. The labels stand in rows of their own: Word draws one border around
    paragraphs that follow each other with the same one.
    """
    count = len(block.parties)
    beside = 2 if count in {1, 2, 4} else 3
    widths = shares([1] * beside, session.width)
    found = _frame(session, "TKSignatures", widths, (block.caption, ""), header=False)
    for start in range(0, count, beside):
        parties = [*block.parties[start : start + beside]]
        parties += [""] * (beside - len(parties))
        found.append(_row(session, [words(party, session) for party in parties], ["TKParty"] * beside, widths))
        for index, label in enumerate(block.labels, start=1):
            style = "TKSignature" if index < len(block.labels) else "TKSignatureLast"
            cells = [words(label, session) if party else [] for party in parties]
            found.append(_row(session, cells, [style if party else "TKParty" for party in parties], widths))
    return found


def shares(parts: Sequence[int], total: int) -> list[int]:
    """Divide a width by shares, so that the parts sum exactly to it.

    >>> shares([1, 1, 1], 100)
    [33, 33, 34]
    """
    whole = sum(parts) or 1
    edges = [total * sum(parts[:index]) // whole for index in range(len(parts) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _widths(block: Table, session: Session) -> list[int]:
    """Give the columns' widths by their shares, yet none narrower than its longest word where there is room."""
    needed = []
    for index, column in enumerate(block.columns):
        cells = [column.title, *(plain(row[index], session) for row in block.rows)]
        needed.append(_PADDING + max((_length(word) for cell in cells for word in _unbroken(cell)), default=0))
    return fitted(shares([column.width for column in block.columns], session.width), needed)


def _unbroken(cell: str) -> Iterator[str]:
    """Give what a line cannot break: words, and the parts of a long word with hyphens."""
    for word in cell.replace("\n", " ").split(" "):
        yield from re.split(r"(?<=[-/])", word) if len(word) > _LONG else [word]


@lru_cache(maxsize=8192)
def _length(word: str) -> int:
    """Give about how long a word of table text is, in twentieths of a point, in a face such as Calibri or Arial."""
    narrow = sum(character in _NARROW for character in word)
    wide = sum(character in _WIDE or character.isupper() for character in word)
    return (62 * narrow + 135 * wide + 104 * (len(word) - narrow - wide)) if word else 0


def fitted(widths: Sequence[int], needed: Sequence[int]) -> list[int]:
    """Widen what is too narrow at the cost of what has room to spare; the sum stays.

    Where there is no room for all, the columns that need most are the ones that do not get it.

    >>> fitted([10, 90], [20, 30]), fitted([50, 50], [20, 200])
    ([20, 80], [20, 80])
    """
    limit = min(max(needed, default=0), sum(widths))
    while sum(min(need, limit) for need in needed) > sum(widths):
        limit -= 1
    least = [min(need, limit) for need in needed]
    lacking = sum(max(0, need - width) for width, need in zip(widths, least, strict=True))
    spare = [max(0, width - need) for width, need in zip(widths, least, strict=True)]
    taken = shares(spare, lacking)
    return [max(width, need) - less for width, need, less in zip(widths, least, taken, strict=True)]


def _frame(session: Session, style: str, widths: list[int], words_: tuple[str, str], *, header: bool) -> Node:
    caption, description = words_
    look = {"firstRow": int(header), "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    code = 0x0600 + 0x0020 * header
    return el(
        "w:tbl",
        None,
        el(
            "w:tblPr",
            None,
            val("w:tblStyle", session.style(style)),
            el("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
            el("w:tblLayout", {"w:type": "fixed"}),
            el("w:tblLook", {"w:val": f"{code:04X}", **{f"w:{key}": str(value) for key, value in look.items()}}),
            val("w:tblCaption", caption) if caption else None,
            val("w:tblDescription", description) if description else None,
        ),
        el("w:tblGrid", None, *(el("w:gridCol", {"w:w": str(width)}) for width in widths)),
    )


def _row(
    session: Session,
    cells: list[list[Node]],
    styles: list[str],
    widths: list[int],
    *,
    header: bool = False,
    keep: bool = False,
) -> Node:
    repeated = el("w:tblHeader") if header else None
    paragraphs = [session.paragraph(style, *content, keep=keep) for style, content in zip(styles, cells, strict=True)]
    return el(
        "w:tr",
        None,
        el("w:trPr", None, el("w:cantSplit"), repeated),
        *(_cell(width, [paragraph]) for width, paragraph in zip(widths, paragraphs, strict=True)),
    )


def _cell(width: int, paragraphs: list[Node]) -> Node:
    size = el("w:tcPr", None, el("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    return el("w:tc", None, size, *paragraphs)


def _make_room(row: Node) -> None:
    """Make a row tall with its text at the bottom: space above a table belongs to no paragraph."""
    row[0].append(el("w:trHeight", {"w:val": str(_COVER_ROOM), "w:hRule": "atLeast"}))
    for cell in row.findall(name("w:tc")):
        cell[0].append(val("w:vAlign", "bottom"))
