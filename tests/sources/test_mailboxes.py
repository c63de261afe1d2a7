"""Mail drops: a message a document, known by its Message-ID."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from extractors import extract
from flows.sources import mailbox as mailboxes
from flows.sources.folder import collect_folder
from flows.sources.model import Source


def message(nth: int, body: str = "Forty pilots left their boats.") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "briefs@tank.example"
    made["To"] = "list@reader.example"
    made["Subject"] = f"Brief {nth}"
    made["Date"] = "Mon, 03 Mar 2025 22:30:00 -0500"
    made["Message-ID"] = f"<{nth}@tank.example>"
    made.set_content(body)
    return made


def collect(path: Path):
    return list(collect_folder(Source("mail", "folder", (str(path),)), settle=0))


@pytest.fixture
def mbox(tmp_path):
    path = tmp_path / "drop.mbox"
    box = mailbox.mbox(path)
    for nth in (1, 2, 3):
        box.add(message(nth, f"Words {nth}.\n\nFrom the harbor they left.\n"))
    box.flush()
    box.close()
    return path


def test_each_message_of_an_mbox_is_a_document(mbox):
    found = collect(mbox)
    assert [item.uri for item in found] == [f"{mbox}!/{n}@tank.example" for n in (1, 2, 3)]
    for nth, item in enumerate(found, start=1):
        assert item.content_type == "message/rfc822"
        brief = extract(item.body, uri=item.uri, content_type=item.content_type).brief
        assert brief.title.text == f"Brief {nth}"
        assert f"Words {nth}." in brief.text
        assert "From the harbor they left." in brief.text  # its quoting is undone


def test_an_mbox_needs_no_name_and_may_stand_in_an_archive(mbox, tmp_path):
    import zipfile

    bare = tmp_path / "spool"
    bare.write_bytes(mbox.read_bytes())
    assert len(collect(bare)) == 3
    packed = tmp_path / "x.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.write(mbox, "Takeout/drop.mbox")
    uris = [item.uri for item in collect(packed)]
    assert uris[0] == f"{packed}!/Takeout/drop.mbox!/1@tank.example"


def test_a_single_message_is_a_document_as_it_is(tmp_path):
    path = tmp_path / "one.eml"
    path.write_bytes(b"From a@b.example Mon Mar  3 22:30:00 2025\n" + message(1).as_bytes())
    (found,) = collect(path)
    assert (found.uri, found.content_type) == (str(path), None)


def test_messages_without_an_id_are_known_by_their_words(tmp_path):
    path = tmp_path / "x.mbox"
    line = "From a@b.example Mon Mar  3 22:30:00 2025\n"
    path.write_text(f"{line}Subject: a\nDate: x\n\none\n\n{line}Subject: b\nDate: x\n\ntwo\n")
    one, two = collect(path)
    assert one.uri != two.uri
    assert [item.uri for item in collect(path)] == [one.uri, two.uri]
    assert two.body == b"Subject: b\nDate: x\n\ntwo\n"


def test_a_message_that_is_too_large_costs_itself(mbox, monkeypatch):
    monkeypatch.setattr(mailboxes, "MAX_MEMBER", 600)
    with mbox.open("ab") as file:
        file.write(b"From x Mon Mar  3 22:30:00 2025\n" + message(4, "x " * 600).as_bytes())
        file.write(b"\nFrom x Mon Mar  3 22:30:00 2025\n" + message(5).as_bytes())
    found = collect(mbox)
    assert [getattr(item, "reason", None) for item in found] == [None] * 3 + ["too-large", None]
    assert found[-1].uri.endswith("!/5@tank.example")


def test_a_maildir_is_a_drop_whatever_its_flags(tmp_path):
    drop = tmp_path / "box" / "Mail"
    drop.parent.mkdir()
    maildir = mailbox.Maildir(drop)
    key = maildir.add(message(1))
    maildir.add(message(2))
    (drop / "tmp" / "half").write_bytes(b"half a message")
    first = {item.uri for item in collect(tmp_path / "box")}
    assert first == {f"{drop}!/{n}@tank.example" for n in (1, 2)}
    read = maildir[key]
    read.set_subdir("cur")
    read.set_flags("S")
    maildir[key] = read  # the file moves and has another name
    assert {item.uri for item in collect(tmp_path / "box")} == first
