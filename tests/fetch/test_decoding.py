"""Encodings are undone exactly, and never beyond the limit."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.decode import CutOffError, TooLargeError, UndecodableError, decoded


def _raw_deflate(body):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}


@given(st.binary(max_size=3000), st.lists(st.sampled_from(sorted(PACKERS)), max_size=3))
def test_whatever_is_packed_comes_back(body, encodings):
    packed = body
    for encoding in encodings:
        packed = PACKERS[encoding](packed)
    assert decoded(packed, [", ".join(encodings)], 10_000) == body
    assert decoded(packed, encodings, 10_000) == body


@given(st.binary(min_size=1, max_size=3000))
def test_deflate_without_its_frame(body):
    assert decoded(_raw_deflate(body), ["deflate"], 10_000) == body


@given(st.binary(max_size=500), st.binary(max_size=500))
def test_members_one_after_the_other(one, other):
    packed = gzip.compress(one) + gzip.compress(other) + b"and what was left in the buffer"
    assert decoded(packed, ["gzip"], 10_000) == one + other


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_the_limit_holds_exactly(size, limit):
    packed = gzip.compress(bytes(size))
    if size <= limit:
        assert decoded(packed, ["gzip"], limit) == bytes(size)
    else:
        with pytest.raises(TooLargeError):
            decoded(packed, ["gzip"], limit)
        assert decoded(packed, ["gzip"], limit, partial=True) == bytes(limit)


@given(st.binary(min_size=20, max_size=500), st.integers(1, 100))
def test_what_is_cut_off_is_never_taken_for_whole(body, cut):
    packed = gzip.compress(body)
    with pytest.raises((CutOffError, UndecodableError)):
        decoded(packed[: max(2, len(packed) - cut)], ["gzip"], 10_000)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_nothing_but_the_declared_errors(body, encoding):
    with suppress(CutOffError, TooLargeError, UndecodableError):
        assert len(decoded(body, [encoding, "gzip", "deflate"], 1000)) <= 1000


def test_what_is_not_packed_though_it_is_said_to_be():
    assert decoded(b"<html>", ["gzip"], 100) == b"<html>"


def test_more_layers_than_anybody_means():
    with pytest.raises(UndecodableError, match="4 times"):
        decoded(b"x", ["gzip, gzip, gzip, gzip"], 100)
