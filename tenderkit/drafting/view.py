"""A clause as its keeper reads it: the whole text with names of values and conditions in brackets, none left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenderkit.assembly import tree
from tenderkit.assembly.markdown import Reader
from tenderkit.assembly.text import OPEN, Filled
from tenderkit.assembly.values import Shown
from tenderkit.library import Library
from tenderkit.library.clause import Clause
from tenderkit.quantities import Language

_VALUE = re.compile(r"\{\{\s*([a-z_][\w.]*)\s*(?:\|\s*counted\(\s*\"[^\"]*\",\s*\"([^\"]*)\"\s*\))?\s*\}\}")
_TAG = re.compile(r"\{%-?\s*(if|elif|else|endif)\b\s*([^%]*?)\s*-?%\}")
_ALONE = re.compile(rf"^[ \t]*{_TAG.pattern}[ \t]*$")
_INLINE = re.compile(rf"([^\S\n]?){_TAG.pattern}")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)| +(?=\n)")
_ITEM = re.compile(r"^(\s*(?:\d+\.|-)\s+)(.*)$")
_COMPARED = re.compile(r"([a-z_][\w.]*)\s*(==|!=)\s*\"([^\"]+)\"")
_JOINED = re.compile(r"\b(not|and|or)\b")
_CONDITION_ONLY = re.compile("\u2039[^\u2039\u203a]*\u203a")


@dataclass(frozen=True)
class View:
    """A clause's text by section, in the order it is written, with everything in it.

    ``sections`` maps the titles of the sections to their blocks; points carry their own names, not the clause's.
    """

    id: str
    clause: Clause
    language: Language
    sections: Mapping[str, tuple[tree.Block, ...]]

    def points(self) -> dict[str, tuple[tree.Block, ...]]:
        """Give each named point with the lists, tables and unnamed paragraphs that follow it."""
        found: dict[str, list[tree.Block]] = {}
        for blocks in self.sections.values():
            current = ""
            for block in blocks:
                if isinstance(block, tree.Paragraph) and block.name:
                    current = block.name
                if current:
                    found.setdefault(current, []).append(block)
        return {name: tuple(blocks) for name, blocks in found.items()}


def view(identifier: str, library: Library, language: Language, *, guidance: bool = True) -> View:
    """Give a clause's text for its keeper.

    Raises:
        TenderkitError: there is no such clause, or its text has markup that documents do not have.
    """
    clause = library.clause(identifier)
    path = f"clauses/{identifier}/{language}.md"
    words = library.strings(language)["desk"]
    filled = Filled("")
    writer = _Writer(clause, language, words, filled)
    filled.text = writer.write(library.text(path))
    reader = Reader(
        name=library.where(path),
        points=True,
        guidance=guidance,
        block=lambda _, argument, __: [_table(clause, argument, language)],
        public_ids={item.point: f"{clause.prefix}-{item.no}" for item in clause.requirements.values()},
    )
    sections: dict[str, list[tree.Block]] = {}
    current = ""
    for block in reader.read(filled):
        if isinstance(block, tree.Heading):
            current = "".join(run.text for run in block.content if isinstance(run, tree.Text))
            sections.setdefault(current, [])
        else:
            sections.setdefault(current, []).append(_condition(block))
    return View(identifier, clause, language, {title: tuple(blocks) for title, blocks in sections.items()})


class _Writer:
    """Puts tokens in the place of values and conditions."""

    def __init__(self, clause: Clause, language: Language, words: Mapping[str, Any], filled: Filled) -> None:
        self.clause = clause
        self.language = language
        self.words = words
        self.filled = filled

    def write(self, text: str) -> str:
        text = text.replace(OPEN, "")
        lines: list[str] = []
        waiting: list[str] = []  # conditions that the next line opens with
        rows = text.split("\n")
        for index, row in enumerate(rows):
            match = _ALONE.match(row)
            if not match:
                item = _ITEM.match(row)
                if waiting and item:
                    row = f"{item[1]}{' '.join(waiting)} {item[2]}"  # noqa: PLW2901 - the line with its condition
                    waiting = []
                lines.append(row)
                continue
            said = self._tag(match[1], match[2])
            if match[1] != "endif" and _ITEM.match(_next(rows, index)):
                waiting.append(said)
            elif lines and match[1] != "if" and _ITEM.match(lines[-1]):
                lines[-1] = f"{lines[-1]} {said}"
            else:
                lines += ["", said, ""]
        whole = _INLINE.sub(lambda match: f"{match[1]} {self._tag(match[2], match[3])} ", "\n".join(lines))
        whole = _SPACES.sub(" ", whole)
        return _VALUE.sub(self._value, whole)

    def _value(self, match: re.Match[str]) -> str:
        noun = f" {match[2]}" if match[2] else ""
        return self.filled.token(Shown(match[1], f"[{match[1]}]{noun}"))

    def _tag(self, kind: str, condition: str) -> str:
        said = self.words[kind].format(condition=self._said(condition))
        return self.filled.token(Shown(said, f"\u2039{said}\u203a"))

    def _said(self, condition: str) -> str:
        compared = _COMPARED.sub(self._compared, condition)
        return _JOINED.sub(lambda match: str(self.words[match[1]]), compared)

    def _compared(self, match: re.Match[str]) -> str:
        parameter = self.clause.parameters.get(match[1])
        label = parameter.options[match[3]][self.language] if parameter and match[3] in parameter.options else match[3]
        return f"{match[1]} {self.words['is' if match[2] == '==' else 'is_not']} »{label}«"


def _next(rows: Sequence[str], index: int) -> str:
    """Give the next line that says something."""
    return next((row for row in rows[index + 1 :] if row.strip() and not _ALONE.match(row)), "")


def _condition(block: tree.Block) -> tree.Block:
    """Set a paragraph that only says when the following holds as a small line without a number."""
    if isinstance(block, tree.Paragraph) and len(block.content) == 1:
        (run,) = block.content
        if isinstance(run, tree.Text) and _CONDITION_ONLY.fullmatch(run.text):
            return tree.Paragraph((tree.Text(run.text, italic=True),), style="small", keep=True)
    return block


def _table(clause: Clause, name: str, language: Language) -> tree.Table:
    """Give a table parameter with its default or example rows."""
    parameter = clause.parameters[name]
    rows = parameter.default or parameter.example or []
    titles = [
        parameter.column_titles[key][language] if key in parameter.column_titles else key for key in parameter.columns
    ]
    caption = parameter.caption[language] if parameter.caption else name
    return tree.Table(
        caption=f"{caption} [{name}]",
        description=", ".join(titles),
        columns=tuple(tree.Column(title) for title in titles),
        rows=tuple(tuple((tree.Text(str(row[key])),) for key in parameter.columns) for row in rows),
    )
