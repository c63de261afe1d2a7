"""What is put into documents: letters that no page should hold, and words that readers wait for."""

from __future__ import annotations

MARKS = "“”‘’\"'«»„—–-:,.()[]•*_#>|`"
JUNK = (
    "\x00", "\x0b", "\x0c", "\x1b", "\x85", "\ud800", "\udfff", "\ufeff", "\ufffd", "\uffff",
    "\u00a0", "\u00ad", "\u200b", "\u200d", "\u200e", "\u200f", "\u202e", "\u2028", "\u2029",
    "\u2060", "\u2066", "\U000e0041", "\U0001f468\u200d\U0001f469", "e" + "\u0301" * 60,
    "\u05d0\u05d1", "\u0627\u0644", "\u3000", "\u1e9e", "\u0130", "\ufb01", "\ufdfa", "\u01c5",
    "\ue000article\ue000", "\r", "\r\n", "\t", " " * 40, "鈥檚", "â€œ", "Ã©", "\U0010ffff",
)  # fmt: skip
WORDS = (
    "” — Ann Orr, FDD Fellow", "“", "”", "” ", "— ", " — ", "“A,” by B and C", "A,” by B",
    "January 14, 2025 | Flash Brief", "February 31, 2025", "0000-00-00", "9999-12-31T23:59:60Z",
    "- Label: text", "• ", "1. ", "1) ", "Q1: Why? ", "A1: Because. ", "[1] ", "# ", "## ", "> ",
    "---\n", "***\n", "```\n", "| a | b |\n|---|---|\n", "[a](http://b.example)", "![](x)", "<!--",
    "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY a 'bb'>]>", "&a;",
    "&#0;", "&#xD800;", "&#1114112;", "&amp;amp;", "&nbsp;", "&#8220;", "&lt;b&gt;", "&", "<", ">",
    "<br><br>", "<p>", "</p>", "<div>", "</div></div>", "<table><tr><td colspan=99999999>", "<li>",
    "<strong>", "</em>", "<h2>", "<a href='http://[bad'>", "<a href='//x:99999/'>", "<base href=x>",
    "<meta charset=utf-16>", "<meta charset=bogus>", "<template>", "<plaintext>", "<svg><p>",
    "<math><mi>", "<noscript>", "<frameset>", "<script>", "</script>", "<textarea>", "<article>",
    "<aside>", "<footer>", '<script type="application/ld+json">{"@graph":[{"@type":', '"]}',
    "\n\n", "Content-Type: text/html; charset=x\n\n", "--=_part\n", "=3D=\n", "=?utf-8?b?w6k=?=",
    "Bcc: ", "read more", "Issues:", "by Ann Orr", "Dr. ", " Jr.", "(Ret.)", "FDD", " in Reuters.",
)  # fmt: skip
ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "cp1251",
    "gb18030", "big5", "shift_jis", "koi8-r", "ascii", "utf-7",
)  # fmt: skip
TYPES = (
    "", "text/html", "text/plain", "text/html; charset=utf-16", "text/html; charset=bogus",
    "application/octet-stream", "application/pdf", "message/rfc822", "text/markdown", ";;;",
    "multipart/related", "application/xhtml+xml; charset=\"", "application/gzip", "\x00",
)  # fmt: skip
SUFFIXES = (".html", ".txt", ".md", ".eml", ".pdf", ".docx", ".mhtml", ".html.gz", "", ".bin")
