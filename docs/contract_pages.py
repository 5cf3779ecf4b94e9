"""The pages on contracts and agreements, made from their folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from parameter_table import parameter_table
from parts import bullets, code, join, tab, table, text

from tenderkit.api.starting import examples
from tenderkit.case.folder import AGREEMENT, TENDER
from tenderkit.library import Library
from tenderkit.library.document import Contract
from tenderkit.tender import load_agreement, load_tender

_USES = {"tender": "a tender", "agreement": "an agreement outside a tender"}
_STANDINGS = {"": "", "authority": "the Contracting Authority", "supplier": "the Supplier"}


def examples_by_template() -> dict[str, list[str]]:
    """Give the names of the examples by the template that they use."""
    found: dict[str, list[str]] = {}
    for name, folder in examples().items():
        found.setdefault(_template(folder), []).append(name)
    return found


def _template(folder: Path) -> str:
    if (folder / AGREEMENT).is_file():
        return load_agreement(folder / AGREEMENT)[0].agreement.template
    return load_tender(folder / TENDER)[0].contract_template


def contracts_page(contracts: Mapping[str, Contract], library: Library) -> str:
    """Give the overview of all templates: agreements outside a tender first, then contracts for tenders."""
    agreements = {key: item for key, item in contracts.items() if "agreement" in item.use}
    tenders = {key: item for key, item in contracts.items() if "tender" in item.use}
    return join(
        "# Contracts and agreements\n",
        "Every template of the library, made from its folder in `clause_templates/contracts/`. In the terminal:",
        "`tenderkit contract list`.\n",
        "## Agreements outside a tender\n",
        "`tenderkit contract new TEMPLATE FOLDER` asks for what one of these needs and writes it in Word.",
        "[Make an agreement outside a tender](../how-to/agreements.md) tells how to go on.\n",
        _overview(agreements, library, "Parties"),
        "## Contracts for a tender\n",
        "A tender names one of these with `contract_template` in `tender.yaml`.\n",
        _overview(tenders, library, "Topic"),
    )


def _overview(contracts: Mapping[str, Contract], library: Library, last: str) -> str:
    rows = [
        (
            f"[{text(item.title.en)}](contracts/{key}.md)<br>*{text(item.title.da)}*<br>{code(key)}",
            text(item.description.en) if item.description else "",
            text(", ".join(role.title.en for role in item.parties.values()))
            if last == "Parties"
            else text(_topic(item, library)),
        )
        for key, item in contracts.items()
    ]
    return table(("Template", "What it is", last), rows)


def _topic(item: Contract, library: Library) -> str:
    return library.vocabulary.topics[item.topic]["en"] if item.topic else ""


def contract_page(key: str, item: Contract, library: Library, named: list[str]) -> str:
    """Give all that a template's folder says; ``named`` are the examples that use it."""
    return join(
        f"# {text(item.title.en)}\n",
        f"*{text(item.title.da)}* · `{key}` · edition {item.edition}\n",
        f"{text(item.description.en)}\n" if item.description else "",
        f"{_begin(key, item, named)}\n",
        join("## When to use it\n", bullets(item.use_when.en)) if item.use_when else "",
        join("## When not to use it\n", bullets(item.not_when.en)) if item.not_when else "",
        _parties(item),
        _clauses(item, library),
        parameter_table(item.parameters, library),
        "## Text\n",
        "The text as it lies in the folder. Danish is authoritative. Lines that begin with `>` are guidance; `:::`",
        "marks what is made from the file: the parties, the clauses, the payments, and parts that contracts share.\n",
        tab("Dansk", library.text(f"contracts/{key}/da.md")),
        tab("English", library.text(f"contracts/{key}/en.md")),
    )


def _begin(key: str, item: Contract, named: list[str]) -> str:
    """Give what a template is for, and the commands that begin a case with it."""
    sentence = f"For {text(' or '.join(_USES[use] for use in item.use))}."
    commands = []
    if "agreement" in item.use:
        commands.append(f"tenderkit contract new {key} my-agreement")
    if "tender" in item.use:
        sentence += f" A tender chooses it with `contract_template: {key}`."
    commands += [f"tenderkit new my-{name} --example {name}" for name in named]
    if named:
        sentence += " The last line begins from a finished example." if commands[1:] else " A finished example uses it:"
    return "\n".join([sentence + "\n", *(["~~~~ text", *commands, "~~~~"] if commands else [])])


def _parties(item: Contract) -> str:
    if not item.parties:
        return ""
    rows = [
        (
            code(name),
            text(role.title.en) + (" (one or more)" if role.several else ""),
            f"{text(role.term.en)} / {text(role.term.da)}",
            text(_STANDINGS[role.standing]),
        )
        for name, role in item.parties.items()
    ]
    return join("## Parties\n", table(("Role", "Who", "Called in the text", "In clauses stands as"), rows))


def _clauses(item: Contract, library: Library) -> str:
    if not item.clauses:
        return ""
    rows = [
        (f"[{text(library.clause(name).title.en)}](../clauses/{name}.md)", text(reason["en"]) if reason else "")
        for name, reason in item.clauses.items()
    ]
    return join(
        "## Clauses\n",
        "These are proposed; `clauses` in the file changes them. A clause that another requires comes by itself.\n",
        table(("Clause", "Why"), rows),
    )
