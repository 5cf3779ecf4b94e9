"""Findings that a tender accepts: only warnings, only those that are found, and with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.rule import Found, Rule, rule
from tenderkit.plan import Plan
from tenderkit.problems import nearest

_SELF = "accepted-finding-wrong"


@rule(legal_basis="The tender's own record of what was decided", mark="suggested", rule_ids=("DK-REC-01",))
def accepted_finding_wrong(plan: Plan) -> Iterator[Found]:
    """An accepted finding has no reason, is not found any more, is an error, or names no check.

    Why: accepted_findings is the record of who looked and why it is right here. A line that silences nothing hides the
    next real finding, and an error cannot be decided away.

    Source: The design of the checks; no legal source.

    Mend: Take the line out, correct the id, or write the reason. Mend an error instead of accepting it.
    """
    from tenderkit.checks import all_rules  # noqa: PLC0415 - the rules are found by the package that holds this one

    rules = {item.id: item for item in all_rules() if item.id != _SELF}
    for identifier, reason in plan.tender.accepted_findings.items():
        if wrong := _wrong(plan, rules, identifier, reason):
            yield Found(
                f'"{identifier}" {wrong[0]}',
                plan.source.place(("accepted_findings", identifier), f"accepted_findings.{identifier}"),
                wrong[1],
                {"check": identifier},
            )


def _wrong(plan: Plan, rules: dict[str, Rule], identifier: str, reason: str) -> tuple[str, str] | None:
    """Give what is wrong with an accepted finding and the next step; None when it silences a warning."""
    if identifier not in rules:
        return "is no check.", nearest(identifier, rules)
    if not reason:
        return "is accepted without a reason.", "Write why it is right here, and who decided it."
    item = rules[identifier]
    levels = {found.level for found in item.check(plan)} if item.holds_on(plan.tender.procedure.publication) else set()
    if "warning" in levels:
        return None
    if "error" in levels:
        return "finds an error, which cannot be accepted.", "Mend what it finds, and take the line out."
    return "finds nothing to accept.", "Take the line out."
