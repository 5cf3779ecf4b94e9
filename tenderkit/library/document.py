"""What ``document.yaml``, ``contract.yaml`` and ``workbook.yaml`` say about the texts beside them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tenderkit.library.clause import Label
from tenderkit.source import Bilingual, Count, Frozen, Text, YesNo


class Document(Frozen):
    """A document or contract: one file of text per language, with blocks that are generated.

    ``stage`` is when it is written: ``package`` by build, ``result`` by report, ``contract`` by build (as a draft) and
    by contract (with the winner's numbers). ``per`` tells how many are written. ``numbering``: ``legal`` numbers
    headings and points, ``headings`` numbers headings only, ``none`` numbers nothing (letters). ``file`` is the name in
    the tender package, ``signed_file`` that of a contract written for signing.
    """

    title: Bilingual
    file: Bilingual
    signed_file: Bilingual | None = None
    edition: Count
    stage: Literal["package", "result", "contract"]
    per: Literal["tender", "lot", "bid", "bid-lot"]
    only: Literal["all", "winner", "loser", "inadmissible"] = "all"
    numbering: Literal["legal", "headings", "none"]
    contents: YesNo = False
    cover: YesNo = False
    order: Count = 50
    annex: Text = ""


class Workbook(Frozen):
    """The words of a workbook: sheet names and labels by key."""

    title: Bilingual
    file: Bilingual
    edition: Count
    sheets: dict[str, Label] = Field(default_factory=dict)
    labels: dict[str, Label] = Field(default_factory=dict)
