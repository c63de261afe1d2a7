"""Which captures are one brief: its keys, addresses in canonical form, and stable ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.extract import extract
from extractors.model import Brief, PlacedBlock, Printed, Stamp
from warehouse.identity import (
    brief_id_of,
    content_sha256,
    digest,
    digest_sql,
    item_keys,
    keys_of,
)
from warehouse.urls import canonical, domain, same_site

ADDRESS = "https://www.think-tank.example/2025/03/03/harbor-pilots/"

# with lone surrogates, which a page can bring too
ANYTHING = st.text(st.characters(), max_size=40)


def _idempotent(url: str) -> bool:
    found = canonical(url)
    return found is None or canonical(found) == found


def _brief(**values: object) -> Brief:
    title = "Harbor Pilots Walk Out"
    text = f"{title}\n\nForty pilots left their boats."
    defaults = {
        "text": text,
        "blocks": (
            PlacedBlock("title", "heading", 0, len(title)),
            PlacedBlock("lead", "paragraph", len(title) + 2, len(text)),
        ),
        "profile": "test",
        "profile_version": 1,
        "publisher": "tank",
        "title": Printed(title, 0, len(title)),
        "published": Stamp(date(2025, 3, 3)),
    }
    return Brief(**{**defaults, **values})


class TestKeys:
    def test_addresses_come_first_then_the_title(self):
        brief = _brief(
            url=ADDRESS + "?utm_source=x&p=2", canonical_url="https://think-tank.example/harbor"
        )
        kinds = [key.split(":", 1) for key in keys_of(brief)]
        assert [kind for kind, _ in kinds] == ["url", "url", "title"]
        assert kinds[0][1] == "https://think-tank.example/harbor"
        assert kinds[1][1] == "https://think-tank.example/2025/03/03/harbor-pilots?p=2"
        assert kinds[2][1].startswith("tank/2025-03-03/")

    def test_the_same_address_twice_is_one_key(self):
        brief = _brief(url=ADDRESS, canonical_url=ADDRESS.replace("https://www.", "http://"))
        assert [key.split(":")[0] for key in keys_of(brief)] == ["url", "title"]

    def test_a_canonical_address_of_another_site_is_no_key(self):
        brief = _brief(url=ADDRESS, canonical_url="https://wire.example.org/harbor-pilots")
        assert not any("wire.example.org" in key for key in keys_of(brief))
        assert f"url:{canonical(ADDRESS)}" in keys_of(brief)

    def test_a_canonical_address_of_another_host_below_the_same_domain_is_a_key(self):
        brief = _brief(url=ADDRESS, canonical_url="https://archive.think-tank.example/harbor")
        assert keys_of(brief)[0] == "url:https://archive.think-tank.example/harbor"

    def test_for_a_file_any_canonical_address_is_a_key(self):
        brief = _brief(canonical_url="https://wire.example.org/harbor-pilots")
        assert keys_of(brief)[0] == "url:https://wire.example.org/harbor-pilots"

    @pytest.mark.parametrize("missing", ["publisher", "published", "title"])
    def test_the_title_is_a_key_only_with_publisher_and_day(self, missing):
        brief = _brief(url=ADDRESS, **{missing: None})
        found = [key.split(":")[0] for key in keys_of(brief)]
        assert found == (["url"] if missing == "published" else ["url", "page"])

    def test_a_time_without_a_day_is_no_day(self):
        assert keys_of(_brief(published=Stamp(None)))[0].startswith("text:")

    def test_the_text_is_a_key_only_where_nothing_else_is_known(self):
        (key,) = keys_of(_brief(publisher=None))
        assert key.startswith("text:")

    def test_marks_case_and_spaces_make_no_other_title(self):
        one = keys_of(_brief(title=Printed("‘A Harbor’: Pilots — Out")))
        other = keys_of(_brief(title=Printed("'a  harbor': PILOTS - out.")))
        assert one == other

    def test_another_publisher_or_day_makes_another_key(self):
        assert keys_of(_brief()) != keys_of(_brief(publisher="other"))
        assert keys_of(_brief()) != keys_of(_brief(published=Stamp(date(2025, 3, 4))))

    def test_notes_without_a_date_or_publisher_that_differ_are_different(self):
        """Two one-line notes have no key but their words, which are not the same."""
        one = extract(b"The tide table for Port Vessa is wrong\n").brief
        other = extract(b"Grain prices rose again in the south\n").brief
        assert not set(keys_of(one)) & set(keys_of(other))


class TestIds:
    def test_the_id_comes_from_the_title_where_there_is_one(self):
        with_address = keys_of(_brief(url=ADDRESS))
        without = keys_of(_brief())
        assert brief_id_of(with_address) == brief_id_of(without)

    def test_else_from_the_strongest_key(self):
        assert brief_id_of(("url:a", "url:b")) == digest("brief", "url:a")
        assert brief_id_of(("text:c",)) == digest("brief", "text:c")

    def test_ids_are_what_they_always_were(self):
        """A changed id would cut every stored row off from its past."""
        assert brief_id_of(keys_of(_brief())) == "b0130ca385eb6b352725"
        assert digest("brief-1", "developments", item_keys(["A: b"])[0]) == "6974fd4011ee3b35ad11"

    def test_sql_makes_the_same_ids(self):
        import duckdb

        with duckdb.connect() as connection:
            query = f"SELECT {digest_sql('a', 'b')} FROM (VALUES (?, ?)) t(a, b)"
            made = connection.execute(query, ["Ærø 🚢", "x\n“y”"]).fetchone()[0]
        assert made == digest("Ærø 🚢", "x\n“y”")

    def test_equal_items_of_one_brief_are_told_apart_by_their_count(self):
        keys = item_keys(["Same.", "Other", "SAME", "same"])
        assert len(set(keys)) == 4
        assert item_keys(["Other", "Same."])[1] == keys[0]

    def test_a_page_and_a_text_of_one_brief_have_one_title_key_and_one_body(self, draft):
        text = extract(draft().text()).brief
        html = extract(draft().html(), content_type="text/html").brief
        assert content_sha256(text) == content_sha256(html)
        assert set(keys_of(text)) & set(keys_of(html))

    def test_the_body_hash_leaves_the_title_out(self):
        brief = _brief()
        longer = "Other: " + brief.text
        moved = replace(
            brief,
            text=longer,
            blocks=tuple(
                block._replace(start=block.start + 7 * (i > 0), end=block.end + 7)
                for i, block in enumerate(brief.blocks)
            ),
        )
        assert content_sha256(moved) == content_sha256(brief)

    def test_the_body_hash_changes_with_the_body(self, draft):
        one = extract(draft().text()).brief
        other = extract(draft().reworded(0, "Forty", "Fifty").text()).brief
        assert content_sha256(one) != content_sha256(other)


class TestCanonical:
    @pytest.mark.parametrize(
        "same",
        [
            "http://www.Think-Tank.example/a/b/",
            "https://think-tank.example/a/b",
            "https://think-tank.example:443/a/b",
            "http://think-tank.example:80/a//b#notes",
            "https://think-tank.example/a/b?utm_source=feed&utm_medium=rss&fbclid=1",
            " https://think-tank.example./a/%62 ",
        ],
    )
    def test_what_makes_no_difference(self, same):
        assert canonical(same) == "https://think-tank.example/a/b"

    def test_the_order_of_parameters_makes_no_difference(self):
        assert canonical("https://a.example/?b=2&a=1") == canonical("https://a.example?a=1&b=2")

    @pytest.mark.parametrize(
        "other",
        [
            "https://think-tank.example/a/B",
            "https://think-tank.example/a/b?page=2",
            "https://think-tank.example:8443/a/b",
            "https://news.think-tank.example/a/b",
            "https://think-tank.example/a/b%2Fc",
        ],
    )
    def test_what_makes_a_difference(self, other):
        assert canonical(other) != "https://think-tank.example/a/b"

    def test_an_encoded_slash_is_no_slash(self):
        assert canonical("https://a.example/x%2Fy") != canonical("https://a.example/x/y")

    def test_a_blank_parameter_is_kept(self):
        assert canonical("https://a.example/?print") != canonical("https://a.example/")

    @pytest.mark.parametrize(
        "none",
        ["", None, "mailto:a@b.example", "/relative", "ftp://a.example/x", "https://", "http://[x"],
    )
    def test_what_is_no_address(self, none):
        assert canonical(none) is None

    @given(ANYTHING)
    def test_any_text_is_safe(self, text):
        assert _idempotent(text)

    @given(
        st.sampled_from(["http", "https", "HTTP"]),
        st.from_regex(r"[a-z]{1,8}(\.[a-z]{2,6}){1,2}\.?", fullmatch=True),
        st.none() | st.integers(0, 70_000),
        ANYTHING,
        ANYTHING,
    )
    def test_idempotent(self, scheme, host, port, path, query):
        port = "" if port is None else f":{port}"
        assert _idempotent(f"{scheme}://{host}{port}/{path}?{query}")

    @given(ANYTHING)
    def test_idempotent_for_any_host(self, host):
        assert _idempotent(f"https://{host}/path")

    def test_idempotent_for_an_ipv6_host(self):
        assert canonical("http://[::1]/a") == "https://[::1]/a"

    @given(ANYTHING)
    def test_the_domain_of_any_text_is_safe(self, text):
        for url in (text, f"https://{text}"):
            assert domain(url) is None or domain(url) == domain(url).lower()
            same_site(url, "https://a.example")

    def test_sites_are_compared_by_registrable_domain(self):
        assert same_site("https://a.tank.co.uk/x", "https://b.tank.co.uk")
        assert not same_site("https://one.co.uk", "https://two.co.uk")
        assert not same_site("https://one.github.io", "https://two.github.io")
        assert same_site("http://127.0.0.1:8000/x", "http://127.0.0.1:9000/y")
        assert not same_site("/in/a.txt", "/in/b.txt")
