"""The lake of schema version 1, frozen: what an older data root looks like to a later program."""

from __future__ import annotations

import re

import pyarrow.parquet as pq

from warehouse.lake import open_lake
from warehouse.landing import landing_files
from warehouse.root import DataRoot
from warehouse.table import quoted

DDL = """
CREATE TABLE lake."schema_versions" (version INTEGER, applied_at TIMESTAMPTZ);
CREATE TABLE lake."briefs_history" (
    "brief_id" VARCHAR NOT NULL, "publisher" VARCHAR, "kind" VARCHAR, "kind_start" INTEGER,
    "kind_end" INTEGER, "title" VARCHAR, "title_start" INTEGER, "title_end" INTEGER,
    "published_on" DATE, "published_at" TIMESTAMP WITH TIME ZONE, "published_utc_offset_min"
    INTEGER, "published_printed" VARCHAR, "published_printed_start" INTEGER,
    "published_printed_end" INTEGER, "url" VARCHAR, "canonical_url" VARCHAR, "authors" VARCHAR[]
    NOT NULL, "authors_start" INTEGER[] NOT NULL, "authors_end" INTEGER[] NOT NULL, "language"
    VARCHAR, "text" VARCHAR NOT NULL, "text_sha256" VARCHAR NOT NULL, "links_sha256" VARCHAR,
    "word_count" INTEGER NOT NULL, "coverage" DOUBLE, "unknown_headings" VARCHAR[] NOT NULL,
    "truncated" BOOLEAN NOT NULL, "gone_at" TIMESTAMP WITH TIME ZONE, "license_url" VARCHAR,
    "robots_allowed" BOOLEAN, "noai" BOOLEAN, "profile" VARCHAR NOT NULL, "profile_version"
    INTEGER NOT NULL, "revision" INTEGER NOT NULL, "capture_id" VARCHAR NOT NULL, "first_seen_at"
    TIMESTAMP WITH TIME ZONE NOT NULL, "revised_at" TIMESTAMP WITH TIME ZONE NOT NULL,
    "valid_from" TIMESTAMP WITH TIME ZONE NOT NULL, "valid_to" TIMESTAMP WITH TIME ZONE);
CREATE TABLE lake."developments_history" (
    "development_id" VARCHAR NOT NULL, "brief_id" VARCHAR NOT NULL, "position" INTEGER NOT NULL,
    "headline" VARCHAR, "headline_start" INTEGER, "headline_end" INTEGER, "text" VARCHAR NOT NULL,
    "text_start" INTEGER NOT NULL, "text_end" INTEGER NOT NULL, "valid_from" TIMESTAMP WITH TIME
    ZONE NOT NULL, "valid_to" TIMESTAMP WITH TIME ZONE);
CREATE TABLE lake."statements_history" (
    "statement_id" VARCHAR NOT NULL, "brief_id" VARCHAR NOT NULL, "position" INTEGER NOT NULL,
    "quote" VARCHAR NOT NULL, "quote_start" INTEGER NOT NULL, "quote_end" INTEGER NOT NULL,
    "is_quotation" BOOLEAN NOT NULL, "speaker" VARCHAR NOT NULL, "speaker_start" INTEGER NOT NULL,
    "speaker_end" INTEGER NOT NULL, "role" VARCHAR, "role_start" INTEGER, "role_end" INTEGER,
    "affiliation" VARCHAR, "affiliation_start" INTEGER, "affiliation_end" INTEGER, "attribution"
    VARCHAR, "attribution_start" INTEGER, "attribution_end" INTEGER, "valid_from" TIMESTAMP WITH
    TIME ZONE NOT NULL, "valid_to" TIMESTAMP WITH TIME ZONE);
CREATE TABLE lake."links_history" (
    "link_id" VARCHAR NOT NULL, "brief_id" VARCHAR NOT NULL, "section" VARCHAR NOT NULL,
    "position" INTEGER NOT NULL, "text" VARCHAR NOT NULL, "text_start" INTEGER NOT NULL,
    "text_end" INTEGER NOT NULL, "title" VARCHAR, "title_start" INTEGER, "title_end" INTEGER,
    "authors" VARCHAR[] NOT NULL, "authors_start" INTEGER[] NOT NULL, "authors_end" INTEGER[] NOT
    NULL, "outlet" VARCHAR, "outlet_start" INTEGER, "outlet_end" INTEGER, "url" VARCHAR,
    "canonical_url" VARCHAR, "domain" VARCHAR, "valid_from" TIMESTAMP WITH TIME ZONE NOT NULL,
    "valid_to" TIMESTAMP WITH TIME ZONE);
CREATE TABLE lake."blocks" (
    "brief_id" VARCHAR NOT NULL, "position" INTEGER NOT NULL, "section" VARCHAR NOT NULL, "kind"
    VARCHAR NOT NULL, "text_start" INTEGER NOT NULL, "text_end" INTEGER NOT NULL);
CREATE TABLE lake."revisions" (
    "brief_id" VARCHAR NOT NULL, "revision" INTEGER NOT NULL, "seen_at" TIMESTAMP WITH TIME ZONE
    NOT NULL, "capture_id" VARCHAR NOT NULL, "title" VARCHAR, "text" VARCHAR NOT NULL);
CREATE TABLE lake."changes" (
    "brief_id" VARCHAR NOT NULL, "revision" INTEGER NOT NULL, "position" INTEGER NOT NULL, "item"
    VARCHAR NOT NULL, "change" VARCHAR NOT NULL, "old_id" VARCHAR, "new_id" VARCHAR, "old_text"
    VARCHAR, "new_text" VARCHAR);
CREATE TABLE lake."brief_keys" (
    "key" VARCHAR NOT NULL, "brief_id" VARCHAR NOT NULL);
CREATE TABLE lake."captures" (
    "capture_id" VARCHAR NOT NULL, "source" VARCHAR NOT NULL, "uri" VARCHAR NOT NULL, "final_uri"
    VARCHAR NOT NULL, "fetched_at" TIMESTAMP WITH TIME ZONE NOT NULL, "status" INTEGER, "headers"
    STRUCT(name VARCHAR, value VARCHAR)[] NOT NULL, "content_type" VARCHAR, "sha256" VARCHAR NOT
    NULL, "bytes" BIGINT NOT NULL, "robots_allowed" BOOLEAN, "landing_file" VARCHAR NOT NULL);
CREATE TABLE lake."attempts" (
    "attempt_id" VARCHAR NOT NULL, "run_id" VARCHAR NOT NULL, "source" VARCHAR NOT NULL, "uri"
    VARCHAR NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "capture_id" VARCHAR, "brief_id"
    VARCHAR, "outcome" VARCHAR NOT NULL, "reason" VARCHAR, "message" VARCHAR);
CREATE TABLE lake."sources" (
    "source" VARCHAR NOT NULL, "kind" VARCHAR NOT NULL, "location" VARCHAR NOT NULL, "last_run_id"
    VARCHAR NOT NULL, "last_success_at" TIMESTAMP WITH TIME ZONE, "last_new_at" TIMESTAMP WITH
    TIME ZONE, "failures_in_row" INTEGER NOT NULL, "last_error" VARCHAR);
CREATE TABLE lake."runs" (
    "run_id" VARCHAR NOT NULL, "command" VARCHAR NOT NULL, "started_at" TIMESTAMP WITH TIME ZONE
    NOT NULL, "finished_at" TIMESTAMP WITH TIME ZONE NOT NULL, "version" VARCHAR NOT NULL,
    "schema_version" INTEGER NOT NULL, "tried" INTEGER NOT NULL, "new" INTEGER NOT NULL, "revised"
    INTEGER NOT NULL, "unchanged" INTEGER NOT NULL, "duplicate" INTEGER NOT NULL, "rejected"
    INTEGER NOT NULL, "held" INTEGER NOT NULL, "published" BOOLEAN NOT NULL);
CREATE TABLE lake."checks" (
    "run_id" VARCHAR NOT NULL, "name" VARCHAR NOT NULL, "subject" VARCHAR NOT NULL, "value"
    DOUBLE, "lower" DOUBLE, "upper" DOUBLE, "passed" BOOLEAN NOT NULL);
"""

LANDING = """
capture_id source uri final_uri fetched_at status headers content_type sha256 bytes
robots_allowed body
""".split()


def age(source: DataRoot, target: DataRoot) -> None:
    """Copy ``source`` to ``target`` as version 1 would have left it: its tables, its landing."""
    target.make()
    with open_lake(source) as connection:
        connection.execute(
            f"ATTACH {quoted(f'ducklake:sqlite:{target.catalog}')} AS old "
            f"(DATA_PATH {quoted(str(target.lake_files) + '/')}, META_JOURNAL_MODE 'WAL')"
        )
        connection.execute(DDL.replace("lake.", "old."))
        connection.execute("INSERT INTO old.schema_versions VALUES (1, now())")
        for name in re.findall(r'TABLE lake."(\w+)"', DDL)[1:]:
            present = [c[0] for c in connection.execute(f"DESCRIBE lake.{name}").fetchall()]
            columns = ", ".join(
                f'"{c[0]}"' if c[0] in present else f'NULL AS "{c[0]}"'  # derived since
                for c in connection.execute(f"DESCRIBE old.{name}").fetchall()
            )
            connection.execute(f"INSERT INTO old.{name} SELECT {columns} FROM lake.{name}")
    for name in landing_files(source):
        path = target.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pq.ParquetFile(source.landing / name).read(columns=LANDING), path)
