"""A clause's text as points under the annex sections, with names that hold in the whole document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tenderkit.assembly import tree
from tenderkit.assembly.markdown import Reader
from tenderkit.assembly.setting import Contractual
from tenderkit.assembly.text import fill
from tenderkit.assembly.values import clause_values, common, parameter_text
from tenderkit.plan import ChosenClause, Resolved
from tenderkit.problems import Place, Problem, TenderkitError, nearest

_NAME = re.compile(r"^\{#([a-z0-9-]+)\}\s*$", re.MULTILINE)


def sections(chosen: ChosenClause, context: Contractual) -> dict[str, list[tree.Block]]:
    """Give a clause's blocks by annex section, in the clause's order.

    Names become ``clause.point``; requirement points carry their public id.

    Raises:
        TenderkitError: a heading is no annex section, or the text cannot be filled or read.
    """
    path = f"clauses/{chosen.id}/{context.language}.md"
    text = context.worded(context.library.text(path))
    where = context.library.where(path)
    own = set(_NAME.findall(text))
    reader = Reader(
        name=where,
        points=True,
        guidance=context.draft,
        block=lambda name, argument, _: _block(name, argument, chosen, context, where),
        qualify=lambda name: f"{chosen.id}.{name}" if name in own else name,
        public_ids={
            requirement.point: f"{chosen.clause.prefix}-{requirement.no}"
            for requirement in chosen.clause.requirements.values()
        },
    )
    values = {**common(context), **clause_values(chosen, context)}
    blocks = reader.read(fill(text, values, where))
    return _by_section(_marked(blocks, chosen, context), context, where)


def deviation(chosen: ChosenClause, context: Contractual) -> str:
    """Give the words that mark an authority's own clause; empty for a clause of the library."""
    house = chosen.clause.house
    if house is None:
        return ""
    key = "house.deviates" if house.edition else "house.own"
    return context.label(key, owner=house.owner, edition=house.edition)


def _marked(blocks: list[tree.Block], chosen: ChosenClause, context: Contractual) -> list[tree.Block]:
    """Hang the mark and the reason of an authority's own clause on its first point, in a draft."""
    first = next((i for i, block in enumerate(blocks) if isinstance(block, tree.Paragraph)), None)
    if chosen.clause.house and context.draft and first is not None:
        point = blocks[first]
        assert isinstance(point, tree.Paragraph)  # noqa: S101 - as found
        said = f"{deviation(chosen, context)} {chosen.clause.house.reason[context.language]}"
        blocks[first] = replace(point, guidance=(said, *point.guidance))
    return blocks


def _by_section(blocks: Sequence[tree.Block], context: Contractual, where: str) -> dict[str, list[tree.Block]]:
    annex = context.library.vocabulary.annex_sections
    titles = {context.worded(label[context.language]): key for key, label in annex.items()}
    found: dict[str, list[tree.Block]] = {}
    current = ""
    for block in blocks:
        if isinstance(block, tree.Heading):
            title = plain(block.content)
            if block.level != 2 or title not in titles:  # noqa: PLR2004 - clause texts have one heading level
                raise TenderkitError(
                    Problem(
                        "unknown-section",
                        f'"{title}" is no section of the social annex.',
                        Place(where),
                        help=nearest(title, titles),
                    )
                )
            current = titles[title]
        elif not current:
            raise TenderkitError(
                Problem(
                    "text-outside-section",
                    "The clause has text before its first heading.",
                    Place(where),
                    help="Begin with a ## heading from vocabulary.yaml, annex_sections.",
                )
            )
        else:
            found.setdefault(current, []).append(block)
    return found


def _block(name: str, argument: str, chosen: ChosenClause, context: Contractual, where: str) -> Sequence[tree.Block]:
    if name != "table" or argument not in chosen.values:
        raise TenderkitError(
            Problem(
                "unknown-block",
                f'A clause has no block "{name} {argument}".',
                Place(where),
                help="Clauses have ::: table PARAMETER.",
            )
        )
    return [parameter_table(chosen.values[argument], chosen.clause.title[context.language], context)]


def parameter_table(resolved: Resolved, title: str, context: Contractual) -> tree.Table:
    """Give a table parameter as a table; where lots differ, the lot's own. ``title`` stands where it has no caption."""
    definition = resolved.parameter
    language = context.language
    rows = resolved.value(context.lot)
    columns = [
        context.worded(definition.column_titles[key][language]) if key in definition.column_titles else key
        for key in definition.columns
    ]
    caption = definition.caption[language] if definition.caption else title
    body: list[tuple[tree.Inlines, ...]] = []
    for row in rows if isinstance(rows, list) else []:
        assert isinstance(row, Mapping)  # noqa: S101 - resolved as a table
        cells = [
            parameter_text(row[key], definition.model_copy(update={"type": kind}), context)
            for key, kind in definition.columns.items()
        ]
        body.append(tuple((tree.Text(cell),) for cell in cells))
    numeric = {"count", "number", "percent", "money"}
    return tree.Table(
        caption=context.worded(caption),
        description=", ".join(columns),
        columns=tuple(
            tree.Column(title, {"text": 3, "date": 2}.get(kind, 1), "right" if kind in numeric else "left")
            for title, kind in zip(columns, definition.columns.values(), strict=True)
        ),
        rows=tuple(body),
    )


def plain(content: tree.Inlines) -> str:
    """Give runs as text, without references."""
    return "".join(run.text for run in content if not isinstance(run, tree.Ref))
