from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphfraud.errors import WorkspaceError
from graphfraud.workspace import Feed, TableCount
from graphfraud.workspace.manifest import manifest_text, parse_manifest

TEXT = st.text(max_size=12)
NUMBER = st.integers(min_value=0, max_value=2**53)
FEEDS = st.builds(
    Feed,
    feed_id=TEXT,
    file_name=TEXT,
    sha256=TEXT,
    size=NUMBER,
    format=st.sampled_from(["csv", "xlsx", "parquet"]),
    encoding=TEXT,
    mapping=TEXT,
    mapping_sha256=TEXT,
    tables=st.dictionaries(TEXT, st.builds(TableCount, *[NUMBER] * 10), max_size=3),
    reasons=st.dictionaries(TEXT, NUMBER, max_size=3),
    files=st.dictionaries(TEXT, TEXT, max_size=3),
    notes=st.lists(TEXT, max_size=3).map(tuple),
)


@given(FEEDS)
def test_a_manifest_says_the_feed_again(feed: Feed) -> None:
    assert parse_manifest(manifest_text(feed)) == feed


@given(FEEDS)
def test_the_time_of_loading_never_enters_the_manifest(feed: Feed) -> None:
    later = replace(feed, loaded_at="2026-11-21T00:00:00+00:00")
    assert manifest_text(later) == manifest_text(feed)


@given(FEEDS)
def test_the_order_of_tables_and_files_does_not_show(feed: Feed) -> None:
    backwards = replace(
        feed,
        tables=dict(reversed(list(feed.tables.items()))),
        files=dict(reversed(list(feed.files.items()))),
    )
    assert manifest_text(backwards) == manifest_text(feed)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"tables": {}, "notes": []}', '{"tables": 1}'])
def test_what_is_no_manifest_is_said_plainly(text: str) -> None:
    with pytest.raises(WorkspaceError, match="manifest cannot be read"):
        parse_manifest(text)
