"""Files, folders, pages, JSON Lines and URLs → Articles."""

from reportedly.collect._collect import collect
from reportedly.collect._fetch import Fetch, Page, fetch
from reportedly.collect._identity import Notice
from reportedly.collect._visit import Visitor, visitor

__all__ = ["Fetch", "Notice", "Page", "Visitor", "collect", "fetch", "visitor"]
