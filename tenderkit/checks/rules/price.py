"""Price in the evaluation: that it counts, what depends on other bids, two price lines, and the alarm on low bids."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.criteria import criterion_path, leaves, named
from tenderkit.checks.phrases import listed
from tenderkit.checks.places import choice_place
from tenderkit.checks.practice import practice_clauses
from tenderkit.checks.rule import Found, rule
from tenderkit.evaluation.lowbids import LEAST_BIDS
from tenderkit.evaluation.traits import gives_value, price_counts, uses_price
from tenderkit.plan import Plan

_PAYS = "training_line"
_ESTIMATE = "estimate"


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 161-162",
    mark="partly",
    rule_ids=("DK-AWD-02",),
)
def price_not_a_criterion(plan: Plan) -> Iterator[Found]:
    """Neither a criterion nor the award model counts the price.

    Why: A contract is awarded on price, on cost or on the best ratio of price and quality. Where nothing counts the
    price, quality alone decides, which needs a fixed price that the documents state.

    Source: §§ 161-162, partly seen; that quality alone may decide at a fixed price is from memory.

    Mend: Add a criterion with a model for prices, or state the fixed price and accept the finding.
    """
    priced = any(leaf.kind == "price" for _, leaf in leaves(plan))
    in_award = any(uses_price(spec.award.definition) for spec in plan.specs.values())
    if not priced and not in_award:
        yield Found(
            "The price counts nowhere: no criterion is calculated from prices, and the award model does not use them.",
            plan.source.place(("criteria",), "criteria"),
            "Add a criterion such as price with the model relative-linear.",
        )


@rule(
    severity="error",
    legal_basis="udbudsloven §§ 160 and 165",
    mark="partly",
    rule_ids=("DK-AWD-02",),
)
def price_counted_twice(plan: Plan) -> Iterator[Found]:
    """The price has a criterion, and the award model counts it too.

    Why: What counts twice weighs more than the tender documents say. An award model that works with prices itself, such
    as price per point or quality in kroner, has no criterion for the price.

    Source: §§ 160 and 165 on describing the evaluation and stating weights, seen; that double counting breaks them is
    from memory.

    Mend: Remove the price criterion, or choose an award model that adds up points, such as weighted-sum.
    """
    spec = next(iter(plan.specs.values()))
    if not uses_price(spec.award.definition):
        return
    for leaf in spec.leaves():
        if leaf.kind == "price":
            yield Found(
                f'The price is the criterion "{named(leaf)}", and the award model "{spec.award.id}" counts it too.',
                plan.source.place(criterion_path(leaf.id), leaf.id),
                "Remove the criterion, or choose an award model that adds up points, such as weighted-sum.",
                {"criterion": leaf.id},
            )


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 160 and 165",
    mark="partly",
    rule_ids=("DK-AWD-02",),
)
def offered_number_costs(plan: Plan) -> Iterator[Found]:
    """A clause wants a high number, and the award model makes the bid dearer for it.

    Why: A number that is passed on as it is counts as a cost for each unit. Where the clause wants more of it, bidders
    are punished for what the clause asks for.

    Source: follows from the arithmetic of the model; §§ 160 and 165 on describing what counts, seen.

    Mend: Choose a model that gives points for the number, or pass on a number of which less is better, such as days.
    """
    spec = next(iter(plan.specs.values()))
    for leaf in spec.leaves():
        if gives_value(leaf) and leaf.model is not None and leaf.better != leaf.model.definition.better:
            yield Found(
                f'More is better of "{named(leaf)}", but each unit costs the bid kroner in "{spec.award.id}".',
                plan.source.place(criterion_path(leaf.id), leaf.id),
                "Choose a model that gives points, or a number of which less is better.",
                {"criterion": leaf.id},
            )


@rule(
    severity="warning",
    legal_basis="udbudsloven §§ 161-162",
    mark="partly",
    rule_ids=("DK-AWD-02",),
)
def price_line_not_evaluated(plan: Plan) -> Iterator[Found]:
    """A price line counts nowhere, because the price criteria are about other lines.

    Why: The authority will pay this price, but no bidder gains by keeping it low. Whoever sees that moves costs to the
    line that does not count, and wins with a contract that is dearer than it looked.

    Source: The best ratio of price and quality is found with the price (§§ 161-162, partly seen); what follows from a
    line without weight is worked through in the literature on evaluation models.

    Mend: Add the line to "lines" of a price criterion, leave "lines" out so that all lines count, or give the line a
    highest price with "max" and accept the finding.
    """
    for spec in plan.specs.values():
        priced = [leaf for leaf in spec.leaves() if leaf.kind == "price"]
        if not priced or price_counts(spec):
            continue
        counted = {line for leaf in priced for line in leaf.lines}
        for line in (line for line in spec.price_lines if line.id not in counted):
            yield Found(
                f'The price line "{line.id}" counts in no criterion, and the award model does not use the price.',
                plan.source.place(("price_lines", line.id), line.id),
                'Add it to "lines" of a price criterion, or remove "lines" so that all of them count.',
                {"line": line.id},
            )
        return  # the criteria are the same in every lot


@rule(
    severity="note",
    legal_basis="KFST guide on evaluation models; udbudsloven § 160",
    mark="partly",
    rule_ids=("DK-AWD-08", "DK-AWD-09"),
)
def points_depend_on_others(plan: Plan) -> Iterator[Found]:
    """A bid's points depend on the other bids, so one that leaves can change the order of the rest.

    Why: With a relative model the lowest bid sets the scale for all. It is lawful and usual, but the committee must
    know it, and a decision about whether a bid takes part can decide who wins.

    Source: The guide's section on relative and separate assessment (partly seen); that ranks reverse is shown in the
    literature on evaluation models, and the claim of each model is tested.

    Mend: Nothing needs to change. Try the model with made-up bids before publication, and decide on admission before
    the prices are scored; the report shows how the result moves.
    """
    reported = set()
    for _, leaf in leaves(plan):
        if leaf.model is not None and leaf.model.definition.rank_reversal and leaf.id not in reported:
            reported.add(leaf.id)
            yield Found(
                f'"{named(leaf)}": the points of "{leaf.model.id}" depend on the other bids.',
                plan.source.place((*criterion_path(leaf.id), "model"), leaf.id),
                "Decide who takes part before the prices are scored.",
                {"criterion": leaf.id, "model": leaf.model.id},
            )


@rule(
    legal_basis="TEUF art. 107; catalogue of clauses: two price lines",
    mark="partly",
    rule_ids=("DK-ABN-01", "SA-01", "SA-05"),
)
def single_price_line(plan: Plan) -> Iterator[Found]:
    """A course for unemployed people is bought, but the price list does not part training from the service.

    Why: A training price that hides in the service cannot be compared, capped or audited, and a low price of one part
    cannot be seen. Two lines in one competition show that each is a price and not a grant.

    Source: A case in which the supplier pays for the work it receives and the municipality for the rest (seen); state
    aid and the mistake of a hidden training price from the catalogue of clauses and from memory.

    Mend: Give the service one line and the training another with "training: yes", and evaluate both.
    """
    paying = [chosen for chosen in plan.clauses if _PAYS in chosen.values]
    wanting = {chosen.id: chosen for chosen in (*paying, *practice_clauses(plan))}
    lines = plan.tender.price_lines.values()
    lacking = [
        name
        for name, found in (
            ('a line with "training: yes"', any(line.training for line in lines)),
            ("a line for the service itself", any(not line.training for line in lines)),
        )
        if not found
    ]
    if wanting and lacking:
        first = next(iter(wanting))
        yield Found(
            f'"{wanting[first].clause.title["en"]}" needs two price lines, but the price list lacks {listed(lacking)}.',
            plan.source.place(("price_lines",), "price_lines") if lines else choice_place(plan, first),
            "Add the line with its quantity.",
            {"clause": first, "lacking": ", ".join(lacking)},
        )


@rule(
    severity="warning",
    legal_basis="udbudsloven § 169",
    mark="verified",
    rule_ids=("DK-ABN-01", "DK-ABN-05"),
)
def low_bid_alarm_missing(plan: Plan) -> Iterator[Found]:
    """No internal alarm tells when a bid looks abnormally low, or the alarm has nothing to compare with.

    Why: A tender that appears abnormally low must be asked to explain itself. Without a limit set beforehand the
    question is asked by mood; with fewer than four bids the median of the others says nothing, and only the
    authority's own estimate does.

    Source: § 169 (seen). No percentage stands in the law: the limits are the authority's own, and are not published.

    Mend: Add low_bid_alarm with median and estimate, and own_estimate_dkk for each lot. The alarm looks at every price
    line and at the evaluated price.
    """
    alarm = plan.tender.low_bid_alarm
    place = plan.source.place(("low_bid_alarm",), "low_bid_alarm")
    if not any(leaf.kind == "price" for _, leaf in leaves(plan)):
        return
    if _ESTIMATE not in alarm:
        what = "There is no alarm on low bids" if not alarm else "The alarm on low bids compares with the median only"
        yield Found(
            f"{what}; with fewer than {LEAST_BIDS} bids there is nothing to compare with but the own estimate.",
            place,
            'Add "low_bid_alarm: {median: 25 %, estimate: 20 %}", with limits of your own.',
        )
        return
    for index, lot in enumerate(plan.tender.lots):
        if lot.own_estimate_dkk is None:
            yield Found(
                f'The lot "{lot.id}" has no estimate of the evaluated price to compare low bids with.',
                plan.source.place(("lots", index), lot.id),
                "Add own_estimate_dkk, calculated with the published quantities.",
                {"lot": lot.id},
            )
