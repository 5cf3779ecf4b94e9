"""What the document of an agreement outside a tender is made from: its plan, and the parties' own terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tenderkit.assembly.names import group, person, terms
from tenderkit.assembly.setting import Contractual, Frame, Needs, Signing
from tenderkit.assembly.terms import in_own_terms
from tenderkit.assembly.values import Shown, gap, join, parameter, show
from tenderkit.library.document import Document, PartyRole
from tenderkit.plan import AgreementPlan, Resolved
from tenderkit.quantities import Language, format_date
from tenderkit.tender import Party, Person

_HEADING = ("title", "reference", "date", "purpose", "subject")
_PERSONS = ("contact", "signatory", "employment_contact", "contract_manager")


@dataclass(frozen=True)
class AgreementContext(Contractual):
    """The material of an agreement's document.

    Attributes:
        plan: the agreement made ready.
        language: the document's language; it may be the reading aid's.
        draft: whether guidance and open values may stand in it.
        created: the ISO date for properties and comments.
        facts: further names for texts.
        lot: always empty; an agreement has no lots.
        memo: what has been worked out from all this once; a changed copy begins with none.
    """

    plan: AgreementPlan
    language: Language
    draft: bool = True
    created: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    lot: str = field(default="", init=False)
    memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def has(self) -> frozenset[Needs]:
        """What generated parts may be made from."""
        return frozenset({"nothing", "clauses", "agreement"})

    @property
    def written(self) -> Language:
        """The agreement's language."""
        return self.plan.agreement.agreement.language

    @property
    def values(self) -> Mapping[str, Resolved]:
        """The values that the template asks for."""
        return self.plan.values

    @property
    def roles(self) -> Mapping[str, PartyRole]:
        """The parties' roles, in the template's order."""
        return self.plan.template.parties

    @cached_property
    def own_terms(self) -> Mapping[str, str]:
        """The parties' own terms by the fixed terms that they replace."""
        fixed = self.library.vocabulary.party_terms
        return {
            fixed[role.standing][self.language]: role.term[self.language]
            for role in self.roles.values()
            if role.standing in fixed
        }

    def file_name(self, definition: Document) -> str:
        """Give the file's name without ending: that of the signed contract where a contract has two."""
        return (definition.signed_file or definition.file)[self.language]

    def worded(self, text: str) -> str:
        """Give a text of the library with the parties' own terms in place of the fixed ones."""
        return in_own_terms(text, self.own_terms, self.language)

    def term(self, role: str) -> str:
        """Give a party's own term as it begins a sentence or stands alone in a table."""
        own = self.roles[role].term[self.language]
        return own[:1].upper() + own[1:]

    def party(self, who: str) -> str:
        """Give the party that a duty is on by its own term, where the agreement has it."""
        role = who if who in self.roles else next((key for key, item in self.roles.items() if item.standing == who), "")
        return self.term(role) if role else super().party(who)

    def members(self, role: str) -> Sequence[Party]:
        """Give the parties in a role; one without particulars when the file does not name any."""
        return self.plan.agreement.parties.get(role) or [Party()]

    def everyone(self) -> Iterator[tuple[str, Party, str]]:
        """Give each party with its role and the place of its particulars in the file."""
        for role in self.roles:
            members = self.members(role)
            for number, party in enumerate(members):
                yield role, party, f"parties.{role}.{number}" if len(members) > 1 else f"parties.{role}"

    def names(self) -> Mapping[str, Any]:
        """Give the names of an agreement."""
        heading = self.plan.agreement.agreement
        parties = {role: self._role(role) for role in self.roles}
        fixed: dict[str, Any] = {role.standing: parties[key] for key, role in self.roles.items() if role.standing}
        return {
            "edition": show(self.plan.agreement.edition, self),
            "agreement": {
                **group(heading, _HEADING, "agreement", self),
                "title": show(self.title, self, "agreement.title"),
            },
            "parties": parties,
            **fixed,
            "contract": terms(self.plan.agreement.contract, self, ("notice_months",)),
            "many_parties": show(len(list(self.everyone())) > 2, self),  # noqa: PLR2004 - "both" are two
            "has_prices": show(bool(self.plan.agreement.prices), self),
            "several_lots": show(value=False, context=self),
            "stacking": Shown("", ""),
            "signed": Shown(raw=True, text=""),
            "lot": {"title": show(self.title, self, "agreement.title")},
            **{name: parameter(resolved, self) for name, resolved in self.plan.values.items()},
        }

    def _role(self, role: str) -> dict[str, Any]:
        members = self.members(role)
        names = [member.name for member in members]
        return {
            **particulars(members[0], self, f"parties.{role}"),
            "term": Shown(role, self.roles[role].term[self.language]),
            "names": show(names if all(names) else "", self, f"parties.{role}.name"),
            "count": show(len(members), self),
        }

    @property
    def title(self) -> str:
        """What the agreement is called; by itself as its template."""
        return self.plan.agreement.agreement.title or self.plan.template.title[self.language]

    def frame(self) -> Frame:
        """Give the parties, the reference and the edition."""
        agreement = self.plan.agreement
        reference = agreement.agreement.reference or self.title
        rows = [
            *((item.title[self.language], self._named(role)) for role, item in self.roles.items()),
            (self.label("cover.reference"), agreement.agreement.reference),
            (self.label("cover.edition"), str(agreement.edition)),
            (self.label("cover.date"), format_date(agreement.agreement.date, self.language)),
        ]
        translation = self.label("words.reading_aid") if self.language != self.written else ""
        return Frame(
            subtitle=agreement.agreement.title,
            author=next((party.name for _, party, _ in self.everyone() if party.name), ""),
            reference=reference,
            footer=self.label("words.footer", reference=reference, edition=agreement.edition),
            stamp=f"{reference}/{agreement.edition}",
            notice=self.label("words.draft") if self.draft else translation,
            cover=tuple((label, value) for label, value in rows if value),
        )

    def _named(self, role: str) -> str:
        """Give the parties in a role by name; many firms then have one row on the cover."""
        return join([member.name for member in self.members(role) if member.name], self)

    def signing(self) -> Signing:
        """Give each party with the one who signs for it."""
        labels = tuple(self.label(f"signatures.{key}") for key in ("date", "name", "signature"))
        signers = []
        for role, party, place in self.everyone():
            name = party.name or gap(f"{place}.name", self).text
            by = (
                ", ".join(text for text in (party.signatory.name, party.signatory.role) if text)
                if party.signatory
                else ""
            )
            key = "signatures.party_by" if by else "signatures.party"
            signers.append(self.label(key, party=self.roles[role].term[self.language], name=name, by=by))
        return Signing(self.label("signatures.caption"), tuple(signers), labels)


def particulars(party: Party, context: AgreementContext, place: str) -> dict[str, Any]:
    """Give a party's particulars as names; without persons of their own the contact stands for them."""
    persons: dict[str, Person | None] = {key: getattr(party, key) for key in _PERSONS}
    given = {key: (persons[key], f"{place}.{key}") for key in ("contact", "signatory")}
    for key in ("employment_contact", "contract_manager"):
        given[key] = (persons[key], f"{place}.{key}") if persons[key] else (party.contact, f"{place}.contact")
    return {
        **group(party, ("name", "cvr", "address", "employment_unit"), place, context),
        **{key: person(found, context, where) for key, (found, where) in given.items()},
    }
