"""Document trees for the tests of Word: a contract with everything in it, a letter, a report."""

from __future__ import annotations

from dataclasses import replace

from tenderkit.assembly.tree import (
    Annex,
    Block,
    Column,
    Document,
    Equation,
    Fields,
    Heading,
    Inlines,
    ItemList,
    Link,
    ListItem,
    PageBreak,
    Paragraph,
    Ref,
    Signatures,
    Table,
    Text,
)
from tenderkit.formula import parse

DANISH = {
    "page": "Side",
    "of": "af",
    "annex": "Bilag",
    "guidance_author": "Vejledning",
    "binds_number": "§ §§ stk. nr. pkt. punkt punkterne bilag lov",
    "binds_unit": "% kr. mio. mia. dage arbejdsdage timer måneder uger år",
}
ENGLISH = {
    "page": "Page",
    "of": "of",
    "annex": "Annex",
    "guidance_author": "Guidance",
    "binds_number": "§ section clause no. annex DKK",
    "binds_unit": "% million days hours months weeks years",
}


def a(*content: str | Ref | Link | Text) -> Inlines:
    """Give runs from texts and references."""
    return tuple(Text(part) if isinstance(part, str) else part for part in content)


def h(level: int, title: str, name: str = "", *, numbered: bool = True, guidance: tuple[str, ...] = ()) -> Heading:
    return Heading(level, a(title), name, numbered, guidance)


def p(
    *content: str | Ref | Link | Text, name: str = "", public_id: str = "", guidance: tuple[str, ...] = ()
) -> Paragraph:
    return Paragraph(a(*content), point=True, name=name, public_id=public_id, guidance=guidance)


def items(*texts: str, ordered: bool = True) -> ItemList:
    return ItemList(tuple(ListItem(a(text)) for text in texts), ordered)


def prices(rows: int) -> Table:
    """Give a table of prices that is longer than a page."""
    body = tuple(
        (
            a(str(k)),
            a(f"Daglig rengøring af bygning {k}, gulve, inventar og sanitet"),
            a("m²"),
            a(f"{1000 + 37 * k}"),
            a(f"{k * 1234},50"),
        )
        for k in range(1, rows + 1)
    )
    total = (a(""), a("I alt"), a(""), a(""), a("1.250.000,00"))
    columns = (
        Column("Pos.", 1),
        Column("Ydelse", 6),
        Column("Enhed", 1, "center"),
        Column("Mængde", 2, "right"),
        Column("Pris i kr.", 2, "right"),
    )
    return Table(
        "Priser ekskl. moms",
        "Fem kolonner: position, ydelse, enhed, mængde og pris",
        columns,
        (*body, total),
        frozenset({rows}),
    )


def contract_blocks() -> tuple[Block, ...]:
    """Give the blocks of a contract: points at every depth, references, lists, tables, an equation, annexes."""
    return (
        h(1, "Parter", "parties"),
        Fields(
            "Kontraktens parter",
            (
                ("Ordregiver", a("Nørreå Kommune, CVR-nr. 12345678")),
                ("Leverandør", a(Text("[udfyldes ved kontraktindgåelse]", missing=True))),
            ),
        ),
        p(
            "Kontrakten er indgået mellem Nørreå Kommune (Ordregiveren) og den leverandør, som vandt udbuddet (Leverandøren)."
        ),
        h(
            1,
            "Kontraktens genstand og omfang",
            "scope",
            guidance=("Beskriv kun det, der faktisk købes.\nEt større omfang kræver et nyt udbud.",),
        ),
        p(
            "Leverandøren skal udføre daglig rengøring og gennemføre træningsforløb med jobgaranti, jf. ",
            Ref("social"),
            " og punkt ",
            Ref("offer-job"),
            ".",
            name="supply",
        ),
        p("Leverandøren skal stille følgende til rådighed:", name="resources"),
        ItemList(
            (
                ListItem(a("en fast kontaktperson"), name="contact"),
                ListItem(
                    a("en mentor pr. påbegyndt 5 deltagere, der"),
                    (items("kender arbejdspladsen", "har tid afsat til opgaven"),),
                    name="mentor",
                ),
                ListItem(a("arbejdstøj og udstyr")),
            ),
            ordered=True,
        ),
        p(
            "Mentoren efter punkt ",
            Ref("mentor"),
            " må ikke indgå i produktionen.",
            guidance=("Skriv hellere timer end personer.",),
        ),
        h(2, "Mængder", "volumes"),
        p("Mængderne fremgår af tabellen. De er anslåede og kan afvige med 10 % uden regulering af prisen."),
        prices(38),
        p("Fakturaen skal sendes elektronisk og skal mindst indeholde:"),
        items("EAN-nummer", "reference 2026-114", "periode"),
        h(2, "Ændringer"),
        p("Ændringer sker efter udbudslovens § 178 og aftales skriftligt."),
        items("mindre ændringer aftales i driftsmødet", "andre ændringer aftales i styregruppen", ordered=False),
        p("Punkt ", Ref("volumes"), " gælder også for ændringer."),
        h(1, "Pris og betaling", "price"),
        p("Betaling sker 30 dage efter modtagelse af en korrekt faktura."),
        p("Evalueringsprisen omregnes til point efter denne formel:"),
        Equation(
            "S",
            parse("10*MAX(0, 1-(P-MIN(Ps))/(X*MIN(Ps)))"),
            "Point = 10 gange (1 minus afstanden til den laveste pris divideret med 50 % af den laveste pris), dog mindst 0.",
            {"P": "E", "X": "50 %"},
        ),
        Paragraph(
            a("Prisen er fast i de første 12 måneder og reguleres derefter hvert år den 1. januar 2028."), style="body"
        ),
        h(1, "Fortolkning", numbered=False),
        Paragraph(a("Overskriften til dette afsnit har intet nummer, og det har teksten heller ikke."), point=True),
        h(1, "Ikrafttræden og underskrift", "signing"),
        p("Kontrakten træder i kraft ved begge parters underskrift og løber i 48 måneder."),
        p(
            "Læs mere på ",
            Link("kommunens hjemmeside", "https://example.com/udbud?sag=2026&lot=1"),
            " eller i ",
            Text("ILO Convention No. 94", italic=True, language="en"),
            ".",
        ),
        Signatures(
            "Underskrifter", ("Nørreå Kommune", "Leverandøren"), ("Dato og sted", "Navn og titel", "Underskrift")
        ),
        Annex("Sociale klausuler", "social"),
        h(1, "Jobgaranti", "guarantee"),
        p(
            "Leverandøren skal tilbyde ansættelse til hver deltager, der består prøven.",
            name="offer-job",
            public_id="JG-3",
            guidance=("Tilbuddet skal være reelt.", "Se også punktet om prøven."),
        ),
        p("Tilbuddet skal mindst omfatte 15 timer om ugen, jf. punkt ", Ref("offer-job"), ".", public_id="JG-4"),
        items("i mindst 6 måneder", "på overenskomstmæssige vilkår"),
        p("Bod er 250 kr. pr. manglende time og kan ikke overstige 5 % af den årlige værdi."),
        items("første gang gives varsel", "derefter kan boden opkræves"),
        h(1, "Oplysninger og dokumentation"),
        p("Leverandøren skal hvert kvartal indberette antal og timer."),
        Annex("Tilbudsliste"),
        p("Priserne angives i danske kroner ekskl. moms, jf. ", Ref("social"), " og punkt ", Ref("price"), "."),
        Table(
            "Ydelser",
            "To kolonner: ydelse og enhed",
            (Column("Ydelse", 3), Column("Enhed", 1)),
            ((a("Timepris"), a("time")),),
        ),
        Fields("Kontakt", (("Telefon", a("12 34 56 78")),)),
    )


def contract(**changes: object) -> Document:
    """Give the contract as a Danish draft; ``changes`` replace its fields."""
    document = Document(
        id="service-contract",
        file="Kontrakt",
        title="Kontrakt",
        subtitle="Rengøring og træningsforløb med jobgaranti – Nord",
        language="da",
        author="Nørreå Kommune",
        reference="2026-114",
        created="2026-11-02",
        blocks=contract_blocks(),
        numbering="legal",
        contents=True,
        contents_title="Indhold",
        cover=(("Ordregiver", "Nørreå Kommune"), ("Sagsnummer", "2026-114"), ("Delaftale", "Nord"), ("Udgave", "1")),
        notice="Udkast",
        draft=True,
        keywords="udbud; sociale klausuler",
        stamp="2026-114/1",
        footer="2026-114 · udgave 1",
        words=DANISH,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def english_conditions(**changes: object) -> Document:
    """Give conditions with numbered headings only, in English, as a reading aid."""
    plain = Paragraph(
        a(
            "The contracting authority invites tenders. The clock on the portal decides, see clause ",
            Ref("deadline"),
            ".",
        )
    )
    document = contract(
        id="tender-conditions",
        file="Conditions",
        title="Tender conditions",
        subtitle="Cleaning and training with a job guarantee",
        language="en",
        numbering="headings",
        notice="This translation is a reading aid. The Danish text prevails.",
        draft=False,
        contents_title="Contents",
        footer="2026-114 · edition 1",
        words=ENGLISH,
        cover=(),
        blocks=(
            h(1, "Introduction"),
            plain,
            h(2, "The task"),
            Paragraph(
                a(
                    "See ",
                    Ref("forms"),
                    " and section 176 of the act (",
                    Text("udbudsloven", italic=True, language="da"),
                    ").",
                ),
                point=True,
            ),
            h(3, "Options"),
            plain,
            h(1, "Deadline", "deadline"),
            Paragraph(a("Tenders must arrive by 1 December 2026."), style="lead"),
            PageBreak(),
            Table(
                "Timetable",
                "Two columns: step and date",
                (Column("Step", 2), Column("Date", 1)),
                ((a("Publication"), a("1 December 2026")),),
            ),
            Annex("Forms", "forms"),
            h(1, "Price list"),
            plain,
        ),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def letter(**changes: object) -> Document:
    """Give a letter: an address, a subject, text without numbers."""
    document = contract(
        id="rejection-letter",
        file="Afslag",
        title="Underretning om tildeling",
        subtitle="Rengøring og træningsforløb med jobgaranti – Nord",
        numbering="none",
        contents=False,
        cover=(),
        draft=False,
        notice="",
        footer="2026-114",
        blocks=(
            Paragraph(a("Skovvænget Rengøring ApS\nSkovvænget 12\n9999 Nørreå"), style="address"),
            Fields(
                "Brevets data",
                (
                    ("Dato", a("1. marts 2027")),
                    ("Sag", a("2026-114")),
                    ("Kontakt", a("Udbudskonsulent Anna Sø, telefon 12 34 56 78")),
                ),
            ),
            Paragraph(
                a(
                    "Tak for jeres tilbud på delaftale Nord. Vi har besluttet at indgå kontrakt med en anden tilbudsgiver."
                )
            ),
            h(1, "Sammenligning", numbered=False),
            Paragraph(a("Tabellen viser point for jeres tilbud og for det vindende tilbud.")),
            Table(
                "Point",
                "Tre kolonner: kriterium, jeres point og vinderens point",
                (Column("Kriterium", 4), Column("Jeres point", 1, "right"), Column("Vinderens point", 1, "right")),
                (
                    (a("Pris"), a("7,240"), a("8,110")),
                    (a("Kvalitet"), a("8,000"), a("8,000")),
                    (a("Træning og jobgaranti"), a("6,500"), a("7,900")),
                    (a("I alt"), a("7,320"), a("8,035")),
                ),
                frozenset({3}),
            ),
            Paragraph(a("I fik flest point på kvalitet, fordi planen for egenkontrol er konkret og målbar.")),
            items("egenkontrollen er beskrevet bygning for bygning", "fejl rettes inden for 24 timer", ordered=False),
            h(1, "Standstill og klage", numbered=False),
            Paragraph(a("Standstill løber til og med den 11. marts 2027. Kontrakten indgås tidligst derefter.")),
            Paragraph(
                a(
                    "Klagevejledning finder I på ",
                    Link("Klagenævnet for Udbuds hjemmeside", "https://example.com/klage"),
                    ".",
                )
            ),
            Signatures("Underskrift", ("Nørreå Kommune",), ("Anna Sø, udbudskonsulent",)),
        ),
    )
    return replace(document, **changes)  # type: ignore[arg-type]
