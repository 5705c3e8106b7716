"""A feed's manifest, `feed.json`: everything known about a feed, the same bytes every time."""

import json
from dataclasses import asdict

from graphfraud.errors import WorkspaceError
from graphfraud.workspace.records import Feed, TableCount

MANIFEST = "feed.json"


def manifest_text(feed: Feed) -> str:
    """Return the text of `feed.json`: sorted keys, no time of loading, one newline at the end."""
    content = asdict(feed)
    del content["loaded_at"]
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def parse_manifest(text: str, loaded_at: str = "") -> Feed:
    """Return the feed a manifest describes; WorkspaceError where it is no manifest.

    >>> feed = Feed("f1", "claims.csv", "00", 2, "csv", tables={"claims": TableCount(1, 1)})
    >>> parse_manifest(manifest_text(feed)) == feed
    True
    """
    try:
        content = json.loads(text)
        tables = {name: TableCount(**count) for name, count in content.pop("tables").items()}
        notes = tuple(content.pop("notes"))
        return Feed(**content, tables=tables, notes=notes, loaded_at=loaded_at)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WorkspaceError(
            f"A feed's manifest cannot be read: {error}.", hint="Load the delivered file again."
        ) from error
