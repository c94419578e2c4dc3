"""Files of many kinds, folders and URLs → Articles."""

from reportedly.collect._collect import collect
from reportedly.collect._fetch import Fetch, Page, fetch
from reportedly.collect._identity import Notice
from reportedly.collect._versions import changes, merge_versions, same_article
from reportedly.collect._visit import Visitor, visitor

__all__ = [
    "Fetch",
    "Notice",
    "Page",
    "Visitor",
    "changes",
    "collect",
    "fetch",
    "merge_versions",
    "same_article",
    "visitor",
]
