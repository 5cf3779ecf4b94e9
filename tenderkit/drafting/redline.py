"""A comparison of two texts of a clause as text for the terminal, and as tracked changes in Word."""

from __future__ import annotations

from tenderkit.assembly import tree
from tenderkit.drafting.difference import Difference
from tenderkit.drafting.plain import lines as lines_of
from tenderkit.drafting.plain import runs
from tenderkit.library import Library

_SIGNS = {"": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


def as_text(found: Difference) -> str:
    """Give the difference for the terminal: words that went as [-so-], words that came as {+so+}."""
    lines: list[str] = []
    heading = current = ""
    for block in found.blocks:
        if isinstance(block, tree.Heading):
            heading = runs(block.content, {})
            continue
        name = getattr(block, "name", "")
        current = name or current
        if found.points.get(current):
            if name:
                lines += ["", f"{heading} › {name} ({found.points[name]})"]
            lines += [f"  {line}" for line in lines_of(block, _signed)]
    lines += [f"{change.where}: {change.old or '-'} → {change.new or '-'}" for change in found.data]
    return "\n".join(lines).strip() + ("\n" if lines else "")


def as_document(found: Difference, names: tuple[str, str], library: Library) -> tree.Document:
    """Give the difference as a Word document's tree; ``names`` says what was compared."""
    shown = found.new
    strings = library.strings(shown.language)
    words = strings["desk"]
    rows = [tuple((tree.Text(cell or words["none"]),) for cell in (c.where, c.old, c.new)) for c in found.data]
    data: list[tree.Block] = []
    if rows:
        titles = [words[f"column_{key}"] for key in ("what", "old", "new")]
        data = [
            tree.Heading(1, (tree.Text(words["data_changes"]),), numbered=False),
            tree.Table(
                words["data_changes"],
                ", ".join(titles),
                tuple(tree.Column(title, width) for title, width in zip(titles, (2, 3, 3), strict=True)),
                tuple(rows),
            ),
        ]
    return tree.Document(
        id=shown.id,
        file=f"{shown.id}.{names[0]}-{names[1]}.{shown.language}",
        title=shown.clause.title[shown.language],
        subtitle=words["compared"].format(id=shown.id, old=names[0], new=names[1]),
        language=shown.language,
        author=words["author"],
        reference=shown.id,
        created=shown.clause.valid_from.isoformat(),
        blocks=(*data, *found.blocks),
        numbering="legal",
        contents_title=strings["words"]["contents"],
        draft=False,
        keywords=strings["words"]["keywords"],
        stamp=f"{shown.id}/{shown.clause.edition}",
        footer=strings["words"]["footer"].format(reference=shown.id, edition=shown.clause.edition),
        words={key: str(value) for key, value in strings["words"].items()},
    )


def _signed(content: tree.Inlines) -> str:
    return "".join(
        _SIGNS[getattr(run, "change", "")].format(f"[{run.target}]" if isinstance(run, tree.Ref) else run.text)
        for run in content
    )
