"""The library's tables, as named migrations: each a list of statements that is run once, in one transaction.

A migration that was ever released is not edited: what comes later is a new one at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

_EVIDENCE = (
    # `current` is the newest version; title, outlet and the rest are that version's, for lists.
    """CREATE TABLE articles (
        id TEXT PRIMARY KEY, current INTEGER NOT NULL, url TEXT, outlet TEXT NOT NULL, outlet_key TEXT NOT NULL,
        title TEXT NOT NULL, published TEXT NOT NULL, added_at TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX articles_url ON articles (url) WHERE url IS NOT NULL",
    "CREATE INDEX articles_outlet ON articles (outlet_key, published DESC, outlet)",
    "CREATE INDEX articles_current ON articles (current)",
    # `record` is the Article without its text, as JSON, deflated.
    """CREATE TABLE versions (
        seq INTEGER PRIMARY KEY, article TEXT NOT NULL, sha256 TEXT NOT NULL, added_at TEXT NOT NULL,
        title TEXT NOT NULL, text TEXT NOT NULL, record BLOB NOT NULL, UNIQUE (article, sha256)
    )""",
)

_DERIVED = (
    "CREATE TABLE readings (version INTEGER PRIMARY KEY, made_by TEXT NOT NULL, record BLOB NOT NULL)",
    # `n` is the order in which articles came to the grouping, `grouped` its story, `story` that after a user's moves.
    """CREATE TABLE placed (
        n INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, grouped TEXT NOT NULL, story TEXT NOT NULL
    )""",
    "CREATE INDEX placed_story ON placed (story)",
    "CREATE INDEX placed_grouped ON placed (grouped)",
    "CREATE INDEX placed_moved ON placed (article) WHERE story != grouped",
    """CREATE TABLE stories (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, articles INTEGER NOT NULL, outlets INTEGER NOT NULL,
        first TEXT NOT NULL, last TEXT NOT NULL, reason TEXT NOT NULL, changed_at TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX stories_last ON stories (last DESC, id)",
    "CREATE INDEX stories_several ON stories (last DESC, id) WHERE outlets > 1",
    "CREATE TABLE successors (id TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX successors_story ON successors (story)",
    "CREATE TABLE made_by (what TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE reasons (story TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID",
    # `inputs` names every version and reading that went in; `body` is the page's body, made with the readout.
    """CREATE TABLE readouts (
        story TEXT PRIMARY KEY, inputs TEXT NOT NULL, made_by TEXT NOT NULL, made_at TEXT NOT NULL,
        record BLOB NOT NULL, body BLOB NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE statements (
        n INTEGER PRIMARY KEY, story TEXT NOT NULL, id TEXT NOT NULL, speaker TEXT, day TEXT NOT NULL,
        UNIQUE (story, id)
    )""",
    "CREATE INDEX statements_speaker ON statements (speaker, day DESC)",
    """CREATE TABLE reports (
        statement INTEGER NOT NULL, place INTEGER NOT NULL, article TEXT NOT NULL, type TEXT NOT NULL,
        spans TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (statement, place)
    ) WITHOUT ROWID""",
    "CREATE INDEX reports_article ON reports (article)",
    """CREATE TABLE issues_of (
        issue TEXT NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (issue, statement)
    ) WITHOUT ROWID""",
    "CREATE INDEX issues_of_statement ON issues_of (statement)",
    """CREATE TABLE people (
        id TEXT NOT NULL, story TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, party TEXT,
        roles TEXT NOT NULL, statements INTEGER NOT NULL, PRIMARY KEY (id, story)
    ) WITHOUT ROWID""",
    "CREATE INDEX people_story ON people (story)",
    """CREATE TABLE issues (
        id TEXT NOT NULL, story TEXT NOT NULL, label TEXT NOT NULL, statements INTEGER NOT NULL, PRIMARY KEY (id, story)
    ) WITHOUT ROWID""",
    "CREATE INDEX issues_story ON issues (story)",
)

_SEARCH = (
    # The texts are not stored twice: the index reads them from `versions`.
    """CREATE VIRTUAL TABLE search USING fts5 (
        title, text, content='versions', content_rowid='seq', tokenize='porter unicode61 remove_diacritics 2'
    )""",
)

_USERS = (
    """CREATE TABLE notes (
        id INTEGER PRIMARY KEY, form TEXT NOT NULL CHECK (form IN ('note', 'tag')), kind TEXT NOT NULL,
        about TEXT NOT NULL, words TEXT NOT NULL, made_at TEXT NOT NULL, undone_at TEXT
    )""",
    "CREATE INDEX notes_about ON notes (kind, about) WHERE undone_at IS NULL",
    "CREATE INDEX notes_words ON notes (words) WHERE undone_at IS NULL AND form = 'tag'",
    # A line as `reportedly group --decisions` takes it.
    "CREATE TABLE decisions (id INTEGER PRIMARY KEY, line TEXT NOT NULL, made_at TEXT NOT NULL, undone_at TEXT)",
)

_LATER_ARTICLES = (
    # The article of its story that an article was most like when it came.
    "ALTER TABLE placed ADD COLUMN nearest TEXT",
    # The last article in the grouping when it was made; of an older decision it is not known.
    "ALTER TABLE decisions ADD COLUMN after INTEGER NOT NULL DEFAULT 9223372036854775807",
    # Where the stream stood after the n-th article: one row.
    "CREATE TABLE stream (n INTEGER NOT NULL, made_by TEXT NOT NULL, state BLOB NOT NULL)",
)

_LISTS = (
    # What addresses of one page have in common.
    "ALTER TABLE articles ADD COLUMN address TEXT",
    "UPDATE articles SET address = address_key(url)",
    "CREATE INDEX articles_address ON articles (address) WHERE address IS NOT NULL",
    "DROP INDEX articles_url",
    # Only current versions are searched.
    """INSERT INTO search (search, rowid, title, text)
       SELECT 'delete', seq, title, text FROM versions WHERE seq NOT IN (SELECT current FROM articles)""",
    # Derived: the day that an article without a date is taken for by its story's readout.
    "ALTER TABLE articles ADD COLUMN inferred TEXT NOT NULL DEFAULT ''",
    "DROP INDEX articles_outlet",
    "CREATE INDEX articles_outlet ON articles (outlet_key, coalesce(nullif(published, ''), inferred) DESC, outlet)",
)

_WATCH = (
    # `listed`: the feed is in the list that was last watched. `due` is when it is asked next.
    """CREATE TABLE feeds (
        url TEXT PRIMARY KEY, listed INTEGER NOT NULL, etag TEXT, modified TEXT, asked TEXT, changed TEXT,
        ttl INTEGER, failures INTEGER NOT NULL, problem TEXT, due TEXT NOT NULL
    ) WITHOUT ROWID""",
    # What a feed's entry leads to; `known` is what the feed says of it, `due` when it is looked at next, NULL is never.
    """CREATE TABLE entries (
        url TEXT PRIMARY KEY, feed TEXT NOT NULL, known TEXT NOT NULL, etag TEXT, modified TEXT, looks INTEGER NOT NULL,
        failures INTEGER NOT NULL, problem TEXT, due TEXT
    ) WITHOUT ROWID""",
    "CREATE INDEX entries_due ON entries (due) WHERE due IS NOT NULL",
)

_CHANGES = (
    # What changed in stories; `n` is the order in which it was seen. `told`: the articles that a readout had.
    """CREATE TABLE changes (
        n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, story TEXT NOT NULL, kind TEXT NOT NULL,
        seen TEXT NOT NULL, record BLOB NOT NULL
    )""",
    "CREATE INDEX changes_story ON changes (story, n)",
    "CREATE INDEX changes_seen ON changes (seen)",
    "CREATE TABLE told (article TEXT PRIMARY KEY) WITHOUT ROWID",
    "INSERT INTO told SELECT p.article FROM placed p JOIN readouts r ON r.story = p.story",
)

_OUTBOX = (
    # Messages in the order in which they are posted. `upto` is the last change that one has; `state` is waiting, posted
    # or dropped.
    """CREATE TABLE outbox (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, upto INTEGER NOT NULL, body BLOB NOT NULL,
        state TEXT NOT NULL, tries INTEGER NOT NULL, due TEXT NOT NULL, problem TEXT
    )""",
    "CREATE INDEX outbox_waiting ON outbox (n) WHERE state = 'waiting'",
)

MIGRATIONS: tuple[tuple[str, Sequence[str]], ...] = (
    ("evidence", _EVIDENCE),
    ("derived", _DERIVED),
    ("search", _SEARCH),
    ("users", _USERS),
    ("later articles", _LATER_ARTICLES),
    ("lists", _LISTS),
    ("watch", _WATCH),
    ("changes", _CHANGES),
    ("outbox", _OUTBOX),
)


def migrate(db: sqlite3.Connection) -> list[str]:
    """Run what was not run yet; the names of what was. Two processes that open a new file do each migration once."""
    done = []
    for name, statements in MIGRATIONS:
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) WITHOUT ROWID")
            if db.execute("SELECT 1 FROM migrations WHERE name = ?", (name,)).fetchone() is None:
                for statement in statements:
                    db.execute(statement)
                db.execute("INSERT INTO migrations VALUES (?)", (name,))
                done.append(name)
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
    return done


def unknown(db: sqlite3.Connection) -> list[str]:
    """Migrations in the file that this version does not know: it was written by a later one."""
    names = {name for name, _ in MIGRATIONS}
    return sorted(name for (name,) in db.execute("SELECT name FROM migrations") if name not in names)
