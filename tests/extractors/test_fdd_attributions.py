"""Who is named behind a quotation: one person or several, in any of the forms that pages print."""

from __future__ import annotations

import pytest

from extractors.attributions import split_attributions
from tests.extractors.fdd_texts import SAID, brief_of, experts, page_of, text_of

QUOTE = "“Bread is dear.”"
FORMS = (" — ", " ", "", "— ", " – ", "\n— ")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("by", "people"),
    [
        ("Ada Vance and Bo Orr, Research Analysts", [("Ada Vance", "Research Analysts")] * 2),
        ("Ada Vance & Bo Orr, FDD Fellows", [("Ada Vance", "FDD Fellows")] * 2),
        ("Ada Vance, Bo Orr, and Cy May, FDD Fellows", [("Ada Vance", "FDD Fellows")] * 3),
        (
            "Ada Vance, FDD Fellow, and Bo Orr, FDD CEO",
            [("Ada Vance", "FDD Fellow"), ("", "FDD CEO")],
        ),
        (
            "Ada Vance, FDD Fellow and Bo Orr, FDD CEO",
            [("Ada Vance", "FDD Fellow"), ("", "FDD CEO")],
        ),
        ("Ada Vance, FDD Fellow; Bo Orr, FDD CEO", [("Ada Vance", "FDD Fellow"), ("", "FDD CEO")]),
    ],
)
def test_joint_attributions(form: str, by: str, people: list[tuple[str, str]]) -> None:
    brief = brief_of(text_of(f"{QUOTE}{form}{by}", SAID))
    names = ["Ada Vance", "Bo Orr", "Cy May"][: len(people)]
    roles = [role for _, role in people]
    assert experts(brief) == [*zip(names, roles, strict=True), ("Ada Vance", "FDD Fellow")]
    assert {s.quote.text for s in brief.statements[:-1]} == {"Bread is dear."}


@pytest.mark.parametrize(
    "role",
    [
        "Senior Fellow and Bread Director, Mills",
        "Deputy Director of Strategy and Foreign Affairs",
        "Vice President of Research and Government Relations, Senior Fellow",
        "Fellow, Mill Program, and Deputy Director, Bread",
        "Research Analyst and Bread Editor, Fellow",
    ],
)
def test_roles_joined_by_and_are_one_persons(role: str) -> None:
    (found,) = split_attributions(f"Ada Vance, {role}")
    assert found.role is not None and f"Ada Vance, {role}"[slice(*found.role)] == role


def test_long_roles_are_read_in_short_time() -> None:
    assert len(split_attributions("Ada Vance, " + "Fellow, and Ada Vance, " * 9 + "Fellow")) == 10


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "name",
    [
        "J.D. Vance",
        "Ada Vance, J.D.",
        "ʿAbd al-Rahman Saʿid",
        "Husayn ʾAbdallah",
        "Nguyễn Văn An",
        "Ret. Lt. Gen. Ada Vance",
        "Lt. Col. (Ret.) Ada Vance",
        "Brig. Gen. (Res.) Prof. Ada Vance",
        "Ada “Addie” O’Dowd-Vance, Jr.",
        "Peter van der Vance",
        "Ayşe Yağmur",
        "Łukasz Żółć",
    ],
)
def test_names(form: str, name: str) -> None:
    brief = brief_of(text_of(f"{QUOTE}{form}{name}, FDD Fellow", SAID))
    assert experts(brief) == [(name, "FDD Fellow"), ("Ada Vance", "FDD Fellow")]


@pytest.mark.parametrize("form", FORMS)
def test_quotation_at_the_end_of_an_inner_paragraph_is_no_nickname(form: str) -> None:
    said = f"“One is dear.\n“Two is “dear.”\n“Three is dear.”{form}Ada Vance, Fellow"
    brief = brief_of(text_of(said, SAID))
    assert brief.statements[0].quote.text == "One is dear.\n\n“Two is “dear.”\n\n“Three is dear."
    assert brief.statements[0].speaker.text == "Ada Vance"


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("“It is dear.“ — Ada Vance, Fellow", "It is dear."),
        ("”It is dear.” — Ada Vance, Fellow", "It is dear."),
        ("“It is ‘dear.’” Ada Vance, Fellow", "It is ‘dear.’"),
        ("“It is ‘dear.’ ” — Ada Vance, Fellow", "It is ‘dear.’"),
        ("“It is “dear.””— Ada Vance, Fellow", "It is “dear.”"),
    ],
)
def test_marks_that_are_mistyped_or_meet(said: str, quote: str) -> None:
    brief = brief_of(text_of(said))
    assert [s.quote.text for s in brief.statements] == [quote]
    assert experts(brief) == [("Ada Vance", "Fellow")]


@pytest.mark.parametrize("again", ["<br>", "<br><br>", "</p><p>"])
@pytest.mark.parametrize("broken", [" — ", "<br>— "])
def test_statements_that_line_breaks_part(again: str, broken: str) -> None:
    said = f"<p>{QUOTE}{broken}Ada Vance, FDD Fellow{again}“Fine.”{broken}Bo Orr, FDD CEO</p>"
    assert experts(brief_of(page_of(said), "b.html")) == [
        ("Ada Vance", "FDD Fellow"),
        ("Bo Orr", "FDD CEO"),
    ]


@pytest.mark.parametrize("dash", ["— ", ""])
def test_name_and_role_in_paragraphs_of_their_own(dash: str) -> None:
    said = f"<p>{QUOTE}</p><p><b>{dash}Ada Vance</b></p><p><em>FDD Fellow</em></p>"
    assert experts(brief_of(page_of(said + said), "b.html")) == [("Ada Vance", "FDD Fellow")] * 2


@pytest.mark.parametrize(
    ("role", "organisation"),
    [
        (
            "Fellow at the Foundation for Defense of Democracies",
            "Foundation for Defense of Democracies",
        ),
        ("Foundation for Defense of Democracies Fellow", "Foundation for Defense of Democracies"),
        ("Senior Advisor to FDD’s Bread Program", "FDD’s Bread Program"),
        ("Professor at Tarsk University and FDD Adjunct Fellow", "Tarsk University"),
        ("Turkey Program Director and FDD Senior Fellow", "FDD"),
        ("Fellow, Orr Center for Bread, Water, and Wood", "Orr Center for Bread, Water, and Wood"),
        ("Bread Chair in Milling", None),
    ],
)
def test_organisations(role: str, organisation: str | None) -> None:
    (statement,) = brief_of(text_of(f"{QUOTE} — Ada Vance, {role}")).statements
    place = statement.affiliation
    assert (place.text if place else None) == organisation


@pytest.mark.parametrize("tag", ["footer", "cite", "p", "div"])
def test_who_is_quoted_may_stand_within_the_quotation(tag: str) -> None:
    said = f"<blockquote><p>{QUOTE}</p><{tag}>— Ada Vance, FDD Fellow</{tag}></blockquote>"
    assert experts(brief_of(page_of(said), "b.html")) == [("Ada Vance", "FDD Fellow")]


@pytest.mark.parametrize("name", ["<span class='n'>{}</span>", "<strong>{}</strong>"])
@pytest.mark.parametrize("post", ["role", "author-position", "expert__role"])
def test_a_post_set_on_its_own_line_by_the_style_sheet(name: str, post: str) -> None:
    by = f"{name.format('Ada Vance')}<span class='{post}'>FDD Fellow</span>"
    said = f"<blockquote>{QUOTE}</blockquote><div>{by}</div>"
    assert experts(brief_of(page_of(said), "b.html")) == [("Ada Vance", "FDD Fellow")]
