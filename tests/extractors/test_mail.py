"""E-mail: newsletters in HTML and text, forwarded ones, and what surrounds them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html import escape

import pytest

from extractors import Brief, extract
from extractors.readers.mail.text_part import unflow
from extractors.readers.opened import open_document

CHECK = Callable[..., Brief]
SENT = "Tue, 11 Feb 2025 23:30:00 -0500"


def _mail(subject: str = "Mills Burn", sent: str = SENT) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Mill Watch <news@mills.example>"
    mail["To"] = "reader@home.example"
    mail["Subject"] = subject
    mail["Date"] = sent
    mail["Message-ID"] = "<1@mills.example>"
    return mail


def _newsletter(lines: tuple[str, ...]) -> str:
    """Lay lines out as newsletters do: in tables within tables."""
    rows = "".join(
        f"<tr><td style='padding:9px'>{'• ' if line.startswith('- ') else ''}"
        f"<span>{escape(line.removeprefix('- '))}</span></td></tr>"
        for line in lines
    )
    return (
        "<html><head><style>td {color: red}</style></head><body>"
        "<div style='display:none'>What this is about, in short</div>"
        "<table width='100%'><tr><td align='center'><table width='600'>"
        "<tr><td><a href='https://mills.example/web/17'>View this email in your browser</a>"
        "</td></tr>"
        f"<tr><td><table><tbody>{rows}</tbody></table></td></tr>"
        "<tr><td><a href='https://mills.example/u?x=1'>Unsubscribe</a></td></tr>"
        "</table></td></tr></table></body></html>"
    )


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_newsletter(
    harbor: tuple[str, ...], same_as_golden: CHECK, charset: str, transfer: str
) -> None:
    mail = _mail()
    mail.set_content("See the web version.")
    mail.add_alternative(_newsletter(harbor), subtype="html", charset=charset, cte=transfer)
    brief = same_as_golden(mail.as_bytes(), "/in/brief.eml")
    furniture = [brief.text[b.start : b.end] for b in brief.blocks if b.section == "boilerplate"]
    assert furniture == ["View this email in your browser", "Unsubscribe"]
    assert brief.canonical_url == "https://mills.example/web/17"
    assert "in short" not in brief.text


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
def test_text(
    harbor: tuple[str, ...], same_as_golden: CHECK, separator: str, transfer: str
) -> None:
    mail = _mail()
    mail.set_content(separator.join(harbor), cte=transfer)
    same_as_golden(mail.as_bytes(), "brief", "message/rfc822")
    same_as_golden(mail.as_bytes(), "brief")


def test_flowed_text(harbor: tuple[str, ...], same_as_golden: CHECK) -> None:
    lines = []
    for line in harbor:
        words, row = line.split(" "), ""
        for word in words:
            if len(row) + len(word) > 70:
                lines.append(row)
                row = ""
            row += word + " "
        lines.append(row.rstrip())
    mail = _mail()
    mail.set_content("\n".join(lines), params={"format": "flowed"})
    same_as_golden(mail.as_bytes(), "brief.eml")


def test_unflow() -> None:
    assert unflow("a \nb\n>> c \n>> d\n> e\n From") == "a b\n>> c d\n> e\nFrom"
    assert unflow("a- \nb", delete_space=True) == "a-b"


def test_forwarded_as_a_message(harbor: tuple[str, ...], same_as_golden: CHECK) -> None:
    inner = _mail("Inner subject")
    inner.set_content("\n".join(harbor))
    outer = _mail("Fwd: look", "Fri, 1 Mar 2024 09:00:00 +0100")
    outer.set_content("FYI, worth a read.")
    outer.add_attachment(inner)
    brief = same_as_golden(outer.as_bytes(), "a.eml")
    assert brief.text.startswith("FYI, worth a read.")
    assert brief.blocks[0].section == "boilerplate"


def test_forwarded_in_line() -> None:
    mail = _mail("Fwd: Mills Burn in Tarsk", "Fri, 1 Mar 2024 09:00:00 +0100")
    mail.set_content(
        "Worth a read.\n\n---------- Forwarded message ---------\nFrom: Ada <a@x.example>\n"
        "Date: Tue, 13 Feb 2024 at 09:12\nSubject: Mills Burn in Tarsk\nTo: Bo <b@x.example>\n\n"
        "The mills burned.\n"
    )
    opened = open_document(mail.as_bytes())
    read = opened.read()
    assert [b.text for b in read.blocks if not b.marginal] == ["The mills burned."]
    assert read.title == "Mills Burn in Tarsk" and opened.hosts == ()
    assert read.published is None or read.published.on == date(2024, 2, 13)


def test_headers() -> None:
    mail = _mail("Re: Fwd: Müllers “Mühle” brennt")
    mail.set_content("Mills burn.")
    opened = open_document(mail.as_bytes())
    assert opened.read().title == "Müllers “Mühle” brennt"
    mail = _mail()
    mail.set_content("Mills burn.")
    opened = open_document(mail.as_bytes())
    read = opened.read()
    assert opened.hosts == ("mills.example",) and read.authors == ()
    assert read.published is not None
    assert read.published.on == date(2025, 2, 11)  # the sender's day, not UTC's
    assert read.published.at == datetime(2025, 2, 12, 4, 30, tzinfo=UTC)
    assert read.published.utc_offset_min == -300


def test_a_date_in_utc_gives_no_day() -> None:
    mail = _mail(sent="Wed, 12 Feb 2025 04:30:00 +0000")
    mail.set_content("Mills burn.")
    published = open_document(mail.as_bytes()).read().published
    assert published is not None and published.on is None


def test_attachments_are_named() -> None:
    mail = _mail()
    mail.set_content("Mills burn.\n-- \nAda Vance\nMill Watch")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="map.pdf")
    blocks = open_document(mail.as_bytes()).read().blocks
    assert [b.text for b in blocks if not b.marginal] == ["Mills burn."]
    assert [b.text for b in blocks if b.marginal] == [
        "Ada Vance",
        "Mill Watch",
        "Attachment: map.pdf",
    ]


def test_a_mail_that_is_but_an_attachment(harbor: tuple[str, ...], same_as_golden: CHECK) -> None:
    mail = _mail()
    mail["Content-Disposition"] = "attachment; filename=brief.txt"
    mail.set_content("")
    mail.make_mixed()
    mail.add_attachment(
        "\n".join(harbor).encode(), maintype="text", subtype="plain", filename="b.txt"
    )
    same_as_golden(mail.as_bytes(), "a.eml")


def test_a_memo_is_no_mail() -> None:
    text = "From: Ada Vance\nTo: All\nDate: March 3, 2025\nSubject: Mills\n\nMills burn."
    brief = extract(text.encode(), uri="memo.txt").brief
    assert brief is not None and brief.text.startswith("From: Ada Vance")


@pytest.mark.parametrize(
    "charset", ["utf-8", "no-such-charset", "hex", "x-unknown", "us-ascii", '"']
)
def test_broken_charsets(charset: str) -> None:
    body = (
        f"MIME-Version: 1.0\nSubject: =?{charset.strip(chr(34))}?Q?M=FCller?=\nContent-Type: "
        f"text/plain; charset={charset}\n\nMüller’s mills burn.\n"
    )
    brief = extract(body.encode(), uri="a.eml").brief
    assert brief is not None and brief.text == "Müller’s mills burn."


def _nested(levels: int) -> bytes:
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(levels)
    )
    return b"MIME-Version: 1.0\nMessage-ID: <x>\n" + opened + b"\nMills burn.\n"


@pytest.mark.parametrize(
    "body",
    [
        _nested(1_000),
        _nested(5) + b"--b4\n\nx\n" * 100_000,
        b"MIME-Version: 1.0\nSubject: " + b"x" * 10_000_000 + b"\n\nMills burn.\n",
        b"MIME-Version: 1.0\nContent-Type: text/plain;" + b' a=";' * 300_000 + b"\n\nMills burn.\n",
        b"MIME-Version: 1.0\n" + b"X-A: b\n" * 200_000 + b"\nMills burn.\n",
        b"MIME-Version: 1.0\nSubject: " + b"=?utf-8?q?" * 100_000 + b"\n\nMills burn.\n",
        b"MIME-Version: 1.0\nDate: " + b"(" * 100_000 + b"\n\nMills burn.\n",
        b"MIME-Version: 1.0\nFrom: " + b"<" * 100_000 + b"\n\nMills burn.\n",
        b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n\xff\x00=",
        b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * 3_000 + b"Mills burn.\n",
    ],
)
@pytest.mark.timeout(30)
def test_hostile_mail_ends(body: bytes) -> None:
    found = extract(body, uri="a.eml")
    assert (found.brief is None) != (found.rejection is None)
