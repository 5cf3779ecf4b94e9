"""Pay and working conditions: the labour clause, its place and its chain, and the ground for exclusion."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.clauses import text
from tenderkit.checks.places import choice_place, parameter_place
from tenderkit.checks.rule import Found, rule
from tenderkit.checks.words import find, helping_words
from tenderkit.plan import ChosenClause, Plan

_TOPIC, _LEVELS = "labour", "chain_levels"
_COVERED = frozenset({"services", "works", "mixed"})
# Groups of CPV codes in which breaches of labour law are known: cleaning, works, transport, guards.
_EXPOSED = {"9091": "cleaning", "45": "works", "60": "transport", "797": "security"}


def _labour_clauses(plan: Plan) -> list[ChosenClause]:
    return [chosen for chosen in plan.clauses if chosen.clause.topic == _TOPIC]


@rule(
    legal_basis="Circular 9471 of 30 June 2014; ILO convention 94",
    mark="verified",
    rule_ids=("DK-LAB94-01", "DK-LAB94-02", "DK-LAB94-03"),
)
def labour_clause_missing(plan: Plan) -> Iterator[Found]:
    """Work is done in Denmark, and no clause holds the supplier to pay and terms of a representative agreement.

    Why: State buyers must use a labour clause in works and services of any value. Municipalities and regions nearly
    all have decided to, and bidders expect it.

    Source: The circular for the state (seen). For municipalities no general statutory duty was found; most have a
    policy (seen, old survey), so there it is a note.

    Mend: Choose a clause on labour, such as labour-clause.
    """
    contract = plan.tender.contract
    if contract.kind in _COVERED and contract.place != "abroad" and not _labour_clauses(plan):
        state = plan.tender.authority.kind == "central"
        who = "A state authority must use a labour clause" if state else "Most municipalities use a labour clause"
        yield Found(
            f"{who} in {contract.kind} performed in Denmark, and none is chosen.",
            plan.source.place(("clauses",), "clauses"),
            "Choose a clause on labour: tenderkit clause list",
            {"kind": contract.kind},
            level="error" if state else "note",
        )


@rule(
    severity="warning",
    legal_basis="ILO convention 94; guidance on labour clauses",
    mark="verified",
    rule_ids=("DK-LAB94-05",),
)
def labour_clause_abroad(plan: Plan) -> Iterator[Found]:
    """A labour clause is used for work that is done outside Denmark.

    Why: Danish pay and terms can be required only for work done in Denmark. Abroad the clause has no effect, or
    limits the free movement of services.

    Source: Guidance on labour clauses (seen). That goods from stock are not covered is found by clause-does-not-fit.

    Mend: Leave the clause out, or say in contract.place that part of the work is done in Denmark.
    """
    if plan.tender.contract.place == "abroad":
        for chosen in _labour_clauses(plan):
            yield Found(
                f'"{chosen.clause.title["en"]}" is for work in Denmark; this contract is performed abroad.',
                choice_place(plan, chosen.id),
                "Leave the clause out.",
                {"clause": chosen.id},
            )


@rule(
    severity="warning",
    legal_basis="Municipal labour clauses with chain liability",
    mark="verified",
    rule_ids=("DK-LAB94-06", "DK-CPC-07"),
)
def labour_chain_short(plan: Plan) -> Iterator[Found]:
    """The labour clause does not reach all levels of subcontractors.

    Why: Underpayment happens at the end of long chains. A clause that stops at the first level protects those who
    need it least.

    Source: Clauses of several municipalities bind every level (seen).

    Mend: Choose all levels, or write in reasons why not.
    """
    for chosen in _labour_clauses(plan):
        level = text(chosen, _LEVELS)
        if level and level != "all":
            yield Found(
                f'"{chosen.clause.title["en"]}" binds only {chosen.values[_LEVELS].parameter.options[level]["en"]}.',
                parameter_place(plan, chosen, _LEVELS),
                f'Write "{_LEVELS}: all".',
                {"clause": chosen.id, "level": level},
            )


@rule(
    severity="warning",
    legal_basis="udbudsloven § 137(1)",
    mark="partly",
    rule_ids=("DK-EXC-03", "DK-EXC-06"),
)
def labour_ground_not_chosen(plan: Plan) -> Iterator[Found]:
    """Firms that break labour law cannot be excluded, because the ground is not announced.

    Why: Grounds of § 137 hold only if they are announced. In cleaning, works, transport and security the ground on
    environmental, social and labour law is the one that is needed.

    Source: § 137 (seen); in which trades it belongs is from memory.

    Mend: Add the ground to procedure.suitability.optional_exclusion_grounds.
    """
    procedure = plan.tender.procedure
    trades = sorted(
        {name for code in plan.tender.contract.cpv for start, name in _EXPOSED.items() if code.startswith(start)}
    )
    grounds = procedure.suitability.optional_exclusion_grounds
    announced = any(find(ground, helping_words().labour_law) for ground in grounds)
    if trades and not announced and procedure.type != "below-threshold":
        yield Found(
            f"This is {' and '.join(trades)}, and breach of labour law is no announced ground for exclusion.",
            plan.source.place(("procedure", "suitability", "optional_exclusion_grounds"), "procedure.suitability"),
            "Add: breach of environmental, social or labour law (udbudsloven § 137(1)).",
            {"trades": ", ".join(trades)},
        )
