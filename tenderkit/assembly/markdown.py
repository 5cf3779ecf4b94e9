"""Markdown to blocks of the document tree. What the tree cannot say is refused, never dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.container import container_plugin

from tenderkit.assembly import tree
from tenderkit.assembly.text import TOKEN, Filled
from tenderkit.problems import Place, Problem, TenderkitError

BlockMaker = Callable[[str, str, str], Sequence[tree.Block]]


@dataclass(frozen=True)
class Reader:
    """How a text is read.

    Attributes:
        name: the file, for messages.
        points: whether paragraphs are numbered points.
        guidance: whether quote blocks become comments; otherwise they are left out.
        block: makes the blocks of a container from its name, its argument and its text.
        qualify: turns a name in this text into a name in the document.
        public_ids: stable ids of requirements by point name.
    """

    name: str
    points: bool
    guidance: bool
    block: BlockMaker
    qualify: Callable[[str], str] = str
    public_ids: dict[str, str] | None = None

    def read(self, filled: Filled) -> list[tree.Block]:
        """Give the blocks of a filled text.

        Raises:
            TenderkitError: the text uses markup that the documents do not have; every place at once.
        """
        return _Walk(self, filled).blocks()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["html_block", "html_inline", "image", "code", "fence"])
    return parser.use(attrs_block_plugin).use(container_plugin, "block", validate=lambda *_: True)


@lru_cache(maxsize=256)
def _parsed(text: str) -> SyntaxTreeNode:
    """Give a text's nodes, which are only read: values are tokens, so that lots and documents share most texts."""
    return SyntaxTreeNode(_parser().parse(text))


class _Walk:
    def __init__(self, reader: Reader, filled: Filled) -> None:
        self.reader = reader
        self.filled = filled
        self.problems: list[Problem] = []

    def blocks(self) -> list[tree.Block]:
        root = _parsed(self.filled.text)
        found: list[tree.Block] = []
        for node in root.children:
            self._block(node, found)
        if self.problems:
            raise TenderkitError(self.problems)
        return found

    def _block(self, node: SyntaxTreeNode, found: list[tree.Block]) -> None:
        kind = node.type
        if kind == "heading":
            found.append(tree.Heading(int(node.tag[1:]), self._inlines(node), self._name(node)))
        elif kind == "paragraph":
            if content := self._inlines(node):
                name = self._name(node)
                public = (self.reader.public_ids or {}).get(str(node.attrs.get("id", "")), "")
                found.append(tree.Paragraph(content, point=self.reader.points, name=name, public_id=public))
        elif kind in {"ordered_list", "bullet_list"}:
            found.append(self._list(node))
        elif kind == "blockquote":
            self._guide(node, found)
        elif kind == "container_block":
            name, _, argument = node.info.strip().partition(" ")
            text = "\n".join(self._plain(child) for child in node.children)
            found.extend(self.reader.block(name, argument.strip(), text))
        elif kind != "hr":
            self._refuse(node)

    def _name(self, node: SyntaxTreeNode) -> str:
        identifier = str(node.attrs.get("id", ""))
        return self.reader.qualify(identifier) if identifier else ""

    def _list(self, node: SyntaxTreeNode) -> tree.ItemList:
        items = []
        for item in node.children:
            content: tree.Inlines = ()
            children = []
            for child in item.children:
                if child.type == "paragraph" and not content:
                    content = self._inlines(child)
                elif child.type in {"ordered_list", "bullet_list"}:
                    children.append(self._list(child))
                else:
                    self._refuse(child)
            items.append(tree.ListItem(content, tuple(children)))
        return tree.ItemList(tuple(items), ordered=node.type == "ordered_list")

    def _guide(self, node: SyntaxTreeNode, found: list[tree.Block]) -> None:
        """Hang a quote block on the nearest point or heading above it."""
        if not self.reader.guidance:
            return
        text = "\n".join(self._plain(child) for child in node.children)
        for i in range(len(found) - 1, -1, -1):
            block = found[i]
            if isinstance(block, (tree.Paragraph, tree.Heading)):
                found[i] = replace(block, guidance=(*block.guidance, text))
                return
        self.problems.append(
            Problem(
                "guidance-without-point",
                "Guidance stands before any point.",
                Place(self.reader.name),
                help="Put the quote block below the point it is about.",
            )
        )

    def _plain(self, node: SyntaxTreeNode) -> str:
        parts = (run.text for run in self._inlines(node) if isinstance(run, (tree.Text, tree.Link)))
        if node.type in {"paragraph", "heading"}:
            return "".join(parts)
        return "\n".join(self._plain(child) for child in node.children)

    def _inlines(self, node: SyntaxTreeNode) -> tree.Inlines:
        runs: list[tree.Inline] = []
        for inline in node.children:
            if inline.type == "inline":
                for child in inline.children:
                    self._inline(child, runs, bold=False, italic=False)
        return tuple(_merged(runs))

    def _inline(self, node: SyntaxTreeNode, runs: list[tree.Inline], *, bold: bool, italic: bool) -> None:
        kind = node.type
        if kind == "text":
            runs += self._texts(node.content, bold, italic)
        elif kind in {"softbreak", "hardbreak"}:
            runs.append(tree.Text(" ", bold, italic))
        elif kind in {"strong", "em"}:
            for child in node.children:
                self._inline(child, runs, bold=bold or kind == "strong", italic=italic or kind == "em")
        elif kind == "link":
            self._link(node, runs)
        else:
            self._refuse(node)

    def _link(self, node: SyntaxTreeNode, runs: list[tree.Inline]) -> None:
        address = str(node.attrs.get("href", ""))
        if address.startswith("#"):
            runs.append(tree.Ref(self.reader.qualify(address[1:])))
        elif address.startswith(("https://", "mailto:")):
            words = "".join(child.content for child in node.children) or address.removeprefix("mailto:")
            runs.append(tree.Link(self.filled.plain(words), address))
        else:
            self._refuse(node)

    def _texts(self, text: str, bold: bool, italic: bool) -> list[tree.Inline]:
        runs: list[tree.Inline] = []
        position = 0
        for match in TOKEN.finditer(text):
            if match.start() > position:
                runs.append(tree.Text(text[position : match.start()], bold, italic))
            value = self.filled.values[int(match[1])]
            if value.text:
                runs.append(
                    tree.Text(value.text, bold, italic, missing=value.missing, language=value.language, gap=value.name)
                )
            position = match.end()
        if position < len(text):
            runs.append(tree.Text(text[position:], bold, italic))
        return runs

    def _refuse(self, node: SyntaxTreeNode) -> None:
        line = node.map[0] + 1 if node.map else 0
        self.problems.append(
            Problem(
                "unsupported-markup",
                f'The documents have no place for "{node.type}".',
                Place(self.reader.name, line),
                help="Use headings, paragraphs, lists, emphasis and blocks.",
            )
        )


def _kind(run: tree.Text) -> tuple[object, ...]:
    """Give all that a run is besides its text."""
    return run.bold, run.italic, run.missing, run.language, run.gap


def _merged(runs: Sequence[tree.Inline]) -> list[tree.Inline]:
    """Join neighbouring texts of the same kind, so that a paragraph is not cut into crumbs."""
    merged: list[tree.Inline] = []
    for run in runs:
        last = merged[-1] if merged else None
        if isinstance(run, tree.Text) and isinstance(last, tree.Text) and _kind(run) == _kind(last):
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return merged
