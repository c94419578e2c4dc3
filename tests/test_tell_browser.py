"""What only a browser knows: what it makes of the HTML, and whether the page fits the screen."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reportedly._records import Readout
from reportedly.tell import to_html
from reportedly.tell._clean import clean
from tests._readout_fixture import ARTICLES, big, nothing, rich

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

# The page lets no script run; a frame of the same origin is measured from outside.
PROBE = """<!doctype html><meta charset="utf-8"><body><pre id="out"></pre><script>
const widths = %s, found = {widths: {}};
function measure(i) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `border:0;height:800px;width:${widths[i]}px`;
  frame.srcdoc = %s;
  frame.onload = () => {
    const page = frame.contentDocument, root = page.documentElement;
    const wide = [...page.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > widths[i] + 1 &&
      !e.closest(".vh,.skip,svg,thead") && getComputedStyle(e).display !== "none");
    found.widths[widths[i]] = {scroll: root.scrollWidth, wide: wide.slice(0, 5).map(e => e.outerHTML.slice(0, 120))};
    found.policy = page.querySelectorAll("script").length;
    found.texts = [...page.querySelectorAll(".fulltext")].map(e => {
      const copy = e.cloneNode(true);
      copy.querySelectorAll("[data-not-text]").forEach(x => x.remove());
      return copy.textContent;
    });
    found.nested = page.querySelectorAll("a a, p p, p div, p blockquote").length;
    if (i + 1 < widths.length) measure(i + 1);
    else document.getElementById("out").textContent = "RESULT" + JSON.stringify(found) + "END";
  };
  document.body.append(frame);
}
measure(0);
</script>"""


def probe(readout: Readout, folder: Path) -> dict:
    page = folder / "probe.html"
    source = json.dumps(to_html(readout)).replace("</", "<\\/")
    page.write_text(PROBE % ([320, 390, 768, 1280], source), "utf-8")
    run = subprocess.run(  # noqa: S603  (a browser that shutil.which found)
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=20000", "--dump-dom", page.as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    found = re.search('<pre id="out">RESULT(.*?)END</pre>', run.stdout.decode("utf-8"), re.S)
    assert found, run.stdout[:500]
    return json.loads(html.unescape(found[1]))


@pytest.mark.parametrize("make", [rich, big, nothing])
def test_the_page_in_a_browser(make, tmp_path):
    readout = make()
    found = probe(readout, tmp_path)
    for width, seen in found["widths"].items():
        assert seen["scroll"] <= int(width), f"scrolls sideways at {width}: {seen['wide']}"
        assert not seen["wide"], (width, seen["wide"])
    assert found["policy"] == 0
    assert found["nested"] == 0
    if make is rich:
        assert found["texts"] == [clean(article.text) for article in ARTICLES.values()]
