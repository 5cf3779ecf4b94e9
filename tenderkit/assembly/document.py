"""A document put together: its text with values, its generated parts, its front page and its furniture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tenderkit.assembly import blocks, tree
from tenderkit.assembly.markdown import Reader
from tenderkit.assembly.setting import Setting
from tenderkit.assembly.text import fill
from tenderkit.assembly.values import common
from tenderkit.library.document import Document
from tenderkit.problems import Place, Problem, TenderkitError, nearest


def assemble(identifier: str, context: Setting, extra: Mapping[str, Any] | None = None) -> tree.Document:
    """Give a document or contract from the library as a tree.

    Raises:
        TenderkitError: the text or one of its parts cannot be made.
    """
    library = context.library
    is_contract = identifier in library.ids("contract")
    definition = library.contract(identifier) if is_contract else library.document(identifier)
    folder = "contracts" if is_contract else "documents"
    path = f"{folder}/{identifier}/{context.language}.md"
    where = library.where(path)
    text = library.whole(path, context.language)
    reader = Reader(
        name=where,
        points=definition.numbering == "legal",
        guidance=context.draft,
        block=lambda name, argument, text: blocks.make(name, argument, text, context, where),
    )
    values = {**common(context), **(extra or {})}
    try:
        body = reader.read(fill(context.worded(text.text), values, where))
    except TenderkitError as error:
        raise TenderkitError([text.placed(problem, where) for problem in error.problems]) from error
    _require_unique_names(body, where)
    if definition.numbering == "none":
        body = [_unnumbered(block) for block in body]
    return _furnished(identifier, definition, context, tuple(_kept(body)))


def _kept(body: Sequence[tree.Block]) -> Iterator[tree.Block]:
    """Hold what introduces a table or lines for signing on the page where they begin."""
    for block, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(block, tree.Paragraph) and isinstance(after, (tree.Table, tree.Signatures)):
            yield replace(block, keep=True)
        else:
            yield block


def _unnumbered(block: tree.Block) -> tree.Block:
    return replace(block, numbered=False) if isinstance(block, tree.Heading) else block


def _require_unique_names(body: Sequence[tree.Block], where: str) -> None:
    """Refuse two points of the same name, such as one of a shared part and one of the text around it."""
    seen: set[str] = set()
    for name in _names(body):
        if name in seen:
            raise TenderkitError(
                Problem(
                    "repeated-name",
                    f'Two points are named "{name}".',
                    Place(where),
                    help="Give one of them another name; a shared part brings its own.",
                )
            )
        seen.add(name)


def _names(body: Iterable[tree.Block]) -> list[str]:
    named = (tree.Heading, tree.Paragraph, tree.Annex)
    return [block.name for block in body if isinstance(block, named) and block.name]


def applies(definition: Document, context: Setting) -> bool:
    """Tell whether a document is written in this case: what its ``when`` names is true.

    Raises:
        TenderkitError: there is no such name.
    """
    value: Any = common(context)
    for part in definition.when.split(".") if definition.when else ():
        if not isinstance(value, Mapping) or part not in value:
            known = value if isinstance(value, Mapping) else ()
            message = f'"when: {definition.when}" names "{part}", which texts do not have.'
            raise TenderkitError(
                Problem("unknown-variable", message, Place(definition.title.en), help=nearest(part, known))
            )
        value = value[part]
    return _true(value) if definition.when else True


def _true(value: Any) -> bool:
    return any(_true(item) for item in value.values()) if isinstance(value, Mapping) else bool(value)


def _furnished(identifier: str, definition: Document, context: Setting, body: tuple[tree.Block, ...]) -> tree.Document:
    frame = context.frame()
    return tree.Document(
        id=identifier,
        file=file_name(definition, context),
        title=definition.title[context.language],
        subtitle=frame.subtitle,
        language=context.language,
        author=frame.author,
        reference=frame.reference,
        created=context.created,
        blocks=body,
        numbering=definition.numbering,
        contents=definition.contents,
        contents_title=context.label("words.contents"),
        cover=frame.cover if definition.cover else (),
        notice=frame.notice,
        draft=context.draft,
        keywords=context.label("words.keywords"),
        stamp=frame.stamp,
        footer=frame.footer,
        words={key: str(value) for key, value in context.strings["words"].items()},
    )


def file_name(definition: Document, context: Setting) -> str:
    """Give the file's name without ending."""
    return context.file_name(definition)


def missing(document: tree.Document) -> list[Problem]:
    """Give a problem for every value that is not known yet; a final build refuses them."""
    return [
        Problem(
            "value-missing",
            f"{document.title}: {run.text}",
            Place(document.file),
            help="Give the value in tender.yaml.",
            values={"name": run.gap},
        )
        for run in runs(document.blocks)
        if isinstance(run, tree.Text) and run.missing
    ]


def runs(items: Iterable[object]) -> Iterator[tree.Inline]:
    """Give all runs of text in blocks, wherever they stand."""
    for item in items:
        if isinstance(item, (tree.Text, tree.Ref, tree.Link)):
            yield item
        else:
            yield from runs(_inside(item))


def _inside(item: object) -> Iterable[object]:
    """Give what a block holds."""
    inside: Iterable[object] = ()
    match item:
        case tree.Heading(content=content) | tree.Paragraph(content=content):
            inside = content
        case tree.ListItem(content=content, children=children):
            inside = (*content, *children)
        case tree.ItemList(items=items):
            inside = items
        case tree.Table(rows=rows):
            inside = rows
        case tree.Fields(rows=pairs):
            inside = [content for _, content in pairs]
        case tuple():
            inside = item
    return inside


def check_references(document: tree.Document) -> list[Problem]:
    """Give a problem for every reference to a name that the document does not have."""
    named = set(_names(document.blocks))
    return [
        Problem("dangling-reference", f'{document.title}: nothing is named "{run.target}".', Place(document.file))
        for run in runs(document.blocks)
        if isinstance(run, tree.Ref) and run.target not in named
    ]


def require_complete(documents: Iterable[tree.Document]) -> None:
    """Refuse documents with open values or dangling references.

    Raises:
        TenderkitError: with each of them.
    """
    problems = [problem for document in documents for problem in (*missing(document), *check_references(document))]
    if problems:
        raise TenderkitError(problems)
