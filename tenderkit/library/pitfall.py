"""What a file in ``evaluation_models/pitfalls/`` says: how an evaluation can go wrong, and how to mend it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tenderkit.library.clause import Mark, Texts
from tenderkit.library.model import ModelSource
from tenderkit.source import Bilingual, Frozen, Text


class PitfallExample(Frozen):
    """The smallest example of the pitfall, told in a sentence or two with its numbers."""

    da: Text
    en: Text
    mark: Mark


class Pitfall(Frozen):
    """A known way in which an evaluation picks a winner for the wrong reason.

    Attributes:
        number: the id in the catalogue, ``P01`` to ``P22``.
        title: what goes wrong, as a short sentence.
        severity: how bad it is where it is found: ``error`` must be mended before publication, ``warning`` should be
            weighed and noted, ``note`` is good to know.
        explains: what happens and why it matters.
        finding: what was found in this tender; braces name the values that the search gives, as ``{share}``.
        values: the names of those values, so that a text and a search that do not fit are found out.
        remedy: what to do, the best first.
        example: the smallest example.
    """

    number: Text
    title: Bilingual
    severity: Literal["error", "warning", "note"]
    explains: Bilingual
    finding: Bilingual
    values: list[Text] = Field(default_factory=list)
    remedy: Texts
    example: PitfallExample
    sources: list[ModelSource] = Field(min_length=1)
