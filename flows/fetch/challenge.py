"""Telling a page that wants proof of a person from the page that was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

# A challenge has next to no words. An article about one has many.
_MOST_TEXT = 1_500
_LOOKED_AT = 300_000

# Headers by which a service says itself that its answer is a challenge.
_HEADERS = {
    "cf-mitigated": ("Cloudflare", "challenge"),
    "x-amzn-waf-action": ("AWS WAF", "challenge captcha"),
    "x-vercel-mitigated": ("Vercel", "challenge"),
    "x-datadome": ("DataDome", "protected"),
}
# What only the markup (tags and scripts) of a challenge has. Pages that passed carry scripts of
# the same services, under other names.
_MARKS: tuple[tuple[str, bytes], ...] = (
    ("Cloudflare", rb"window\._cf_chl_opt|cf-browser-verification"
                   rb"|/cdn-cgi/challenge-platform/h/\w/orchestrate"),
    ("Akamai", rb"sec-if-cpt-container|/_sec/cp_challenge/|[?&]bm-verify=|edgesuite\.net"),
    ("Incapsula", rb"_Incapsula_Resource"),
    ("DataDome", rb"(?:geo|ct)\.captcha-delivery\.com"),
    ("PerimeterX", rb"id=\"px-captcha|window\._pxAppId"),
    ("Sucuri", rb"sucuri_cloudproxy_js"),
    ("DDoS-Guard", rb"/\.well-known/ddos-guard/"),
    ("AWS WAF", rb"AwsWafIntegration|gokuProps"),
    ("Anubis", rb"/\.within\.website/x/cmd/anubis"),
)  # fmt: skip
_NEEDLES = (
    b"_cf_chl_opt", b"cf-browser-verification", b"cdn-cgi",
    b"sec-if-cpt", b"/_sec/", b"bm-verify", b"edgesuite.net", b"_Incapsula_Resource",
    b"captcha-delivery", b"px-captcha", b"_pxAppId", b"sucuri_cloudproxy", b"ddos-guard",
    b"AwsWafIntegration", b"gokuProps", b".within.website",
)  # fmt: skip
_SCRIPT = re.compile(rb"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S)
_TAG = re.compile(rb"<[!/a-z][^>]*>", re.I)
_AKAMAI_DENIED = re.compile(rb"Reference(?:&#32;|\s)(?:&#35;|#)[\w.&#;]+", re.I)


def challenger(status: int, header: Callable[[str], str | None], body: bytes) -> str | None:
    """Return whose challenge an answer is, or None if it is none."""
    for name, (service, words) in _HEADERS.items():
        value = (header(name) or "").lower()
        if value and value in words.split() and (status != 200 or name != "x-datadome"):
            return service
    page = body[:_LOOKED_AT]
    if not any(needle in page for needle in _NEEDLES):
        return None
    scripts = b" ".join(match[0] for match in _SCRIPT.finditer(page))
    rest = _SCRIPT.sub(b" ", page)
    markup = scripts + b" ".join(_TAG.findall(rest))
    text = _TAG.sub(b" ", rest)
    if len(b" ".join(text.split())) > _MOST_TEXT:
        return None
    for service, mark in _MARKS:
        if re.search(mark, markup):
            return service
    if b"edgesuite.net" in text and _AKAMAI_DENIED.search(text):
        return "Akamai"
    return None
