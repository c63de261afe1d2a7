"""What a source is asked with goes to its own host, and into no row, message or log."""

from __future__ import annotations

import logging

import pytest

from flows.fetch.model import Access, Ask, Gone
from flows.fetch.urls import keeps_own
from flows.sources.declare import SourcesError, load_sources
from flows.sources.model import Failure
from warehouse.landing import Capture

PASSWORD, TOKEN, KEY = "harbor-9-pilots", "tok_51f0c2", "key-of-the-mill"
ACCESS = Access(headers=(("X-Api-Key", KEY),), user="reader", password=PASSWORD)
PAGE = (200, {"Content-Type": "text/html"}, b"<p>words</p>")


def _sent(recorder, path):
    (request,) = recorder.asked(path)
    return request.headers


def test_headers_and_credentials_are_sent_to_the_source(recorder, fetcher):
    recorder.answers["/1"] = recorder.answers["/2"] = PAGE
    fetcher().get(Ask(recorder.base + "/1", "s", access=ACCESS))
    sent = _sent(recorder, "/1")
    assert sent["X-Api-Key"] == KEY
    assert sent["Authorization"] == "Basic cmVhZGVyOmhhcmJvci05LXBpbG90cw=="
    fetcher().get(Ask(recorder.base + "/2", "s", access=Access(bearer=TOKEN)))
    assert _sent(recorder, "/2")["Authorization"] == f"Bearer {TOKEN}"


def test_another_host_does_not_see_them_not_even_on_the_way_back(recorders, fetcher):
    own, other = recorders(), recorders()
    own.answers["/start"] = (302, {"Location": other.base + "/via"}, b"")
    other.answers["/via"] = (302, {"Location": own.base + "/end"}, b"")
    own.answers["/end"] = PAGE
    found = fetcher().get(Ask(own.base + "/start", "s", access=ACCESS))
    assert isinstance(found, Capture)
    assert found.redirects == (own.base + "/start", other.base + "/via")
    assert "Authorization" in _sent(own, "/start")
    for sent in (_sent(other, "/via"), _sent(own, "/end")):
        assert "Authorization" not in sent and "X-Api-Key" not in sent


def test_they_stay_on_the_same_origin(recorder, fetcher):
    recorder.answers["/start"] = (302, {"Location": "/end"}, b"")
    recorder.answers["/end"] = PAGE
    fetcher().get(Ask(recorder.base + "/start", "s", access=ACCESS))
    assert _sent(recorder, "/end")["X-Api-Key"] == KEY


@pytest.mark.parametrize(
    ("before", "after", "keeps"),
    [
        ("https://a.example/1", "https://a.example/2", True),
        ("https://a.example/1", "https://a.example:443/2", True),
        ("http://a.example/1", "https://a.example/2", True),
        ("https://a.example/1", "http://a.example/2", False),
        ("https://a.example/1", "https://b.example/2", False),
        ("https://a.example/1", "https://x.a.example/2", False),
        ("https://a.example/1", "https://a.example:8443/2", False),
        ("http://a.example:8080/1", "https://a.example/2", False),
    ],
)
def test_where_they_may_go_along(before, after, keeps):
    assert keeps_own(before, after) == keeps


def test_an_address_with_a_password_is_stored_without(recorder, fetcher):
    recorder.answers["/1"] = PAGE
    url = f"http://reader:{PASSWORD}@127.0.0.1:{recorder.port}/1"
    found = fetcher().get(Ask(url, "s"))
    assert (found.uri, found.final_uri) == (recorder.base + "/1", recorder.base + "/1")
    assert _sent(recorder, "/1")["Authorization"].startswith("Basic ")
    assert PASSWORD not in repr(found)


def test_a_redirect_can_t_make_us_send_credentials(recorders, fetcher):
    own, other = recorders(), recorders()
    target = f"http://someone:{PASSWORD}@127.0.0.1:{other.port}/1"
    own.answers["/1"] = (302, {"Location": target}, b"")
    other.answers["/1"] = PAGE
    found = fetcher().get(Ask(own.base + "/1", "s"))
    assert found.final_uri == other.base + "/1"
    assert "Authorization" not in _sent(other, "/1")


def test_a_netrc_file_is_not_read(recorder, fetcher, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login reader password {PASSWORD}\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    recorder.answers["/1"] = PAGE
    fetcher().get(Ask(recorder.base + "/1", "s"))
    assert "Authorization" not in _sent(recorder, "/1")


def test_no_cookie_is_taken_along(recorder, fetcher):
    recorder.answers["/1"] = (302, {"Location": "/2", "Set-Cookie": "id=1"}, b"")
    recorder.answers["/2"] = PAGE
    fetcher().get(Ask(recorder.base + "/1", "s"))
    assert "Cookie" not in _sent(recorder, "/2")


class TestWhatIsStoredAndSaid:
    def _captures(self, recorder, fetcher):
        def echo(request):
            return 200, {"X-Seen": request.headers["X-Api-Key"], "Set-Cookie": "id=7"}, b"x"

        recorder.answers["/echo"] = echo
        recorder.answers["/gone"] = (410, {}, b"")
        for path in ("/echo", "/gone"):
            found = fetcher().get(Ask(recorder.base + path, "s", access=ACCESS))
            yield found.capture if isinstance(found, Gone) else found

    def test_rows_have_the_names_of_headers_and_no_secret(self, recorder, fetcher):
        for capture in self._captures(recorder, fetcher):
            row = capture.row()
            shown = {h["name"]: h["value"] for h in row["request_headers"]}
            assert shown["X-Api-Key"] == shown["Authorization"] == "(hidden)"
            assert shown["User-Agent"].startswith("Briefhouse/")
            assert shown["Accept-Encoding"] == "gzip, deflate"
            for secret in (PASSWORD, KEY, "cmVhZGVyOmhhcmJvci05LXBpbG90cw==", "id=7"):
                assert secret not in repr(row)

    def test_messages_and_logs_have_none(self, recorder, fetcher, caplog):
        caplog.set_level(logging.DEBUG)
        recorder.answers["/say"] = (302, {"Location": f"http://{KEY}.invalid/"}, b"")
        found = fetcher().get(Ask(recorder.base + "/say", "s", access=ACCESS))
        assert isinstance(found, Failure)
        recorder.answers["/no"] = (401, {}, b"")
        refused = fetcher().get(Ask(recorder.base + "/no", "s", access=ACCESS))
        for text in (found.message, refused.message, caplog.text):
            assert KEY not in text and PASSWORD not in text
        assert "401" in refused.message

    def test_nothing_is_shown_by_repr(self):
        access = Access((("X-Key", KEY),), "reader", PASSWORD, None, f"http://u:{TOKEN}@p:1")
        for shown in (
            repr(access),
            str(access),
            repr(Ask("http://a.example/", "s", access=access)),
        ):
            assert not any(secret in shown for secret in (KEY, PASSWORD, TOKEN, "reader"))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"headers": (("X-Key", f"{KEY}\n"),)},
            {"headers": (("X-Key", f"{KEY}\u2026"),)},
            {"headers": (("Bad name", KEY),)},
            {"headers": (("Host", KEY),)},
            {"headers": (("Content-Length", KEY),)},
            {"bearer": f"{KEY}\r\nX: y"},
            {"proxy": f"socks5://{KEY}@proxy:1080"},
        ],
    )
    def test_what_can_t_be_sent_is_refused_without_being_shown(self, wrong):
        with pytest.raises(ValueError) as caught:
            Access(**wrong)
        assert KEY not in str(caught.value)


def test_a_password_on_the_command_line_is_in_no_table(cli, recorder, draft, tmp_path):
    recorder.answers["/1"] = (200, {"Content-Type": "text/html"}, draft().html())
    url = f"http://reader:{PASSWORD}@127.0.0.1:{recorder.port}/1"
    done = cli("ingest", url, data=tmp_path / "data")
    assert _sent(recorder, "/1")["Authorization"].startswith("Basic ")
    assert PASSWORD not in done.stdout + done.stderr
    for name in ("sources", "attempts", "captures"):
        rows = cli("sql", f"SELECT * FROM {name}", "--format", "json", data=tmp_path / "data")
        assert recorder.base in rows.stdout and PASSWORD not in rows.stdout


def test_a_password_in_the_sources_file_is_refused(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(
        f'[[source]]\nname = "a"\nkind = "feed"\nurl = "https://reader:{PASSWORD}@a.example/"\n'
    )
    with pytest.raises(SourcesError, match="write `user` and `password`") as caught:
        load_sources(path)
    assert PASSWORD not in str(caught.value)
