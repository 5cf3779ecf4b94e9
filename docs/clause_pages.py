"""The pages on clauses, made from their folders."""

from __future__ import annotations

from collections.abc import Mapping

from parameter_table import parameter_table
from parts import bullets, code, codes, join, tab, table, text

from tenderkit.library import Library
from tenderkit.library.clause import Advice, AppliesTo, Clause, Due
from tenderkit.quantities import format_money

_VERDICTS = ("no", "maybe", "yes")


def clauses_page(clauses: Mapping[str, Clause], library: Library) -> str:
    """Give the overview of all clauses."""
    rows = [
        (
            f"[{text(clause.title.en)}](clauses/{key}.md)<br>*{text(clause.title.da)}*",
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
        table(("Clause", "Topic", "Use as", "Edition"), rows),
        "[Add a clause](../how-to/add-a-clause.md) and [Keep clauses of your own](../how-to/own-clauses.md) tell how",
        "to write one; [Get advice before a tender](../how-to/advise.md) which of them fit. The marks are explained in",
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
        f"**Topic.** {text(words.topics[clause.topic]['en'])}. **Use as.** "
        f"{text(', '.join(words.uses[use]['en'] for use in clause.use_as))}.\n",
        _fits(clause.applies_to),
        f"Brings in: {', '.join(needs)}.\n" if needs else "",
        f"Cannot stand beside: {codes(clause.excludes)}.\n" if clause.excludes else "",
        "## When to use it\n",
        bullets(clause.use_when.en),
        "## When not to use it\n",
        bullets(clause.not_when.en),
        _advice(clause.advice),
        _schemes(clause, library),
        parameter_table(clause.parameters, library),
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
        tab("Dansk", library.text(f"clauses/{key}/da.md")),
        tab("English", library.text(f"clauses/{key}/en.md")),
    )


def _fits(where: AppliesTo) -> str:
    """Give the contracts that a clause suits, as one line."""
    parts = [", ".join(where.kinds)] if where.kinds else []
    limits = (
        ("at least", where.min_months, "months"),
        ("at most", where.max_months, "months"),
        ("from", where.min_value_dkk, ""),
        ("up to", where.max_value_dkk, ""),
    )
    for word, number, unit in limits:
        if number:
            parts.append(f"{word} {number} {unit}" if unit else f"{word} {format_money(number, 'en')}")
    return f"**Fits.** {text('; '.join(parts))}.\n" if parts else ""


def _advice(rows: list[Advice]) -> str:
    """Give what speaks for and against a clause; what forbids it comes first, for the lowest verdict decides."""
    if not rows:
        return ""
    cells = [
        (
            f"**{item.verdict}**",
            f"{text(item.reason.en)}<br>{code(item.when)}{{ .wrap }}",
            text(item.missing.en) if item.missing else "",
        )
        for item in sorted(rows, key=lambda item: _VERDICTS.index(item.verdict))
    ]
    return join(
        "## Advice\n",
        "What `tenderkit advise` says. The lowest verdict of all rows that hold is the clause's; when none holds, it",
        "is a no. Below each reason stands the condition over the answers: 1 is yes and 0 is no; `market` is 0 for not",
        "asked, 1 for negative, 2 for mixed and 3 for positive.\n",
        table(("Verdict", "Why, and when it holds", "What is missing"), cells),
    )


def _schemes(clause: Clause, library: Library) -> str:
    """Give the public schemes that a clause builds on, with the law's dates."""
    if not clause.schemes:
        return ""
    words = library.vocabulary
    rows = []
    for key in clause.schemes:
        item = words.schemes[key]
        days = [f"{word} {day}" for word, day in (("from", item.start), ("until", item.end)) if day]
        rows.append(
            (
                f"{text(item.title['en'])}<br>{code(key)}",
                text(item.note["en"]),
                text(" ".join(days) or "no date set"),
                f"{text(words.marks[item.mark]['en'])}, {item.verified}<br>*{text(item.source)}*",
            )
        )
    return join(
        "## Schemes\n",
        "Public schemes that the clause builds on, and when a person may begin in them.\n",
        table(("Scheme", "What it is", "Open", "Mark and source"), rows),
    )


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
