"""Words that ask for what may not be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.places import clause_place
from tenderkit.checks.rule import Found, rule
from tenderkit.checks.texts import Written, all_texts, clause_texts, criteria_texts, hits, tender_texts
from tenderkit.plan import ChosenClause, Plan

# Parameters that choose the fields of a report begin so.
_REPORT_FIELDS = "fields"


@rule(legal_basis="udbudsloven §§ 2-3, EUF-traktaten art. 18, 49 and 56", mark="unverified", rule_ids=("DK-CPC-05",))
def residence_wording(plan: Plan) -> Iterator[Found]:
    """A text asks for residence, local ties or nationality.

    Why: A condition that people live in the municipality, or that a firm is local, shuts out bidders and citizens
    from elsewhere. Referral by the municipality needs an equivalent route for candidates whom others refer.

    Source: Equal treatment in udbudsloven and free movement in the treaty, from memory; the case Contse on criteria
    that favour local firms, from memory. The words are those of clause_templates/terms.yaml. A sentence that says
    that something is not required is passed over.

    Mend: Say what the task needs instead, such as a time to reach the site, and let candidates come from any
    authority or organisation with an equivalent task.
    """
    for term, word, place in hits((*all_texts(plan), *clause_texts(plan)), plan.library.terms.residence):
        yield Found(
            f'"{word}" asks for residence, local ties or nationality.',
            place,
            "Say what the task needs instead, and open the route to candidates whom others refer.",
            {"term": term, "word": word},
        )


@rule(legal_basis="udbudsloven §§ 162-164, C-532/06 Lianakis", mark="partly", rule_ids=("DK-AWD-10", "DK-CPC-04"))
def about_the_firm_wording(plan: Plan) -> Iterator[Found]:
    """A criterion scores the firm in general or its past, not its performance of this contract.

    Why: Experience, references, policies and earlier results tell whether a bidder is suitable. They belong to the
    selection. An award criterion is about this contract; a criterion about the firm can annul the award.

    Source: The link to the contract in §§ 162-164, partly seen; Lianakis from memory. The words are those of
    clause_templates/terms.yaml, looked for in the title and the description of each criterion.

    Mend: Ask for what the bidder will do on this contract, such as a plan, named staff or a number that becomes a
    duty; move what is about the firm to procedure.suitability.minimums.
    """
    for term, word, place in hits(criteria_texts(plan), plan.library.terms.about_the_firm):
        yield Found(
            f'The criterion scores "{word}", which is about the firm and not about this contract.',
            place,
            "Ask for what the bidder will do on this contract, or move it to procedure.suitability.minimums.",
            {"term": term, "word": word},
        )


@rule(
    severity="warning",
    legal_basis="Municipal practice: vague effort cannot be enforced",
    mark="suggested",
    rule_ids=("DK-CPC-09",),
)
def effort_wording(plan: Plan) -> Iterator[Found]:
    """A text asks for effort or good will that nobody can measure.

    Why: "As far as possible" cannot be proved, sanctioned or compared. Serious bidders price it as a duty, others as
    nothing.

    Source: The list of common mistakes in the catalogue of clauses; no legal source. The words are those of
    clause_templates/terms.yaml.

    Mend: Write who does what, how much, by when and how it is proved; or leave it out.
    """
    for term, word, place in hits(tender_texts(plan), plan.library.terms.effort):
        yield Found(
            f'"{word}" cannot be measured or enforced.',
            place,
            "Write a number, a date and a proof, or leave it out.",
            {"term": term, "word": word},
        )


@rule(severity="warning", legal_basis="udbudsloven §§ 178-179", mark="unverified", rule_ids=("DK-MOD-02", "DK-CPC-02"))
def open_ended_change(plan: Plan) -> Iterator[Found]:
    """A text leaves a term to later agreement.

    Why: A change must be clear, precise and unambiguous in the published text, with its scope and conditions. What is
    agreed with the winner afterwards can be a new contract, and nothing may be added after the award.

    Source: Review clauses under §§ 178-179, from memory; that conditions stand in the documents (seen). The words are
    those of clause_templates/terms.yaml.

    Mend: State what can change, when, how much and with what effect on the price, or choose a clause on change.
    """
    for term, word, place in hits(tender_texts(plan), plan.library.terms.open_change):
        yield Found(
            f'"{word}" leaves the term open.',
            place,
            "Write what may change, when and how much.",
            {"term": term, "word": word},
        )


@rule(
    legal_basis="GDPR art. 5(1)(c) and 9, databeskyttelsesloven § 11",
    mark="partly",
    rule_ids=("GD-01", "GD-02", "GD-03"),
)
def personal_data_field(plan: Plan) -> Iterator[Found]:
    """A form, a report or a criterion asks for data about named citizens, CPR numbers or health.

    Why: Procurement needs counts, hours and dates. Data about single citizens stays with the employment unit; once it
    is in a bid it is in every copy of the bid, and it may not be scored.

    Source: Data minimisation, from memory; § 11 on CPR numbers, partly seen. The words are those of
    clause_templates/terms.yaml. Help that tells bidders not to write such data is passed over.

    Mend: Ask for a number, a description of the method or a pseudonym.
    """
    for term, word, place in hits(_asked_of_bidders(plan), plan.library.terms.health_or_identity):
        yield Found(
            f'"{word}" asks for data about single citizens.',
            place,
            "Ask for a number, a method or a pseudonym instead.",
            {"term": term, "word": word},
        )


def _asked_of_bidders(plan: Plan) -> Iterator[Written]:
    yield from criteria_texts(plan)
    for key, line in plan.tender.price_lines.items():
        yield Written(line.label, plan.source.place(("price_lines", key, "label"), f"price_lines.{key}.label"))
        yield Written(line.unit, plan.source.place(("price_lines", key, "unit"), f"price_lines.{key}.unit"))
    language = plan.tender.tender.language
    for chosen in plan.clauses:
        for key, field in chosen.clause.fields.items():
            asked = [field.label[language], field.help[language] if field.help else ""]
            yield Written(".\n".join(asked), clause_place(plan, chosen.id, ("fields", key), f"{chosen.id}.{key}"))
        yield from _reported(chosen, plan)


def _reported(chosen: ChosenClause, plan: Plan) -> Iterator[Written]:
    """Give what a clause lets its reports and tables hold: the chosen fields, and the columns."""
    language = plan.tender.tender.language
    for name, resolved in chosen.values.items():
        definition, value = resolved.parameter, resolved.value()
        picked = value if definition.type == "choices" and name.startswith(_REPORT_FIELDS) else None
        for option in picked if isinstance(picked, list) else []:
            at = clause_place(plan, chosen.id, ("parameters", name, "options", str(option)), f"{chosen.id}.{name}")
            yield Written(definition.options[str(option)][language], at)
        for column, title in definition.column_titles.items():
            at = clause_place(plan, chosen.id, ("parameters", name, "column_titles", column), f"{chosen.id}.{name}")
            yield Written(title[language], at)
