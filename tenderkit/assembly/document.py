"""A document put together: its text with values, its generated parts, its front page and its furniture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from tenderkit.assembly import blocks, tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.markdown import Reader
from tenderkit.assembly.text import fill
from tenderkit.assembly.values import common
from tenderkit.library.document import Document
from tenderkit.problems import Place, Problem, TenderkitError


def assemble(identifier: str, context: Context, extra: Mapping[str, Any] | None = None) -> tree.Document:
    """Give a document or contract from the library as a tree.

    Raises:
        TenderkitError: the text or one of its parts cannot be made.
    """
    library = context.plan.library
    is_contract = identifier in library.ids("contract")
    definition = library.contract(identifier) if is_contract else library.document(identifier)
    folder = "contracts" if is_contract else "documents"
    path = f"{folder}/{identifier}/{context.language}.md"
    where = library.where(path)
    reader = Reader(
        name=where,
        points=definition.numbering == "legal",
        guidance=context.draft,
        block=lambda name, argument, text: blocks.make(name, argument, text, context, where),
    )
    values = {**common(context), **(extra or {})}
    body = reader.read(fill(library.text(path), values, where))
    if definition.numbering == "none":
        body = [_unnumbered(block) for block in body]
    return _furnished(identifier, definition, context, tuple(body))


def _unnumbered(block: tree.Block) -> tree.Block:
    return replace(block, numbered=False) if isinstance(block, tree.Heading) else block


def _furnished(identifier: str, definition: Document, context: Context, body: tuple[tree.Block, ...]) -> tree.Document:
    tender = context.plan.tender
    language = context.language
    lot = tender.lot(context.lot) if context.lot and len(tender.lots) > 1 else None
    subtitle = tender.tender.title + (f" – {lot.title}" if lot else "")
    return tree.Document(
        id=identifier,
        file=file_name(definition, context),
        title=definition.title[language],
        subtitle=subtitle,
        language=language,
        author=tender.authority.name,
        reference=tender.tender.reference,
        created=context.created,
        blocks=body,
        numbering=definition.numbering,
        contents=definition.contents,
        contents_title=context.label("words.contents"),
        cover=_cover(context) if definition.cover else (),
        notice=_notice(context),
        draft=context.draft,
        keywords=context.label("words.keywords"),
        stamp=stamp(context),
        footer=context.label("words.footer", reference=tender.tender.reference, edition=tender.edition),
        words={key: str(value) for key, value in context.strings["words"].items()},
    )


def file_name(definition: Document, context: Context) -> str:
    """Give the file's name without ending; per lot and per bid the name says which."""
    signing = definition.signed_file if context.winner is not None else None
    parts = [(signing or definition.file)[context.language]]
    if definition.per in {"lot", "bid-lot"} and context.lot:
        parts.append(context.lot)
    if definition.per in {"bid", "bid-lot"} and context.recipient is not None:
        parts.append(context.recipient.bidder)
    return "_".join(parts)


def stamp(context: Context) -> str:
    """Give what ties a file to its tender: the reference and the edition."""
    tender = context.plan.tender
    return f"{tender.tender.reference}/{tender.edition}"


def _cover(context: Context) -> tuple[tuple[str, str], ...]:
    tender = context.plan.tender
    values = common(context)
    lot = tender.lot(context.lot) if context.lot else None
    rows = [
        ("authority", tender.authority.name),
        ("reference", tender.tender.reference),
        ("lot", lot.title if lot and len(tender.lots) > 1 else ""),
        ("edition", str(tender.edition)),
        ("publication", values["procedure"]["publication"].text),
    ]
    return tuple((context.label(f"cover.{key}"), value) for key, value in rows if value)


def _notice(context: Context) -> str:
    tender = context.plan.tender
    if context.draft:
        return context.label("words.draft")
    if context.language != tender.tender.language:
        return context.label("words.reading_aid")
    return ""


def missing(document: tree.Document) -> list[Problem]:
    """Give a problem for every value that is not known yet; a final build refuses them."""
    return [
        Problem(
            "value-missing",
            f"{document.title}: {run.text}",
            Place(document.file),
            help="Give the value in tender.yaml.",
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
    named = {
        block.name
        for block in document.blocks
        if isinstance(block, (tree.Heading, tree.Paragraph, tree.Annex)) and block.name
    }
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
