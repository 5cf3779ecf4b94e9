"""Limits of how many lots one bidder can win."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan


@rule(legal_basis="directive 2014/24/EU art. 46", mark="unverified", rule_ids=(), severity="warning")
def lots_limit_without_effect(plan: Plan) -> Iterator[Found]:
    """A bidder can win as many lots as there are, so the limit limits nothing.

    Why: The tender conditions would promise a limit, and a rule for it, that never decide anything. Bidders may read
    it as a mistake and ask which number was meant.

    Source: That limits on lots for each bidder, and the rule by which they decide, are published is from memory.

    Mend: Lower award.lots.at_most, or remove award.lots.
    """
    limit, count = plan.tender.award.lots, len(plan.tender.lots)
    if limit is not None and limit.at_most >= count:
        yield Found(
            f"A bidder can win at most {limit.at_most} lots, and there are {count}.",
            plan.source.place(("award", "lots", "at_most"), "award.lots.at_most"),
            f"Give at most {count - 1}, or remove award.lots.",
            {"at_most": str(limit.at_most), "lots": str(count)},
        )
