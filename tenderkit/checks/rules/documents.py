"""What the tender documents must give bidders: access, terms, labels with an equivalent, data on staff."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.phrases import listed
from tenderkit.checks.rule import Found, rule
from tenderkit.checks.texts import all_texts, clause_texts, hits
from tenderkit.plan import Plan


@rule(legal_basis="udbudsloven § 132", mark="partly", rule_ids=("DK-DOC-01",))
def no_access_to_documents(plan: Plan) -> Iterator[Found]:
    """The notice cannot say where bidders get the tender documents.

    Why: All documents are freely and fully accessible by electronic means from the date of the notice, also in a
    restricted procedure. Without the address the deadline does not begin for those who cannot find them.

    Source: A law firm's account of the act (seen); the section's number is from memory.

    Mend: Write procedure.portal with the address of the tender.
    """
    procedure = plan.tender.procedure
    if procedure.type != "below-threshold" and not procedure.portal:
        yield Found(
            f"The {procedure.type} procedure has no address where the documents are.",
            plan.source.place(("procedure", "portal"), "procedure.portal"),
            'Add "portal:" with the address.',
        )


@rule(
    severity="warning",
    legal_basis="Second reading of the sources, 21 November 2026",
    mark="partly",
    rule_ids=("DK-AWD-01", "DK-TIME-01"),
)
def conditions_incomplete(plan: Plan) -> Iterator[Found]:
    """The documents lack terms that bidders price: regulation of prices, the start-up, or the demands for suitability.

    Why: What is not said is priced as a risk, or is asked about on the last day. A price over four years without
    regulation, or a start without a plan, parts serious bids from hopeful ones.

    Source: The list of what also belongs in tender and contract, from the second reading; each point still to be
    verified.

    Mend: Write contract.price_index, contract.transition and procedure.suitability.minimums; say "none" where that
    is meant.
    """
    tender = plan.tender
    wanted = {
        "a regulation of prices (contract.price_index)": tender.contract.total_months <= 12  # noqa: PLR2004 - one year
        or bool(tender.contract.price_index),
        "a start-up (contract.transition)": tender.contract.kind == "goods" or bool(tender.contract.transition),
        "minimum requirements for suitability (procedure.suitability.minimums)": bool(
            tender.procedure.suitability.minimums
        ),
    }
    lacking = [name for name, given in wanted.items() if not given]
    if lacking:
        yield Found(
            f"The documents lack {listed(lacking)}.",
            plan.source.place(("contract",), "contract"),
            "Write them, or say that there are none.",
            {"lacking": ", ".join(lacking)},
        )


@rule(legal_basis="udbudsloven § 46, directive 2014/24/EU art. 43, C-368/10", mark="partly", rule_ids=("DK-LAB-01",))
def label_without_equivalent(plan: Plan) -> Iterator[Found]:
    """A label is demanded by name, and no equivalent is accepted.

    Why: A label may be asked for only if its criteria concern what is bought and equivalent labels and other proof are
    accepted. Otherwise firms that fulfil everything behind the label are shut out.

    Source: The case on fair-trade and organic labels (its subject is seen); the section is partly seen. The labels are
    those of clause_templates/terms.yaml.

    Mend: Add "or equivalent" in the same sentence, or copy the demands behind the label.
    """
    terms = plan.library.terms
    for term, word, place in hits((*all_texts(plan), *clause_texts(plan)), terms.labels, terms.equivalent):
        yield Found(
            f'The label "{word}" stands without "or equivalent".',
            place,
            'Add "or equivalent" in the same sentence.',
            {"term": term, "word": word},
        )


@rule(
    severity="warning",
    legal_basis="virksomhedsoverdragelsesloven",
    mark="unverified",
    rule_ids=("EMP-01",),
)
def staff_list_missing(plan: Plan) -> Iterator[Found]:
    """The present staff passes to the winner, but bidders are told nothing of positions, hours and terms.

    Why: Who takes over staff takes over their wages, seniority and notice. Without the list the present supplier alone
    can price the contract.

    Source: The act on transfers of undertakings, from memory. Whether it applies depends on the facts and is a
    question of the checklist.

    Mend: Get the list from the present supplier without names, and write contract.staff_list with where it is found.
    """
    contract = plan.tender.contract
    if contract.transfer_of_undertaking and not contract.staff_list:
        yield Found(
            "The present staff is expected to transfer, but no list of positions, hours and terms is named.",
            plan.source.place(("contract", "transfer_of_undertaking"), "contract.staff_list"),
            'Add "staff_list:" below contract with the name of the annex, without names of persons in it.',
        )
