"""The tables of a case book, as the steps from one version to the next; ``PRAGMA user_version`` counts them.

A decision is written once: triggers refuse to change or delete one, except while its case stands in `forgetting`.
"""

from __future__ import annotations

APPLICATION = 0x4C4F4B52  # PRAGMA application_id: tells a case book from other SQLite files

_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    # A number is never given again: somebody may still have the forgotten case before him.
    """CREATE TABLE cases (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL,
        kind TEXT NOT NULL,
        level TEXT NOT NULL,
        probability REAL NOT NULL,
        urgency REAL NOT NULL,
        doubt REAL NOT NULL,
        record TEXT NOT NULL,
        assessed TEXT NOT NULL,
        added TEXT NOT NULL
    )""",
    "CREATE INDEX cases_by_urgency ON cases (urgency DESC, number)",
    "CREATE INDEX cases_by_doubt ON cases (doubt DESC, number)",
    """CREATE TABLE sightings (
        number INTEGER NOT NULL REFERENCES cases,
        source TEXT NOT NULL,
        record_id TEXT NOT NULL,
        posted_at TEXT,
        place TEXT,
        url TEXT,
        added TEXT NOT NULL,
        PRIMARY KEY (number, source, record_id)
    ) WITHOUT ROWID""",
    "CREATE TABLE campaigns (key TEXT PRIMARY KEY, name TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE members (
        campaign TEXT NOT NULL REFERENCES campaigns,
        number INTEGER NOT NULL REFERENCES cases,
        PRIMARY KEY (campaign, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX members_by_case ON members (number)",
    """CREATE TABLE decisions (
        uuid TEXT PRIMARY KEY,
        number INTEGER NOT NULL REFERENCES cases,
        reviewer TEXT NOT NULL,
        verdict TEXT NOT NULL,
        kind TEXT NOT NULL,
        note TEXT NOT NULL,
        marks TEXT NOT NULL,
        campaign TEXT,
        decided_at TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX decisions_by_case ON decisions (number, reviewer, decided_at, uuid)",
    "CREATE INDEX decisions_by_reviewer ON decisions (reviewer, number)",
    # Pieces of three letters find parts of words, and words in scripts without blanks.
    "CREATE VIRTUAL TABLE words USING fts5 (text, contacts, tokenize = 'trigram')",
)

_NEVER_OVERWRITTEN = (
    "CREATE TABLE forgetting (number INTEGER PRIMARY KEY)",
    """CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
        BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END""",
    """CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
        WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE number = OLD.number)
        BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER decisions_are_new BEFORE INSERT ON decisions
        WHEN EXISTS (SELECT 1 FROM decisions WHERE uuid = NEW.uuid)
        BEGIN SELECT RAISE(ABORT, 'a decision is never replaced'); END""",
    """CREATE TRIGGER texts_stay BEFORE UPDATE OF number, key, text ON cases
        BEGIN SELECT RAISE(ABORT, 'the text of a case is never changed'); END""",
)

_VIEWS = (
    # What each reviewer says now of each case.
    """CREATE VIEW latest AS SELECT * FROM decisions AS d WHERE NOT EXISTS (
        SELECT 1 FROM decisions AS l WHERE l.number = d.number AND l.reviewer = d.reviewer
            AND (l.decided_at, l.uuid) > (d.decided_at, d.uuid)
    )""",
    # The verdict that most reviewers of a case share. With a single MAX, SQLite takes the other columns from its row.
    """CREATE VIEW standings AS
        SELECT number, verdict, MAX(votes) AS votes, SUM(votes) AS reviewers
        FROM (SELECT number, verdict, COUNT(*) AS votes FROM latest GROUP BY number, verdict)
        GROUP BY number""",
)

STEPS: tuple[tuple[str, ...], ...] = ((*_TABLES, *_NEVER_OVERWRITTEN, *_VIEWS),)
