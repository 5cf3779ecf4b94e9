"""What ``document.yaml``, ``contract.yaml`` and ``workbook.yaml`` say about the texts beside them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from tenderkit.library.clause import Label, Parameter, Texts
from tenderkit.source import Bilingual, Count, Frozen, Text, YesNo

Use = Literal["tender", "agreement"]
Stage = Literal["advice", "test", "package", "result", "contract", "file", "follow-up"]


class Document(Frozen):
    """A document or contract: one file of text per language, with blocks that are generated.

    ``stage`` is when it is written: ``advice`` by advise, before there is a tender; ``test`` by model test; ``package``
    by build, ``result`` by report, ``contract`` by build (as a draft) and by contract (with the winner's numbers),
    ``file`` by build for the authority's own file and never published, ``follow-up`` by contract, beside the register
    of duties. ``per`` tells
    how many are written. ``when`` names a value among the text's names, such as ``procedure.market_dialogue.held``: the
    document is written only where it is true.
    ``numbering``: ``legal`` numbers headings and points, ``headings`` numbers headings only, ``none`` numbers nothing
    (letters). ``file`` is the name in the tender package, ``signed_file`` that of a contract written for signing.
    """

    title: Bilingual
    file: Bilingual
    signed_file: Bilingual | None = None
    edition: Count
    stage: Stage
    per: Literal["tender", "lot", "bid", "bid-lot"]
    only: Literal["all", "winner", "loser", "inadmissible"] = "all"
    when: Text = ""
    numbering: Literal["legal", "headings", "none"]
    contents: YesNo = False
    cover: YesNo = False
    order: Count = 50
    annex: Text = ""


class PartyRole(Frozen):
    """A party of an agreement: what the text calls it, and the question that the officer is asked.

    ``term`` is the defined term in the definite form, with "the" in small letters in English. ``standing`` (written
    ``as``) says whose fixed term of the clauses it replaces: Ordregiveren (authority) or Leverandøren (supplier).
    ``several`` allows any number of parties in the role, each bound for itself.
    """

    term: Bilingual
    title: Bilingual
    ask: Bilingual
    standing: Literal["", "authority", "supplier"] = Field(default="", alias="as")
    several: YesNo = False


def _proposed(value: object) -> object:
    """Read ``- clause-id`` and ``- clause-id: {da: reason, en: reason}``."""
    if not isinstance(value, list):
        return value
    pairs = [(item, None) if isinstance(item, str) else next(iter(item.items())) for item in value]
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a clause is proposed twice")
    return dict(pairs)


RoleName = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,29}$")]


class Contract(Document):
    """The text of a contract: for a tender, for an agreement outside one, or for both (``use``).

    What follows holds for agreements. ``parties`` are the roles in the order they are printed and asked for,
    ``parameters`` are asked, held to their limits and printed like those of a clause, ``clauses`` are proposed with a
    reason, and ``description``, ``use_when`` and ``not_when`` help to choose.
    """

    stage: Stage = "contract"
    per: Literal["tender", "lot", "bid", "bid-lot"] = "lot"
    use: list[Use] = Field(default=["tender"], min_length=1)
    topic: Text = ""
    description: Bilingual | None = None
    use_when: Texts | None = None
    not_when: Texts | None = None
    parties: dict[RoleName, PartyRole] = Field(default_factory=dict)
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    clauses: Annotated[dict[str, Label | None], BeforeValidator(_proposed)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _agreement_is_whole(self) -> Contract:
        if "agreement" in self.use and not (self.parties and self.description):
            raise ValueError("a template for agreements needs parties and a description")
        standings = [role.standing for role in self.parties.values() if role.standing]
        if len(set(standings)) != len(standings):
            raise ValueError("two parties stand as the same fixed party")
        return self


class Workbook(Frozen):
    """The words of a workbook: sheet names and labels by key."""

    title: Bilingual
    file: Bilingual
    edition: Count
    sheets: dict[str, Label] = Field(default_factory=dict)
    labels: dict[str, Label] = Field(default_factory=dict)
