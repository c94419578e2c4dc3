"""Files of many kinds, folders and URLs → Articles."""

from reportedly.collect._collect import collect
from reportedly.collect._fetch import Fetch, Page, fetch
from reportedly.collect._identity import Notice

__all__ = ["Fetch", "Notice", "Page", "collect", "fetch"]
