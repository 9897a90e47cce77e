"""The tables of a data file: coverage.py's schema 7, which both tools read and write.

docs/formats/data-file.md shows the DDL below; a test keeps the two equal.
"""

from __future__ import annotations

import sqlite3

from .errors import DataError, NewerSchema, NotData

SCHEMA_VERSION = 7

SQLITE_MAGIC = b"SQLite format 3\x00"

# Meta keys of our own, which other readers ignore.
META_RUNS = "cov_runs"  # run ids merged into the file: hex, separated by spaces, sorted
META_STARTED = "cov_started"  # ns since 1970: when the newest `fresh` run in the file began
META_INPUTS = "cov_inputs"  # which files the last combine was about to delete, see merging.py

DDL = """\
CREATE TABLE coverage_schema (
    -- One row: the version of this schema.
    version integer
);

CREATE TABLE meta (
    -- Facts about the whole file.
    key text,
    value text,
    unique (key)
);

CREATE TABLE file (
    -- One row per source file, with or without data.
    id integer primary key,
    path text,
    unique (path)
);

CREATE TABLE context (
    -- One row per label under which lines ran; '' is an ordinary one.
    id integer primary key,
    context text,
    unique (context)
);

CREATE TABLE line_bits (
    -- Only if meta has_arcs is '0': the executed lines of a file in a context, as a bitmap.
    file_id integer,
    context_id integer,
    numbits blob,
    foreign key (file_id) references file (id),
    foreign key (context_id) references context (id),
    unique (file_id, context_id)
);

CREATE TABLE arc (
    -- Only if meta has_arcs is '1': the executed pairs of lines of a file in a context.
    file_id integer,
    context_id integer,
    fromno integer,
    tono integer,
    foreign key (file_id) references file (id),
    foreign key (context_id) references context (id),
    unique (file_id, context_id, fromno, tono)
);

CREATE TABLE tracer (
    -- One row per file that a plugin owns.
    file_id integer primary key,
    tracer text,
    foreign key (file_id) references file (id)
);
"""

# A table of our own, which other readers ignore; it is there only if it has rows.
ASTRAY_DDL = """\
CREATE TABLE cov_astray (
    -- Jumps to lines that nobody has yet: data combined later may have them (a parent's, say).
    file_id integer,
    context_id integer,
    fromno integer,
    tono integer
);
"""

# Another one, under the same conditions.
SOURCE_DDL = """\
CREATE TABLE cov_source (
    -- Digests of the sources that were measured; '' stands for one that nobody can know any more.
    file_id integer,
    digest text,
    unique (file_id, digest)
);
"""

# And another one.
LEDGER_DDL = """\
CREATE TABLE cov_ledger (
    -- What the runs' ledgers say of processes: run, host and record, separated by tabs.
    record text primary key
);
"""


def check_version(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a database that is not a data file of this schema. `name` is its file's name.

    Raises NotData for somebody else's database, NewerSchema or DataError for another version.
    """
    found = connection.execute(
        "select count(*) from sqlite_master where type = 'table' and name = 'coverage_schema'"
    ).fetchone()
    if not found[0]:
        raise NotData(f"{name} is a database, but not one of coverage data")
    rows = connection.execute("select version from coverage_schema").fetchall()
    version = rows[0][0] if len(rows) == 1 else None
    if not isinstance(version, int):
        raise DataError(f"{name} does not say which schema it has: measure again")
    if version > SCHEMA_VERSION:
        raise NewerSchema(
            f"{name} has schema {version}; this cov-data reads {SCHEMA_VERSION}: upgrade cov-data"
        )
    if version < SCHEMA_VERSION:
        raise DataError(
            f"{name} has schema {version}; this cov-data reads {SCHEMA_VERSION}: "
            "measure again, or combine it with the tool that wrote it"
        )
