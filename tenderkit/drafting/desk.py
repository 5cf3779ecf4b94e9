"""A clause as a document for its keeper's desk: what it is for, its values with marks, its joins, its whole text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tenderkit.assembly import tree
from tenderkit.drafting.view import View
from tenderkit.library import Library
from tenderkit.library.clause import Parameter


def desk(shown: View, library: Library) -> tree.Document:
    """Give the document. Guidance stands as comments; nothing of the clause is left out."""
    language = shown.language
    strings = library.strings(language)
    clause = shown.clause
    return tree.Document(
        id=shown.id,
        file=f"{shown.id}.{clause.edition}.{language}",
        title=clause.title[language],
        subtitle=strings["desk"]["subtitle"].format(id=shown.id, edition=clause.edition),
        language=language,
        author=strings["desk"]["author"],
        reference=shown.id,
        created=clause.valid_from.isoformat(),
        blocks=(*_Page(shown, library).blocks(), *text_blocks(shown)),
        numbering="legal",
        contents_title=strings["words"]["contents"],
        draft=True,
        keywords=strings["words"]["keywords"],
        stamp=f"{shown.id}/{clause.edition}",
        footer=strings["words"]["footer"].format(reference=shown.id, edition=clause.edition),
        words={key: str(value) for key, value in strings["words"].items()},
    )


def text_blocks(shown: View) -> list[tree.Block]:
    """Give the clause's text with its sections as numbered headings.

    References to points of other clauses print their name, since the other clause is not in the document.
    """
    own = set(shown.points())
    blocks: list[tree.Block] = []
    for title, section in shown.sections.items():
        blocks.append(tree.Heading(1, (tree.Text(title),)))
        blocks += [_own(block, own) for block in section]
    return blocks


def _own(block: tree.Block, names: set[str]) -> tree.Block:
    if isinstance(block, tree.Paragraph):
        return replace(block, content=_told(block.content, names))
    if isinstance(block, tree.ItemList):
        return replace(block, items=tuple(_own_item(item, names) for item in block.items))
    return block


def _own_item(item: tree.ListItem, names: set[str]) -> tree.ListItem:
    children = tuple(
        replace(child, items=tuple(_own_item(inner, names) for inner in child.items)) for child in item.children
    )
    return replace(item, content=_told(item.content, names), children=children)


def _told(content: tree.Inlines, names: set[str]) -> tree.Inlines:
    return tuple(
        tree.Text(f"[{run.target}]") if isinstance(run, tree.Ref) and run.target not in names else run
        for run in content
    )


class _Page:
    """The parts before the text."""

    def __init__(self, shown: View, library: Library) -> None:
        self.shown = shown
        self.clause = shown.clause
        self.language = shown.language
        self.vocabulary = library.vocabulary
        self.words: Mapping[str, Any] = library.strings(shown.language)["desk"]

    def blocks(self) -> list[tree.Block]:
        clause, language = self.clause, self.language
        blocks: list[tree.Block] = [*self._about(), *self._parameters()]
        blocks += self._listed("requirements", [self._requirement(item) for item in clause.requirements.values()])
        blocks += self._listed(
            "fields",
            [
                f"{item.label[language]}" + (f" ({self.words['offers']} {item.offers})" if item.offers else "")
                for item in clause.fields.values()
            ],
        )
        blocks += self._listed(
            "criteria",
            [
                f"{item.title[language]} ({item.model or item.scale}): {item.looks_for[language]}"
                for item in clause.criteria.values()
            ],
        )
        blocks += self._duties() + self._penalties()
        blocks += self._listed("mistakes", clause.mistakes[language])
        blocks += self._listed(
            "legal_basis",
            [f"{item.title[language]} [{self._mark(item.mark)}, {item.looked_up}]" for item in clause.legal_basis],
        )
        blocks += self._listed("sources", clause.sources)
        return blocks

    def _about(self) -> list[tree.Block]:
        clause, language = self.clause, self.language
        uses = ", ".join(self.vocabulary.uses[use][language] for use in clause.use_as)
        rows = [
            ("topic", self.vocabulary.topics[clause.topic][language]),
            ("use_as", uses),
            ("requires", ", ".join(clause.requires)),
            ("excludes", ", ".join(clause.excludes)),
            ("schemes", ", ".join(self.vocabulary.schemes[key].title[language] for key in clause.schemes)),
        ]
        said = [f"{self.words[key]}: {value}" for key, value in rows if value]
        return [
            self._heading("purpose"),
            tree.Paragraph((tree.Text(clause.purpose[language]),), style="lead"),
            *self._items(said),
            *self._listed("use_when", clause.use_when[language]),
            *self._listed("not_when", clause.not_when[language]),
        ]

    def _parameters(self) -> list[tree.Block]:
        if not self.clause.parameters:
            return []
        rows = []
        for name, item in self.clause.parameters.items():
            note = f" {item.note[self.language]}" if item.note else ""
            limits = self._limits(item)
            values = f"{self._default(item)}. {self.words['limits']} {limits}" if limits else self._default(item)
            rows.append((name, item.ask[self.language] + note, values))
        return [self._heading("parameters"), self._table("parameters", ("name", "ask", "default"), rows)]

    def _default(self, item: Parameter) -> str:
        if item.default is None:
            key = "must_be_chosen" if item.required else "may_be_left_out"
            return f"{self.words[key]}" + (f" ({self.words['example']} {self._short(item, item.example)})")
        return f"{self._short(item, item.default)} [{self._mark(item.mark)}]"

    def _short(self, item: Parameter, value: object) -> str:
        if isinstance(value, list):
            if value and isinstance(value[0], dict):
                return str(self.words["rows"]).format(count=len(value))
            return ", ".join(self._short(item, part) for part in value)
        text = "" if value is None else str(value)
        return item.options[text][self.language] if text in item.options else text

    def _limits(self, item: Parameter) -> str:
        if item.options:
            return ", ".join(label[self.language] for label in item.options.values())
        unit = self.vocabulary.units[item.unit].name(self.language, one=False) if item.unit else ""
        limits = "–".join(str(limit) for limit in (item.min, item.max) if limit is not None)
        offer = f"; {self.words['offer']} {item.offer.cap}" if item.offer else ""
        return f"{limits} {unit}".strip() + offer

    def _requirement(self, item: Any) -> str:
        kind = self.words[f"kind_{item.kind}"]
        return f"{self.clause.prefix}-{item.no} ({kind}): {item.title[self.language]}"

    def _duties(self) -> list[tree.Block]:
        rows = [
            (
                duty.title[self.language],
                self.vocabulary.parties[duty.who][self.language],
                ", ".join(f"{key} {value}" for key, value in duty.due.model_dump().items() if value),
                ", ".join((*duty.proof, *duty.release, duty.sanction)).strip(", "),
            )
            for duty in self.clause.duties.values()
        ]
        return [self._heading("duties"), self._table("duties", ("duty", "who", "due", "codes"), rows)] if rows else []

    def _penalties(self) -> list[tree.Block]:
        rows = [
            (
                penalty.title[self.language],
                f"{penalty.amount} / {penalty.unit[self.language]}",
                f"{penalty.cure}; {penalty.cap}".strip("; "),
                ", ".join(penalty.release),
            )
            for penalty in self.clause.penalties.values()
        ]
        columns = ("penalty", "amount", "cure", "release")
        return [self._heading("penalties"), self._table("penalties", columns, rows)] if rows else []

    def _mark(self, mark: str) -> str:
        return self.vocabulary.marks[mark][self.language]

    def _heading(self, key: str) -> tree.Heading:
        return tree.Heading(1, (tree.Text(self.words[key]),), numbered=False)

    def _listed(self, key: str, texts: Sequence[str]) -> list[tree.Block]:
        return [self._heading(key), *self._items(texts)] if texts else []

    def _items(self, texts: Sequence[str]) -> list[tree.Block]:
        return [tree.ItemList(tuple(tree.ListItem((tree.Text(text),)) for text in texts))] if texts else []

    def _table(self, key: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tree.Table:
        widths = {"ask": 5, "duty": 4, "default": 4, "due": 3, "penalty": 3, "amount": 3, "name": 3}
        titles = [self.words[f"column_{column}"] for column in columns]
        return tree.Table(
            caption=self.words[key],
            description=", ".join(titles),
            columns=tuple(
                tree.Column(title, widths.get(column, 2)) for column, title in zip(columns, titles, strict=True)
            ),
            rows=tuple(tuple((tree.Text(cell),) for cell in row) for row in rows),
        )
