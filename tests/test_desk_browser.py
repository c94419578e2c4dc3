"""The desk as people use it: a server started by its command, a real browser, the printed link."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from reportedly._settings import Settings
from reportedly.collect import collect
from reportedly.demo import coverage
from reportedly.library import Library, _articles, _decisions, _notes, _stories, work
from tests._browser import CHROMIUM, NO_BROWSER, PHONE, SMALL, WIDE, chromium, serious, sideways
from tests._stored import HARBOUR, article, articles, clocked

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)]
Visit = Callable[..., Page]

PAGES = {
    "stories": "/",
    "no such story": "/?q=zeppelin",
    "story": "/stories/{harbour}",
    "demo": "/stories/{demo}",
    "people": "/people",
    "person": "/people/p-hallgrimur-steinsson",
    "changes": "/changes?since=2000-01-01",
    "issues": "/issues",
    "issue": "/issues/cable",
    "outlets": "/outlets",
    "outlet": "/outlets/faxa-herald",
    "article": "/articles/meridian-news",
    "versions": "/articles/h1",
    "edit": "/articles/h1?version={new}&compare={old}",
    "search": "/search?q=trawler+cable",
    "nothing found": "/search?q=zeppelin",
    "not there": "/nowhere",
    "login": "/login",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The demo's coverage and the tests' own articles, with notes, a tag, a move and an edited article."""
    opened = clocked(tmp_path_factory.mktemp("browser") / "library.sqlite")
    for one in (*collect([str(path) for path in coverage()], Settings(), print), *articles()):
        _articles.store(opened, one)
    work(opened, Settings())
    story = _stories.story_of(opened.db, "h1") or ""
    _notes.add(opened, "note", "story", story, "Ask the harbour office. " * 20)
    _notes.add(opened, "tag", "story", story, "atagofonelongwordthatdoesnotbreakbyitselfanywhere")
    _decisions.decide(opened, {"move": "v1", "to": "h1"})
    edited = HARBOUR.replace("rotten", "unsound")
    _articles.store(opened, article(edited, id="h1", outlet="Skarnes Post", published="2031-02-03"))
    work(opened, Settings())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def served_link(library: Library) -> Iterator[str]:
    server = subprocess.Popen(  # noqa: S603 - this package
        [sys.executable, "-m", "reportedly", "serve", "--library", str(library.file), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert server.stdout
    yield server.stdout.readline().strip()
    server.terminate()
    assert server.wait(15) in (0, -15)
    server.stdout.close()


@pytest.fixture(scope="module")
def link(library: Library) -> Iterator[str]:
    """The link that the command prints."""
    yield from served_link(library)


@pytest.fixture
def own_link(tmp_path: Path) -> Iterator[str]:
    """The same over a library of a test's own, to change."""
    opened = clocked(tmp_path / "library.sqlite")
    for one in articles():
        _articles.store(opened, one)
    work(opened, Settings())
    yield from served_link(opened)
    opened.close()


def visiting(browser: Browser) -> Iterator[Visit]:
    contexts, troubles = [], []

    def visit(address: str, width: int = WIDE, **options: Any) -> Page:
        # What glides is not yet where it will be.
        options = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce", **options}
        contexts.append(browser.new_context(base_url=address, **options))
        page = contexts[-1].new_page()
        home = urlsplit(address).netloc
        page.on("request", lambda one: urlsplit(one.url).netloc == home or troubles.append(f"asks for {one.url}"))
        page.on("pageerror", lambda one: troubles.append(str(one)))
        page.on(
            "console", lambda one: one.type == "error" and "status of 4" not in one.text and troubles.append(one.text)
        )
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert troubles == []  # a script's error, something that the policy blocked, a request to elsewhere


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a page in a session of its own; afterwards no script has failed, and nothing came from elsewhere."""
    yield from visiting(browser)


def address_of(library: Library, name: str) -> str:
    new, old = (version.seq for version in _articles.versions(library.db, "h1"))
    known = {"harbour": _stories.story_of(library.db, "h1"), "demo": _stories.story_of(library.db, "meridian-news")}
    return PAGES[name].format(new=new, old=old, **known)


# ---------------------------------------------------------------- a first visit


def test_the_printed_link_opens_the_desk_and_disappears(visit: Visit, link: str) -> None:
    page = visit(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Stories")
    assert "token" not in page.url
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    expect(page.locator(".keys")).to_be_visible()  # the script was let in
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    page.goto("/")
    assert page.url.endswith("/login")


def test_without_the_link_the_desk_asks_for_what_opens_it(visit: Visit, link: str) -> None:
    base, _, token = link.partition("?token=")
    page = visit(base)
    secret = page.get_by_label("Password or token")
    secret.fill("not what opens it")
    secret.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("That does not open this desk.")
    secret.fill(token)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stories")


# ---------------------------------------------------------------- reading


def test_a_story_is_found_by_a_word_and_read(visit: Visit, link: str) -> None:
    page = visit(link)
    page.keyboard.press("/")
    page.keyboard.type("mackerel")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark").first).to_have_text(re.compile("mackerel", re.I))
    page.locator(".hits li").first.get_by_role("link", name="story").click()
    assert "/stories/" in page.url
    page.locator(".contents").get_by_role("link", name=re.compile("^Differences")).click()
    expect(page.locator("#differences")).to_be_in_viewport()


def test_a_citation_leads_to_its_words_in_the_article(visit: Visit, link: str) -> None:
    page = visit(link)
    page.goto("/people/p-hallgrimur-steinsson")
    report = page.locator(".reports > li", has_text="I come from Ísafjörður")
    words = report.locator("q").inner_text()
    report.get_by_role("link", name="The Daily Lantern", exact=True).click()
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    assert target.inner_text().strip("“”") in words
    expect(page.locator("article.fulltext")).to_contain_text(words.strip("“”"))


def test_a_citation_is_copied_with_outlet_day_and_an_address_that_finds_the_words(visit: Visit, own_link: str) -> None:
    page = visit(own_link, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/people/p-ottilie-brandvold")
    report = page.locator(".reports > li", has_text="wait for a ferry").first
    report.locator("summary").click()
    report.get_by_role("button", name="Copy").click()
    expect(report.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    found = re.fullmatch(
        r"“(The piles are rotten .*)” \(Skarnes Post, 3 February 2031, (https://post\.example/\S+)\)", copied
    )
    assert found, copied
    assert unquote(found[2].split(":~:text=")[1]) == "The piles are rotten,ferry to find out"


def test_a_text_fragment_finds_its_words_in_the_outlets_page(browser: Browser, library: Library) -> None:
    from reportedly.library._cite import cited

    words = '"The piles are rotten and I will not wait for a ferry to find out,"'
    url = cited("h1", "Skarnes Post", "2031-02-03", "https://post.example/harbour", [(0, 1)], words).url
    context = browser.new_context(viewport={"width": WIDE, "height": 800})
    page = context.new_page()
    filler = "<p>Nothing of note was seen that day.</p>" * 200
    body = f"<title>Post</title>{filler}<p id=it>{HARBOUR}</p>{filler}"
    page.route("https://post.example/**", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(url or "")
    expect(page.locator("#it")).to_be_in_viewport()
    context.close()


# ---------------------------------------------------------------- keyboard


_FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        tag: one.tagName, name: one.outerHTML.slice(0, 120), place: one.tabIndex,
        outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0,
        at: [...document.querySelectorAll("*")].indexOf(one),
    };
}"""


def focused(page: Page) -> dict[str, Any]:
    """The element that has the focus: its outline and its place."""
    found: dict[str, Any] = page.evaluate(_FOCUSED)
    return found


@pytest.mark.parametrize("name", ["stories", "story", "person", "article", "search"])
def test_whoever_only_has_a_keyboard_gets_everywhere_and_sees_where(
    visit: Visit, link: str, library: Library, name: str
) -> None:
    page = visit(link)
    page.goto(address_of(library, name))
    reachable = page.locator("a[href], button, input:not([type=hidden]), select, textarea, summary").count()
    seen = []
    for _ in range(min(reachable, 60)):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] == "BODY":
            break
        assert here["outline"], f"no focus to be seen: {here['name']}"
        assert here["seen"], f"focused out of sight: {here['name']}"
        assert here["place"] == 0
        seen.append(here["at"])
    assert len(seen) > 8
    # A date is a field of three parts, each of which takes the focus.
    assert all(before <= after for before, after in pairwise(seen)), "not in the page's order"


def test_the_first_key_offers_the_way_past_the_menu(visit: Visit, link: str) -> None:
    page = visit(link)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_keys_go_from_item_to_item_and_from_page_to_page(visit: Visit, link: str) -> None:
    page = visit(link)
    items = page.locator(".item")
    assert items.count() == 2
    for key, number in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(items.nth(number)).to_be_focused()
    title = items.nth(0).get_by_role("link").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.keyboard.press("j")
    expect(page.locator(".statement").first).to_be_focused()
    for key, heading in (("p", "People"), ("i", "Issues"), ("o", "Outlets"), ("s", "Stories")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.keyboard.press("/")
    page.keyboard.type("gj")  # in a field they are letters
    expect(page.get_by_label("Search all articles")).to_have_value("gj")


# ---------------------------------------------------------------- notes and moves, with and without a script


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def desk(request: pytest.FixtureRequest, visit: Visit, own_link: str) -> Page:
    return visit(own_link, java_script_enabled=request.param)


def open_story(page: Page, title: str) -> None:
    page.goto("/")
    page.locator(".stories").get_by_role("link", name=title).first.click()


def titles(page: Page) -> list[str]:
    page.goto("/")
    return sorted(page.locator(".stories h2").all_inner_texts())


def test_notes_and_tags_are_made_and_taken_back(desk: Page) -> None:
    open_story(desk, "harbour of Skarnes would close")
    desk.get_by_label("Tag", exact=True).fill("To Check")
    desk.get_by_role("button", name="Add tag").click()
    desk.get_by_label("Note", exact=True).fill("Ask the harbour office.\nThen the <mayor>.")
    desk.get_by_role("button", name="Add note").click()
    notes = desk.locator(".notes li")
    expect(notes).to_have_count(2)
    expect(notes.nth(1)).to_contain_text("Then the <mayor>.")
    desk.goto("/")
    desk.get_by_label("Tag", exact=True).select_option("to check")
    desk.get_by_role("button", name="Show").click()
    expect(desk.locator(".stories h2")).to_have_count(1)
    desk.locator(".stories h2 a").click()
    desk.get_by_role("button", name="take back the note").click()
    desk.get_by_role("button", name="take back the tag").click()
    expect(desk.locator(".notes li")).to_have_text("None yet.")


def test_articles_are_split_moved_merged_and_all_is_undone(desk: Page) -> None:
    before = titles(desk)
    assert len(before) == 2
    open_story(desk, "harbour of Skarnes would close")
    desk.get_by_label("Choose Fjord Radio").check()
    desk.get_by_role("button", name="Split off those chosen").click()
    expect(desk.locator(".choose li")).to_have_count(1)
    split = desk.url
    assert len(titles(desk)) == 3
    open_story(desk, "librarian")
    other = desk.url
    desk.goto(split)
    desk.get_by_label("Choose Fjord Radio").check()
    desk.get_by_label("Other story").fill(other)
    desk.get_by_role("button", name="Move those chosen there").click()
    expect(desk.locator(".choose li")).to_have_count(2)
    moved = desk.url
    open_story(desk, "harbour of Skarnes would close")
    desk.get_by_label("Other story").fill(moved)
    desk.get_by_role("button", name="Merge with this story").click()
    expect(desk.locator(".choose li")).to_have_count(3)
    desk.get_by_role("button", name="undo").last.click()
    expect(desk.locator(".choose li")).to_have_count(2)
    desk.get_by_role("button", name="undo").last.click()
    expect(desk.locator(".choose li")).to_have_count(1)
    open_story(desk, "harbour of Skarnes would close")
    desk.get_by_role("button", name="undo").click()
    assert titles(desk) == before


def test_a_move_that_cannot_be_is_explained(desk: Page) -> None:
    open_story(desk, "librarian")
    desk.get_by_role("button", name="Split off those chosen").click()
    expect(desk.locator("main")).to_contain_text("choose at least one article")


def test_every_page_is_read_without_a_script(visit: Visit, link: str, library: Library) -> None:
    page = visit(link, java_script_enabled=False)
    for name in PAGES:
        page.goto(address_of(library, name))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.locator(".keys:visible, .cite button").count() == 0, name
    page.goto("/")
    page.get_by_label("Outlet", exact=True).select_option("Velmora Echo")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".stories h2")).to_have_count(1)
    page.get_by_label("Search all articles").fill("librarian")
    page.get_by_role("button", name="Search").click()
    hit = page.locator(".hits li").first
    hit.locator("summary").click()
    expect(hit.get_by_label("Citation")).to_have_value(re.compile("Velmora Echo, 4 February 2031"))


# ---------------------------------------------------------------- every page, on every screen


@pytest.mark.parametrize("name", PAGES)
def test_a_page_suits_phones_and_screens_light_and_dark(visit: Visit, link: str, library: Library, name: str) -> None:
    page = visit(link)
    for width in (SMALL, PHONE, 768, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address_of(library, name))
        for box in page.locator("details.cite").all()[:3]:
            box.locator("summary").click()
        assert sideways(page) == [], width
        for scheme in ("light", "dark") if width in (PHONE, WIDE) else ():
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert serious(page) == [], (width, scheme)
            ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == (scheme == "dark"), ground


def test_the_checker_finds_what_is_bad(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<title>x</title><body style='background:#fff'><p style='color:#ccc'>pale</p><input><img src=x>")
    assert {one["rule"] for one in serious(page)} >= {"color-contrast", "label", "image-alt"}
    page.set_content("<title>x</title><p style='width:3000px'>wide")
    assert len(sideways(page)) > 1
    page.close()
