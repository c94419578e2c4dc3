"""One input of every kind, of invented outlets: what tests of collect read, and what `benchmarks/fuzz.py` breaks."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zlib
from html import escape

TITLE = "Grenhaven ferry deal falls through"
PARAGRAPHS = tuple(
    " ".join(paragraph.split())
    for paragraph in """
GRENHAVEN — The harbour board and the seamen’s union parted without a deal on Friday, and the ferries to the outer
islands will stay at their moorings for a third week, the board said.

“We will not sail for less than was promised,” said Ilse Maarten, who leads the union. She added that her members had
voted by nine to one against the offer on Thursday night.

The chairman of the board, Tom Vadell, called the vote a mistake. He told reporters that the board would ask the court
in Lessau for an order, and that a decision could come before the end of the month.

About 4,000 people live on the four islands. Since the strike began, two fishing boats have carried medicine and mail,
and a school on the largest of the islands has closed because its teachers live on the coast.
""".strip().split("\n\n")
)
BODY = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
PAGE = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Grenhaven ferry deal falls through</title>'
    '<meta property="og:site_name" content="The Courier">'
    '<meta property="article:published_time" content="2021-03-05T18:30:00+01:00"></head>'
    f'<body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1>{BODY}</article></body></html>'
)
URL = "https://courier.example/2021/ferry"
TEASER = "<p>The harbour board and the union parted without a deal on Friday … </p>"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Courier: Coast</title><link>https://courier.example/</link><language>en-gb</language>
<item><title>{TITLE} &amp; more</title><link>{URL}</link><dc:creator>Mina Drost</dc:creator>
<pubDate>Fri, 05 Mar 2021 18:30:00 +0100</pubDate><description>A short one.&nbsp;</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item>
<item><title>Second</title><link>/second?a=1&amp;b=2</link><description>{escape(TEASER)}</description></item>
<item><title>Nothing</title></item>
</channel></rss>"""

RSS_090 = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>The Courier</title><link>https://courier.example/</link><description>News</description></channel>
<item><title>{TITLE}</title><link>{URL}</link></item></rdf:RDF>"""

RSS_10 = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://courier.example/"><title>The Courier</title></channel>
<item rdf:about="{URL}"><title>{TITLE}</title><link>{URL}</link><dc:date>2021-03-05T18:30:00+01:00</dc:date>
<dc:creator>Mina Drost</dc:creator></item></rdf:RDF>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://courier.example/2021/">
<title>The Courier</title><updated>2021-03-05T18:30:00Z</updated>
<entry><title type="html">{TITLE} &lt;b&gt;again&lt;/b&gt;</title><link rel="self" href="x.atom"/><link href="ferry"/>
<id>tag:courier.example,2021:1</id><author><name>Mina Drost</name><email>m@courier.example</email></author>
<author><name>A. Veld</name></author><published>2021-03-05T18:30:00+01:00</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content></entry>
</feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Courier",
        "language": "en-GB",
        "authors": [{"name": "Mina Drost"}],
        "items": [
            {
                "id": "1",
                "url": URL,
                "title": TITLE,
                "content_html": BODY,
                "date_published": "2021-03-05T18:30:00+01:00",
            },
            {"id": "2", "url": "https://courier.example/2", "content_text": "A teaser"},
        ],
    }
)

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="Coast"><outline type="rss" text="Courier" xmlUrl="https://courier.example/feed"/></outline>
<outline type="rss" text="Courier again" xmlUrl="https://courier.example/feed"/></body></opml>"""

SITEMAP = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{URL}</loc><news:news><news:publication><news:name>The Courier</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2021-03-05T18:30:00+01:00</news:publication_date>
<news:title>{TITLE}</news:title></news:news></url>
<url><loc>https://courier.example/about</loc></url></urlset>"""

INDEX = """<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://courier.example/sitemap-pages.xml</loc></sitemap>
<sitemap><loc>https://courier.example/sitemap-news.xml.gz</loc></sitemap></sitemapindex>"""

TABLE = (
    "id;Headline;Date;Source;Author;Body\n"
    f'a1;"{TITLE}";2021-03-05;The Courier;Mina Drost and A. Veld;"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"\n'
    f"a2;Other;soon;The Herald;;{PARAGRAPHS[2]}\n"
)

MARKDOWN = (
    f'---\ntitle: "{TITLE}"\ndate: 2021-03-05\nauthor: Mina Drost\nsource: The Courier\ntags: [sea]\n---\n\n'
    f"# {TITLE}\n\n{PARAGRAPHS[0]}\n\n## The vote ##\n\n{PARAGRAPHS[1]}\n"
)

MAIL = (
    "Return-Path: <news@courier.example>\r\nFrom: =?utf-8?q?The_Courier_=E2=80=93_Briefing?= <news@courier.example>\r\n"
    f"To: reader@mail.example\r\nSubject: {TITLE}\r\nDate: Fri, 05 Mar 2021 18:30:00 +0100\r\n"
    "Archived-At: <https://courier.example/briefing/7>\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    "Read this online.\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(
        f'<div style="display: none">Preview</div><table><tr><td>{BODY}</td></tr></table>'.encode()
    ).decode()
    + "\r\n--b--\r\n"
).encode()
MAILBOX = (
    b"From news@courier.example Fri Mar  5 18:30:00 2021\n" + MAIL.replace(b"\r\n", b"\n") + b"\n"
    b"From desk@herald.example Sat Mar  6 08:00:00 2021\nFrom: desk@herald.example\nSubject: Weather\n"
    b"Date: Sat, 06 Mar 2021 08:00:00 -0000\nMessage-ID: <1@herald.example>\n\n>From the coast:\n"
    + PARAGRAPHS[3].encode() + b"\n"
)  # fmt: skip

NINJS_1 = json.dumps(
    {
        "uri": "https://agency.example/items/1",
        "type": "text",
        "versioncreated": "2021-03-05T18:30:00+01:00",
        "language": "en-GB",
        "headline": TITLE,
        "byline": "By Mina Drost and A. Veld",
        "located": "Grenhaven",
        "copyrightholder": "Coast Agency",
        "body_text": TEXT,
        "body_xhtml": BODY,
    }
)
NINJS_2 = json.dumps(
    {
        "uri": "urn:agency:1",
        "type": "text",
        "firstcreated": "2021-03-05T18:30:00+01:00",
        "versioncreated": "2021-03-06T08:00:00+01:00",
        "language": "en",
        "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": TITLE}],
        "bodies": [
            {"role": "main", "contenttype": "text/plain", "value": TEXT},
            {"role": "richtext", "contenttype": "application/xhtml+xml", "value": BODY},
        ],
        "by": "Mina Drost, A. Veld",
        "located": "Grenhaven",
        "infosources": [{"name": "Coast Agency"}],
    },
    indent=1,
)
NINJS_3 = NINJS_2.replace("firstcreated", "firstCreated").replace("versioncreated", "versionCreated")
NINJS_3 = NINJS_3.replace("contenttype", "contentType").replace("infosources", "infoSources")

NITF_BODY = f"""<body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>By <person>Mina Drost</person>
<byttl>Our reporter</byttl></byline><dateline><location>Grenhaven</location></dateline></body.head>
<body.content>{BODY}</body.content></body>"""
NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf xml:lang="en"><head><docdata>
<date.issue norm="20210305T183000+0100"/></docdata><pubdata name="Coast Agency"/></head>{NITF_BODY}</nitf>"""
NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2021-03-06T08:00:00Z</sent></header><itemSet>
<newsItem guid="urn:agency:1" standard="NewsML-G2" xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:COAST"><name>Coast Agency</name></provider>
<versionCreated>2021-03-06T08:00:00+01:00</versionCreated><firstCreated>2021-03-05T18:30:00+01:00</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><located qcode="geo:1"><name>Grenhaven</name><broader>
<name>Vessland</name></broader></located><creator><name>Mina Drost</name></creator><headline> {TITLE} </headline>
</contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x
</title></head><body>{BODY}</body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:agency:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
<newsItem guid="urn:agency:3"><itemMeta><itemClass qcode="ninat:text"/><pubStatus qcode="stat:canceled"/></itemMeta>
</newsItem></itemSet></newsMessage>"""


def record(kind: str, url: str, content: bytes, **headers: str) -> bytes:
    """A record of a web archive."""
    fields = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2021-03-06T08:00:00Z"}
    fields |= {key.replace("_", "-"): value for key, value in headers.items()}
    fields["WARC-Record-ID"] = f"<urn:uuid:00000000-0000-0000-0000-{zlib.crc32(content):012d}>"
    fields["Content-Length"] = str(len(content))
    return (
        b"WARC/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items()).encode() + b"\r\n" + content + b"\r\n\r\n"
    )


def answer(body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    """What a server answered."""
    fields = {"Content-Type": kind} | {key.replace("_", "-"): value for key, value in headers.items()}
    return (
        f"HTTP/1.1 {status}\r\n".encode()
        + "".join(f"{k}: {v}\r\n" for k, v in fields.items()).encode()
        + b"\r\n"
        + body
    )


def response(
    url: str, body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """A record of an answer."""
    content = answer(body, status, kind, **headers)
    return record("response", url, content, Content_Type="application/http; msgtype=response")


def chunked(data: bytes) -> bytes:
    """A body in chunks of 500 bytes."""
    parts = [data[at : at + 500] for at in range(0, len(data), 500)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


ARCHIVE = (
    record("warcinfo", "", b"software: x\r\n")
    + record("request", URL, b"GET / HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request")
    + response(URL, PAGE.encode())
    + response("https://courier.example/gone", b"gone", status="404 Not Found")
    + response("https://courier.example/picture.png", b"\x89PNG", kind="image/png")
    + response(
        "https://herald.example/ferry",
        chunked(gzip.compress(PAGE.replace("The Courier", "The Herald").encode())),
        Transfer_Encoding="chunked",
        Content_Encoding="gzip",
    )
)


def packed(archive: bytes) -> bytes:
    """An archive with every record a gzip member of its own, as crawls have them."""
    parts = archive.split(b"WARC/1.0\r\n")[1:]
    return b"".join(gzip.compress(b"WARC/1.0\r\n" + part) for part in parts)


def pdf(pages: list[list[str]], title: str = "", compressed: bool = True) -> bytes:
    """A PDF of lines of text, with its table of references."""
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(count)), count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) /Author (root) >>" % title.encode("cp1252"),
    ]
    for number, lines in enumerate(pages):
        shown = [
            line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines
        ]
        drawn = b"BT /F1 11 Tf 14 TL 60 780 Td " + b" ".join(b"(%s) Tj T*" % line for line in shown) + b" ET"
        data = zlib.compress(drawn) if compressed else drawn
        filter_ = b" /Filter /FlateDecode" if compressed else b""
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (6 + 2 * number),
            b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(data), filter_, data),
        ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def wrapped(text: str, width: int = 80) -> list[str]:
    """A text in lines, as it is set on paper."""
    import textwrap

    return [line for paragraph in text.split("\n\n") for line in textwrap.wrap(paragraph, width)]


PDF = pdf([[TITLE, "By Mina Drost", *wrapped(TEXT)]], title=TITLE)

LINES = json.dumps({"text": TEXT, "title": TITLE, "published": "2021-03-05", "outlet": "The Courier"}) + "\n"

EVERY: dict[str, bytes] = {
    "text": TEXT.encode(),
    "markdown": MARKDOWN.encode(),
    "page": PAGE.encode(),
    "lines": (LINES * 2).encode(),
    "json": json.dumps([json.loads(LINES)], indent=1).encode(),
    "table": TABLE.encode(),
    "rss": RSS.encode(),
    "rss 0.90": RSS_090.encode(),
    "rss 1.0": RSS_10.encode(),
    "atom": ATOM.encode(),
    "json feed": JSON_FEED.encode(),
    "opml": OPML.encode(),
    "sitemap": SITEMAP.encode(),
    "sitemap index": INDEX.encode(),
    "mail": MAIL,
    "mailbox": MAILBOX,
    "ninjs 1": NINJS_1.encode(),
    "ninjs 2": NINJS_2.encode(),
    "ninjs 3": NINJS_3.encode(),
    "newsml": NEWSML.encode(),
    "nitf": NITF.encode(),
    "warc": ARCHIVE,
    "pdf": PDF,
    "text gz": gzip.compress(TEXT.encode()),
    "rss gz": gzip.compress(RSS.encode()),
    "warc gz": packed(ARCHIVE),
}
"""A seed of every kind that is read."""
