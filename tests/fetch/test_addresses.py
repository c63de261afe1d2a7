"""Which addresses are asked: none but public ones, whatever name or spelling leads there."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.addresses import AllowList, ForbiddenAddressError, Guard, is_public
from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Ask
from flows.settings import Settings, SettingsError, load_settings
from flows.sources.model import Failure
from warehouse.landing import Capture

PRIVATE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "224.0.1.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "2002:808:808::1", "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1",
    "fe80::1%lo", "fec0::1", "ff02::1", "ff0e::1", "100::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "192.167.255.255", "2606:4700::1111",
    "2a00:1450:4001::200e", "64:ff9b::808:808", "::ffff:8.8.8.8", "2001:4860:4860::8888",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public(address):
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(ForbiddenAddressError, match="BRIEFHOUSE_ALLOW_HOSTS"):
        Guard(resolver=lambda host: [address]).addresses("tank.example", 80)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public(address):
    assert is_public(ipaddress.ip_address(address))
    assert Guard(resolver=lambda host: [address]).addresses("tank.example", 80)


@given(st.ip_addresses(v=4))
def test_an_address_hidden_in_another_is_judged_as_itself(address):
    as_six = [
        ipaddress.IPv6Address(f"::ffff:{address}"),
        ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address)),
    ]
    assert {is_public(six) for six in as_six} == {is_public(address)}


def test_a_name_that_leads_both_ways_is_refused():
    with pytest.raises(ForbiddenAddressError, match=r"10\.0\.0\.1"):
        Guard(resolver=lambda host: ["8.8.8.8", "10.0.0.1"]).addresses("both.example", 443)


class TestTheAllowList:
    def _lets(self, allowed, host, port, address):
        try:
            Guard(AllowList.parse(allowed), lambda host: [address]).addresses(host, port)
        except ForbiddenAddressError:
            return False
        return True

    def test_a_name_wherever_it_leads(self):
        assert self._lets("wiki.corp.example", "wiki.corp.example", 8080, "10.0.0.1")
        assert self._lets("wiki.corp.example", "WIKI.corp.example.", 80, "10.0.0.1")
        assert not self._lets("wiki.corp.example", "x.wiki.corp.example", 80, "10.0.0.1")
        assert not self._lets("wiki.corp.example", "evil.example", 80, "10.0.0.1")

    def test_a_name_at_one_port(self):
        assert self._lets("wiki:8080", "wiki", 8080, "10.0.0.1")
        assert not self._lets("wiki:8080", "wiki", 80, "10.0.0.1")
        assert self._lets("[::1]:81, ::2", "::1", 81, "::1")
        assert self._lets("[::1]:81, ::2", "::2", 443, "::2")

    def test_an_address_means_itself_and_no_name_that_leads_there(self):
        assert self._lets("127.0.0.1", "127.0.0.1", 80, "127.0.0.1")
        assert not self._lets("127.0.0.1", "evil.example", 80, "127.0.0.1")

    def test_a_network_means_every_name_that_leads_there(self):
        assert self._lets("x, 10.0.0.0/8,fd00::/8", "any.example", 80, "10.9.9.9")
        assert self._lets("x, 10.0.0.0/8,fd00::/8", "any.example", 80, "fd00::9")
        assert not self._lets("x, 10.0.0.0/8,fd00::/8", "any.example", 80, "192.168.0.1")

    @pytest.mark.parametrize("wrong", ["10.0.0.1/8", "http://x", "a b:c", "x:y", "x/y", "u@h"])
    def test_what_is_neither_is_named(self, wrong, monkeypatch):
        monkeypatch.setenv("BRIEFHOUSE_ALLOW_HOSTS", f"good.example,{wrong}")
        with pytest.raises(SettingsError, match="BRIEFHOUSE_ALLOW_HOSTS") as caught:
            load_settings()
        assert wrong in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{}/", "http://localhost:{}/", "http://2130706433:{}/",
        "http://0x7f.1:{}/", "http://127.1:{}/", "http://[::1]:{}/", "http://[::ffff:7f00:1]:{}/",
        "http://0:{}/", "http://①②⑦.⓪.⓪.①:{}/",
    ],
)  # fmt: skip
def test_no_spelling_reaches_the_loopback_interface(site, url):
    port = site.base.rsplit(":", 1)[1]
    found = Fetcher(Settings(delay=0)).get(Ask(url.format(port), "s"))
    assert isinstance(found, Failure)
    assert found.reason in ("forbidden-address", "unreachable", "unsupported")
    assert site.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(site, draft):
    """A connection asks the name server once; one that answers otherwise later changes nothing."""
    site.put("/1", draft().html())
    site.put("/2", draft().html())
    port = site.base.rsplit(":", 1)[1]
    asked = []

    def resolver(host):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= 2 else ["10.0.0.1"]

    settings = Settings(delay=0, allow_hosts="127.0.0.0/8")
    fetcher = Fetcher(settings, resolver=resolver)
    found = fetcher.get(Ask(f"http://rebinding.example:{port}/1", "s"))
    assert isinstance(found, Capture)
    assert site.asked == ["/robots.txt", "/1"]
    assert asked == ["rebinding.example"] * 2  # the site closes the line behind each answer
    assert site.headers[-1]["Host"] == f"rebinding.example:{port}"
    found = fetcher.get(Ask(f"http://rebinding.example:{port}/2", "s"))
    assert found.reason == "forbidden-address"


def test_names_without_an_address():
    def resolver(host):
        raise socket.gaierror(-2, "Name or service not known")

    found = Fetcher(Settings(delay=0), resolver=resolver).get(Ask("http://none.example/", "s"))
    assert (found.reason, "none.example" in found.message) == ("unreachable", True)


def test_a_family_that_does_not_get_through_leaves_tries_for_the_other(site, draft):
    site.put("/1", draft().html())
    port = site.base.rsplit(":", 1)[1]
    addresses = ["::1"] * 6 + ["127.0.0.1"]  # nobody listens on the former
    settings = Settings(delay=0, allow_hosts="six.example")
    fetcher = Fetcher(settings, resolver=lambda host: addresses)
    assert isinstance(fetcher.get(Ask(f"http://six.example:{port}/1", "s")), Capture)
