"""The page on checks, made from the docstrings of the rules."""

from __future__ import annotations

from parts import join, table, text

from tenderkit.checks import Rule, all_rules
from tenderkit.library import Library


def checks_page() -> str:
    """Give all checks, each from the docstring of its rule, and the rules of the field with what holds them."""
    rules = all_rules()
    rows = [(f"[{item.id}](#{item.id})", item.severity, text(item.title)) for item in rules]
    head = join(
        "# Checks\n",
        "What `tenderkit check` looks for. Each page part is the docstring of the rule itself. No check says that a",
        "tender complies; [What is checked](../explanation/what-is-checked.md) tells what a finding means.\n",
        table(("Check", "Level", "What is wrong"), rows),
    )
    return join(head, *(_check(item) for item in rules), _legal_rules(rules))


def _legal_rules(rules: list[Rule]) -> str:
    """Give each rule of the field with the checks and questions that decide it."""
    library = Library()
    questions = library.checklist.questions.values()
    rows = []
    for identifier, rule in library.legal_rules.items():
        held = [f"[{item.id}](#{item.id})" for item in rules if identifier in item.rule_ids]
        asked = sum(identifier in item.rule_ids for item in questions)
        held += [f"checklist ({asked})"] if asked else []
        held += [f"built in: {text(rule.built_in)}"] if rule.built_in else []
        rows.append((identifier, rule.severity, text(rule.says), f"{text(rule.basis)} ({rule.mark})", ", ".join(held)))
    return join(
        "## The rules of the field\n",
        "Each rule in one sentence, what it rests on, and how it is held: by checks, by that many questions of the",
        "checklist, or by the way tenderkit is built.\n",
        table(("Rule", "Weight", "What it says", "Basis", "Held by"), rows),
    )


def _check(item: Rule) -> str:
    dates = [f"{word} {day}" for word, day in (("from", item.valid_from), ("to", item.valid_to)) if day]
    period = f"for notices published {' '.join(dates)}" if dates else "whatever the date of publication"
    return join(
        f"## {item.id}\n",
        f"{text(item.title)}\n",
        f"**Why.** {text(item.why)}\n",
        f"**Source.** {text(item.source)}\n",
        f"**Mend.** {text(item.mend)}\n",
        f"**Basis.** {text(item.legal_basis)} ({item.mark}). {item.severity.capitalize()}, {period}.",
        f"Rules: {', '.join(item.rule_ids) or 'none'}.\n",
    )
