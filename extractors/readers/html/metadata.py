"""What an HTML page says of itself: titles, dates, authors, addresses, rights."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.model import Stamp
from extractors.readers.html import jsonld
from extractors.readers.html.addresses import join
from extractors.readers.html.author_boxes import boxed
from extractors.readers.html.bylines import certain, marked
from extractors.readers.html.published import published
from extractors.readers.html.titles import title_of
from extractors.text import clean, collapse

_AUTHOR_NAMES = ("citation_author", "author", "dc.creator", "parsely-author", "article:author")
_TITLE_NAMES = ("og:title", "twitter:title", "citation_title", "dc.title")
_TELLING = (
    'base[href],meta[content],script[type*="ld+json"],head>title,h1,h2.entry-title,h3.entry-title,'
    'link[rel="license"],a[rel="license"]'
)
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own account of itself; every field is None or empty where the page is silent."""

    url: str | None
    base_url: str
    canonical_url: str | None
    title: str | None
    authors: tuple[str, ...]
    published: Stamp | None
    language: str | None
    site: str | None
    license_url: str | None
    noai: bool | None

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that tell whose page this is, the fetched address first."""
        return _hosts(self.url, self.canonical_url)


Named = dict[str, list[str]]
Source = Callable[[], LexborHTMLParser]


def _hosts(*addresses: str | None) -> tuple[str, ...]:
    hosts = (host_of(address) for address in addresses if address)
    return tuple(dict.fromkeys(host for host in hosts if host))


def host_of(address: str) -> str:
    """Return the host of ``address`` in lower case, "" for what is no address."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def read_metadata(
    tree: LexborHTMLParser,
    url: str = "",
    *,
    dates: Source | None = None,
    authors: Source | None = None,
) -> Metadata:
    """Read what a parsed page says of itself; ``url`` is where it came from ("" if not known).

    Where nothing is declared, dates and authors are looked for among what the text marks as such:
    in ``tree``, or in the tree that ``dates`` and ``authors`` give if ``tree`` is a page's front.
    """
    page_url = url if _scheme(url) in ("http", "https") else ""
    found: dict[str, list[LexborNode]] = {}
    for node in tree.css(_TELLING):  # one pass: each costs as much as all
        found.setdefault(node.tag or "", []).append(node)
    bases = found.get("base", ())
    base_url = _join(page_url, bases[0].attributes.get("href")) if bases else page_url
    named = _named(found.get("meta", ()))
    canonical = _canonical(tree, named, page_url)
    things = jsonld.read_things(found.get("script", ()))
    titles = found.get("title", ())
    printed = collapse(clean(titles[0].text())) if titles else ""
    names = [name for key in _TITLE_NAMES for name in named.get(key, ())]
    article = jsonld.article_of(things, [*names, printed])
    site = _first(named, _SITE_NAMES)
    publisher = next(jsonld.strings(article.get("publisher")), None) if article else None
    headlines = list(jsonld.strings(article.get("headline"))) if article else []
    own = (site, publisher, _first(named, ("og:site_name",)))
    heads = [node for tag in ("h1", "h2", "h3") for node in found.get(tag, ())]
    return Metadata(
        url=page_url or None,
        base_url=base_url or canonical,
        canonical_url=canonical if _scheme(canonical) in ("http", "https") else None,
        title=title_of(heads, [*headlines[:1], *names[:1], printed], own),
        authors=_authors(authors or (lambda: tree), named, article, own),
        published=published(dates or (lambda: tree), named, jsonld.dated(things, article)),
        language=_language(tree, named, canonical or page_url, article),
        site=_first(named, ("og:site_name",)) or publisher,
        license_url=_license(found.get("link", []) + found.get("a", []), page_url, things),
        noai=_noai(named),
    )


def hosts_of(tree: LexborHTMLParser, url: str = "") -> tuple[str, ...]:
    """Return the hosts that tell whose page this is without reading all it says of itself."""
    page_url = url if _scheme(url) in ("http", "https") else ""
    canonical = _canonical(tree, None, page_url)
    return _hosts(page_url, canonical if _scheme(canonical) in ("http", "https") else None)


def _canonical(tree: LexborHTMLParser, named: Named | None, page_url: str) -> str:
    link = tree.css_first('link[rel="canonical"]')
    if link and (found := _join(page_url, link.attributes.get("href"))):
        return found
    if named is None:
        meta = tree.css_first('meta[property="og:url"],meta[name="og:url"]')
        return _join(page_url, meta.attributes.get("content")) if meta else ""
    return _join(page_url, _first(named, ("og:url",)))


def _scheme(address: str) -> str:
    """Return the scheme of ``address`` in lower case; "" for what is no address."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""


def _join(base: str, href: str | None) -> str:
    if not href or not href.strip():
        return ""
    try:
        return clean(join(base, href.strip()))
    except ValueError:
        return ""


def _named(nodes: Iterable[LexborNode]) -> Named:
    named: Named = {}
    for node in nodes:
        attributes = node.attributes
        key = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        value = collapse(clean(attributes.get("content") or ""))
        if key and value:
            named.setdefault(key.strip().lower(), []).append(value)
    return named


def _first(named: Named, keys: tuple[str, ...]) -> str | None:
    return next((named[key][0] for key in keys if key in named), None)


def _authors(
    text: Source,
    named: Named,
    article: jsonld.Thing | None,
    own: tuple[str | None, ...],
) -> tuple[str, ...]:
    if article and (authors := certain(jsonld.people(article), own)):
        return authors
    for key in _AUTHOR_NAMES:
        if authors := certain((n for n in named.get(key, ()) if "://" not in n), own):
            return authors
    return certain(marked(text()), own) or certain(boxed(text()), own)


def _language(
    tree: LexborHTMLParser, named: Named, address: str, article: jsonld.Thing | None
) -> str | None:
    root = tree.css_first("html")
    declared = (
        (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    )
    declared = declared or _first(named, ("content-language",)) or ""
    for link in tree.css("link[hreflang]") if not declared and address else ():
        if _join(address, link.attributes.get("href")) == address:
            declared = link.attributes.get("hreflang") or ""
    declared = declared or _first(named, ("og:locale",)) or ""
    if not declared and article:
        declared = next(jsonld.strings(article.get("inLanguage")), "")
    code = declared.strip().lower().replace("_", "-").split("-")[0].split(",")[0].strip()
    return code if code.isalpha() and 2 <= len(code) <= 3 else None


def _license(nodes: list[LexborNode], url: str, things: list[jsonld.Thing]) -> str | None:
    for node in nodes:
        if found := _join(url, node.attributes.get("href")):
            return found
    return next((s for thing in things for s in jsonld.strings(thing.get("license"))), None)


def _noai(named: Named) -> bool | None:
    directives = {
        word.strip().lower()
        for key in ("robots", "tdm-reservation")
        for value in named.get(key, [])
        for word in value.split(",")
    }
    if not directives:
        return None
    return bool(directives & {"noai", "noimageai", "1"})
