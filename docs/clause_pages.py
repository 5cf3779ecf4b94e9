"""The pages on clauses, made from their folders."""

from __future__ import annotations

from collections.abc import Mapping

from parts import bullets, code, codes, join, table, text

from tenderkit.library import Library
from tenderkit.library.clause import Clause, Due, Parameter


def clauses_page(clauses: Mapping[str, Clause], library: Library) -> str:
    """Give the overview of all clauses."""
    rows = [
        (
            f"[{text(clause.title.en)}](clauses/{key}.md)",
            text(clause.title.da),
            text(library.vocabulary.topics[clause.topic]["en"]),
            ", ".join(text(library.vocabulary.uses[use]["en"]) for use in clause.use_as),
            str(clause.edition),
        )
        for key, clause in clauses.items()
    ]
    return join(
        "# Clauses\n",
        "Every clause (klausul) of the library, made from its folder in `clause_templates/clauses/`. In the terminal:",
        "`tenderkit clause list` and `tenderkit clause show ID`.\n",
        table(("Clause", "Danish title", "Topic", "Use as", "Edition"), rows),
        "[Add a clause](../how-to/add-a-clause.md) tells how to add your own. The marks behind values are explained in",
        "[What is checked](../explanation/what-is-checked.md).",
    )


def clause_page(key: str, clause: Clause, library: Library) -> str:
    """Give all that a clause's folder says."""
    words = library.vocabulary
    needs = [f"[{name}]({name}.md)" for name in clause.requires]
    return join(
        f"# {text(clause.title.en)}\n",
        f"*{text(clause.title.da)}* · `{key}` · edition {clause.edition}, from {clause.valid_from}\n",
        f"{text(clause.purpose.en)}\n",
        f"Brings in: {', '.join(needs)}.\n" if needs else "",
        f"Cannot stand beside: {codes(clause.excludes)}.\n" if clause.excludes else "",
        "## When to use it\n",
        bullets(clause.use_when.en),
        "## When not to use it\n",
        bullets(clause.not_when.en),
        _parameters(clause, library),
        _offers(clause),
        _requirements(clause, library),
        _duties(clause, library),
        _penalties(clause, library),
        "## Typical mistakes\n",
        bullets(clause.mistakes.en),
        "## Legal basis\n",
        bullets(
            [
                f"{item.title.en} ({words.marks[item.mark]['en']}; looked up {item.looked_up})"
                for item in clause.legal_basis
            ]
        ),
        bullets([f"Idea from: {source}" for source in clause.sources]) if clause.sources else "",
        "## Text\n",
        "The text as it lies in the folder. Danish is authoritative. Lines that begin with `>` are guidance.\n",
        _tab("Dansk", library.text(f"clauses/{key}/da.md")),
        _tab("English", library.text(f"clauses/{key}/en.md")),
    )


def _tab(title: str, content: str) -> str:
    lines = ["~~~~ markdown", *content.strip().splitlines(), "~~~~"]
    return f'=== "{title}"\n\n' + "\n".join(f"    {line}".rstrip() for line in lines) + "\n"


def _parameters(clause: Clause, library: Library) -> str:
    if not clause.parameters:
        return ""
    marks = library.vocabulary.marks
    rows = [
        (f"{code(name)}<br>{_question(item)}", _default(item), _limits(item, library), marks[item.mark]["en"])
        for name, item in clause.parameters.items()
    ]
    return join("## Parameters\n", table(("Parameter and question", "Default", "Unit and limits", "Mark"), rows))


def _question(item: Parameter) -> str:
    options = "; ".join(f"`{key}`: {text(label['en'])}" for key, label in item.options.items())
    note = f"<br>*{text(item.note.en)}*" if item.note else ""
    return text(item.ask.en) + (f"<br>{options}" if options else "") + note


def _default(item: Parameter) -> str:
    value = item.default
    if value is None:
        return "the tender chooses" if item.required else "none"
    if isinstance(value, list):
        return f"{len(value)} rows" if value and isinstance(value[0], dict) else codes([str(part) for part in value])
    return code(value)


def _limits(item: Parameter, library: Library) -> str:
    unit = library.vocabulary.units[item.unit].name("en", one=False) if item.unit else item.type
    span = f"{item.min}\u2060–\u2060{item.max}" if None not in {item.min, item.max} else ""
    offered = f"offered, counts up to {item.offer.cap}" if item.offer else ""
    return text(", ".join(part for part in (unit, span, offered) if part))


def _offers(clause: Clause) -> str:
    if not clause.fields:
        return ""
    rows = []
    for name, item in clause.fields.items():
        scored = next(((key, value) for key, value in clause.criteria.items() if value.field == name), None)
        rows.append(
            (
                code(name),
                text(item.label.en),
                code(item.offers) or item.type,
                f"`{scored[0]}`, by `{scored[1].model or scored[1].scale}`" if scored else "not scored",
            )
        )
    return join("## What bidders fill in\n", table(("Field", "Label", "Raises", "Criterion"), rows))


def _requirements(clause: Clause, library: Library) -> str:
    if not clause.requirements:
        return ""
    evidence = library.vocabulary.evidence
    rows = [
        (
            f"{clause.prefix}-{item.no}",
            text(item.title.en),
            item.kind,
            text(evidence[item.proof]["en"]) if item.proof else "",
        )
        for item in clause.requirements.values()
    ]
    return join("## Requirements\n", table(("Id", "Requirement", "Kind", "Proof"), rows))


def _duties(clause: Clause, library: Library) -> str:
    if not clause.duties:
        return ""
    rows = [
        (
            text(item.title.en),
            text(library.vocabulary.parties[item.who]["en"]),
            text(_due(item.due)),
            codes(item.proof),
            codes(item.release),
            code(item.sanction),
        )
        for item in clause.duties.values()
    ]
    return join("## Duties\n", table(("Duty", "Who", "Due", "Proof", "Release", "Sanction"), rows))


def _due(due: Due) -> str:
    times = [
        f"{value} {unit.replace('_', ' ')}"
        for unit in ("working_days", "days", "weeks", "months")
        if (value := getattr(due, unit))
    ]
    events = [f"{word} {value}" for word in ("after", "before", "on", "every") if (value := getattr(due, word))]
    return " ".join((*times, *events))


def _penalties(clause: Clause, library: Library) -> str:
    if not clause.penalties:
        return ""
    grounds = library.vocabulary.release
    rows = [
        (
            text(item.title.en),
            f"{code(item.amount)} per {text(item.unit.en)}",
            code(item.cap) or "as the sanctions ladder",
            text("; ".join(grounds[code]["en"] for code in item.release)),
        )
        for item in clause.penalties.values()
    ]
    return join("## Penalties\n", table(("Penalty", "Amount", "Cap", "Not when"), rows))
