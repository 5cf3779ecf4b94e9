"""Limits of how many lots one bidder can win."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.rule import Found, rule
from tenderkit.plan import Plan, lot_limit


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


@rule(legal_basis="directive 2014/24/EU art. 46", mark="unverified", rule_ids=(), severity="warning")
def lots_limit_said_twice(plan: Plan) -> Iterator[Found]:
    """The tender conditions say in the officer's own words for how many lots a bidder can win, beside the limit.

    Why: The section on the limit is made from award.lots, and procedure.lots_per_bidder is printed as it is. Where the
    two differ, bidders cannot know which holds, and the evaluation follows award.lots.

    Source: A suggestion of ours; that the limit must be published is from memory.

    Mend: Remove procedure.lots_per_bidder, and the sentence is written from the limit. Or read the two together, and
    accept this warning with the reason.
    """
    own = plan.tender.procedure.lots_per_bidder
    limit = lot_limit(plan.tender)
    if limit is not None and own:
        yield Found(
            f"A bidder can win at most {limit.at_most} of {len(limit.sizes)} lots, and lots_per_bidder is printed too.",
            plan.source.place(("procedure", "lots_per_bidder"), "procedure.lots_per_bidder"),
            "Remove lots_per_bidder, or see that it says the same.",
            {"at_most": str(limit.at_most), "lots": str(len(limit.sizes))},
        )
