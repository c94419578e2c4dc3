"""Pages → articles, in this process or in several, in the order in which they came.

Finding the running text is nearly all of the work of reading many pages, and each page stands for itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain
from multiprocessing import get_context

from reportedly._errors import InputError, ReportedlyError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect._decode import DecodeError, decode_page
from reportedly.collect._inputs import Found, PageJob, filled
from reportedly.collect._pages import article_of_page

FEW = 20
"""Pages up to which other processes are not worth their start, which takes a second."""
AHEAD = 8
"""Pages for each process that are handed out before their turn comes; that many articles wait in memory."""


def extracted(items: Iterable[Found | PageJob], settings: Settings) -> Iterator[Found]:
    """The items, every page among them as the article that it holds, or the reason why it holds none."""
    waiting = iter(items)
    pages = 0
    for item in waiting:
        if not isinstance(item, PageJob):
            yield item
        elif settings.processes > 1 and pages == FEW:
            yield from _by_several(chain([item], waiting), settings)
            return
        else:
            pages += 1
            yield article_of(item, settings)


def article_of(job: PageJob, settings: Settings) -> Found:
    """The article of a page, or the reason why it holds none."""
    try:
        html = job.data if isinstance(job.data, str) else decode_page(job.data, job.charset)
        return filled(article_of_page(html, job.name, settings, job.url), job.known)
    except DecodeError as problem:
        return InputError(job.name, str(problem))
    except InputError as problem:
        return problem


def _in_worker(job: PageJob, settings: Settings) -> Article | tuple[str, str]:
    """As `article_of`; an error as its parts, since exceptions do not come whole from another process."""
    found = article_of(job, settings)
    return found if isinstance(found, Article) else (found.source, found.reason)


def _by_several(items: Iterator[Found | PageJob], settings: Settings) -> Iterator[Found]:
    # Not forked: a process with threads (a model's library has some) cannot be forked safely.
    pool = ProcessPoolExecutor(settings.processes, mp_context=get_context("spawn"))
    queue: deque[Found | Future[Article | tuple[str, str]]] = deque()
    try:
        for item in items:
            queue.append(pool.submit(_in_worker, item, settings) if isinstance(item, PageJob) else item)
            while queue and (len(queue) > AHEAD * settings.processes or _is_ready(queue[0])):
                yield _result(queue.popleft())
        while queue:
            yield _result(queue.popleft())
    except BrokenProcessPool:
        raise ReportedlyError("a process that reads pages has died (out of memory?); try with one process") from None
    finally:
        with suppress(Exception):
            pool.shutdown(wait=True, cancel_futures=True)


def _is_ready(item: Found | Future[Article | tuple[str, str]]) -> bool:
    return not isinstance(item, Future) or item.done()


def _result(item: Found | Future[Article | tuple[str, str]]) -> Found:
    if not isinstance(item, Future):
        return item
    found = item.result()
    return found if isinstance(found, Article) else InputError(*found)
