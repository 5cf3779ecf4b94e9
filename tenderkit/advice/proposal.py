"""A ``tender.yaml`` to begin from: chosen clauses, calculated numbers, dates, and what is left to fill in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tenderkit.advice import Advice, choice, content
from tenderkit.advice.answers import LotShare
from tenderkit.advice.facts import dated
from tenderkit.advice.places import Places
from tenderkit.advice.verdicts import holds
from tenderkit.advice.yaml_text import written
from tenderkit.calculation.cohort import participant_months
from tenderkit.quantities import Language

_LIGHT = "light"
_KINDS = {_LIGHT: "services"}
_NOBODY, _NOT_ASKED = "nobody", "not-asked"
_MONTHS = 12
_LEVEL = "middle"
_PERCENT = 100
_TRAINING_CPV = "80500000"


def proposal(advice: Advice, language: Language) -> str:
    """Give the file's text, in the tender's language."""
    return _Writer(advice, language).text()


class _Writer:
    """One proposed tender."""

    def __init__(self, advice: Advice, language: Language) -> None:
        self.advice = advice
        self.answers = advice.answers
        self.language = language
        self.content = content.proposal(advice.library)
        self.names = choice.chosen(advice)
        self.lots = self.answers.parts
        wants_places = any("training_line" in advice.library.clause(name).parameters for name in self.names)
        self.places: Places | None = advice.places if wants_places else None

    def say(self, key: str, **values: object) -> str:
        return self.content.texts[key][self.language].format(**values)

    def text(self) -> str:
        """Give the whole file."""
        comments = {place: text[self.language] for place, text in self.content.comments.items()}
        return written(self._data(), comments, self.say("head"), {"clauses": self._others()})

    def _data(self) -> dict[str, Any]:
        return {
            "edition": 1,
            "tender": {
                "title": self.answers.title,
                "reference": self.answers.reference,
                "language": self.language,
                "purpose": "",
                "subject": "",
            },
            "authority": self._authority(),
            "lots": [self._lot(lot) for lot in self._whole_kroner()],
            "contract": self._contract(),
            "procedure": self._procedure(),
            "price_lines": self._price_lines(),
            "clauses": [
                {name: values} if (values := choice.parameters(name, self.advice, self.language)) else name
                for name in self.names
            ],
            "reasons": choice.reasons(self.advice, self.names, self.language) or None,
            "stacking": self.say("stacking") if self.places and self.advice.trainees else None,
            "award": {
                "model": "weighted-sum",
                "points_top": 10,
                "rounding": {"points": "none", "total": 3},
                "ties": ["price", "lots-drawing"],
            },
            "criteria": self._criteria(),
            "committee": self._committee(),
            "low_bid_alarm": {"median": "25 %", "estimate": "20 %"},
            "contract_template": self._template(),
        }

    def _template(self) -> str:
        """Give the contract template: the first whose condition holds for the answers."""
        values = self.advice.facts.values
        return next(item.template for item in self.content.templates if holds(item.when, values))

    def _authority(self) -> dict[str, Any]:
        answers = self.answers
        options = content.questions(self.advice.library).parts["matching"].options
        matched = answers.matching != _NOBODY
        return {
            "name": answers.authority,
            "cvr": "",
            "address": "",
            "kind": answers.authority_kind,
            "contact": {"role": self.say("contact_role"), "name": "", "email": ""},
            "employment_unit": options[answers.matching][self.language] if matched else None,
            "employment_contact": {"role": self.say("employment_owner"), "name": "", "email": ""} if matched else None,
            "contract_manager": {"role": self.say("manager_role"), "name": "", "email": ""},
        }

    def _whole_kroner(self) -> list[tuple[LotShare, int]]:
        """Give each lot's value in whole kroner; the last takes what the others round away."""
        values = [int(lot.value) for lot in self.lots]
        values[-1] += int(self.answers.value_dkk) - sum(values)
        return list(zip(self.lots, values, strict=True))

    def _lot(self, found: tuple[LotShare, int]) -> dict[str, Any]:
        lot, value = found
        annual = Fraction(value) * _MONTHS / self.answers.total_months
        return {
            "id": lot.id,
            "title": lot.title,
            "value_dkk": value,
            "annual_value_dkk": annual if (annual * _PERCENT).denominator == 1 else None,
        }

    def _contract(self) -> dict[str, Any]:
        answers = self.answers
        months = answers.option_months
        return {
            "kind": _KINDS.get(answers.kind, answers.kind),
            "cpv": [_TRAINING_CPV] if self.places else [],
            "place": "DK",
            "start": self.advice.dates.start,
            "duration_months": answers.duration_months,
            "options": [{"title": self.say("option", months=months), "months": months}] if months else None,
            "price_index": self.say("price_index"),
            "transition": "",
            "transfer_of_undertaking": answers.transfer,
            "staff_list": "" if answers.transfer else None,
            "volumes": {"T": self._volume(self.places)} if self.places else None,
        }

    def _volume(self, places: Places) -> dict[str, Any]:
        """Give the months that may be bought: what is expected, the least, and all places filled all the time."""
        numbers = content.numbers(self.advice.library)
        least = Fraction(numbers.minimum_purchase.value) / _PERCENT
        most = self._months(places, Decimal(_PERCENT))
        expected = self._months(places, numbers.occupancy.value)
        return {
            "unit": "participant-month",
            "estimate": _each(expected),
            "minimum": _each({lot: months * least for lot, months in expected.items()}),
            "maximum": _each(most),
        }

    def _months(self, places: Places, filled: Decimal) -> dict[str, Fraction]:
        return {
            item.lot.id: participant_months(max(1, item.levels[_LEVEL]), self.answers.duration_months, filled)
            for item in places.lots
        }

    def _procedure(self) -> dict[str, Any]:
        dates, held = self.advice.dates, self.answers.market != _NOT_ASKED
        dialogue: dict[str, Any] = {"held": held}
        if held:
            dialogue |= {"dates": "", "participants": 0, "log": "", "shared_material": "", "measures": ""}
            dialogue |= {"bidder_took_part": False}
        return {
            "type": self._type(),
            "publication": dates.publication,
            "questions_until": dates.questions_until,
            "answers_until": dates.answers_until,
            "deadline": dates.deadline,
            "deadline_time": "12:00",
            "opening": dates.deadline,
            "notification": dates.notification,
            "standstill_end": dates.standstill_end,
            "signing": dates.signing,
            "acceptance_months": 6,
            "portal": "",
            "price_blinding": "internal",
            "market_dialogue": dialogue,
            "suitability": {"minimums": []},
            "lots_reason": "",
            "lots_per_bidder": self.say("lots_per_bidder") if len(self.lots) > 1 else None,
        }

    def _type(self) -> str:
        """Give the procedure: a light service has its own from the threshold of ordinary services on."""
        answers = self.answers
        if answers.kind == _LIGHT:
            name = f"threshold-goods-services-{answers.authority_kind}"
            ordinary = dated(self.advice.library, name, answers.publication)
            return _LIGHT if ordinary and answers.value_dkk >= ordinary.value else "below-threshold"
        return "open" if self.advice.facts["above_threshold"] else "below-threshold"

    def _price_lines(self) -> dict[str, Any]:
        months = self.answers.duration_months
        by_year = months % _MONTHS == 0
        main = {
            "label": self.say("line_main"),
            "unit": "year" if by_year else "months",
            "quantity": months // _MONTHS if by_year else months,
            "invoicing": self.say("line_main_invoicing"),
        }
        return {"A": main, **({"T": self._training_line(self.places)} if self.places else {})}

    def _training_line(self, places: Places) -> dict[str, Any]:
        expected = self._months(places, content.numbers(self.advice.library).occupancy.value)
        split = {lot: self._split(months) for lot, months in expected.items()}
        phases = [
            {
                "title": phase.title[self.language],
                "factor": phase.factor,
                "quantity": _each({lot: parts[number] for lot, parts in split.items()}),
            }
            for number, phase in enumerate(self.content.phases)
        ]
        counted = {
            lot: sum(
                (part * Fraction(phase.factor) for part, phase in zip(parts, self.content.phases, strict=True)),
                Fraction(0),
            )
            for lot, parts in split.items()
        }
        return {
            "label": self.say("line_training"),
            "unit": "participant-month",
            "max": places.ceiling,
            "quantity": _each(counted),
            "phases": phases,
            "training": True,
            "legal_basis": self.say("legal_basis"),
            "subsidies_deducted": True,
            "invoicing": self.say("line_training_invoicing"),
        }

    def _split(self, months: Fraction) -> list[Fraction]:
        """Divide the months among the phases: whole months in the later ones, the rest in the first."""
        later = [Fraction(int(months * Fraction(phase.share) / _PERCENT)) for phase in self.content.phases[1:]]
        return [months - sum(later, Fraction(0)), *later]

    def _criteria(self) -> dict[str, Any]:
        social = choice.scored(self.advice, self.names)
        weights = self.content.weights if social else self.content.weights_without
        quality = {
            key: {
                "number": f"K{number}",
                "title": item.title[self.language],
                "weight": f"{item.weight} %",
                "scale": "zero-to-ten",
                "looks_for": item.looks_for[self.language],
            }
            for number, (key, item) in enumerate(self.content.quality.items(), 1)
        }
        criteria: dict[str, Any] = {
            "price": {
                "title": self.say("price"),
                "weight": f"{weights['price']} %",
                "model": "relative-linear",
                "parameters": {"X": f"{self.content.slope} %"},
            },
            "quality": {"title": self.say("quality"), "weight": f"{weights['quality']} %", "sub": quality},
        }
        if social:
            name, items = social
            parts = choice.shares(items, self.content.plan_weight)
            criteria["social"] = {
                "title": self.say("social"),
                "weight": f"{weights['social']} %",
                "sub": {
                    key.replace("_", "-"): {"number": f"S{number}", "weight": f"{share} %", "from": f"{name}.{key}"}
                    for number, (key, share) in enumerate(parts.items(), 1)
                },
            }
        return criteria

    def _committee(self) -> dict[str, Any]:
        quality = [f"quality.{key}" for key in self.content.quality]
        social = choice.scored(self.advice, self.names)
        plans = self._judged(*social) if social else []
        members: dict[str, Any] = {
            "chair": self._member("chair_name", "contact_role", [*quality, *plans], chair=True),
            "service": self._member("member_name", "service_owner", quality),
        }
        if plans:
            members["employment"] = self._member("member_name", "employment_owner", plans)
        return {"spread_alarm": 3, "members": members}

    def _judged(self, name: str, items: list[str]) -> list[str]:
        """Give the social sub-criteria that evaluators judge."""
        criteria = self.advice.library.clause(name).criteria
        return [f"social.{key.replace('_', '-')}" for key in items if criteria[key].scale]

    def _member(self, name: str, role: str, criteria: list[str], *, chair: bool = False) -> dict[str, Any]:
        open_name = self.say("insert", what=self.say(name))
        return {"name": open_name, "role": self.say(role), "chair": chair or None, "criteria": criteria}

    def _others(self) -> list[str]:
        """Give the clauses that fit too, as comments to choose from."""
        found = choice.others(self.advice, self.names)
        lines = [f"  # {self.say('other_clauses')}"] if found else []
        return [*lines, *(f"  # - {item.id}  # {item.clause.title[self.language]}" for item in found)]


def _each(by_lot: dict[str, Fraction]) -> Any:
    """Give one number where there is one lot, otherwise each lot's."""
    return by_lot if len(by_lot) > 1 else next(iter(by_lot.values()))
