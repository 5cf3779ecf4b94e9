"""The page on checks, made from the docstrings of the rules."""

from __future__ import annotations

from parts import join, table, text

from tenderkit.checks import Rule, all_rules


def checks_page() -> str:
    """Give all checks, each from the docstring of its rule."""
    rules = all_rules()
    rows = [(f"[{item.id}](#{item.id})", item.severity, text(item.title)) for item in rules]
    head = join(
        "# Checks\n",
        "What `tenderkit check` looks for. Each page part is the docstring of the rule itself. No check says that a",
        "tender complies; [What is checked](../explanation/what-is-checked.md) tells what a finding means.\n",
        table(("Check", "Level", "What is wrong"), rows),
    )
    return join(head, *(_check(item) for item in rules))


def _check(item: Rule) -> str:
    dates = [f"{word} {day}" for word, day in (("from", item.valid_from), ("to", item.valid_to)) if day]
    period = f"for notices published {' '.join(dates)}" if dates else "whatever the date of publication"
    return join(
        f"## {item.id}\n",
        f"{text(item.title)}\n",
        f"**Why.** {text(item.why)}\n",
        f"**Source.** {text(item.source)}\n",
        f"**Mend.** {text(item.mend)}\n",
        f"**Basis.** {text(item.legal_basis)} ({item.mark}). {item.severity.capitalize()}, {period}.\n",
    )
