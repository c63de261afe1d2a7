"""Round-ups: however a page marks who speaks, it marks them all alike."""

from __future__ import annotations

import pytest

from extractors import extract

NAMES = ("Liv Tanberg", "Rui Calado-Pinto", "Ama Serwaa Boadi")
ROLES = ("Senior Fellow, Ports Programme", "Research Analyst, Trade Desk", "Director, Sea Lab")
HEADS = ("Nobody owns the tide", "A toll by another name", "Pilots have long memories")
CITIES = ("Bergen", "The Hague", "Porto")
SAID = (
    ("The toll was fixed before anybody had counted the ships that pay it.", "It will be raised."),
    ("Half of the fleet is registered elsewhere, and the other half is looking for a way.",),
    ("Courts move slowly here. A pilot who strikes today is heard in two winters.", "So be it."),
)
INTRO = ("Norland doubled its harbour tolls on Friday, and the pilots went home.",)


def page(parts, *, title="Experts react: Norland’s tolls", by=""):
    paragraphs = "".join(f"<p>{text}</p>" for text in INTRO)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><nav><a href='/'>Home</a>"
        f"</nav><main><article><h1>{title}</h1>{by}<p>6 May 2025</p>{paragraphs}{''.join(parts)}"
        "</article></main></body></html>"
    )


def read(host, html):
    brief = extract(html.encode(), uri=f"https://{host}/x", content_type="text/html").brief
    assert brief is not None
    return brief


def marked(build):
    """Build each expert's share: the placeholder PROSE stands for the paragraphs."""
    parts = []
    for name, role, head, city, said in zip(NAMES, ROLES, HEADS, CITIES, SAID, strict=True):
        first, *rest = said
        words = "".join(f"<p>{text}</p>" for text in said)
        more = "".join(f"<p>{text}</p>" for text in rest)
        parts.append(
            build.format(
                name=name, role=role, head=head, city=city, prose=words, first=first, more=more,
                capitals=name.upper(),
            )
        )  # fmt: skip
    return parts


ALONE = (
    "<h2>{name}</h2>{prose}",
    "<p><b>{name}</b></p>{prose}",
    "<p><i>{name}</i></p>{prose}",
    "<p><a href='/who'>{name}</a></p>{prose}",
    "<p><b>{name}.</b> {first}</p>{more}",
    "<p><b>{name}</b> — {first}</p>{more}",
    "<h3>{head}</h3><p>by {name}</p>{prose}",
    "<h3>{name}: {head}</h3>{prose}",
    "<h4>{city}: {name}</h4>{prose}",
    "<p><b>{city}</b><br>by {name}</p>{prose}",
    "<h2>{head}<br>{name}</h2>{prose}",
    "<h4>{name} ({city})</h4>{prose}",
    "<h3>{city} | {name}</h3>{prose}",
)
WITH_ROLES = (
    "<h3>{name}: {role}</h3>{prose}",
    "<h3>{name} <span class='expert-role'>{role}</span></h3>{prose}",
    "<p><b>{name}, {role}.</b> {first}</p>{more}",
    "<p><b>{name}, {role}:</b> {first}</p>{more}",
    "{prose}<p><b>{name}</b><br>{role}</p>",
    "<h3>{head}</h3>{prose}<p><b>{name}</b></p><p>{role}</p>",
    "{prose}<p>— {name}, {role}</p>",
    "<p><b>{name}</b><br><i>{role}</i><br>{first}</p>{more}",
    "<p><b>{city}</b> – {name}, {role}</p>{prose}",
    "<p><b>{head}</b><br>{name}, {role}</p>{prose}",
    "<ol><li><b>{name}, {role}:</b> {first}</li></ol>{more}",
)
HOSTS = ("atlanticcouncil.org", "chathamhouse.org", "ecfr.eu", "washingtoninstitute.org")


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("build", [*ALONE, *WITH_ROLES])
def test_who_speaks_is_known_by_the_company_of_the_others(host, build):
    brief = read(host, page(marked(build)))
    assert [s.speaker.text for s in brief.statements] == [*NAMES]
    assert [s.quote.text for s in brief.statements] == ["\n\n".join(said) for said in SAID]
    roles = [s.role and s.role.text for s in brief.statements]
    assert roles == ([*ROLES] if build in WITH_ROLES else [None] * 3)
    assert [d.text.text for d in brief.developments] == [*INTRO]


@pytest.mark.parametrize(
    "build", ["<h3>{capitals}</h3>{prose}", "<p>{capitals}: {first}</p>{more}"]
)
def test_names_in_capitals_stay_as_they_are_printed(build):
    brief = read("washingtoninstitute.org", page(marked(build)))
    assert [s.speaker.text for s in brief.statements] == [name.upper() for name in NAMES]


def test_where_words_could_be_either_s_they_are_nobody_s():
    parts = marked("{prose}<p><b>{name}, {role}</b></p>")
    brief = read("chathamhouse.org", page([*parts[:2], "<p>All views are their own.</p>"]))
    assert brief.statements == ()


def test_a_short_last_share_behind_an_announcement_is_the_last_one_s():
    told = "<p>Three of our experts explain what Norland’s tolls will change.</p>"
    parts = marked("<p><b>{name}, {role}</b></p>{prose}")
    last = f"<p><b>{NAMES[2]}, {ROLES[2]}</b></p><p>Nothing will change.</p>"
    brief = read("chathamhouse.org", page([told, *parts[:2], last]))
    assert [s.speaker.text for s in brief.statements] == [*NAMES]
    assert brief.statements[2].quote.text == "Nothing will change."


def test_a_list_to_jump_from_does_not_take_the_first_name_away():
    jumps = "".join(f"<li><a href='#x'>{name}</a></li>" for name in NAMES)
    brief = read("ecfr.eu", page([f"<ul>{jumps}</ul>", *marked("<h3>{name}</h3>{prose}")]))
    assert [s.speaker.text for s in brief.statements] == [*NAMES]


def test_subheadings_within_the_last_share_are_its_own():
    last = f"<h2>{NAMES[2]}</h2><p>{SAID[2][0]}</p><h3>Why it is so</h3><p>{SAID[2][1]}</p>"
    brief = read("ecfr.eu", page([*marked("<h2>{name}</h2>{prose}")[:2], last]))
    assert brief.statements[2].quote.text == "\n\n".join((SAID[2][0], "Why it is so", SAID[2][1]))


def test_teasers_below_the_last_share_are_none_of_it():
    teasers = (
        "<p>The views expressed here are the authors’ own.</p><h2>More on this topic</h2><ul>"
        "<li><p>Commentary</p><p>Who owns the tide</p><p>4 March 2024</p></li></ul>"
    )
    brief = read("atlanticcouncil.org", page([*marked("<h3>{name}</h3>{prose}"), teasers]))
    assert [s.quote.text for s in brief.statements] == ["\n\n".join(said) for said in SAID]


def test_a_quotation_signed_below_prose_is_no_statement_of_it():
    told = "<p>Experts have long said so.</p>"
    quoted = [f"<p>{SAID[n][0]}</p><p>“So be it.”</p><p>— {NAMES[n]}</p>" for n in range(3)]
    assert read("ecfr.eu", page([told, *quoted])).statements == ()


def test_cards_of_the_experts_below_are_no_statements():
    cards = [f"<h3>{name}</h3><p>{name} is a fellow at the Sea Lab.</p>" for name in NAMES]
    brief = read("washingtoninstitute.org", page([*marked("<h3>{name}</h3>{prose}"), *cards]))
    assert [s.quote.text for s in brief.statements] == ["\n\n".join(said) for said in SAID]


TOPICS = ("Harbour Tolls", "Pilot Strikes", "Foreign Courts")
TELLING = (
    "The harbour lives on tolls, and tolls live on the tide that nobody owns.",
    "A pilot who strikes is paid by the day, and strikes are as short as the days.",
    "Every court abroad has been asked; no foreign judge has answered in a year.",
)


@pytest.mark.parametrize(
    "parts",
    [
        [f"<h3>{t}</h3><p>{p}</p>" for t, p in zip(TOPICS, TELLING, strict=True)],
        [f"<p><b>{t}.</b> {p}</p>" for t, p in zip(TOPICS, TELLING, strict=True)],
        [f"<h3>{t}</h3><p>{p}</p>" for t, p in zip(
            ("South Korea", "Saudi Arabia", "New Zealand"), TELLING, strict=True)],
        [*marked("<h3>{name}</h3>{prose}")[:2], f"<h3>What comes next</h3><p>{TELLING[0]}</p>",
         *marked("<h3>{name}</h3>{prose}")[2:]],
    ],
    ids=["topics", "topics in bold", "countries", "not all of them are names"],
)  # fmt: skip
@pytest.mark.parametrize("host", HOSTS)
def test_headlines_that_read_like_names_are_nobody(host, parts):
    assert read(host, page(parts)).statements == ()


def test_names_that_nothing_announces_stay_unknown():
    html = page(marked("<h3>{name}</h3>{prose}"), title="Who could lead Norland’s ports?")
    assert read("washingtoninstitute.org", html).statements == ()


@pytest.mark.parametrize(
    ("by", "authors"),
    [
        ("<p>by <a>Liv Tanberg</a> · <a>Rui Calado-Pinto</a></p>", [*NAMES[:2]]),
        ("<p>Commentary · 5 May 2025 · <a>Liv Tanberg</a></p>", [*NAMES[:1]]),
        ("<div><span>Liv Tanberg, Rui Calado-Pinto</span><span>5 May 2025</span></div>",
         [*NAMES[:2]]),
    ],
)  # fmt: skip
def test_bylines_whose_parts_marks_or_the_style_sheet_keep_apart(by, authors):
    brief = read("ecfr.eu", page(marked("<h3>{name}</h3>{prose}"), by=by))
    assert [a.text for a in brief.authors] == authors
    assert (brief.published is not None and str(brief.published.on) == "2025-05-05") or "·" in by
    assert len(brief.statements) == 3


def test_one_author_by_name_above_a_piece_is_no_expert_of_a_round_up():
    alone = "<p>by Liv Tanberg<br>Senior Fellow</p><p>The toll was fixed in haste.</p>"
    for host in HOSTS:
        assert read(host, page([alone], title="Norland’s tolls")).statements == ()
