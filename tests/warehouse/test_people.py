"""People: which printed names are one person, and what is said of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.people.score import score
from warehouse.decisions import NONE, Decision, Decisions, DecisionsError, Person, add, load
from warehouse.people import expert_ids, people, person_key
from warehouse.review import doubts


@pytest.mark.parametrize(
    "same",
    ["Petra Lindqvist", "PETRA  LINDQVIST", "Dr. Petra Lindqvist", "Prof. Dr. Petra Lindqvist",
     "RADM Petra Lindqvist", "(Ret.) Petra Lindqvist"],
)  # fmt: skip
def test_forms_of_one_person(same):
    assert person_key(same) == person_key("Petra Lindqvist")


def test_dots_and_marks_of_a_name_make_no_difference():
    assert person_key("Sunniva K. Braddock") == person_key("Sunniva K Braddock")
    assert person_key("Ida O’Hare") == person_key("Ida O'Hare")


@pytest.mark.parametrize(
    "other",
    ["P. Lindqvist", "Petra Lindquist", "Petra A. Lindqvist", "Petra Lindqvist Jr.", "Petra"],
)
def test_what_is_not_certain_stays_apart(other):
    assert person_key(other) != person_key("Petra Lindqvist")


def test_a_name_that_begins_like_an_honorific_is_a_name():
    assert person_key("Genna Mars") == "genna mars"
    assert person_key("Sirpa Dahl") == "sirpa dahl"


def test_publishers_are_kept_apart():
    ids = expert_ids(
        [("a", "Petra Lindqvist"), ("b", "Petra Lindqvist"), (None, "Petra Lindqvist")]
    )
    assert len(set(ids.values())) == 3


@given(st.lists(st.tuples(st.none() | st.text(max_size=3), st.text(max_size=20)), max_size=8))
def test_ids_hang_on_the_names_alone(names):
    ids = expert_ids(names)
    assert set(ids) == set(names)
    assert expert_ids(reversed(names)) == ids


def _groups(*names, decisions=NONE):
    """Return the groups in which forms of one publisher are joined."""
    ids = expert_ids([("tank", name) for name in names], decisions)
    groups = {}
    for (_, name), expert_id in ids.items():
        groups.setdefault(expert_id, set()).add(name)
    return sorted(map(sorted, groups.values()))


@pytest.mark.parametrize(
    "forms",
    [
        ["Wendell P. Orsk", "Wendell Orsk", "Dr. Wendell P Orsk", "W. P. Orsk", "W.P. Orsk"],
        ["Wendell Percival Orsk", "Wendell P. Orsk", "Wendell Orsk"],
        ["José Ibáñez", "Jose Ibanez", "JOSÉ IBÁÑEZ"],
        ["Wendell Orsk Jr.", "Wendell Orsk, Jr.", "Wendell Orsk Jr"],
        [
            "Gen. (Ret.) Ida Brook",
            "Lt. Gen. Ida Brook, USA (Ret.)",
            "Ida Brook",
            "Ida Brook, Ph.D.",
        ],
        ["Leila Ben Ashouri", "Leila Ben-Ashouri"],
        ["William “Bill” Tregear", "William Tregear", "William (Bill) Tregear"],
    ],
)
def test_forms_that_are_joined(forms):
    assert _groups(*forms) == [sorted(forms)]


@pytest.mark.parametrize(
    "forms",
    [
        ["Wendell P. Orsk", "Wendell Q. Orsk", "Wendell Orsk"],  # whose is the short form?
        ["Wendell Orsk Jr.", "Wendell Orsk Sr."],
        ["Wendell Orsk Jr.", "Wendell Orsk"],
        ["W. Orsk", "Wendell Orsk"],
        ["Orsk", "Wendell Orsk"],
        ["Ida Brook", "Ida Brooks"],
        ["Ida Brook", "Ida Mary Brook"],
        ["Bill Tregear", "William Tregear"],
        ["Petra Lindqvist", "Petra Lindquist"],
        ["John P. Hale", "John Peter Hale", "John Paul Hale"],
    ],
)
def test_forms_that_stay_apart_and_are_listed(forms):
    assert _groups(*forms)[0] == [sorted(forms)[0]]
    assert len(_groups(*forms)) == len(forms)
    if len(forms) == 2 and "Sr." not in forms[1]:
        ids = expert_ids([("tank", name) for name in forms])
        (doubt,) = doubts(ids, NONE)
        assert {doubt.a.name, doubt.b.name} == set(forms)


@pytest.mark.parametrize(
    ("forms", "why"),
    [
        (["Jean-Pierre Moreau", "J.-P. Moreau"], "one may be the other's short form"),
        (["Jean-Pierre Moreau", "Jean Pierre Moreau"], "written in one word and in two"),
        (
            ["Behnam Ben Ashouri", "Behnam Ashouri"],
            "with and without a particle before the surname",
        ),
        (["Karim al-Dahl", "Karim Dahl"], "with and without a particle before the surname"),
        (["Wang Li", "Li Wang"], "given name and surname in the other order"),
        (["Bill Tregear", "William Tregear"], "a nickname"),
        (["Wendell A. Orsk", "Wendell B. Orsk"], None),
        (["Jean-Pierre Moreau", "J.-L. Moreau"], None),
        (["Ida Benson", "Ida Son"], None),
        (["Behnam Ben Ashouri", "Karim Ashouri"], None),
        (["Wang Li", "Li Chen"], None),
    ],
)
def test_doubts_are_listed_with_the_reason_and_joined_by_nobody(forms, why):
    ids = expert_ids([("tank", name) for name in forms])
    assert len({*ids.values()}) == 2
    assert [doubt.why for doubt in doubts(ids, NONE)] == ([why] if why else [])


def test_a_middle_initial_that_is_printed_later_makes_nobody_another():
    before = expert_ids([("tank", "Wendell Orsk")])
    after = expert_ids([("tank", "Wendell Orsk"), ("tank", "Wendell P. Orsk")])
    alone = expert_ids([("tank", "Wendell P. Orsk")])
    assert {*before.values()} == {*after.values()} == {*alone.values()}


def test_on_invented_people_hardly_anybody_is_taken_for_another():
    """The figures of `python -m benchmarks.people` are 0.9994 and 0.834."""
    found = score(1, 300)
    assert found.forms > 700
    assert found.precision >= 0.999, found.wrong
    assert found.recall >= 0.79


def _decided(kind, *people):
    decision = Decision(kind, tuple(Person(*p) for p in people), "as he says", date(2025, 3, 1), 1)
    return Decisions(**{f"{kind}s": (decision,)})


class TestDecisions:
    def test_a_merge_joins_what_nothing_else_would(self):
        decided = _decided("merge", ("tank", "Bill Tregear"), ("tank", "William Tregear"))
        forms = ["Bill Tregear", "Dr. Bill Tregear", "William Tregear", "William X. Tregear"]
        assert _groups(*forms, decisions=decided) == [forms]
        assert doubts(expert_ids([("tank", f) for f in forms], decided), decided) == []

    def test_across_publishers_too(self):
        decided = _decided("merge", ("a", "Ida Brook"), ("b", "Ida Brook"))
        names = [("a", "Ida Brook"), ("b", "Dr. Ida Brook"), ("c", "Ida Brook")]
        ids = expert_ids(names, decided)
        assert ids[names[0]] == ids[names[1]] == expert_ids(names)[names[0]]
        assert ids[names[2]] not in (ids[names[0]], ids[names[1]])

    def test_a_split_holds_against_a_merge_that_reaches_it_by_the_names(self):
        """Nothing in the file contradicts: Wendell Orsk is Wendell P. Orsk by the names alone."""
        forms = ["W. Orsk", "Wendell Orsk", "Wendell P. Orsk", "W. P. Orsk"]
        split = _decided("split", ("tank", "Wendell P. Orsk"), ("tank", "W. Orsk"))
        merge = _decided("merge", ("tank", "Wendell Orsk"), ("tank", "W. Orsk"))
        both = Decisions(merge.merges, split.splits)
        assert _groups(*forms, decisions=both) == [["W. Orsk"], sorted(forms[1:])]
        (found,) = people([("tank", form) for form in forms], both).contradictions
        assert (found.merge, found.split) == (merge.merges[0], split.splits[0])
        assert "tank: Wendell P. Orsk is one with these" in str(found)
        for alone in (split, merge):
            assert people([("tank", form) for form in forms], alone).contradictions == ()

    def test_a_merge_that_is_not_carried_out_hinders_no_other(self):
        split = _decided("split", ("a", "Ida C. Brook"), ("b", "Ida Brook"))
        against = _decided("merge", ("a", "Ida Brook"), ("b", "Ida Brook")).merges
        fine = _decided("merge", ("a", "Ida Brook"), ("c", "Ida Brook")).merges
        decided = Decisions((*against, *fine), split.splits)
        names = [("a", "Ida Brook"), ("a", "Ida C. Brook"), ("b", "Ida Brook"), ("c", "Ida Brook")]
        ids = expert_ids(names, decided)
        assert ids[names[0]] == ids[names[1]] == ids[names[3]] != ids[names[2]]
        assert expert_ids(names, Decisions(fine, split.splits)) == ids

    @given(st.data())
    def test_whom_a_split_parts_no_merges_ever_join(self, data):
        forms = ["W. Orsk", "Wendell Orsk", "Wendell P. Orsk", "W. P. Orsk", "Bill Orsk", "Orsk"]
        names = [(publisher, form) for publisher in ("a", "b") for form in forms]
        pairs = st.lists(
            st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True), max_size=4
        )
        made = {
            f"{kind}s": tuple(
                d for p in data.draw(pairs) for d in getattr(_decided(kind, *p), f"{kind}s")
            )
            for kind in ("merge", "split")
        }
        decisions = Decisions(**made)
        ids = expert_ids(names, decisions)
        assert all(ids[tuple(a)] != ids[tuple(b)] for a, b, _ in decisions.apart())

    def test_a_split_parts_what_would_be_joined(self):
        decided = _decided("split", ("tank", "Ida C. Brook"), ("tank", "Ida Brook"))
        assert len(_groups("Ida C. Brook", "Ida Brook", decisions=decided)) == 2
        assert doubts(expert_ids([("tank", "Ida Brook")], decided), decided) == []

    def test_a_split_parts_forms_that_differ_in_an_honorific_alone(self):
        decided = _decided("split", ("tank", "Dr. Ida Brook"), ("tank", "Ida Brook"))
        assert len(_groups("Dr. Ida Brook", "Ida Brook", decisions=decided)) == 2

    def test_a_file_is_written_read_and_kept_as_it_was(self, tmp_path):
        path = tmp_path / "experts.toml"
        path.write_text("# ours\n[[split]]  # sure\npeople = [{name = 'A B'}, {name = 'A C B'}]\n"
                        "reason = 'met both'\ndate = 2025-01-01\n")  # fmt: skip
        before = path.read_text()
        add(path, "merge", [Person("x", "Bo “B” Lee"), Person(None, "Bo Lee")], "one",
            date(2025, 3, 1))  # fmt: skip
        assert path.read_text().startswith(before)
        assert load(path).merges[0].people == (Person("x", "Bo “B” Lee"), Person(None, "Bo Lee"))
        assert load(path).splits[0].reason == "met both"
        assert load(tmp_path / "none.toml") == NONE

    def test_a_contradiction_is_refused_and_changes_nothing(self, tmp_path):
        path = tmp_path / "experts.toml"
        a, b, c = (Person("x", name) for name in ("Ida Brook", "Ida Book", "Ada Brook"))
        add(path, "merge", [a, b], "one", date(2025, 3, 1))
        add(path, "merge", [b, c], "too", date(2025, 3, 2))
        before = path.read_text()
        with pytest.raises(DecisionsError, match=r"one person by .*number 1.*number 2.*two by"):
            add(path, "split", [a, c], "no", date(2025, 3, 3))
        assert path.read_text() == before

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[[join]]\n", "unknown: join"),
            ("[merge]\n", r"write \[\[merge\]\]"),
            ("[[merge]]\npeople = []\nreason = 'x'\n", "people, reason and date"),
            ("[[merge]]\npeople = [{name = 'A'}]\nreason = 'x'\ndate = 2025-01-01\n", "two names"),
            ("[[merge]]\npeople = ['A', 'B']\nreason = 'x'\ndate = 2025-01-01\n", "a person is"),
            ("[[merge]]\npeople = [{name='A'},{name='B'}]\nreason = ''\ndate = 2025-01-01\n",
             "give a reason"),
            ("[[merge]]\npeople = [{name='A'},{name='B'}]\nreason = 'x'\ndate = 'May'\n", "a day"),
            ("[[merge\n", "line 1"),
        ],
    )  # fmt: skip
    def test_a_file_that_can_not_be_used_says_why(self, tmp_path, text, says):
        path = tmp_path / "experts.toml"
        path.write_text(text)
        with pytest.raises(DecisionsError, match=says) as refused:
            load(path)
        assert str(path) in str(refused.value)


@pytest.fixture(scope="module")
def said(new_warehouse, tmp_path_factory, draft, page, clock):
    """Three briefs in which one person is printed in two forms and three roles, and a mirror."""
    made = new_warehouse(tmp_path_factory.mktemp("people") / "data")

    def brief(day, name, role):
        return draft(
            title=f"Brief of {day}",
            day=day,
            experts=[(f"It was as expected on {day}, said the tide.", name, role)],
        )

    march = brief(date(2025, 3, 3), "Petra Lindqvist", "Research Analyst")
    may = brief(date(2025, 5, 6), "Dr. Petra Lindqvist", "FDD Senior Fellow")
    june = brief(date(2025, 6, 9), "Petra Lindqvist", "FDD Senior Fellow")
    # collected in another order than that in which they were published
    made.night(
        page("/in/june.txt", june.text(), clock(1)),
        page("/in/march.txt", march.text(), clock(2)),
        page("/in/may.txt", may.text(), clock(3)),
    )
    return made


def test_one_expert_with_the_latest_role(said):
    (row,) = said.dicts("SELECT * FROM experts")
    assert row["publisher"] == "fdd"
    assert row["name"] == "Petra Lindqvist"
    assert (row["role"], row["affiliation"]) == ("FDD Senior Fellow", "FDD")
    assert (row["first_seen_on"], row["last_seen_on"]) == (date(2025, 3, 3), date(2025, 6, 9))
    assert row["statements"] == 3


def test_each_form_of_the_name(said):
    assert said.query(
        "SELECT name, first_seen_on, last_seen_on, statements FROM expert_aliases ORDER BY name"
    ) == [
        ("Dr. Petra Lindqvist", date(2025, 5, 6), date(2025, 5, 6), 1),
        ("Petra Lindqvist", date(2025, 3, 3), date(2025, 6, 9), 2),
    ]


def test_each_role_with_its_first_and_last_day(said):
    assert said.query(
        "SELECT role, affiliation, first_seen_on, last_seen_on FROM expert_roles ORDER BY role"
    ) == [
        ("FDD Senior Fellow", "FDD", date(2025, 5, 6), date(2025, 6, 9)),
        ("Research Analyst", None, date(2025, 3, 3), date(2025, 3, 3)),
    ]


def test_statements_lead_to_their_expert(said):
    assert said.query("SELECT DISTINCT expert_id FROM statements") == said.query(
        "SELECT expert_id FROM experts"
    )


def test_in_the_samples_every_statement_has_an_expert_and_the_counts_agree(sampled):
    assert sampled.value("SELECT count(*) FROM statements WHERE expert_id IS NULL") == 0
    assert sampled.value("SELECT count(*) FROM statements ANTI JOIN experts USING (expert_id)") == 0
    for table in ("experts", "expert_aliases"):
        assert sampled.value(f"SELECT sum(statements) FROM {table}") == sampled.value(
            "SELECT count(*) FROM statements JOIN briefs USING (brief_id) "
            "WHERE duplicate_of IS NULL"
        )


def test_mirrors_do_not_count(warehouse, draft, page, clock):
    plain = draft(day=None)
    warehouse.night(
        page("http://tank.example/a", plain.html(), clock(1)),
        page("http://mirror.example/a", plain.html(), clock(2)),
    )
    assert warehouse.value("SELECT count(*) FROM statements") == 4
    assert warehouse.query("SELECT DISTINCT statements FROM experts") == [(1,)]


def test_a_brief_without_a_day_is_not_the_latest(warehouse, draft, page, clock):
    """It may be of any time: the role that a dated brief prints is better known."""
    quote, name, _ = draft().experts[0]
    dated = draft(experts=[(quote, name, "Senior Fellow")])
    undated = draft(title="Of Unknown Date", day=None, experts=[(f"Also: {quote}", name, "Intern")])
    warehouse.night(
        page("/in/a.txt", undated.text(), clock(1)), page("/in/b.txt", dated.text(), clock(2))
    )
    assert warehouse.query("SELECT name, role FROM experts") == [(name, "Senior Fellow")]


def test_a_name_or_role_that_the_page_cuts_off_is_marked_and_is_nobodys(
    warehouse, draft, page, clock
):
    def cut(title, by):
        quote = f"The harbor is open, as far as {title} goes, and it will stay so."
        whole = draft(title=title, experts=[(quote, "N", "R")], background=[]).text()
        return whole.rpartition("”".encode())[0] + f"” — {by}".encode()

    role = cut("One", "Petra Lindqvist, FDD Research Ana")
    name = cut("Two", "Petra Lindqv")
    warehouse.night(
        page("/in/one.txt", role, clock(1)),
        page("/in/two.txt", name, clock(2)),
        page("/in/three.txt", cut("Three", "Petra Lindqvist, FDD Fellow"), clock(3)),
    )
    assert warehouse.query(
        "SELECT speaker, role, partial, expert_id IS NULL FROM statements ORDER BY role"
    ) == [
        ("Petra Lindqvist", "FDD Fellow", None, False),
        ("Petra Lindqvist", "FDD Research Ana", "role", False),
        ("Petra Lindqv", None, "name", True),
    ]
    assert warehouse.query("SELECT name, role FROM experts") == [("Petra Lindqvist", "FDD Fellow")]
    assert warehouse.query("SELECT role FROM expert_roles") == [("FDD Fellow",)]
