"""What a clause covers: persons under training of every country, defined, and never the firm's past."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.clauses import TRAINING, amounts, binds
from tenderkit.checks.criteria import criterion_path, leaves, named
from tenderkit.checks.places import choice_place, points, text_place
from tenderkit.checks.rule import Found, rule
from tenderkit.checks.texts import all_texts, clause_texts, hits, opens_for_others
from tenderkit.checks.words import find, helping_words
from tenderkit.plan import ChosenClause, Plan


def _asks(plan: Plan, chosen: ChosenClause) -> bool:
    """Tell whether a clause asks for an amount of people or work in some lot."""
    return any(value > 0 for lot in plan.tender.lots for _, value in amounts(chosen, lot.id))


@rule(
    legal_basis="udbudsloven § 2, TEUF; guidance on § 176",
    mark="verified",
    rule_ids=("DK-OPL-06", "DK-OPL-07"),
)
def danish_training_only(plan: Plan) -> Iterator[Found]:
    """A requirement on training counts Danish schemes only.

    Why: Firms from countries with other systems of training must be able to fulfil the requirement. One that names
    apprentices under the Danish act alone puts them at a disadvantage, and the term in the law is open.

    Source: The authority's questions and answers and a legal opinion for the housing sector (seen). Words are only a
    sign, so a sentence that names a Danish act without its equivalent is a warning.

    Mend: Say that equivalent schemes in the EU and EEA and other training that meets the definition count.
    """
    for chosen in plan.clauses:
        if (
            chosen.clause.topic == TRAINING
            and binds(chosen)
            and not opens_for_others(plan, chosen, beside=helping_words().abroad)
        ):
            yield Found(
                f'"{chosen.clause.title["en"]}" does not say that equivalent schemes of other countries count.',
                text_place(plan, chosen.id, chosen.id),
                "Add a point that accepts equivalent schemes and other training that meets the definition.",
                {"clause": chosen.id},
            )
    terms = plan.library.terms
    for term, word, place in hits((*all_texts(plan), *clause_texts(plan)), terms.national_training, terms.equivalent):
        yield Found(
            f'"{word}" narrows training to a Danish scheme.',
            place,
            'Add "or equivalent" in the same sentence, or use the open term: a person under training.',
            {"term": term, "word": word},
            level="warning",
        )


@rule(
    legal_basis="udbudsloven §§ 2 and 176; KFST questions and answers",
    mark="verified",
    rule_ids=("DK-OPL-08", "DK-OPL-09", "DK-OPL-10", "DK-CPC-09"),
)
def amount_undefined(plan: Plan) -> Iterator[Found]:
    """A clause asks for an amount of people or work without defining what counts.

    Why: Whether a new hire, an induction course or a placement counts decides what the number costs. If the text does
    not say it, bidders price different things and the contract manager cannot count.

    Source: A person under training works under supervision to reach the skill to do the tasks alone; safety induction
    does not count (seen). That each clause needs a definition is settled practice.

    Mend: Add points in the section on definitions: who counts, which hours count, and what does not.
    """
    for chosen in plan.clauses:
        if binds(chosen) and _asks(plan, chosen) and not points(plan, chosen).get("definitions"):
            yield Found(
                f'"{chosen.clause.title["en"]}" asks for an amount, but defines nothing.',
                text_place(plan, chosen.id, chosen.id),
                "Add a section on definitions with a named point for each term.",
                {"clause": chosen.id},
            )


@rule(
    severity="warning",
    legal_basis="udbudsloven § 163, C-31/87 Beentjes",
    mark="partly",
    rule_ids=("DK-CPC-04",),
)
def training_history_demanded(plan: Plan) -> Iterator[Found]:
    """A minimum requirement for suitability is about the firm's apprentices, trainees or earlier hires.

    Why: How many a firm trained last year says nothing of this contract. As an exclusion it shuts out new and foreign
    firms, and a duty to hire is a condition of the contract, never a test of suitability.

    Source: A municipal model with a look back, with the project's own assessment of the risk (partly); the case on
    hiring the long-term unemployed (partly seen). The words are those of clause_templates/terms.yaml.

    Mend: Move the demand to the contract, as a clause on training, and let those whom the firm already trains count.
    """
    for index, minimum in enumerate(plan.tender.procedure.suitability.minimums):
        for term, word in find(minimum, plan.library.terms.training_history):
            yield Found(
                f'The suitability requirement asks for "{word}", which belongs to the contract.',
                plan.source.place(("procedure", "suitability", "minimums", index), "procedure.suitability.minimums"),
                "Take it out, and choose a clause on training.",
                {"term": term, "word": word},
            )


def _is_voluntary(chosen: ChosenClause) -> bool:
    return "voluntary" in chosen.clause.use_as and not binds(chosen)


@rule(
    legal_basis="udbudsloven §§ 162-164 and 176(3); catalogue of clauses",
    mark="partly",
    rule_ids=("DK-OPL-13", "DK-AWD-14"),
)
def voluntary_clause_counted(plan: Plan) -> Iterator[Found]:
    """A voluntary arrangement earns points or carries a penalty.

    Why: What binds nobody cannot be verified and cannot part bids; a promise that is sanctioned is not voluntary.

    Source: Catalogue of clauses on voluntary partnerships and encouragements, from municipal practice (seen); that
    what is scored must bind is partly seen.

    Mend: Choose a binding clause, or take the criterion or the penalty out.
    """
    voluntary = {chosen.id: chosen.clause for chosen in plan.clauses if _is_voluntary(chosen)}
    reported = set()
    for _, leaf in leaves(plan):
        if leaf.clause in voluntary and leaf.id not in reported:
            reported.add(leaf.id)
            yield Found(
                f'"{named(leaf)}" scores "{voluntary[leaf.clause].title["en"]}", which is voluntary.',
                plan.source.place(criterion_path(leaf.id), leaf.id),
                "Take the criterion out, or choose a clause that binds.",
                {"criterion": leaf.id, "clause": leaf.clause},
            )
    for identifier, clause in voluntary.items():
        if clause.penalties:
            yield Found(
                f'"{clause.title["en"]}" is voluntary, but has a penalty.',
                choice_place(plan, identifier),
                "Take the penalty out of the clause.",
                {"clause": identifier},
            )
