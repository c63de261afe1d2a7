"""Pages that want proof of a person are told from those that speak of them, or come behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.challenge import challenger

WORDS = (
    "<p>" + "The harbor pilots of Port Vessa walked out on Monday over night shifts. " * 40 + "</p>"
)


def _page(head="", body="", words=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}{words}</body></html>".encode()


def _challenger(body, status=200, **headers):
    by_name = {name.replace("_", "-"): value for name, value in headers.items()}
    return challenger(status, by_name.get, body)


CHALLENGES = {
    "Cloudflare": "<script>window._cf_chl_opt={cType:'managed'};</script>",
    "Akamai": "<div id='sec-if-cpt-container'></div><script src='/_sec/cp_challenge/c'></script>",
    "Incapsula": "<script src='/_Incapsula_Resource?SWJIYLWA=71'></script>",
    "DataDome": "<script src='https://ct.captcha-delivery.com/c.js'></script>",
    "PerimeterX": "<script>window._pxAppId='PX1';</script><div id=\"px-captcha\"></div>",
    "Sucuri": "<script>var sucuri_cloudproxy_js='';</script>",
    "DDoS-Guard": "<script src='/.well-known/ddos-guard/check'></script>",
    "AWS WAF": "<script>window.gokuProps={};AwsWafIntegration.getToken()</script>",
    "Anubis": "<script src='/.within.website/x/cmd/anubis/static/js/main.mjs'></script>",
}


@pytest.mark.parametrize("service", CHALLENGES)
def test_a_challenge_is_known_by_its_markup(service):
    assert _challenger(_page("<title>Wait</title>", CHALLENGES[service])) == service


@pytest.mark.parametrize("service", CHALLENGES)
def test_an_article_with_the_same_script_is_a_page(service):
    """Sites behind such a service carry its scripts in the pages that they do show."""
    assert _challenger(_page("", CHALLENGES[service], WORDS)) is None


@pytest.mark.parametrize("service", CHALLENGES)
def test_a_short_note_that_quotes_the_code_is_a_page(service):
    quoted = CHALLENGES[service].replace("<", "&lt;").replace(">", "&gt;")
    note = f"<p>Our pages are gone from the index: visitors get <code>{quoted}</code>.</p>"
    assert _challenger(_page("<title>Just a moment...</title>", note)) is None


@pytest.mark.parametrize(
    ("headers", "status", "service"),
    [
        ({"cf_mitigated": "challenge"}, 403, "Cloudflare"),
        ({"x_amzn_waf_action": "captcha"}, 405, "AWS WAF"),
        ({"x_amzn_waf_action": "challenge"}, 202, "AWS WAF"),
        ({"x_vercel_mitigated": "challenge"}, 429, "Vercel"),
        ({"x_datadome": "protected"}, 403, "DataDome"),
        ({"x_datadome": "protected"}, 200, None),
        ({"server": "cloudflare", "cf_ray": "8f"}, 403, None),
        ({}, 403, None),
    ],
)
def test_some_say_it_in_a_header(headers, status, service):
    assert _challenger(_page("", "", "<p>no</p>"), status, **headers) == service


@given(st.binary(max_size=400), st.sampled_from(sorted(CHALLENGES.values())))
def test_any_bytes_are_looked_at_without_an_error(noise, mark):
    _challenger(noise + mark.encode() + noise)
